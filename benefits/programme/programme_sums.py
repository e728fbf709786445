"""A programme's measures, what they share and what they are granted, summed draw by draw, each person once."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benefits.parameters import parameter
from benefits.persons.head_worth import SOCIETY
from benefits.programme.portfolio import MeasurePortfolio
from benefits.programme.portfolio_faults import year_of
from benefits.programme.portfolio_file import GrantTable, SharedCostTable
from benefits.scenario.model import LEDGERS, PAYERS, PRIVATE, Spread
from benefits.scenario.unit_costs import carried
from benefits.valuation.cost_sharing import ORGANISATIONS
from benefits.valuation.discounting import Rate, discount_factor
from benefits.valuation.ledgers import in_year, present_values, priced_heads
from benefits.valuation.ratios import costs_of
from benefits.valuation.simulation import Model, prepared, reached_heads
from benefits.valuation.summaries import spread_of
from benefits.valuation.uncertainty import ParameterDraws, effect_at, stream

Array = NDArray[np.float64]
Amounts = dict[str, Array]
HOLDERS = (*ORGANISATIONS, "other_municipalities", "other_counties", "public_total", *PRIVATE, SOCIETY)


@dataclass(frozen=True)
class Moved:
    """What all measures of a programme are moved by together: shares of their effect and of how long it lasts."""

    effect: float = 1.0
    lasting: float = 1.0


UNMOVED = Moved()
LASTING = "persistence.years"


@dataclass
class ProgrammeSums:
    """Running sums over measures, by draw: present values, undiscounted NOK by plan year, heads by year, costs."""

    worth: Amounts
    years: list[Amounts]
    heads: Array
    cost: Array
    schedule: Rate
    plan: range


def plan_of(portfolio: MeasurePortfolio) -> range:
    """Return the years of a programme's four-year plan, from the first year in which a measure runs."""
    start = min(scenario.start for scenario in portfolio.scenarios.values())
    length = int(parameter("innenfor.limits.economic_plan").latest())
    return range(start, min(start + length, portfolio.horizon))


def summed_measures(
    portfolio: MeasurePortfolio, draws: int, seed: int, moved: Moved = UNMOVED
) -> tuple[ProgrammeSums, list[dict[str, Any]]]:
    """Return the sums of the measures and of what they share, grants apart, and each measure in short."""
    plan = plan_of(portfolio)
    sums = ProgrammeSums(
        {name: np.zeros(draws) for name in (*LEDGERS, SOCIETY)},
        [{name: np.zeros(draws) for name in PAYERS} for _ in plan],
        np.zeros((draws, portfolio.horizon)),
        np.zeros(draws),
        portfolio.schedule,
        plan,
    )
    measures = [_added(portfolio, place, sums, seed, moved) for place in range(len(portfolio.scenarios))]
    for place, cost in enumerate(portfolio.file.shared_cost, 1):
        _shared(portfolio, cost, f"shared_cost[{place}]", sums, seed)
    return sums, measures


def add_grants(portfolio: MeasurePortfolio, sums: ProgrammeSums, seed: int) -> None:
    """Add what the programme is granted to its sums."""
    for place, grant in enumerate(portfolio.file.grant, 1):
        _granted(portfolio, grant, f"grant[{place}]", sums, seed)


def by_holder(worth: Amounts) -> Amounts:
    """Return present values by organisation, payer, private party and all together, by draw."""
    grouped = {name: np.sum([worth[payer] for payer in payers], axis=0) for name, payers in ORGANISATIONS.items()}
    found = {**worth, **grouped, "public_total": np.sum([worth[payer] for payer in PAYERS], axis=0)}
    return {name: found[name] for name in HOLDERS}


def _added(portfolio: MeasurePortfolio, place: int, sums: ProgrammeSums, seed: int, moved: Moved) -> dict[str, Any]:
    """Add a measure to the sums, those it has in common with earlier ones counted out; return it in short."""
    name, scenario = list(portfolio.scenarios.items())[place]
    model, draws = prepared(scenario), len(sums.cost)
    sample = _sampled(portfolio, place, model, draws, seed)
    if moved.lasting != 1 and LASTING in sample.values:
        sample = replace(sample, values={**sample.values, LASTING: sample.values[LASTING] * moved.lasting})
    sampled, heads = reached_heads(model, sample)
    heads = heads * (moved.effect * (1 - _in_earlier(portfolio, name, draws, seed)))[:, None]
    priced, horizon = priced_heads(sampled, heads), scenario.horizon_years
    worth = present_values(sampled, priced, model.factors, draws)
    for ledger in sums.worth:
        sums.worth[ledger] += worth[ledger]
    for year, totals in zip(sums.plan, sums.years, strict=True):
        if year < horizon:
            for payer, nok in in_year(sampled, priced, year, draws).items():
                totals[payer] += nok
    sums.heads[:, :horizon] += heads
    paid = sum(costs_of(scenario, sample)[1].values(), start=np.zeros(draws))
    sums.cost += paid
    mean = heads.mean(axis=0)
    society = {"expected": float(worth[SOCIETY].mean())} | spread_of(worth[SOCIETY])
    told = {"scenario": name, "title": dict(scenario.title), "society": society}
    return {**told, "extra_persons_in_work": float(mean.max()), "cost": float(paid.mean())}


def _sampled(portfolio: MeasurePortfolio, place: int, model: Model, draws: int, seed: int) -> ParameterDraws:
    """Return a measure's draws, its effect as alike the other measures' as the portfolio says."""
    own = f"{place}:" if place else ""
    sample = model.drawn(draws, seed, own)
    if not (rho := portfolio.file.correlation):
        return sample
    common, alone = (stream(seed, of).standard_normal(draws) for of in ("programme", f"{own}effect"))
    effect = effect_at(model.scenario, np.sqrt(rho) * common + np.sqrt(1 - rho) * alone)
    return replace(sample, effect=effect)


def _in_earlier(portfolio: MeasurePortfolio, name: str, draws: int, seed: int) -> Array:
    """Return the share of a measure's participants whom earlier measures have already, by draw."""
    shares = np.zeros(draws)
    for place, each in enumerate(portfolio.file.overlap, 1):
        if each.measures[1] == name:
            shares = shares + _drawn(Spread(each.share, each.low, each.high), f"overlap[{place}]", draws, seed)
    return shares


def _shared(portfolio: MeasurePortfolio, cost: SharedCostTable, name: str, sums: ProgrammeSums, seed: int) -> None:
    base = portfolio.base_year
    spread = carried(Spread(cost.nok, cost.low, cost.high), cost.price_year, base)
    nok = _drawn(spread, name, len(sums.cost), seed)
    for year in (year_of(each, base) for each in cost.year):
        _book(sums, cost.payer, year, -nok)
        if cost.to:
            _book(sums, cost.to, year, nok)
        else:
            _use(sums, year, nok)


def _granted(portfolio: MeasurePortfolio, grant: GrantTable, name: str, sums: ProgrammeSums, seed: int) -> None:
    """Move a grant from its payer to its receiver, in the draws in which it is given."""
    given = stream(seed, name).random(len(sums.cost)) < grant.chance
    year, nok = year_of(grant.year, portfolio.base_year), np.where(given, grant.nok, 0.0)
    _book(sums, grant.payer, year, -nok)
    if grant.spent:
        _use(sums, year, nok)
    else:
        _book(sums, grant.to, year, nok)


def _use(sums: ProgrammeSums, year: int, nok: Array) -> None:
    """Count real resources used on the programme: a cost, and lost to society."""
    worth = nok * discount_factor(year, sums.schedule)
    sums.worth[SOCIETY] -= worth
    sums.cost += worth


def _book(sums: ProgrammeSums, ledger: str, year: int, nok: Array) -> None:
    """Book an amount in a year; what budgets lose is financed by taxes."""
    factor = discount_factor(year, sums.schedule)
    sums.worth[ledger] += nok * factor
    if ledger in PAYERS:
        sums.worth[SOCIETY] += nok * factor * parameter("finansdepartementet.r109.tax_financing_cost").latest()
        if year in sums.plan:
            sums.years[sums.plan.index(year)][ledger] += nok


def _drawn(spread: Spread, name: str, draws: int, seed: int) -> Array:
    low, high = spread.ends
    if low == high:
        return np.full(draws, spread.value)
    return stream(seed, name).triangular(low, spread.value, high, draws)
