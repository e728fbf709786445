"""What a portfolio contradicts itself in: each fault with its key, what was found and the cure."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Annotated

from benefits.parameters.faults import ModelProblem, conflict, missing, of_range, outside
from benefits.programme.portfolio_file import OverlapTable, PortfolioFile, SharedCostTable
from benefits.scenario.faults import is_calendar, of_price_year, of_receiver
from benefits.scenario.model import Scenario, Spread
from data.toml import Together, TomlProblem

_ROUNDED = 1e-9


def year_of(year: int, base_year: int) -> int:
    """Return a year after the base year, of one of the calendar or one counted already."""
    return year - base_year if is_calendar(year) else year


def _of_itself(found: PortfolioFile) -> Iterator[TomlProblem]:
    """Return what a portfolio contradicts itself in without a look at its measures."""
    names = [each.scenario for each in found.measure]
    if not names:
        yield missing("measure", "text")
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield told_twice("measure", name)
    yield from _of_pairs(found.overlap, names)
    for number, cost in enumerate(found.shared_cost, 1):
        yield from _of_shared_cost(cost, f"shared_cost[{number}]")
    for number, grant in enumerate(found.grant, 1):
        yield from of_receiver(grant, f"grant[{number}].")


def _of_pairs(overlaps: tuple[OverlapTable, ...], names: list[str]) -> Iterator[TomlProblem]:
    """Return which overlaps are of no two measures, told twice, or of over 100 % of a measure's participants."""
    shared: defaultdict[str, float] = defaultdict(float)
    for number, each in enumerate(overlaps, 1):
        cell, (first, second) = f"overlap[{number}]", each.measures
        if first not in names or second not in names or first == second:
            yield conflict(f"{cell}.measures", f"{first} + {second}", " + ".join(names))
        elif names.index(first) > names.index(second):
            yield conflict(f"{cell}.measures", f"{first} + {second}", f"{second} + {first}")
        elif each.measures in [earlier.measures for earlier in overlaps[: number - 1]]:
            yield told_twice(f"{cell}.measures", f"{first} + {second}")
        else:
            shared[second] += _most(each)
            if shared[second] > 1 + _ROUNDED:
                found = f"{shared[second]:g}"
                yield ModelProblem(code="overlap_over_all", cell=f"{cell}.share", found=found, expected=second)


def _most(overlap: OverlapTable) -> float:
    return overlap.share if overlap.high is None else overlap.high


def _of_shared_cost(cost: SharedCostTable, cell: str) -> Iterator[TomlProblem]:
    if not cost.year:
        yield missing(f"{cell}.year", "int_type")
    if cost.kind == "transfer" and cost.to is None:
        yield missing(f"{cell}.to", "text")
    if cost.kind == "resource" and cost.to is not None:
        yield conflict(f"{cell}.to", cost.to, 'kind = "transfer"')
    yield from of_receiver(cost, f"{cell}.")
    for fault in of_range(cost, "nok"):
        fault.cell = f"{cell}.{fault.cell}"
        yield fault


def of_scenarios(found: PortfolioFile, scenarios: Mapping[str, Scenario]) -> Iterator[TomlProblem]:
    """Return what measures, shared costs and overlaps cannot be together: years, rates, a deflator, participants."""
    years = sorted({scenario.base_year for scenario in scenarios.values()})
    if len(years) > 1:
        yield conflict("measure.base_year", ", ".join(map(str, years)), str(years[-1]))
        return
    rates = {scenario.discount_rate for scenario in scenarios.values()}
    if len(rates) > 1:
        yield conflict("measure.discount_rate", ", ".join(sorted(map(str, rates))), "1 ×")
    yield from _of_calendar(found, years[0], max(scenario.horizon_years for scenario in scenarios.values()))
    yield from _of_participants(found.overlap, {name: scenario.participants for name, scenario in scenarios.items()})


def _of_calendar(found: PortfolioFile, first: int, horizon: int) -> Iterator[TomlProblem]:
    """Return which costs and grants fall outside the years that are counted, twice in one, or have no deflator."""
    for number, cost in enumerate(found.shared_cost, 1):
        cell = f"shared_cost[{number}]"
        for place, year in enumerate(cost.year):
            yield from _outside_years(f"{cell}.year", year, first, horizon)
            if year_of(year, first) in [year_of(earlier, first) for earlier in cost.year[:place]]:
                yield told_twice(f"{cell}.year", str(year))
        if cost.price_year is not None:
            yield from of_price_year(f"{cell}.price_year", cost.price_year, first)
    for number, grant in enumerate(found.grant, 1):
        yield from _outside_years(f"grant[{number}].year", grant.year, first, horizon)


def _outside_years(cell: str, year: int, first: int, horizon: int) -> Iterator[TomlProblem]:
    """Return the fault of a year outside those counted, told as it is written: of the calendar or counted."""
    begins = first if is_calendar(year) else 0
    return outside(cell, year, begins, begins + horizon - 1)


def _of_participants(overlaps: tuple[OverlapTable, ...], participants: Mapping[str, Spread]) -> Iterator[TomlProblem]:
    """Return which measures would have more participants in common with later ones than they have participants.

    Those in two of the later measures count once, as many of them as the file says: the fewest there can be.
    """
    both = {each.measures: _most(each) * participants[each.measures[1]].value for each in overlaps}
    for first, own in participants.items():
        later = [second for one, second in both if one == first]
        fewest = sum(both[first, second] for second in later)
        fewest -= sum(both.get(pair, 0.0) for pair in combinations(later, 2))
        if fewest > own.value + _ROUNDED:
            number = max(place for place, each in enumerate(overlaps, 1) if each.measures[0] == first)
            cell, asked = f"overlap[{number}].share", f"{first}: {own.value:g}"
            yield ModelProblem(code="overlap_too_large", cell=cell, found=f"{fewest:g}", expected=asked)


def told_twice(cell: str, found: str) -> TomlProblem:
    """Return the fault of what a portfolio names once more."""
    return ModelProblem(code="told_twice", cell=cell, found=found)


CheckedPortfolio = Annotated[PortfolioFile, Together(_of_itself)]
