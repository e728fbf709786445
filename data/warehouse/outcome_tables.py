"""The tables of published studies: what each is, and its numbers."""

import polars as pl

from data.curated.outcomes.read import published
from data.curated.outcomes.study import OutcomeStudy

_TEXTS = ("title", "definition", "source")
_SAME = ("id", "publisher", "url", "issued", "licence", "provenance")
_EMPTY = ("region_code", "period", "later", "subgroup")


def outcome_tables() -> dict[str, pl.DataFrame]:
    """Return the tables by name; a key that says nothing is null. Raises as `published`."""
    outcomes = pl.concat([rows for _, rows in published()])
    return {
        "outcome_study": pl.DataFrame([_facts(study) for study, _ in published()], infer_schema_length=None),
        "outcome": outcomes.with_columns(pl.col(_EMPTY).replace("", None)),
    }


def _facts(study: OutcomeStudy) -> dict[str, str | None]:
    texts = {f"{name}_{lang}": getattr(study, name)[lang] for name in _TEXTS for lang in ("nb", "en")}
    return {**{name: getattr(study, name) for name in _SAME}, **texts, "copy": study.copy or None}
