"""Estimates in words: the sentence, the method's name, the notes and the reasons of the grade."""

from typing import TYPE_CHECKING, Any

from analytics.experiments.finding import Note
from data import wording

if TYPE_CHECKING:
    from analytics.experiments.estimate import Estimate

THOUSANDS = {"nb": "\u00a0", "en": ","}
DECIMAL = {"nb": ",", "en": "."}


def number(value: float, lang: str, *, digits: int | None = None) -> str:
    """Return a number for a sentence: three significant digits below 100, whole from 100, in the language's signs."""
    places = digits if digits is not None else _digits(value)
    text = f"{abs(value):,.{places}f}"
    if digits is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    signs = {",": THOUSANDS[lang], ".": DECIMAL[lang]}
    sign = "−" if value < 0 and float(text.replace(",", "")) != 0 else ""
    return sign + "".join(signs.get(letter, letter) for letter in text)


def _digits(*values: float | None) -> int:
    """Return the decimals of an effect and its limits together: by the largest of them."""
    largest = max((abs(value) for value in values if value is not None), default=0.0)
    return 0 if largest >= 100 else 1 if largest >= 1 else 3


def sentence(estimate: "Estimate", lang: str) -> str:
    """Return effect, interval and verdict in one or two sentences."""
    facts = {"label": _label(estimate, lang), "per": number(estimate.per, lang)}
    low, high = estimate.low, estimate.high
    digits = 0 if estimate.kind == "binary" and estimate.per >= 100 else _digits(estimate.value, low, high)
    verdict = _say(lang, f"verdict.{estimate.verdict}")
    if estimate.value is None:
        ends = {"low": _end(low, lang, digits), "high": _end(high, lang, digits)}
        return _say(lang, f"sentence.band_{estimate.kind}", **facts, **ends) + " " + verdict
    direction = "more" if estimate.value >= 0 else "less"
    interval = _interval(estimate, lang, digits)
    size = number(abs(estimate.value), lang, digits=digits)
    told = _say(lang, f"sentence.{estimate.kind}_{direction}", value=size, interval=interval, **facts)
    return f"{told} {verdict}"


def _interval(estimate: "Estimate", lang: str, digits: int | None) -> str:
    """Return the interval in brackets: both ends in the effect's direction, or each with its own across zero."""
    low, high = estimate.low, estimate.high
    if low is None or high is None:
        return _say(lang, "sentence.no_interval")
    if low < 0 < high:
        ends = {"less": _end(-low, lang, digits), "more": _end(high, lang, digits)}
        return _say(lang, f"sentence.crossing_{estimate.kind}", **ends)
    near, far = sorted((abs(low), abs(high)))
    return _say(lang, "sentence.interval", low=_end(near, lang, digits), high=_end(far, lang, digits))


def method_text(estimate: "Estimate", lang: str) -> str:
    """Return the estimator's name, its variants and its degrees of freedom."""
    facts: dict[str, Any] = {"aggregation": estimate.aggregation or "", **estimate.method_facts}
    for name in ("aggregation", "comparison"):
        if facts.get(name):
            facts[name] = _say(lang, f"{name}.{facts[name]}")
    texts = wording.words("analytics", lang)
    key = f"experiments.method.{estimate.method}"
    text = texts[key].format(**facts) if key in texts else estimate.method
    if estimate.df is not None:
        text += " " + _say(lang, "method.df", df=number(estimate.df, lang))
    return text + (" " + _say(lang, "method.permutation_leads") if estimate.permutation_leads else "")


def note_text(note: Note, lang: str) -> str:
    """Return a note in words."""
    facts = {key: number(value, lang) if isinstance(value, float) else value for key, value in note.facts}
    return _say(lang, f"note.{note.code}", **facts)


def reasons(estimate: "Estimate", lang: str) -> list[str]:
    """Return the reasons of the grade in words."""
    return [_say(lang, f"grade.{code}") for code in estimate.grade["reasons"]]


def _label(estimate: "Estimate", lang: str) -> str:
    given = estimate.label.get(lang) or next(iter(estimate.label.values()), "")
    return given or _say(lang, f"sentence.label_{estimate.kind}", outcome=estimate.outcome)


def _end(value: float | None, lang: str, digits: int | None) -> str:
    return "–" if value is None else number(value, lang, digits=digits)


def _say(lang: str, key: str, **facts: object) -> str:
    return wording.say("analytics", lang, f"experiments.{key}", **facts)
