"""How the codes of a table of one's own are written for a reader, and whom its figures are cited from."""

import re
from collections.abc import Sequence

from analytics import provenance
from analytics.cohorts import state_label
from analytics.pivot.counted import study_member, study_of
from analytics.pivot.question import FIGURES, FLOWS, OUTCOMES, kind_of
from analytics.pivot.refusals import destination_name
from pages.components.citations import citation, licence
from pages.format import numbers, place_names
from pages.format.texts import language, text
from pages.frame.source_footer import Citation

_SPAN = re.compile(r"(\d{4})-(\d{4})")


def member(counted: str, dimension: str, code: str) -> str:
    """Return a member of a dimension as a reader calls it."""
    kind = kind_of(counted)
    if dimension == "age":
        return place_names.age(code)
    if dimension == "sex":
        return text(f"sex.{code}")
    if kind == OUTCOMES:
        return _of_study(counted, dimension, code)
    return place_names.place(code) if dimension == "place" else _of_time(kind, counted, dimension, code)


def _of_time(kind: str, counted: str, dimension: str, code: str) -> str:
    """Return a time, or a state somebody was in at a time."""
    if dimension == "months":
        return text("pivot.months", number=code)
    if dimension == "origin":
        return state_label(code, language())
    if dimension == "destination":
        return destination_name(code, language())
    return numbers.period(code, frequency=provenance.indicators()[counted].frequency if kind == FIGURES else None)


def name_column(column: str) -> str:
    """Return the column that holds what the codes of a column are called."""
    return f"{column.removesuffix('_code')}_name"


def sources(counted: str, editions: Sequence[str]) -> tuple[Citation, ...]:
    """Return where figures come from: the editions, each with the definition; of a study its own publisher."""
    if kind_of(counted) == OUTCOMES:
        study, lang = study_of(counted), language()
        title, issued = study.source[lang], numbers.period(study.issued) if study.issued else ""
        title = text("outcomes.read_in", source=title, copy=study.copy) if study.copy else title
        issued = issued or text("outcomes.undated")
        return (Citation(study.publisher, title, issued, licence(study.licence), study.url, study.definition[lang]),)
    return tuple(citation(each, None if kind_of(counted) == FLOWS else counted) for each in editions)


def notes(counted: str) -> tuple[str, ...]:
    """Return what must be known of a study besides its definition."""
    if kind_of(counted) != OUTCOMES:
        return ()
    study = study_of(counted)
    told = text(f"outcomes.provenance.{study.provenance}") if study.provenance != "published" else ""
    return tuple(filter(None, (study.note.get(language(), ""), told)))


def _of_study(counted: str, dimension: str, code: str) -> str:
    if (said := study_member(counted, dimension, code, language())) is not None:
        return said
    if not code:
        return numbers.unknown()
    span = _SPAN.fullmatch(code)
    said = text("outcomes.span", first=span[1], last=span[2]) if span else numbers.period(code)
    return place_names.place(code) if dimension == "place" else said
