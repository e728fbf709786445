"""What a table of one's own can count, and what each is called: indicators, flows and studies."""

from collections.abc import Mapping
from itertools import product

from analytics.exclusion import subject
from analytics.pivot.question import FLOW, FLOWS, OUTCOMES, STUDY, kind_of
from data import i18n
from data.catalogue import indicators
from data.curated.outcomes.read import studies
from data.curated.outcomes.study import OutcomeStudy, destinations
from data.warehouse.connection import query, view


def countable() -> tuple[str, ...]:
    """Return all that has figures: indicators, the main one first, then flows, then studies."""
    flows = dict.fromkeys(query("transition_groups")["measure"])
    published = set(view(OUTCOMES)["study"])
    return (
        *subject.loaded_indicators(),
        *(f"{FLOW}{name}" for name in flows),
        *(f"{STUDY}{name}" for name in studies() if name in published),
    )


def counted_words(counted: str, lang: str) -> Mapping[str, str]:
    """Return `label`, `definition` and `unit` of what is counted, in a language."""
    name = counted.removeprefix(FLOW).removeprefix(STUDY)
    if kind_of(counted) == FLOWS:
        parts = {part: _say(lang, f"flow.{name}.{part}") for part in ("label", "definition")}
        return parts | {"unit": _say(lang, "flow.unit")}
    if kind_of(counted) == OUTCOMES:
        study = studies()[name]
        definition = f"{study.who[lang]}. {study.definition[lang]}"
        return {"label": study.title[lang], "definition": definition, "unit": _say(lang, "study.unit")}
    found = indicators()[name]
    return {"label": found.label[lang], "definition": found.definition[lang], "unit": found.unit[lang]}


def study_of(counted: str) -> OutcomeStudy:
    """Return the study that is counted."""
    return studies()[counted.removeprefix(STUDY)]


def study_member(counted: str, dimension: str, code: str, lang: str) -> str | None:
    """Return what a study calls a place without a code, a group or a destination; None where it has no word."""
    study = study_of(counted)
    if dimension == "place" and not code:
        return study.place[lang]
    if dimension == "group" and code:
        return study.subgroups[code][lang]
    return destinations()[code].label[lang] if dimension == "destination" else None


def why_apart(first: str, second: str, lang: str) -> str:
    """Return why two things that are not both indicators never share a table."""
    kinds = {kind_of(first), kind_of(second)}
    pairs = list(product((FLOWS, OUTCOMES), repeat=2))
    reason = next((f"{one}_{other}" for one, other in pairs if {one, other} == kinds), "figures_followed")
    words = {"first": counted_words(first, lang)["label"], "second": counted_words(second, lang)["label"]}
    return _say(lang, f"apart.{reason}", **words)


def _say(lang: str, key: str, **facts: object) -> str:
    return i18n.say("analytics", lang, f"pivot.{key}", **facts)
