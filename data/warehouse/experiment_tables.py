"""The tables of experiments: what is registered, and what is delivered of it."""

from collections.abc import Mapping, Sequence

import polars as pl

from data.curated.experiment.record import ExperimentRecord

TABLES = {"results": "experiment_cell", "durations": "experiment_duration", "flow": "experiment_flow"}
"""Where each of UiA's layouts goes."""
_EMPTY = ("concept", "track", "phase")


def experiment_tables(
    records: Sequence[ExperimentRecord], delivered: Mapping[str, Sequence[pl.DataFrame]]
) -> dict[str, pl.DataFrame]:
    """Return the tables by name. delivered: rows with their `edition`, by UiA's layout."""
    found = {"experiment": pl.DataFrame([_registered(each) for each in records], infer_schema_length=None)}
    found |= {TABLES[layout]: pl.concat(map(_numbered, frames), how="diagonal") for layout, frames in delivered.items()}
    return {name: frame for name, frame in found.items() if not frame.is_empty()}


def _registered(each: ExperimentRecord) -> dict[str, object]:
    standing, registered = each.registration()
    words = {"title": each.title, "target_group": each.target_group, "unit": each.unit_of_assignment}
    same = ("key", "area", "method", "hash", "published", "example")
    return {
        **{name: getattr(each, name) for name in same},
        **{name: getattr(each, name) or None for name in _EMPTY},
        **{f"{name}_{lang}": told.get(lang) or None for name, told in words.items() for lang in ("nb", "en")},
        "standing": standing, "registered": registered,
    }  # fmt: skip


def _numbered(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with their line: draws that follow the order of units are then the file's."""
    return rows.with_columns(line=pl.int_range(1, rows.height + 1, dtype=pl.Int32))
