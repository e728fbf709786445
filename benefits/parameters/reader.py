"""Reads the files of dated parameters and of their sources: every fault told at once, with its key and its cure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from benefits.parameters import GRADES, UNITS, DatedValue, Parameter, Source
from benefits.parameters.faults import ModelProblem, conflict, missing, of_range
from data.problems import Problem, raise_all
from data.toml import OneOf, Text, Together, TomlProblem, Words, gathered, one_of, read_toml


@dataclass(frozen=True)
class ValueTable:
    """A value from a day on; without a number the parameter is abolished, or not published where `unknown`."""

    valid_from: date
    value: float | None = None
    low: float | None = None
    high: float | None = None
    evidence: Annotated[str, one_of(*GRADES)] | None = None
    unknown: bool = False


@dataclass(frozen=True)
class ParameterTable:
    """A parameter as it stands in its file; `price_year` is a year or "nominal", in kroner alone."""

    label: Words
    unit: Annotated[str, one_of(*UNITS)]
    evidence: Annotated[str, one_of(*GRADES)]
    source: Annotated[str, OneOf("source")]
    values: tuple[ValueTable, ...]
    price_year: Any = None
    locator: str = ""


@dataclass(frozen=True)
class SourceTable:
    """A source as it stands in `sources.toml`."""

    title: Words
    publisher: Text
    url: str


def read_sources(folder: Path) -> dict[str, Source]:
    """Return the sources of a folder by id; raises `Problems` with every fault."""
    found = read_toml(folder / "sources.toml", dict[str, SourceTable])
    return {key: Source(key, item.title, item.publisher, item.url) for key, item in found.items()}


def read_parameters(folder: Path) -> dict[str, Parameter]:
    """Return the parameters of a folder by name; raises `Problems` with every fault of every file."""
    problems: list[Problem] = []
    sources = gathered(problems, lambda: read_sources(folder))
    found: dict[str, Parameter] = {}
    for path in sorted(folder.glob("*/*.toml")):
        found |= gathered(problems, lambda path=path: _read(path, sources)) or {}  # type: ignore[misc]
    raise_all(folder.name, problems)
    return found


def _read(path: Path, sources: Mapping[str, Source] | None) -> dict[str, Parameter]:
    tables = read_toml(path, dict[str, Annotated[ParameterTable, Together(_faults)]], names={"source": sources})
    names = {key: f"{path.parent.name}.{path.stem}.{key}" for key in tables}
    return {names[key]: _parameter(names[key], table) for key, table in tables.items()}


def _parameter(name: str, table: ParameterTable) -> Parameter:
    values = tuple(
        DatedValue(item.valid_from, item.value, item.low, item.high, item.evidence or table.evidence, item.unknown)
        for item in table.values
    )
    return Parameter(
        name, table.label, table.unit, table.price_year, table.evidence, table.source, table.locator, values
    )


def _faults(table: ParameterTable) -> Iterator[TomlProblem]:
    yield from _of_price_year(table)
    days = [item.valid_from.isoformat() for item in table.values]
    if not days or days != sorted(set(days)):
        yield conflict("values", ", ".join(days) or "[]", "valid_from[1] < valid_from[2] < …")
    for number, item in enumerate(table.values, 1):
        guessed = (item.evidence or table.evidence) == "assumption" and item.value is not None
        if guessed and item.low is None and item.high is None:
            yield missing(f"values[{number}].low", "float_type")
        for fault in of_range(item, "value"):
            fault.cell = f"values[{number}].{fault.cell}"
            yield fault


def _of_price_year(table: ParameterTable) -> Iterator[TomlProblem]:
    given, year = "NOK" in table.unit, table.price_year
    fits = year == "nominal" or (isinstance(year, int) and not isinstance(year, bool))
    if not (fits if given else year is None):
        found = "–" if year is None else repr(year)
        yield ModelProblem(code="price_year", cell="price_year", found=found, asked={"unit": table.unit})
