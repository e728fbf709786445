"""Four ledgers and others, by draw and year; society is computed on its own, not as their sum."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benefits.persons.head_worth import ROWS, SOCIETY, Worth, WorthPart, worth_parts
from benefits.persons.sampled_scenario import SampledScenario
from benefits.scenario.model import LEDGERS, PAYERS

Array = NDArray[np.float64]
_AT_ONCE = 250_000  # products that BLAS works out in one thread


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
class PricedHeads:
    """Heads of some years (years, draws) and what each is worth, NOK by ledger (draws or 1,) that it reaches."""

    first: int
    last: int
    worth: Worth
    heads: Array


def priced_heads(sampled: SampledScenario, heads: Array, parts: Sequence[WorthPart] | None = None) -> list[PricedHeads]:
    """Return heads in work (draws, horizon) by part of their worth, in the prices of each year.

    Where prices grow in real terms, a head of a later year is worth so much more.
    """
    grown = (heads if sampled.growth is None else heads * sampled.growth).T
    parts = worth_parts(sampled) if parts is None else parts
    return [PricedHeads(part.first, part.last, part.worth, _weighed(grown, part)) for part in parts]


def _weighed(heads: Array, part: WorthPart) -> Array:
    some = heads[part.first : part.last]
    if part.fading is not None:
        return _faded(some, *part.fading)
    if part.weight.ndim > 1:
        return some * part.weight
    return some if bool(np.all(part.weight == 1)) else some * part.weight[:, None]


def _faded(heads: Array, left: Array, yearly: Array) -> Array:
    """Return heads (years, draws) of which so much is left at first, and each year what is left of the year before."""
    found, left = np.empty(heads.shape), left.copy()
    for some, out in zip(heads, found, strict=True):
        np.multiply(some, left, out=out)
        left *= yearly
    return found


def flows(
    sampled: SampledScenario, heads: Array, parts: Sequence[WorthPart] | None = None, *, costs: bool = True
) -> Flows:
    """Return all ledgers for heads in work (draws, horizon); `costs=False` leaves the costs out."""
    block = np.zeros((len(ROWS), *heads.shape))
    for part in priced_heads(sampled, heads, parts):
        for name, nok in part.worth.items():
            block[ROWS.index(name), :, part.first : part.last] += nok[:, None] * part.heads.T
    for name, year, amount in _bookings(sampled) if costs else ():
        block[ROWS.index(name), :, year] += amount
    return _flows(block, heads, np.asarray(_tax_financing_cost(sampled), dtype=float).reshape(-1, 1))


def mean_flows(sampled: SampledScenario, heads: Array, priced: Sequence[PricedHeads]) -> Flows:
    """Return the mean over the draws of all ledgers, each (1, horizon), without the arrays of draws and years.

    The same bookings as `flows`: the mean of heads × worth is taken in each part, so what varies together stays so.
    """
    rate = _tax_financing_cost(sampled)
    block, term = np.zeros((len(ROWS), 1, heads.shape[1])), np.zeros((1, heads.shape[1]))
    for part in priced:
        for name, summed in _summed(part).items():
            block[ROWS.index(name), 0, part.first : part.last] += summed / len(heads)
        if np.ndim(rate):
            financed = sum(part.worth[payer] for payer in PAYERS if payer in part.worth) * rate
            term[0, part.first : part.last] += part.heads @ np.broadcast_to(financed, len(heads)) / len(heads)
    for name, year, amount in _bookings(sampled):
        block[ROWS.index(name), 0, year] += np.mean(amount)
        if np.ndim(rate) and name in PAYERS:
            term[0, year] += np.mean(amount * rate)
    return _flows(block, heads.mean(axis=0)[None], rate, term if np.ndim(rate) else None)


def _summed(part: PricedHeads) -> dict[str, Array]:
    """Return the sum over the draws of heads × worth, (years,) by ledger.

    So few draws at a time that one thread works out the product: several would wait for each other where the machine
    is shared, and the sums would hang on how many there are.
    """
    if all(len(nok) == 1 for nok in part.worth.values()):
        total = part.heads.sum(axis=1)
        return {name: nok * total for name, nok in part.worth.items()}
    years, draws = part.heads.shape
    worth = np.stack([np.broadcast_to(nok, draws) for nok in part.worth.values()])
    found, step = np.zeros((len(worth), years)), max(_AT_ONCE // (years * len(worth)), 1)
    for first in range(0, draws, step):
        found += worth[:, first : first + step] @ part.heads[:, first : first + step].T
    return dict(zip(part.worth, found, strict=True))


def in_year(
    sampled: SampledScenario, priced: Sequence[PricedHeads], year: int, draws: int, names: Sequence[str] = PAYERS
) -> dict[str, Array]:
    """Return undiscounted NOK of some ledgers in one year, by draw: the same bookings as `flows`."""
    amounts = {name: np.zeros(draws) for name in names}
    for part in priced:
        if part.first <= year < part.last:
            for name in part.worth.keys() & amounts.keys():
                amounts[name] += part.worth[name] * part.heads[year - part.first]
    for name, when, amount in _bookings(sampled):
        if name in amounts and when == year:
            amounts[name] += amount
    return amounts


def all_in_year(sampled: SampledScenario, priced: Sequence[PricedHeads], year: int, draws: int) -> dict[str, Array]:
    """Return undiscounted NOK of every ledger, `public_total` and `society` in one year, by draw."""
    amounts = in_year(sampled, priced, year, draws, ROWS)
    public = np.sum([amounts[payer] for payer in PAYERS], axis=0)
    amounts[SOCIETY] = amounts[SOCIETY] + public * _tax_financing_cost(sampled)
    return {**amounts, "public_total": public}


def present_values(
    sampled: SampledScenario, priced: Sequence[PricedHeads], factors: Array, draws: int, *, costs: bool = True
) -> dict[str, Array]:
    """Return the present value of every ledger, `public_total` and `society` by draw, without the yearly arrays.

    The same bookings as `flows`, discounted with `factors` (horizon,) before they are multiplied out: a head is worth
    the same in every year of a part, so its heads are discounted once for all ledgers.
    """
    block, product = np.zeros((len(ROWS), draws)), np.empty(draws)
    for part in priced:
        discounted = factors[part.first : part.last] @ part.heads
        for name, nok in part.worth.items():
            block[ROWS.index(name)] += np.multiply(nok, discounted, out=product)
    for name, year, amount in _bookings(sampled) if costs else ():
        block[ROWS.index(name)] += amount * factors[year]
    public = block[: len(PAYERS)].sum(axis=0)
    block[-1] += public * _tax_financing_cost(sampled)
    return {**dict(zip(ROWS, block, strict=True)), "public_total": public}


def _flows(block: Array, heads: Array, rate: Any, term: Array | None = None) -> Flows:  # noqa: ANN401
    """Return flows of a block of rows; what budgets lose is financed at a rate, where the term is not given."""
    public = block[: len(PAYERS)].sum(axis=0)
    term = public * rate if term is None else term
    return Flows(heads, dict(zip(LEDGERS, block, strict=False)), public, block[-1] + term, term)


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
