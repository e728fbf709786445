"""What one extra head in work is worth in a year, to whom: parts of the years in which nothing else changes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benefits import rules
from benefits.persons.origin_chain import Shares, origin_shares
from benefits.persons.person_year import (
    Account,
    PersonYear,
    benefit_account,
    destination_account,
    participant_account,
    person_year,
)
from benefits.persons.sampled_scenario import SampledScenario
from benefits.scenario.model import LEDGERS, PAYERS, WORK_STATES, Scenario
from benefits.valuation.evidence_adjustment import graded

Array = NDArray[np.float64]
SOCIETY = "society"
ROWS = (*LEDGERS, SOCIETY)
_JOBLESS_YEARS = 2  # after so many no unemployment benefit is left to who is displaced


@dataclass(frozen=True)
class WorthPart:
    """A part of what heads are worth in the years from `first` to before `last`: to each ledger and to society.

    worth: NOK a head, (ROWS, draws or 1), society before tax financing; weight: the share of the heads it is of, by
    year (years,) or by draw and year (draws, years).
    """

    first: int
    last: int
    worth: Array
    weight: Array


def worth_parts(sampled: SampledScenario) -> list[WorthPart]:
    """Return the parts whose sum is what a head is worth in each year: participants, and displaced workers."""
    ages = _ages(sampled)
    if not ages:
        return []
    job, start = destination_account(sampled), sampled.scenario.start
    people = [_people(sampled, *each) for each in zip(ages, origin_shares(sampled, len(ages)), strict=True)]
    parts = [
        WorthPart(start + first, start + last, participants_worth(sampled, job, person), weight)
        for person, first, last, weight in _alike(people)
    ]
    if not _displaces(sampled):
        return parts
    jobless = [
        {(min(since, _JOBLESS_YEARS), rules.of_working_age(sampled.rates, age)): 1.0} for since, age in enumerate(ages)
    ]
    left = sampled.displacement_left(len(ages))
    for (since, _), first, last, _weight in _alike(jobless):
        worth = displaced_worth(sampled, job, since, ages[first])
        parts.append(WorthPart(start + first, start + last, worth, left[..., first:last]))
    return parts


def participants_worth(sampled: SampledScenario, job: Account, person: PersonYear) -> Array:
    """Return what a participant moved from a year without the measure into the job is worth, priced gains included."""
    before = benefit_account(sampled, person.state, person.age, years=person.years)
    after = participant_account(sampled, job, person.state, person.age)
    leisure = sampled.nok("innenfor.model.leisure") if _works(sampled.scenario) else 0.0
    book: dict[str, Any] = {payer: after.public[payer] - before.public[payer] for payer in PAYERS}
    book |= {"participants": _private(after) - _private(before) - leisure, "employers": 0.0, "others": 0.0}
    society = _booked_labour(sampled, book, job.labour_cost) - leisure
    _book_expenditure_equalisation(sampled, book)
    return _rows(book, society + _book_per_person_year(sampled, book))


def displaced_worth(sampled: SampledScenario, job: Account, since: int, age: float) -> Array:
    """Return what is lost with the share of jobs that displaces others, `since` whole years after the start."""
    jobless = benefit_account(sampled, "dagpenger", age, job.gross, since)
    share = np.asarray(sampled.values["displacement"])
    leisure = sampled.nok("innenfor.model.leisure")
    book: dict[str, Any] = {payer: share * (jobless.public[payer] - job.public[payer]) for payer in PAYERS}
    book |= {"participants": 0.0, "employers": 0.0, "others": share * (_private(jobless) - _private(job) + leisure)}
    society = _booked_labour(sampled, book, -share * job.labour_cost) + share * leisure
    return _rows(book, society)


def _ages(sampled: SampledScenario) -> list[float]:
    """Return the age in each year since the start, as long as anything is gained."""
    scenario, last = sampled.scenario, sampled.rates["nav.rates.benefit_age_last"]
    ages = [scenario.origin.age + since for since in range(scenario.horizon_years - scenario.start)]
    return [age for age in ages if age < last]


def _people(sampled: SampledScenario, age: float, places: Shares) -> dict[PersonYear, Any]:
    """Return the share in each kind of year: states whose years no rule counts are one."""
    found: dict[PersonYear, Any] = {}
    for (state, years), share in places.items():
        person = person_year(sampled.rates, state, age, years)
        found[person] = found.get(person, 0.0) + share
    return found


def _alike(years: Sequence[Mapping[Any, Any]]) -> Iterator[tuple[Any, int, int, Array]]:
    """Return each key, as it was first met, with its first year, the year after its last, and its share in each."""
    met: dict[Any, list[int]] = {}
    for at, found in enumerate(years):
        for key in found:
            met.setdefault(key, []).append(at)
    for key, when in met.items():
        first, last = when[0], when[-1] + 1
        shares = [np.atleast_1d(found.get(key, 0.0)) for found in years[first:last]]
        weight = np.stack(np.broadcast_arrays(*shares), axis=-1)
        yield key, first, last, weight[0] if len(weight) == 1 else weight


def _works(scenario: Scenario) -> bool:
    return scenario.destination.state in WORK_STATES


def _displaces(sampled: SampledScenario) -> bool:
    return _works(sampled.scenario) and bool(np.any(sampled.values["displacement"]))


def _private(account: Account) -> Any:  # noqa: ANN401 - a number or one a draw
    return account.net_income + account.pension


def _booked_labour(sampled: SampledScenario, book: dict[str, Any], labour: Any) -> Any:  # noqa: ANN401
    """Book output and wage bill, and return the output.

    A public employer pays, and what it produces goes to others. A vacancy that is filled has its money already: it
    would else have bought other services of the same cost.
    """
    destination, productivity = sampled.scenario.destination, sampled.rates["innenfor.model.productivity"]
    if destination.employer == "private":
        book["employers"] = labour * (productivity - 1)
        return labour * productivity
    payer = "others" if destination.fills_vacancy else destination.employer
    book[payer] = book[payer] - labour
    book["others"] = book["others"] + labour * productivity
    return labour * productivity


def _book_expenditure_equalisation(sampled: SampledScenario, book: dict[str, Any]) -> None:
    if sampled.scenario.expenditure_equalisation:
        lost = sampled.nok("innenfor.model.expenditure_equalisation")
        book["municipality"] = book["municipality"] - lost
        book["other_municipalities"] = book["other_municipalities"] + lost


def _book_per_person_year(sampled: SampledScenario, book: dict[str, Any]) -> Any:  # noqa: ANN401
    """Book services saved and priced gains; return what they are to society: real resources and priced effects."""
    scenario, values = sampled.scenario, sampled.values
    total: Any = 0.0
    for number, item in enumerate(scenario.services, 1):
        saved = values[f"service[{number}]"]
        book[item.ledger] = book[item.ledger] + saved
        total = total + saved
    for number, item in enumerate(scenario.other_gains, 1):
        drawn = np.atleast_1d(np.asarray(values[f"other_gain[{number}]"], dtype=float))
        gain = graded(drawn, np.asarray(item.nok.value), item.evidence, sampled.rates)
        book[item.ledger] = book[item.ledger] + gain
        total = total + gain
    return total


def _rows(book: dict[str, Any], society: Any) -> Array:  # noqa: ANN401 - a number or one a draw
    return np.stack(np.broadcast_arrays(*(np.atleast_1d(book[name]) for name in LEDGERS), np.atleast_1d(society)))
