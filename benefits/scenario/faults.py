"""What a scenario's keys must agree on among themselves: each fault with its key, what was found and the cure."""

import math
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from benefits.parameters import parameter
from benefits.parameters.faults import ModelProblem, conflict, missing, of_range, outside
from benefits.rules import price_levels
from benefits.scenario.counted_twice import of_topics
from benefits.scenario.model import LEDGERS, PAYERS
from benefits.scenario.unit_costs import price_year_of
from data.toml import Together, TomlProblem, rising

if TYPE_CHECKING:
    from benefits.scenario import file_model as file

WITH_CONTROL_GROUP = ("rct", "quasi_experiment")
KINDS = ("half_life_years", "constant_years", "schedule")
_INTERVAL = "se | low, high"
_ROUNDED = 1e-6


def shares(least: float) -> Together:
    """Return the annotation of shares, one a year since start, from `least` to 1; none is typed in per cent."""
    return Together(lambda found: _of_shares(found, least))


def of_horizon(years: int) -> Iterator[TomlProblem]:
    """Return what is wrong with the number of years."""
    return outside("", years, 1, int(parameter("innenfor.limits.horizon_longest").latest()))


def of_effect(effect: "file.EffectTable") -> Iterator[TomlProblem]:
    """Return what is wrong with an effect: no interval, no deadweight, numbers that do not go together."""
    yield from _of_interval(effect)
    yield from of_range(effect, "deadweight", "deadweight_")
    yield from of_range(effect, "work_years_per_success", "work_years_")
    if effect.months is not None:
        yield from _of_months(effect.months, len(effect.value))
    controlled = effect.evidence in WITH_CONTROL_GROUP if effect.control_group is None else effect.control_group
    if effect.deadweight is None and not controlled:
        yield ModelProblem(
            code="missing_deadweight", cell="deadweight", column="deadweight", found=effect.evidence or "assumption"
        )
    if effect.outcome == "any_job" and effect.work_years_low is None:
        yield missing("work_years_low", "within", low=0, high=1)
    if effect.outcome == "any_job" and effect.work_years_per_success is None:
        yield missing("work_years_per_success", "within", low=0, high=1)


def of_persistence(persistence: "file.PersistenceTable") -> Iterator[TomlProblem]:
    """Return what is wrong with how the effect lasts: more than one way, or a range that does not hold its number."""
    given = [kind for kind in KINDS if getattr(persistence, kind) is not None]
    if len(given) > 1:
        yield conflict(given[1], ", ".join(given), " | ".join(KINDS))
    elif given != ["schedule"]:
        yield from of_range(persistence, given[0] if given else KINDS[0])


def of_path(path: "tuple[file.StepTable, ...]") -> Iterator[TomlProblem]:
    """Return which states but the last have no number of years."""
    for number, step in enumerate(path[:-1], 1):
        if step.years is None:
            yield missing(f"[{number}].years", "within", low=0, high=100)


def of_mix(mix: "tuple[file.MixTable, ...]") -> Iterator[TomlProblem]:
    """Return what is wrong with the shares of a mix: a state twice, or a sum that is not 1."""
    states = [each.state for each in mix]
    for state in sorted({state for state in states if states.count(state) > 1}):
        yield conflict("", state, "1 ×")
    total = math.fsum(each.share for each in mix)
    if mix and abs(total - 1) > _ROUNDED:
        yield conflict("", f"Σ share = {total:g}", "Σ share = 1")


def of_origin(origin: "file.OriginTable") -> Iterator[TomlProblem]:
    """Return the fault of an origin that is both a path and a mix."""
    if origin.path and origin.mix:
        yield conflict("mix", "path, mix", "path | mix")


def of_displacement(displacement: "file.DisplacementTable") -> Iterator[TomlProblem]:
    """Return what is wrong with displacement and how it fades."""
    yield from of_range(displacement, "value")
    yield from of_range(displacement, "half_life_years", "fade_")
    if displacement.fades is False and displacement.half_life_years is not None:
        yield conflict("half_life_years", f"{displacement.half_life_years:g}", "fades = true")


def of_destination(destination: "file.DestinationTable") -> Iterator[TomlProblem]:
    """Return what is wrong with where participants go."""
    yield from of_range(destination, "wage_nok")
    yield from of_range(destination, "full_time_share", "share_")
    yield from of_range(destination, "benefit_kept", "kept_")
    if destination.fills_vacancy and destination.employer in (None, "private"):
        yield conflict("fills_vacancy", "true", 'employer = "municipality"')


def of_cost(cost: "file.CostTable") -> Iterator[TomlProblem]:
    """Return what is wrong with a cost: a transfer has a receiver, and nothing else has."""
    yield from of_range(cost, "nok")
    if cost.kind == "transfer" and cost.to is None:
        yield missing("to", "choice", allowed=", ".join(LEDGERS))
    if cost.kind != "transfer" and cost.to is not None:
        yield conflict("to", cost.to, 'kind = "transfer"')
    yield from of_receiver(cost)


def of_receiver(moved: Any, cell: str = "") -> Iterator[TomlProblem]:  # noqa: ANN401 - a cost or a grant
    """Return the fault of money that is moved from somebody to the same."""
    if moved.to is not None and moved.to == moved.payer:
        yield conflict(f"{cell}to", moved.to, "to ≠ payer")


def of_service(service: "file.ServiceTable") -> Iterator[TomlProblem]:
    """Return what is wrong with a service: it has a payer and kroner, or a unit cost and how many units."""
    if service.unit_cost is None:
        yield from of_range(service, "nok_per_person_year")
        if service.payer is None:
            yield missing("payer", "choice", allowed=", ".join(PAYERS))
        if service.nok_per_person_year is None:
            yield missing("nok_per_person_year", "float_type")
        return
    yield from of_range(service, "units", "units_")
    if service.units is None:
        yield missing("units", "float_type")
    twice = {"payer": service.payer, "nok_per_person_year": service.nok_per_person_year}
    yield from (
        conflict(key, f"{key}, unit_cost", f"{key} | unit_cost") for key, given in twice.items() if given is not None
    )


def of_years(found: "file.ScenarioFile") -> Iterator[TomlProblem]:
    """Return which years have no base amount, or lie outside the horizon.

    A cost's year counts from the base year, or is of the calendar.
    """
    first = found.base_year or price_levels.last_known_year()
    yield from _of_base_year(first)
    horizon = found.horizon_years or default_horizon()
    last = first + horizon - 1
    if found.rules_constant is False and last > published_to():
        yield conflict("rules_constant", "false", f"horizon_years <= {max(published_to() - first + 1, 0)}")
    if found.start_year is not None:
        yield from outside("start_year", found.start_year, first, last)
    for number, cost in enumerate(found.cost, 1):
        year = cost.year or 0
        limits = (first, last) if is_calendar(year) else (0, horizon - 1)
        yield from outside(f"cost[{number}].year", year, *limits)
        if cost.price_year is not None:
            yield from of_price_year(f"cost[{number}].price_year", cost.price_year, first)
    for number, service in enumerate(found.service, 1):
        if service.unit_cost:
            yield from of_price_year(f"service[{number}].unit_cost", price_year_of(service.unit_cost), first)
    yield from of_topics(found)


def of_price_year(cell: str, price_year: int, base_year: int) -> Iterator[TomlProblem]:
    """Return the fault of kroner whose year, or whose base year, has no municipal deflator."""
    known = price_levels.municipal_price_years()
    for year in dict.fromkeys((price_year, base_year)):
        yield from outside(cell, year, known[0], known[-1])


def unused(name: str, used: Iterable[str]) -> TomlProblem:
    """Return the fault of a parameter that a scenario replaces though nothing in it asks for it."""
    return ModelProblem(code="parameter_idle", cell=f"parameters.{name}", found=name, expected=", ".join(sorted(used)))


def default_horizon() -> int:
    """Return the number of years of a scenario that names none."""
    return int(parameter("innenfor.limits.default_horizon").latest())


def published_to() -> int:
    """Return the last year whose rates are published: before the first year every tax says it does not know."""
    return int(parameter("skatteetaten.tax.general_income").values[-1].valid_from.year) - 1


def published_from() -> int:
    """Return the first year whose rates are published."""
    return int(parameter("skatteetaten.tax.general_income").values[0].valid_from.year)


def is_calendar(year: int) -> bool:
    """Return whether a year is of the calendar, and not a number of years after the base year."""
    return year >= 1000


def _of_base_year(year: int) -> Iterator[TomlProblem]:
    """Return the fault of a base year without published rates: one before the first, or one not published yet."""
    last = min(published_to(), price_levels.last_known_year())
    if year > last:
        yield ModelProblem(
            code="grunnbeloep_unknown", cell="base_year", found=str(year), asked={"last_known": str(last)}
        )
    else:
        yield from outside("base_year", year, published_from(), last)


def _of_months(months: tuple[float, ...], values: int) -> Iterator[TomlProblem]:
    """Return what is wrong with the months of an effect: one for each value, rising from the first after zero."""
    if len(months) != values:
        yield conflict("months", str(len(months)), str(values))
    elif not rising((0.0, *months)):
        yield conflict("months", ", ".join(f"{month:g}" for month in months), "0 < months[1] < months[2] < …")


def _of_interval(effect: "file.EffectTable") -> Iterator[TomlProblem]:
    ends = {"low": effect.low, "high": effect.high}
    if effect.se is not None and any(end is not None for end in ends.values()):
        yield conflict("se", "se, low, high", _INTERVAL)
        return
    if effect.se is None and None in ends.values():
        yield ModelProblem(code="missing_interval", expected=_INTERVAL)
        return
    years = len(effect.value)
    widths = {name: values for name, values in {"se": effect.se, **ends}.items() if values is not None}
    wrong = {name: values for name, values in widths.items() if len(values) not in (1, years)}
    yield from (conflict(name, str(len(values)), f"1 | {years}") for name, values in wrong.items())
    if effect.low and effect.high and not wrong:
        yield from _of_path_ends(effect.value, each_year(effect.low, years), each_year(effect.high, years))


def _of_path_ends(value: Iterable[float], low: Iterable[float], high: Iterable[float]) -> Iterator[TomlProblem]:
    for bottom, middle, top in zip(low, value, high, strict=True):
        if not bottom <= middle <= top:
            yield conflict("", f"{bottom:g} / {middle:g} / {top:g}", "low <= value <= high")


def each_year(found: tuple[float, ...], years: int) -> tuple[float, ...]:
    """Return one number for each year of a path; one alone holds for all of them."""
    return found * years if len(found) == 1 else found


def _of_shares(found: tuple[float, ...], least: float) -> Iterator[TomlProblem]:
    for share in found:
        if 1 < abs(share) <= 100 and share >= 100 * least:
            asked = {"meant": f"{share / 100:g}"}
            yield ModelProblem(code="looks_like_percent", found=f"{share:g}", expected=f"{least:g} – 1", asked=asked)
        else:
            yield from outside("", share, least, 1)
