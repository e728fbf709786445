"""Four ledgers and others, by draw and year; society is computed on its own, not as their sum."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benefits.persons.head_worth import ROWS, SOCIETY, WorthPart, worth_parts
from benefits.persons.sampled_scenario import SampledScenario
from benefits.scenario.model import LEDGERS, PAYERS

Array = NDArray[np.float64]


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
    """Heads of some years (years, draws) and what each is worth, NOK (ROWS, draws or 1)."""

    first: int
    last: int
    worth: Array
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
    if part.weight.ndim > 1:
        return some * part.weight
    return some if bool(np.all(part.weight == 1)) else some * part.weight[:, None]


def flows(
    sampled: SampledScenario, heads: Array, parts: Sequence[WorthPart] | None = None, *, costs: bool = True
) -> Flows:
    """Return all ledgers for heads in work (draws, horizon); `costs=False` leaves the costs out."""
    block = np.zeros((len(ROWS), *heads.shape))
    for part in priced_heads(sampled, heads, parts):
        block[:, :, part.first : part.last] += part.worth[:, :, None] * part.heads.T
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
        block[:, 0, part.first : part.last] += _summed(part) / len(heads)
        if np.ndim(rate):
            financed = part.worth[: len(PAYERS)].sum(axis=0) * rate
            term[0, part.first : part.last] += part.heads @ financed / len(heads)
    for name, year, amount in _bookings(sampled):
        block[ROWS.index(name), 0, year] += np.mean(amount)
        if np.ndim(rate) and name in PAYERS:
            term[0, year] += np.mean(amount * rate)
    return _flows(block, heads.mean(axis=0)[None], rate, term if np.ndim(rate) else None)


def _summed(part: PricedHeads) -> Array:
    """Return the sum over the draws of heads × worth, (ROWS, years); row by row is quicker than one product."""
    if part.worth.shape[1] == 1:
        return np.asarray(part.worth * part.heads.sum(axis=1))
    return np.stack([part.heads @ row for row in part.worth])


def in_year(sampled: SampledScenario, priced: Sequence[PricedHeads], year: int, draws: int) -> dict[str, Array]:
    """Return undiscounted NOK of every payer in one year, by draw: the same bookings as `flows`."""
    block = np.zeros((len(PAYERS), draws))
    for part in priced:
        if part.first <= year < part.last:
            block += part.worth[: len(PAYERS)] * part.heads[year - part.first]
    amounts = dict(zip(PAYERS, block, strict=True))
    for name, when, amount in _bookings(sampled):
        if name in amounts and when == year:
            amounts[name] += amount
    return amounts


def present_values(
    sampled: SampledScenario, priced: Sequence[PricedHeads], factors: Array, draws: int, *, costs: bool = True
) -> dict[str, Array]:
    """Return the present value of every ledger, `public_total` and `society` by draw, without the yearly arrays.

    The same bookings as `flows`, discounted with `factors` (horizon,) before they are multiplied out: a head is worth
    the same in every year of a part, so its heads are discounted once for all ledgers.
    """
    block = np.zeros((len(ROWS), draws))
    for part in priced:
        block += part.worth * (factors[part.first : part.last] @ part.heads)
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
