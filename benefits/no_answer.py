"""Non-answers of the model: values that say why there is no number."""

from dataclasses import dataclass

from analytics.results import NotEstimable
from data import i18n


@dataclass(frozen=True)
class NoAnswer(NotEstimable):
    """A `NotEstimable` whose reason is worded under `[no_answer]` in `benefits/texts/`."""

    def sentence(self, lang: str = "en") -> str:
        """Return why there is no answer, for a reader."""
        return i18n.say("benefits", lang, f"no_answer.{self.reason}", **self.worded(lang))


def number(answer: float | NotEstimable) -> float | None:
    """Return the number, or None where there is no answer or it is not finite."""
    if isinstance(answer, NotEstimable) or answer in (float("inf"), float("-inf")):
        return None
    return float(answer)
