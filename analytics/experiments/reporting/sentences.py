"""Estimates in words: the sentence, the method's name, the notes and the reasons of the grade."""

from typing import TYPE_CHECKING, Any

from analytics.experiments.estimators.base import Remark
from data import i18n
from data.format.numbers import decimals_for, number, sized

if TYPE_CHECKING:
    from analytics.experiments.reporting.estimate import Estimate

LEADS = {"callaway_santanna": "permutation_limits", "risk_difference": "exact_leads"}
"""By method what is said where the permutation leads, where it is something of its own."""


def effect_decimals(estimate: "Estimate") -> int:
    """Return the decimals of an effect and its limits together: none for persons of a hundred or more."""
    if estimate.kind == "binary" and estimate.per >= 100:
        return 0
    return decimals_for(estimate.value, estimate.low, estimate.high)


def sentence(estimate: "Estimate", lang: str) -> str:
    """Return effect, interval and verdict in one or two sentences."""
    facts = {"label": _label(estimate, lang), "per": sized(estimate.per, lang)}
    low, high = estimate.low, estimate.high
    digits = effect_decimals(estimate)
    verdict = _say(lang, f"verdict.{estimate.verdict}")
    if estimate.value is None:
        ends = {"low": number(low, digits, lang), "high": number(high, digits, lang)}
        return _say(lang, f"sentence.band_{estimate.kind}", **facts, **ends) + " " + verdict
    direction = "more" if estimate.value >= 0 else "less"
    interval = _interval(estimate, lang, digits)
    size = number(abs(estimate.value), digits, lang)
    told = _say(lang, f"sentence.{estimate.kind}_{direction}", value=size, interval=interval, **facts)
    return f"{told} {verdict}"


def _interval(estimate: "Estimate", lang: str, digits: int) -> str:
    """Return the interval in brackets: both ends in the effect's direction, or each with its own across zero."""
    low, high = estimate.low, estimate.high
    if low is None or high is None:
        return _say(lang, "sentence.no_interval")
    if low < 0 < high:
        ends = {"less": number(-low, digits, lang), "more": number(high, digits, lang)}
        return _say(lang, f"sentence.crossing_{estimate.kind}", **ends)
    near, far = sorted((abs(low), abs(high)))
    return _say(lang, "sentence.interval", low=number(near, digits, lang), high=number(far, digits, lang))


def method_text(estimate: "Estimate", lang: str) -> str:
    """Return the estimator's name, its variants and its degrees of freedom."""
    told = {
        name: sized(value, lang) if isinstance(value, float) else value for name, value in estimate.method_facts.items()
    }
    facts: dict[str, Any] = {"aggregation": estimate.aggregation or "", **told}
    for name in ("aggregation", "comparison"):
        if facts.get(name):
            facts[name] = _say(lang, f"{name}.{facts[name]}")
    texts = i18n.words("analytics", lang)
    key = f"experiments.method.{estimate.method}"
    text = texts[key].format(**facts) if key in texts else estimate.method
    if estimate.df is not None:
        text += " " + _say(lang, "method.df", df=sized(estimate.df, lang))
    leads = LEADS.get(estimate.method, "permutation_leads")
    return text + (" " + _say(lang, f"method.{leads}") if estimate.permutation_leads else "")


def note_text(note: Remark, lang: str) -> str:
    """Return a note in words."""
    facts = {key: sized(value, lang) if isinstance(value, float) else value for key, value in note.facts}
    return _say(lang, f"note.{note.code}", **facts)


def reasons(estimate: "Estimate", lang: str) -> list[str]:
    """Return the reasons of the grade in words."""
    return [_say(lang, f"grade.{code}") for code in estimate.grade["reasons"]]


def _label(estimate: "Estimate", lang: str) -> str:
    given = estimate.label.get(lang) or next(iter(estimate.label.values()), "")
    return given or _say(lang, f"sentence.label_{estimate.kind}", outcome=estimate.outcome)


def _say(lang: str, key: str, **facts: object) -> str:
    return i18n.say("analytics", lang, f"experiments.{key}", **facts)
