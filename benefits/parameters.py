"""Reads the dated parameters: every number with a unit, with source, evidence grade and range."""

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from benefits.errors import ParameterFault, ParameterUndefined
from data import paths

UNITS = (
    "share",
    "share/year",
    "factor",
    "G",
    "days",
    "count",
    "years",
    "NOK/year",
    "NOK/month",
    "NOK/person-year",
)
GRADES = (
    "statute",
    "official_statistic",
    "rct",
    "quasi_experiment",
    "register",
    "monitoring",
    "judgement",
    "assumption",
)
FOLDER = paths.PARAMETERS
_REPLACED: ContextVar[Mapping[str, Any]] = ContextVar("replaced", default={})  # noqa: B039 - never changed in place
_USED: ContextVar[set[str] | None] = ContextVar("used", default=None)
_FIELDS = {"label", "unit", "price_year", "evidence", "source", "locator", "values"}


@dataclass(frozen=True)
class DatedValue:
    """A value from a day on; `value` None means abolished, or not published where `unknown`."""

    valid_from: date
    value: float | None
    low: float | None
    high: float | None
    evidence: str
    unknown: bool = False

    @property
    def has_range(self) -> bool:
        """Whether the value has a range with any width."""
        return self.low is not None and self.high is not None and self.low < self.high


@dataclass(frozen=True)
class Source:
    """Where a number comes from."""

    id: str
    title: Mapping[str, str]
    publisher: str
    url: str


@dataclass(frozen=True)
class Parameter:
    """A dated number with its unit, source and grade; `name` is its path (`nav.rates.aap_minimum`)."""

    name: str
    label: Mapping[str, str]
    unit: str
    price_year: int | str | None
    evidence: str
    source: str
    locator: str
    values: tuple[DatedValue, ...]

    def entry(self, day: date) -> DatedValue:
        """Return the last entry on or before the day; raises ParameterUndefined where there is no value."""
        past = [item for item in self.values if item.valid_from <= day]
        if not past or past[-1].value is None:
            raise ParameterUndefined(self.name, day)
        return past[-1]

    def at(self, day: date) -> float:
        """Return the value on the day, in the parameter's unit; raises ParameterUndefined where there is none."""
        value = self.entry(day).value
        assert value is not None  # noqa: S101 - entry() has refused it
        return value

    def latest(self) -> float:
        """Return the last value that was published, for parameters that follow no calendar."""
        known = [item for item in self.values if item.value is not None]
        return self.at(known[-1].valid_from)


def parameter(name: str) -> Parameter:
    """Return a parameter by its full name; raises ParameterFault where no file holds it."""
    try:
        return parameters()[name]
    except KeyError:
        raise ParameterFault(where=name, found="-", rule="exists") from None


def value(name: str, day: date) -> float:
    """Return the value of a parameter on a day, in its unit.

    Inside `replaced` it is the replacement: a number, or an array with one element a draw that the rules carry through.
    """
    used = _USED.get()
    if used is not None:
        used.add(name)
    given = _REPLACED.get()
    return given[name] if name in given else parameter(name).at(day)


@contextmanager
def replaced(values: Mapping[str, Any]) -> Iterator[None]:
    """Let `value` answer with these numbers or arrays inside the block."""
    token = _REPLACED.set({**_REPLACED.get(), **values})
    try:
        yield
    finally:
        _REPLACED.reset(token)


@contextmanager
def recorded() -> Iterator[set[str]]:
    """Collect the names of the parameters that `value` is asked for inside the block."""
    used: set[str] = set()
    token = _USED.set(used)
    try:
        yield used
    finally:
        _USED.reset(token)


@cache
def parameters(folder: Path = FOLDER) -> Mapping[str, Parameter]:
    """Return all parameters by name, read once; raises ParameterFault at the first entry that breaks a rule."""
    known = sources(folder)
    found: dict[str, Parameter] = {}
    for path in sorted(folder.glob("*/*.toml")):
        for key, fields in tomllib.loads(path.read_text(encoding="utf-8")).items():
            name = f"{path.parent.name}.{path.stem}.{key}"
            found[name] = _parameter(name, fields, known)
    return found


@cache
def sources(folder: Path = FOLDER) -> Mapping[str, Source]:
    """Return the sources by id."""
    table = tomllib.loads((folder / "sources.toml").read_text(encoding="utf-8"))
    return {key: Source(key, fields["title"], fields["publisher"], fields["url"]) for key, fields in table.items()}


def _parameter(name: str, fields: Mapping[str, Any], known: Mapping[str, Source]) -> Parameter:
    _require(name, set(fields) <= _FIELDS, str(sorted(set(fields) - _FIELDS)), "fields")
    _require(name, fields.get("unit") in UNITS, str(fields.get("unit")), "unit")
    _require(name, fields.get("evidence") in GRADES, str(fields.get("evidence")), "evidence")
    _require(name, fields.get("source") in known, str(fields.get("source")), "source")
    _require(name, set(fields.get("label", {})) == {"nb", "en"}, str(fields.get("label")), "label")
    holds_money = "NOK" in fields["unit"]
    _require(name, ("price_year" in fields) == holds_money, str(fields.get("price_year")), "price_year")
    values = tuple(_dated(name, item, fields["evidence"]) for item in fields.get("values", ()))
    days = [item.valid_from for item in values]
    _require(name, bool(days) and days == sorted(set(days)), str(days), "order")
    return Parameter(
        name=name,
        label=fields["label"],
        unit=fields["unit"],
        price_year=fields.get("price_year"),
        evidence=fields["evidence"],
        source=fields["source"],
        locator=fields.get("locator", ""),
        values=values,
    )


def _dated(name: str, item: Mapping[str, Any], grade: str) -> DatedValue:
    low, high, amount = item.get("low"), item.get("high"), item.get("value")
    grade = item.get("evidence", grade)
    _require(name, grade in GRADES, grade, "evidence")
    ranged = None not in (low, high)
    _require(name, ranged or amount is None or grade != "assumption", str(item), "range")
    _require(name, (low is None) == (high is None), str(item), "range")
    if ranged and amount is not None:
        _require(name, float(low or 0) <= amount <= float(high or 0), str(item), "range")
    return DatedValue(
        valid_from=item["valid_from"],
        value=None if amount is None else float(amount),
        low=None if low is None else float(low),
        high=None if high is None else float(high),
        evidence=grade,
        unknown=bool(item.get("unknown", False)),
    )


def _require(name: str, holds: bool, found: str, rule: str) -> None:  # noqa: FBT001 - reads as a sentence
    if not holds:
        raise ParameterFault(where=name, found=found, rule=rule)
