"""What exclusion costs: persons × annual cost by payer. A stock, never the gain of a measure."""

from collections.abc import Mapping
from dataclasses import dataclass

from analytics.results import Interval
from benefits.no_answer import NoAnswer
from benefits.parameters import PUBLISHED, Parameters, RecordedParameters
from benefits.persons.person_year import benefit_account, destination_account
from benefits.persons.sampled_scenario import SampledScenario
from benefits.scenario.model import PAYERS, Scenario
from benefits.valuation.uncertainty import scenario_spreads

Count = float | Interval | None


@dataclass(frozen=True)
class CostOfExclusion:
    """Annual cost in NOK of the base year, by state and payer; `per_person` is NOK a person-year, plus is a cost."""

    base_year: int
    per_person: Mapping[str, Mapping[str, float]]
    by_state: Mapping[str, Mapping[str, Interval] | NoAnswer]
    by_payer: Mapping[str, Interval] | NoAnswer
    total: Interval | NoAnswer
    parameters: tuple[str, ...]


def annual_cost_per_person(
    scenario: Scenario, state: str, *, lost_taxes: bool = False, parameters: Parameters = PUBLISHED
) -> dict[str, float]:
    """Return what one person-year in a benefit state costs each payer, in NOK: benefits less the tax on them.

    `lost_taxes=True` adds the taxes and contributions a person-year in the scenario's destination would have given.
    """
    values = {name: spread.value for name, spread in scenario_spreads(scenario).items()}
    sampled = SampledScenario(scenario, values, parameters)
    account = benefit_account(sampled, state, scenario.origin.age)
    there = destination_account(sampled).public if lost_taxes else dict.fromkeys(PAYERS, 0.0)
    return {payer: float(there[payer] - account.public[payer]) for payer in PAYERS}


def cost_of_exclusion(scenario: Scenario, counts: Mapping[str, Count], *, lost_taxes: bool = False) -> CostOfExclusion:
    """Return the annual cost of the persons outside, by state and payer.

    `counts` is persons by state (aap, ufoeretrygd, kvp, dagpenger, sosialhjelp, no_income, education). A suppressed
    count comes as an Interval and goes through as one; None is unknown, and makes the sums unknown too, never zero.
    The scenario gives base year, age, income base and destination.
    """
    noted = RecordedParameters()
    rates = {
        state: annual_cost_per_person(scenario, state, lost_taxes=lost_taxes, parameters=noted) for state in counts
    }
    by_state = {state: _times(rates[state], count) for state, count in counts.items()}
    known = [row for row in by_state.values() if not isinstance(row, NoAnswer)]
    parameters = tuple(sorted(noted.used))
    if len(known) < len(by_state):
        missing = NoAnswer("unknown_count", (("states", ", ".join(s for s, c in counts.items() if c is None)),))
        return CostOfExclusion(scenario.base_year, rates, by_state, missing, missing, parameters)
    by_payer = {payer: _sum([row[payer] for row in known]) for payer in PAYERS}
    return CostOfExclusion(scenario.base_year, rates, by_state, by_payer, _sum_of_states(rates, counts), parameters)


def _times(rates: Mapping[str, float], count: Count) -> dict[str, Interval] | NoAnswer:
    if count is None:
        return NoAnswer("unknown_count", (("states", "-"),))
    return {payer: _scaled(rate, count) for payer, rate in rates.items()}


def _scaled(rate: float, count: float | Interval) -> Interval:
    persons = count if isinstance(count, Interval) else Interval(float(count), float(count), float(count))
    low, high = sorted((rate * persons.low, rate * persons.high))
    return Interval(rate * persons.estimate, low, high)


def _sum(parts: list[Interval]) -> Interval:
    return Interval(
        sum(part.estimate for part in parts), sum(part.low for part in parts), sum(part.high for part in parts)
    )


def _sum_of_states(rates: Mapping[str, Mapping[str, float]], counts: Mapping[str, Count]) -> Interval:
    """Return the sum over payers and states: payers of one state move together, so their rates are added first."""
    return _sum([_scaled(sum(rates[state].values()), count) for state, count in counts.items() if count is not None])
