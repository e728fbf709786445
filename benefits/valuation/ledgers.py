"""Four ledgers and others, by draw and year; society is computed on its own, not as their sum."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benefits.parameters import parameter
from benefits.scenario.model import LEDGERS, PAYERS, WORK_STATES, Scenario
from benefits.valuation.evidence_adjustment import graded
from benefits.valuation.person_year import Account, PersonAccounts, PersonYear, person_year
from benefits.valuation.sampled_scenario import SampledScenario

Array = NDArray[np.float64]
SOCIETY = "society"
_TERM = "tax_financing_term"


@dataclass(frozen=True)
class Flows:
    """NOK by ledger, each (draws, horizon); plus is better for its holder.

    `public` is the sum of the payers; `society` is computed on its own, not a sum of the others.
    """

    heads: Array
    ledgers: Mapping[str, Array]
    public: Array
    society: Array
    tax_financing_term: Array


@dataclass(frozen=True)
class Worth:
    """What one extra head in work is worth in a year, per draw: by ledger, and to society before tax financing."""

    ledgers: Mapping[str, Any]
    society: Any


PricedPeriod = tuple[int, int, Worth]


def flows(sampled: SampledScenario, heads: Array, *, costs: bool = True) -> Flows:
    """Return all ledgers for heads in work (draws, horizon); `costs=False` leaves the costs out."""
    block = np.zeros((len(LEDGERS), *heads.shape))
    ledgers = {name: block[row] for row, name in enumerate(LEDGERS)}
    society = np.zeros(heads.shape)
    for first, last, worth in priced_periods(sampled):
        for name, amount in worth.ledgers.items():
            _filled(ledgers[name], heads, first, last, amount)
        _filled(society, heads, first, last, worth.society)
    for name, year, amount in _bookings(sampled) if costs else ():
        (society if name == SOCIETY else ledgers[name])[:, year] += amount
    public = block[: len(PAYERS)].sum(axis=0)
    term = public * _column(_tax_financing_cost(sampled))
    society += term
    return Flows(heads, ledgers, public, society, term)


def mean_flows(sampled: SampledScenario, heads: Array, periods: list[PricedPeriod] | None = None) -> Flows:
    """Return the mean over the draws of all ledgers, each (1, horizon), without the arrays of draws and years.

    The same bookings as `flows`: the mean of heads × worth is taken in each period, so what varies together stays so.
    """
    rate = _tax_financing_cost(sampled)
    block = np.zeros((len(LEDGERS) + 2, heads.shape[1]))
    means = dict(zip((*LEDGERS, SOCIETY, _TERM), block, strict=True))
    for first, last, worth in priced_periods(sampled) if periods is None else periods:
        term = rate * sum(worth.ledgers[payer] for payer in PAYERS)
        moved = {**worth.ledgers, SOCIETY: worth.society, _TERM: term}
        for name, amount in moved.items():
            drawn = heads[:, first:last]
            whole = amount * drawn.sum(axis=0) if np.size(amount) == 1 else np.ravel(amount) @ drawn
            means[name][first:last] = whole / len(heads)
    for name, year, amount in _bookings(sampled):
        means[name][year] += np.mean(amount)
        if name in PAYERS:
            means[_TERM][year] += np.mean(amount * rate)
    ledgers = {name: means[name][None] for name in LEDGERS}
    public = block[None, : len(PAYERS)].sum(axis=1)
    society, term = means[SOCIETY][None], means[_TERM][None]
    return Flows(heads.mean(axis=0)[None], ledgers, public, society + term, term)


def in_year(
    sampled: SampledScenario, heads: Array, year: int, payers: Sequence[str], periods: list[PricedPeriod]
) -> dict[str, Array]:
    """Return undiscounted NOK of some ledgers in one year, by draw: the same bookings as `flows`."""
    worth = next((each.ledgers for first, last, each in periods if first <= year < last), {})
    amounts = {payer: heads[:, year] * worth.get(payer, 0.0) for payer in payers}
    for name, when, amount in _bookings(sampled):
        if name in amounts and when == year:
            amounts[name] = amounts[name] + amount
    return amounts


def present_values(
    sampled: SampledScenario,
    heads: Array,
    factors: Array,
    periods: list[PricedPeriod] | None = None,
    *,
    costs: bool = True,
) -> dict[str, Array]:
    """Return the present value of every ledger, `public_total` and `society` by draw, without the yearly arrays.

    The same bookings as `flows`, discounted with `factors` (horizon,) before they are multiplied out: a head is worth
    the same in every year of a period, so the heads of a period are discounted once for all ledgers.
    """
    worths = {name: np.zeros(len(heads)) for name in (*LEDGERS, SOCIETY)}
    for first, last, worth in priced_periods(sampled) if periods is None else periods:
        discounted = heads[:, first:last] @ factors[first:last]
        for name, amount in worth.ledgers.items():
            worths[name] += discounted * amount
        worths[SOCIETY] += discounted * worth.society
    for name, year, amount in _bookings(sampled) if costs else ():
        worths[name] += amount * factors[year]
    public = np.asarray(sum(worths[payer] for payer in PAYERS), dtype=float)
    worths[SOCIETY] += public * _tax_financing_cost(sampled)
    return {**worths, "public_total": public}


def origin_state(scenario: Scenario, since: int) -> tuple[str, int]:
    """Return the state of the origin path in the middle of a year since start, and whole years in it by then.

    The last state lasts to the end. After its longest period the qualification programme gives way to social
    assistance, which it stands in place of.
    """
    middle, entered = since + 0.5, 0.0
    *earlier, (state, _) = scenario.origin.path
    for name, years in earlier:
        if middle < entered + years:
            state = name
            break
        entered += years
    over = state == "kvp" and middle - entered > parameter("nav.rates.kvp_longest_years").latest()
    return "sosialhjelp" if over else state, int(middle - entered)


def worth_of_a_head(sampled: SampledScenario, job: Account, before: Account, after: Account, jobless: Account) -> Worth:
    """Return what a head moved from one account to another is worth, displacement and priced gains included.

    `job` is the destination without anything of the origin (see `destination_account`), `after` that of a participant,
    `jobless` that of a displaced worker.
    """
    works = sampled.scenario.destination.state in WORK_STATES
    displaced = np.asarray(sampled.values["displacement"]) if works else 0.0
    leisure = sampled.nok("innenfor.model.leisure") if works else 0.0
    productivity = sampled.rates["innenfor.model.productivity"]
    extra_labour = (1 - displaced) * job.labour_cost
    book: dict[str, Any] = {
        payer: after.public[payer] - before.public[payer] + displaced * (jobless.public[payer] - job.public[payer])
        for payer in PAYERS
    }
    book["participants"] = _private(after) - _private(before) - leisure
    book["others"] = displaced * (_private(jobless) - _private(job) + leisure)
    book["employers"] = 0.0
    _book_employer(sampled.scenario, book, extra_labour, productivity)
    _book_expenditure_equalisation(sampled, book)
    society = extra_labour * productivity - (1 - displaced) * leisure
    return Worth(book, society + _book_per_person_year(sampled, book))


def _private(account: Account) -> Any:  # noqa: ANN401 - a number or one a draw
    return account.net_income + account.pension


def _book_employer(scenario: Scenario, book: dict[str, Any], labour: Any, productivity: Any) -> None:  # noqa: ANN401
    """Book output and wage bill; a public employer pays, and what it produces goes to others.

    A vacancy that is filled has its money already: it would else have bought other services of the same cost.
    """
    employer = scenario.destination.employer
    if employer == "private":
        book["employers"] = labour * (productivity - 1)
        return
    payer = "others" if scenario.destination.fills_vacancy else employer
    book[payer] = book[payer] - labour
    book["others"] = book["others"] + labour * productivity


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


def priced_periods(sampled: SampledScenario) -> list[PricedPeriod]:
    """Return (first year, year after the last, worth) for runs of years in which nothing about the person changes."""
    scenario, rates = sampled.scenario, sampled.rates
    runs: list[tuple[int, int, PersonYear]] = []
    for year in range(scenario.start, scenario.horizon_years):
        since = year - scenario.start
        age = scenario.origin.age + since
        if age >= rates["nav.rates.benefit_age_last"]:
            break
        state, years = origin_state(scenario, since)
        person = person_year(rates, state, age, years, since)
        if runs and runs[-1][2] == person:
            runs[-1] = (runs[-1][0], year + 1, runs[-1][2])
        else:
            runs.append((year, year + 1, person))
    accounts = PersonAccounts(sampled)
    return [(first, last, worth_of_a_head(sampled, *accounts.of(person))) for first, last, person in runs]


def _bookings(sampled: SampledScenario) -> list[tuple[str, int, Any]]:
    """Return (ledger or society, year, amount) for every cost: a resource is lost to society, a transfer moves."""
    booked: list[tuple[str, int, Any]] = []
    for number, cost in enumerate(sampled.scenario.costs, 1):
        amount = sampled.values[f"cost[{number}]"]
        other_side = (cost.to, cost.year, amount) if cost.kind == "transfer" else (SOCIETY, cost.year, -amount)
        booked += [(cost.payer, cost.year, -amount), other_side]
    return booked


def _tax_financing_cost(sampled: SampledScenario) -> Any:  # noqa: ANN401 - a number or one a draw
    return sampled.rates["finansdepartementet.r109.tax_financing_cost"]


def _filled(target: Array, heads: Array, first: int, last: int, amount: Any) -> None:  # noqa: ANN401
    if np.any(amount):
        np.multiply(heads[:, first:last], _column(amount), out=target[:, first:last])


def _column(amount: Any) -> Array:  # noqa: ANN401 - a number or one a draw
    return np.asarray(amount, dtype=float).reshape(-1, 1)
