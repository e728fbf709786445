"""Faults in the files of the model, as problems in words: what is missing, outside its range, or not of a piece."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from data.toml import Together, TomlProblem


@dataclass(eq=False, kw_only=True)
class ModelProblem(TomlProblem, package="benefits"):
    """A fault that only a file of the model can have; its words stand among those of the model."""


def ranged(key: str) -> Together:
    """Return the annotation of a table with a number that may have a range in `low` and `high`."""
    return Together(lambda table: of_range(table, key))


def of_range(table: Any, key: str, prefix: str = "") -> Iterator[TomlProblem]:  # noqa: ANN401 - any table
    """Return what is wrong with a number and its range: one of the three is missing, or it lies outside."""
    names = (f"{prefix}low", key, f"{prefix}high")
    values = [getattr(table, name) for name in names]
    if values[0] is None and values[2] is None:
        return
    if None in values:
        yield from (missing(name, "float_type") for name, value in zip(names, values, strict=True) if value is None)
    elif not values[0] <= values[1] <= values[2]:
        yield conflict(key, " / ".join(f"{value:g}" for value in values), " <= ".join(names))


def outside(cell: str, found: float, low: float, high: float) -> Iterator[TomlProblem]:
    """Return the fault of a number outside low and high; none where it lies within."""
    if not low <= found <= high:
        asked = {"low": f"{low:g}", "high": f"{high:g}"}
        yield TomlProblem(code="toml_value", cell=cell, found=f"{found:g}", rule="within", asked=asked)


def missing(cell: str, rule: str, **asked: object) -> TomlProblem:
    """Return the fault of a key that is needed here; `rule` says what it may be."""
    return TomlProblem(code="toml_missing", cell=cell, rule=rule, asked=asked)


def conflict(cell: str, found: str, allowed: str) -> TomlProblem:
    """Return the fault of a value that does not go with the others."""
    return ModelProblem(code="conflict", cell=cell, found=found, expected=allowed)
