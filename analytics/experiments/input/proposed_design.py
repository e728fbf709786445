"""What a table looks like it holds: its columns, and the design that is proposed for it. Whoever owns it decides."""

from dataclasses import dataclass
from functools import cache

import polars as pl

from analytics.experiments.input.arms import CONTROLS
from analytics.experiments.input.columns import as_polars, labels
from data import paths
from data.toml import toml_table

_AGGREGATED = ("n", "at_risk")
_FEW = 10
_TOLD = 5  # rows of persons a value must stand in to be told


@dataclass(frozen=True)
class ColumnHeld:
    """A column of a table: how many different values, and how many cells are empty.

    values: what stands in it where that is few enough to be arms or periods, else nothing.
    """

    name: str
    different: int
    empty: int
    values: tuple[str, ...] = ()


def columns_held(table: pl.DataFrame) -> tuple[ColumnHeld, ...]:
    """Return what each column holds; a value that stands in few rows alone is not told."""
    fewest = 1 if set(_AGGREGATED) & set(table.columns) else _TOLD
    return tuple(_held(table[name], fewest) for name in table.columns)


def proposed_design(table: object) -> dict[str, str]:
    """Return the keys of a design that the table's names and values suggest; those it says nothing of are left out."""
    frame = as_polars(table)
    found: dict[str, str] = {}
    for role, names in _roles().items():
        if name := next((each for each in frame.columns if each not in found.values() and _called(each, names)), ""):
            found[role] = name
    if set(_AGGREGATED) & set(frame.columns):
        found.pop("outcome", None)
    elif "outcome" not in found:
        found |= _last_number(frame, set(found.values()))
    return {"method": _method(frame, found), **found, **_control(frame, found)}


def _held(column: pl.Series, fewest: int) -> ColumnHeld:
    found = labels(column).drop_nulls()
    different = found.n_unique()
    shown = 1 < different <= _FEW and found.value_counts()["count"].min() >= fewest  # type: ignore[operator]
    values = tuple(sorted(found.unique())) if shown else ()
    return ColumnHeld(column.name, different, len(column) - len(found), values)


@cache
def _roles() -> dict[str, list[str]]:
    roles: dict[str, list[str]] = toml_table(paths.ANALYTICS / "experiments/input/proposed_design.toml")["roles"]
    return roles


def called_like(role: str, columns: list[str]) -> list[str]:
    """Return the columns whose name says that they play a role."""
    return [name for name in columns if _called(name, _roles()[role])]


def _called(column: str, names: list[str]) -> bool:
    parts = {column.casefold().strip(), *column.casefold().strip().replace(" ", "_").split("_")}
    return not parts.isdisjoint(names)


def _last_number(frame: pl.DataFrame, taken: set[str]) -> dict[str, str]:
    free = [name for name in frame.columns if name not in taken and frame[name].dtype.is_numeric()]
    return {"outcome": free[-1]} if free else {}


def _method(frame: pl.DataFrame, found: dict[str, str]) -> str:
    periods = frame[found["period"]].n_unique() if "period" in found else 1
    if "start" in found and periods > 1:
        return "staggered"
    if periods > 1:
        return "before_after"
    if "cluster" in found and "arm" in found:
        arms = frame.group_by(found["cluster"]).agg(pl.col(found["arm"]).n_unique().alias("arms"))["arms"]
        return "cluster_rct" if arms.max() == 1 else "rct"
    return "rct"


def _control(frame: pl.DataFrame, found: dict[str, str]) -> dict[str, str]:
    names = sorted(labels(frame[found["arm"]]).drop_nulls().unique()) if "arm" in found else []
    control = next((name for name in names if name.casefold() in CONTROLS), "")
    return {"control": control} if control else {}
