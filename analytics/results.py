"""Answers of the analysis: frozen values, and `NotEstimable` where there is no answer."""

from dataclasses import dataclass
from typing import Any

from data import i18n
from data.format.dates import period
from data.format.numbers import sized


@dataclass(frozen=True)
class Interval:
    """An estimate with its lower and upper limit, all in the estimate's own unit."""

    estimate: float
    low: float
    high: float


@dataclass(frozen=True)
class NotEstimable:
    """An expected non-answer: a value, not an error, so that unknown never becomes zero.

    `reason` is a key under `[not_estimable]` in `analytics/texts/`; `facts` fill its placeholders.
    """

    reason: str
    facts: tuple[tuple[str, Any], ...] = ()

    def sentence(self, lang: str = "en") -> str:
        """Return why there is no answer, for a reader."""
        return i18n.say("analytics", lang, f"not_estimable.{self.reason}", **self.worded(lang))

    def worded(self, lang: str) -> dict[str, Any]:
        """Return the facts as a reader sees them: floats, and a period, read as its `frequency` where that is told."""
        facts = dict(self.facts)
        words = {name: sized(fact, lang) for name, fact in facts.items() if isinstance(fact, float)}
        if "period" in facts:
            words["period"] = period(facts["period"], lang, facts.get("frequency"))
        return facts | words
