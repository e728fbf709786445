"""The tables of published studies: what each is, and its numbers."""

from collections.abc import Iterable

import polars as pl

from data.curated.outcomes.read import rows
from data.curated.outcomes.study import OutcomeStudy

_TEXTS = ("title", "definition", "source")
_SAME = ("id", "publisher", "url", "issued", "licence", "provenance")
_EMPTY = ("region_code", "period", "later", "subgroup")


def outcome_tables(studies: Iterable[OutcomeStudy]) -> dict[str, pl.DataFrame]:
    """Return the tables by name; a key that says nothing is null."""
    known = tuple(studies)
    outcomes = pl.concat([rows(each) for each in known])
    return {
        "outcome_study": pl.DataFrame([_facts(each) for each in known], infer_schema_length=None),
        "outcome": outcomes.with_columns(pl.col(_EMPTY).replace("", None)),
    }


def _facts(study: OutcomeStudy) -> dict[str, str | None]:
    texts = {f"{name}_{lang}": getattr(study, name)[lang] for name in _TEXTS for lang in ("nb", "en")}
    return {**{name: getattr(study, name) for name in _SAME}, **texts, "copy": study.copy or None}
