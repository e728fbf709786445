"""The dated parameters: every number with a unit, with source, evidence grade and range."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from benefits.errors import ParameterUndefined, ParameterUnknown
from data import paths

UNITS = (
    "share",
    "share/year",
    "factor",
    "G",
    "days",
    "weeks",
    "months",
    "count",
    "years",
    "years of age",
    "NOK/year",
    "NOK/month",
    "NOK/day",
    "NOK/unit",
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
    def known(self) -> float:
        """The value of an entry that has one."""
        assert self.value is not None  # noqa: S101 - `Parameter.entry` refuses it
        return self.value


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

    def held(self, day: date) -> DatedValue | None:
        """Return the last entry on or before the day, also one without a value; None before the first."""
        return next((item for item in reversed(self.values) if item.valid_from <= day), None)

    def entry(self, day: date) -> DatedValue:
        """Return the last entry on or before the day; raises ParameterUndefined where there is no value."""
        last = self.held(day)
        if last is None or last.value is None:
            raise ParameterUndefined(self.name, day)
        return last

    def at(self, day: date) -> float:
        """Return the value on the day, in the parameter's unit; raises ParameterUndefined where there is none."""
        return self.entry(day).known

    def latest(self) -> float:
        """Return the last value that was published, for parameters that follow no calendar."""
        known = [item for item in self.values if item.value is not None]
        return self.at(known[-1].valid_from)


def parameter(name: str) -> Parameter:
    """Return a parameter by its full name; raises ParameterUnknown where no file holds it."""
    try:
        return parameters()[name]
    except KeyError:
        raise ParameterUnknown(where=name, found="-") from None


@dataclass(frozen=True)
class Parameters:
    """What the rules compute with: the published parameters, save those that something stands in for.

    `replaced` is by name: a number, or an array with one element a draw that the rules carry through. Other names than
    those of parameters may stand in it: no rule asks for them.
    """

    replaced: Mapping[str, Any] = field(default_factory=dict)

    def at(self, day: date) -> "Rates":
        """Return the values that hold on a day."""
        return Rates(self, day)

    def value(self, name: str, day: date) -> Any:  # noqa: ANN401 - a number, or one a draw
        """Return the value of a parameter on a day, in its unit; raises ParameterUndefined where there is none."""
        return self.replaced[name] if name in self.replaced else _published(name, day)


@dataclass(frozen=True)
class RecordedParameters(Parameters):
    """Parameters that note which of them a calculation asks for."""

    used: set[str] = field(default_factory=set)

    def value(self, name: str, day: date) -> Any:  # noqa: ANN401 - a number, or one a draw
        """Return the value of a parameter on a day, and note its name."""
        self.used.add(name)
        return super().value(name, day)


class Rates(dict[str, Any]):
    """The parameters on one day, by name: `rates["nav.rates.aap_minimum"]`; each is looked up once."""

    def __init__(self, parameters: Parameters, day: date) -> None:
        super().__init__()
        self.parameters, self.day = parameters, day

    def __missing__(self, name: str) -> Any:  # noqa: ANN401 - a number, or one a draw
        self[name] = self.parameters.value(name, self.day)
        return self[name]


PUBLISHED = Parameters()


@cache
def _published(name: str, day: date) -> float:
    return parameter(name).at(day)


@cache
def parameters(folder: Path = FOLDER) -> Mapping[str, Parameter]:
    """Return all parameters by name, read once; raises `Problems` with every fault of every file."""
    from benefits.parameters.reader import read_parameters

    return read_parameters(folder)


@cache
def sources(folder: Path = FOLDER) -> Mapping[str, Source]:
    """Return the sources by id, read once."""
    from benefits.parameters.reader import read_sources

    return read_sources(folder)
