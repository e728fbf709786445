"""A programme as a portfolio file: measures, what they share, whom they have in common and how alike they succeed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator

from benefits.parameters.faults import conflict, missing, of_range, outside, ranged
from benefits.scenario.faults import is_calendar, of_price_year, of_receiver
from benefits.scenario.file_types import UNNAMED, Amount, Grade, Ledger, Name, Number, Share
from benefits.scenario.model import Scenario, shipped, shipped_scenario
from benefits.valuation.discounting import Rate, schedule_of
from data.home import own_over_shipped
from data.problems import raise_all
from data.toml import Text, Together, TomlProblem, fitted, one_of, told, toml_table
from data.toml.problems import named


def _listed(found: Any) -> Any:  # noqa: ANN401 - any TOML value
    return [found] if isinstance(found, int) else found


Years = Annotated[tuple[int, ...], BeforeValidator(_listed)]


@dataclass(frozen=True)
class MeasureTable:
    """A measure: a scenario by name, or a file beside the portfolio's."""

    scenario: Text


@dataclass(frozen=True)
class SharedCostTable:
    """A cost of the programme itself in each of some years, counted from the base year or of the calendar."""

    payer: Ledger
    nok: Number
    low: Number | None = None
    high: Number | None = None
    year: Years = (0,)
    price_year: int | None = None
    kind: Annotated[str, one_of("resource", "transfer")] = "resource"
    to: Ledger | None = None
    label: Name = UNNAMED
    evidence: Grade = "assumption"
    source: str = ""


@dataclass(frozen=True)
class GrantTable:
    """Money from one payer to another; `chance` is how likely an option is to be taken up.

    Where `spent`, the receiver uses it up on the programme, and without the grant that work is not done.
    """

    payer: Ledger
    to: Ledger
    nok: Amount
    year: int = 0
    chance: Share = 1.0
    spent: bool = False
    label: Name = UNNAMED
    evidence: Grade = "assumption"
    source: str = ""


@dataclass(frozen=True)
class OverlapTable:
    """The share of the second measure's participants who are in the first as well: they count once."""

    measures: tuple[str, str]
    share: Share
    low: Share | None = None
    high: Share | None = None


@dataclass(frozen=True)
class PortfolioFile:
    """All keys of a portfolio."""

    title: Name
    measure: tuple[MeasureTable, ...]
    correlation: Share = 0.0
    example: bool = False
    shared_cost: tuple[Annotated[SharedCostTable, ranged("nok")], ...] = ()
    grant: tuple[GrantTable, ...] = ()
    overlap: tuple[Annotated[OverlapTable, ranged("share")], ...] = ()


@dataclass(frozen=True)
class MeasurePortfolio:
    """A programme ready to be valued: its scenarios by name, all in prices of one base year."""

    file: PortfolioFile
    scenarios: dict[str, Scenario]

    @property
    def base_year(self) -> int:
        """The price year, which is year 0."""
        return next(iter(self.scenarios.values())).base_year

    @property
    def schedule(self) -> Rate:
        """What later years are discounted with: the same in all its scenarios."""
        return schedule_of(next(iter(self.scenarios.values())).discount_rate)

    @property
    def horizon(self) -> int:
        """The years of the measure that is followed longest."""
        return max(scenario.horizon_years for scenario in self.scenarios.values())

    @property
    def example(self) -> bool:
        """Whether it, or any of its measures, is made up."""
        return self.file.example or any(scenario.example for scenario in self.scenarios.values())

    @classmethod
    def read(cls, path: str | Path) -> "MeasurePortfolio":
        """Return the portfolio of a TOML file; raises `Problems` with every fault, each naming key and cure."""
        return cls.from_dict(toml_table(Path(path)), Path(path).parent, told(Path(path)))

    @classmethod
    def from_dict(cls, fields: Any, folder: Path = Path(), file: str = "") -> "MeasurePortfolio":  # noqa: ANN401 - TOML
        """Return the portfolio that fields describe; scenarios that are not shipped are files in `folder`."""
        found: PortfolioFile = fitted(fields, CheckedPortfolio, file)
        raise_all(file, _placed(_unknown(found, folder), file))
        scenarios = {each.scenario: _scenario(each.scenario, folder) for each in found.measure}
        raise_all(file, _placed(_of_scenarios(found, scenarios), file))
        return cls(found, scenarios)


def shipped_portfolios() -> tuple[str, ...]:
    """Return the names of the portfolios at hand: those that come with Innenfor, and the home's own."""
    return tuple(own_over_shipped("portfolios"))


def shipped_portfolio(name: str) -> MeasurePortfolio:
    """Return a portfolio by name; the home's own is read instead of a shipped one of the same name."""
    return MeasurePortfolio.read(own_over_shipped("portfolios")[name])


def _scenario(name: str, folder: Path) -> Scenario:
    if name in shipped():
        return shipped_scenario(name)
    return Scenario.read(folder / name)


def _unknown(found: PortfolioFile, folder: Path) -> Iterator[TomlProblem]:
    """Return which measures are neither scenarios by name nor files beside the portfolio's."""
    for number, name in enumerate((each.scenario for each in found.measure), 1):
        if name not in shipped() and not (folder / name).is_file():
            beside = sorted(path.name for path in folder.glob("*.toml"))
            fault = TomlProblem(code="toml_unknown_name", cell=f"measure[{number}].scenario", found=name)
            yield named(fault, "toml_unknown_name", name, [*shipped(), *beside])


def _placed(faults: Iterable[TomlProblem], file: str) -> list[TomlProblem]:
    """Return faults with the file, and the key their place ends in."""
    return [replace(each, file=file, column=each.cell.rpartition(".")[2]) for each in faults]


def year_of(year: int, base_year: int) -> int:
    """Return a year after the base year, of one of the calendar or one counted already."""
    return year - base_year if is_calendar(year) else year


def _of_itself(found: PortfolioFile) -> Iterator[TomlProblem]:
    """Return what a portfolio contradicts itself in: a measure twice, an overlap of none of them or of over 100 %."""
    names = [each.scenario for each in found.measure]
    if not names:
        yield missing("measure", "text")
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield conflict("measure", name, "1 ×")
    shared: dict[str, float] = {}
    for number, each in enumerate(found.overlap, 1):
        known = [name for name in each.measures if name in names]
        if len(known) < 2 or each.measures[0] == each.measures[1]:
            yield conflict(f"overlap[{number}].measures", " + ".join(each.measures), " + ".join(names))
        elif names.index(each.measures[0]) > names.index(each.measures[1]):
            yield conflict(f"overlap[{number}].measures", " + ".join(each.measures), " + ".join(each.measures[::-1]))
        shared[each.measures[1]] = shared.get(each.measures[1], 0.0) + (each.share if each.high is None else each.high)
        yield from outside(f"overlap[{number}].share", shared[each.measures[1]], 0, 1)
    for number, cost in enumerate(found.shared_cost, 1):
        yield from _of_shared_cost(cost, f"shared_cost[{number}]")
    for number, grant in enumerate(found.grant, 1):
        yield from of_receiver(grant, f"grant[{number}].")


def _of_shared_cost(cost: SharedCostTable, cell: str) -> Iterator[TomlProblem]:
    if cost.kind == "transfer" and cost.to is None:
        yield missing(f"{cell}.to", "text")
    if cost.kind == "resource" and cost.to is not None:
        yield conflict(f"{cell}.to", cost.to, 'kind = "transfer"')
    yield from of_receiver(cost, f"{cell}.")
    for fault in of_range(cost, "nok"):
        fault.cell = f"{cell}.{fault.cell}"
        yield fault


def _of_scenarios(found: PortfolioFile, scenarios: dict[str, Scenario]) -> Iterator[TomlProblem]:
    """Return what measures and shared costs do not have in common: the price year, the years, a deflator."""
    years = sorted({scenario.base_year for scenario in scenarios.values()})
    if len(years) > 1:
        yield conflict("measure.base_year", ", ".join(map(str, years)), str(years[-1]))
        return
    rates = {scenario.discount_rate for scenario in scenarios.values()}
    if len(rates) > 1:
        yield conflict("measure.discount_rate", ", ".join(sorted(map(str, rates))), "1 ×")
    last = max(scenario.horizon_years for scenario in scenarios.values()) - 1
    for number, cost in enumerate(found.shared_cost, 1):
        for year in cost.year:
            yield from outside(f"shared_cost[{number}].year", year_of(year, years[0]), 0, last)
        if cost.price_year is not None:
            yield from of_price_year(f"shared_cost[{number}].price_year", cost.price_year, years[0])
    for number, grant in enumerate(found.grant, 1):
        yield from outside(f"grant[{number}].year", year_of(grant.year, years[0]), 0, last)


CheckedPortfolio = Annotated[PortfolioFile, Together(_of_itself)]
