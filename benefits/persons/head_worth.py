"""What one extra head in work is worth in a year, to whom: parts of the years in which nothing else changes."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benefits.persons.origin_chain import origin_shares
from benefits.persons.person_year import (
    Account,
    benefit_account,
    destination_account,
    participant_account,
    rules_of_age,
)
from benefits.persons.sampled_scenario import SampledScenario
from benefits.rules.basis import is_nil
from benefits.scenario.model import LEDGERS, PAYERS, WORK_STATES, Scenario
from benefits.valuation.evidence_adjustment import graded

Array = NDArray[np.float64]
Worth = Mapping[str, Array]
SOCIETY = "society"
ROWS = (*LEDGERS, SOCIETY)
_JOBLESS_YEARS = 2  # after so many no unemployment benefit is left to who is displaced


@dataclass(frozen=True)
class WorthPart:
    """A part of what heads are worth in the years from `first` to before `last`: to each ledger and to society.

    worth: NOK a head by ledger, (draws or 1,), society before tax financing, a ledger that nothing reaches left out;
    weight: the share of the heads it is of, by year (years,) or by year and draw (years, draws); fading: what of it
    is left in the first year and in each later one after the year before, (2, draws), where it fades by draw.
    """

    first: int
    last: int
    worth: Worth
    weight: Array
    fading: Array | None = None


def worth_parts(sampled: SampledScenario) -> list[WorthPart]:
    """Return the parts whose sum is what a head is worth in each year: participants, and displaced workers."""
    ages = _ages(sampled)
    if not ages:
        return []
    job = destination_account(sampled)
    runs = _alike(rules_of_age(sampled.rates, ages))
    parts = [
        _part(sampled, first, participants_worth(sampled, job, *place, ages[first]), share[first:last])
        for place, share in origin_shares(sampled, len(ages)).items()
        for first, last in runs
        if np.any(share[first:last])
    ]
    return [*parts, *_displaced(sampled, job, ages)] if _displaces(sampled) else parts


def _part(sampled: SampledScenario, first: int, worth: Worth, share: Array) -> WorthPart:
    """Return the part of a share by year since the start, from the first year it is there to the last."""
    there = np.flatnonzero(share) if share.ndim == 1 else np.array([0, len(share) - 1])
    begin = sampled.scenario.start + first
    kept = share[there[0] : there[-1] + 1]
    return WorthPart(begin + int(there[0]), begin + int(there[-1]) + 1, worth, kept)


def _displaced(sampled: SampledScenario, job: Account, ages: list[float]) -> list[WorthPart]:
    first, yearly = sampled.rates["nav.rates.benefit_age_first"], sampled.displacement_kept
    known = [(min(since, _JOBLESS_YEARS), age >= first) for since, age in enumerate(ages)]
    by_draw, start = np.ndim(yearly) > 0, sampled.scenario.start
    left = np.ones(len(ages)) if by_draw else yearly ** np.arange(len(ages))
    parts = []
    for begin, end in _alike(known):
        worth = displaced_worth(sampled, job, known[begin][0], ages[begin])
        fading = np.stack([math.prod([yearly] * begin, start=np.ones_like(yearly)), yearly]) if by_draw else None
        parts.append(WorthPart(start + begin, start + end, worth, left[begin:end], fading))
    return parts


def participants_worth(sampled: SampledScenario, job: Account, state: str, years: int, age: float) -> Worth:
    """Return what a participant moved from a state, after whole years in it, into the job is worth to all."""
    before = benefit_account(sampled, state, age, years=years)
    after = participant_account(sampled, job, state, age)
    leisure = sampled.nok("innenfor.model.leisure") if _works(sampled.scenario) else 0.0
    book: dict[str, Any] = {payer: after.public[payer] - before.public[payer] for payer in PAYERS}
    book |= {"participants": _private(after) - _private(before) - leisure, "employers": 0.0, "others": 0.0}
    society = _booked_labour(sampled, book, job.labour_cost) - leisure
    _book_expenditure_equalisation(sampled, book)
    priced = _book_per_person_year(sampled, book)
    return _reached({**book, SOCIETY: society + priced})


def displaced_worth(sampled: SampledScenario, job: Account, since: int, age: float) -> Worth:
    """Return what is lost with the share of jobs that displaces others, `since` whole years after the start."""
    jobless = benefit_account(sampled, "dagpenger", age, job.gross, since)
    share = np.asarray(sampled.values["displacement"])
    leisure = sampled.nok("innenfor.model.leisure")
    changed = {payer: jobless.public[payer] - job.public[payer] for payer in PAYERS}
    book: dict[str, Any] = {payer: nok if is_nil(nok) else share * nok for payer, nok in changed.items()}
    book |= {"participants": 0.0, "employers": 0.0, "others": share * (_private(jobless) - _private(job) + leisure)}
    society = _booked_labour(sampled, book, -share * job.labour_cost) + share * leisure
    return _reached({**book, SOCIETY: society})


def _ages(sampled: SampledScenario) -> list[float]:
    """Return the age in each year since the start, as long as anything is gained."""
    scenario, last = sampled.scenario, sampled.rates["nav.rates.benefit_age_last"]
    ages = [scenario.origin.age + since for since in range(scenario.horizon_years - scenario.start)]
    return [age for age in ages if age < last]


def _alike(found: Sequence[object]) -> list[tuple[int, int]]:
    """Return (first, after the last) of the runs of equal values."""
    edges = [0, *(at for at in range(1, len(found)) if found[at] != found[at - 1]), len(found)]
    return list(pairwise(edges))


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


def _reached(book: Mapping[str, Any]) -> Worth:
    """Return the amounts of a book, each (draws or 1,), without those that are a plain zero."""
    return {name: np.atleast_1d(np.asarray(nok, dtype=float)) for name, nok in book.items() if not is_nil(nok)}
