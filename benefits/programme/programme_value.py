"""What a programme costs and is worth: its measures together, each person once, what they share and are granted."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benefits.no_answer import NoAnswer
from benefits.parameters import parameter
from benefits.persons.head_worth import SOCIETY
from benefits.programme.portfolio import GrantTable, MeasurePortfolio, PortfolioFile, SharedCostTable, year_of
from benefits.scenario.model import LEDGERS, PAYERS, PRIVATE, Spread
from benefits.scenario.unit_costs import carried
from benefits.valuation.cost_sharing import ORGANISATIONS
from benefits.valuation.decision_metrics import cost_per_extra_person
from benefits.valuation.discounting import Rate, discount_factor
from benefits.valuation.ledgers import in_year, present_values, priced_heads
from benefits.valuation.ratios import costs_of
from benefits.valuation.sentences import amount, chance
from benefits.valuation.simulation import prepared, reached_heads
from benefits.valuation.summaries import spread_of
from benefits.valuation.uncertainty import check_draws, effect_at, stream
from data import i18n
from data.format.numbers import number

Array = NDArray[np.float64]
Amounts = dict[str, Array]
HOLDERS = (*ORGANISATIONS, "other_municipalities", "other_counties", "public_total", *PRIVATE, SOCIETY)


@dataclass(frozen=True)
class ProgrammeAppraisal:
    """A programme in NOK of its base year: by holder, year and measure, expected and over the draws.

    `holders` are present values; `budget` undiscounted NOK of each organisation in each year of the four-year plan. The
    same stand in `without_grants`, where no grant is given. `persons_in_work` is by year, each person counted once.
    """

    title: Mapping[str, str]
    base_year: int
    example: bool
    holders: Mapping[str, Mapping[str, float]]
    budget: Mapping[str, list[dict[str, float]]]
    without_grants: Mapping[str, Any]
    persons_in_work: list[dict[str, float]]
    extra_persons_in_work: float
    programme_cost: float
    price_per_person: float | None
    measures: list[dict[str, Any]]
    shared: list[dict[str, Any]]
    untouched: list[str]
    correlation: float
    draws: int
    seed: int

    def as_dict(self) -> dict[str, Any]:
        """Return the answer as plain JSON values."""
        return asdict(self)

    def sentence(self, lang: str = "en") -> str:
        """Return in words what the programme is worth to society and to the municipality, each with its chance."""
        who = {"society": self.holders[SOCIETY], "municipality": self.holders["municipality"]}
        facts: dict[str, object] = {"count": len(self.measures), "persons": number(self.extra_persons_in_work, 0, lang)}
        for name, found in who.items():
            kind = "better" if found["expected"] > 0 else "worse"
            change = i18n.say("benefits", lang, f"programme.{kind}", amount=amount(found["expected"], lang))
            facts |= {name: change, f"{name}_chance": chance(found["probability_positive"], lang)}
        return i18n.say("benefits", lang, "programme.sentence", **facts)


@dataclass
class _Sums:
    """Running sums over measures, by draw: present values, undiscounted NOK by plan year, heads by year, costs."""

    worth: Amounts
    years: list[Amounts]
    heads: Array
    cost: Array
    schedule: Rate


def appraise_programme(portfolio: MeasurePortfolio, draws: int = 10_000, seed: int = 1) -> ProgrammeAppraisal:
    """Return what a programme costs and is worth; a programme of one measure alone is that measure's appraisal."""
    check_draws(draws, seed)
    start = min(scenario.start for scenario in portfolio.scenarios.values())
    length = int(parameter("innenfor.limits.economic_plan").latest())
    plan = range(start, min(start + length, portfolio.horizon))
    sums = _Sums(
        {name: np.zeros(draws) for name in (*LEDGERS, SOCIETY)},
        [{name: np.zeros(draws) for name in PAYERS} for _ in plan],
        np.zeros((draws, portfolio.horizon)),
        np.zeros(draws),
        portfolio.schedule,
    )
    measures = [_added(portfolio, place, plan, sums, seed) for place in range(len(portfolio.scenarios))]
    for place, cost in enumerate(portfolio.file.shared_cost, 1):
        _shared(portfolio, cost, f"shared_cost[{place}]", plan, sums, seed)
    without = _answer(portfolio, plan, sums)
    for place, grant in enumerate(portfolio.file.grant, 1):
        _granted(portfolio, grant, f"grant[{place}]", plan, sums, seed)
    mean = sums.heads.mean(axis=0)
    peak = int(np.argmax(mean))
    price = cost_per_extra_person(float(sums.cost.mean()), float(mean[peak]))
    return ProgrammeAppraisal(
        title={"nb": portfolio.file.title.nb, "en": portfolio.file.title.en},
        base_year=portfolio.base_year,
        example=portfolio.example,
        **_answer(portfolio, plan, sums),
        without_grants=without,
        persons_in_work=[_told(portfolio.base_year + year, sums.heads[:, year]) for year in range(portfolio.horizon)],
        extra_persons_in_work=float(mean[peak]),
        programme_cost=float(sums.cost.mean()),
        price_per_person=None if isinstance(price, NoAnswer) else price,
        measures=measures,
        shared=_provenance(portfolio.file),
        untouched=[name for name, found in _by_holder(sums.worth).items() if not np.any(found)],
        correlation=portfolio.file.correlation,
        draws=draws,
        seed=seed,
    )


def _provenance(file: PortfolioFile) -> list[dict[str, Any]]:
    """Return what measures share and are granted, as typed: kind, words, kroner and years, grade and source."""
    costs = [{"kind": "shared_cost", "year": list(each.year)} | _typed(each) for each in file.shared_cost]
    grants = [{"kind": "grant", "year": [each.year], "chance": each.chance} | _typed(each) for each in file.grant]
    return [*costs, *grants]


def _typed(each: SharedCostTable | GrantTable) -> dict[str, Any]:
    told = {"label": {"nb": each.label.nb, "en": each.label.en}, "payer": each.payer, "to": each.to, "nok": each.nok}
    return {**told, "evidence": each.evidence, "source": each.source}


def _added(portfolio: MeasurePortfolio, place: int, plan: range, sums: _Sums, seed: int) -> dict[str, Any]:
    """Add a measure to the sums, those it has in common with earlier ones counted out; return it in short."""
    name, scenario = list(portfolio.scenarios.items())[place]
    model, draws = prepared(scenario), len(sums.cost)
    own = f"{place}:" if place else ""
    sample = model.drawn(draws, seed, own)
    if rho := portfolio.file.correlation:
        common, alone = (stream(seed, of).standard_normal(draws) for of in ("programme", f"{own}effect"))
        effect = effect_at(scenario, np.sqrt(rho) * common + np.sqrt(1 - rho) * alone)
        sample = type(sample)(sample.values, effect, sample.effect_point)
    sampled, heads = reached_heads(model, sample)
    heads = heads * (1 - _in_earlier(portfolio, name, draws, seed))[:, None]
    priced, horizon = priced_heads(sampled, heads), scenario.horizon_years
    worth = present_values(sampled, priced, model.factors, draws)
    for ledger in sums.worth:
        sums.worth[ledger] += worth[ledger]
    for year, totals in zip(plan, sums.years, strict=True):
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


def _in_earlier(portfolio: MeasurePortfolio, name: str, draws: int, seed: int) -> Array:
    """Return the share of a measure's participants whom earlier measures have already, by draw."""
    shares = np.zeros(draws)
    for place, each in enumerate(portfolio.file.overlap, 1):
        if each.measures[1] == name:
            shares = shares + _drawn(Spread(each.share, each.low, each.high), f"overlap[{place}]", draws, seed)
    return shares


def _shared(portfolio: MeasurePortfolio, cost: SharedCostTable, name: str, plan: range, sums: _Sums, seed: int) -> None:
    base = portfolio.base_year
    spread = carried(Spread(cost.nok, cost.low, cost.high), cost.price_year, base)
    nok = _drawn(spread, name, len(sums.cost), seed)
    for year in (year_of(each, base) for each in cost.year):
        _book(sums, plan, cost.payer, year, -nok)
        if cost.to:
            _book(sums, plan, cost.to, year, nok)
        else:
            _use(sums, year, nok)


def _granted(portfolio: MeasurePortfolio, grant: GrantTable, name: str, plan: range, sums: _Sums, seed: int) -> None:
    """Move a grant from its payer to its receiver, in the draws in which it is given."""
    given = stream(seed, name).random(len(sums.cost)) < grant.chance
    year, nok = year_of(grant.year, portfolio.base_year), np.where(given, grant.nok, 0.0)
    _book(sums, plan, grant.payer, year, -nok)
    if grant.spent:
        _use(sums, year, nok)
    else:
        _book(sums, plan, grant.to, year, nok)


def _use(sums: _Sums, year: int, nok: Array) -> None:
    """Count real resources used on the programme: a cost, and lost to society."""
    worth = nok * discount_factor(year, sums.schedule)
    sums.worth[SOCIETY] -= worth
    sums.cost += worth


def _book(sums: _Sums, plan: range, ledger: str, year: int, nok: Array) -> None:
    """Book an amount in a year; what budgets lose is financed by taxes."""
    factor = discount_factor(year, sums.schedule)
    sums.worth[ledger] += nok * factor
    if ledger in PAYERS:
        sums.worth[SOCIETY] += nok * factor * parameter("finansdepartementet.r109.tax_financing_cost").latest()
        if year in plan:
            sums.years[plan.index(year)][ledger] += nok


def _answer(portfolio: MeasurePortfolio, plan: range, sums: _Sums) -> dict[str, Any]:
    holders = _by_holder(sums.worth)
    told = {name: {"expected": float(found.mean())} | spread_of(found) for name, found in holders.items()}
    budget = {
        name: [
            _told(portfolio.base_year + year, np.sum([found[payer] for payer in payers], axis=0))
            for year, found in zip(plan, sums.years, strict=True)
        ]
        for name, payers in ORGANISATIONS.items()
    }
    return {"holders": told, "budget": budget}


def _by_holder(worth: Amounts) -> Amounts:
    grouped = {name: np.sum([worth[payer] for payer in payers], axis=0) for name, payers in ORGANISATIONS.items()}
    found = {**worth, **grouped, "public_total": np.sum([worth[payer] for payer in PAYERS], axis=0)}
    return {name: found[name] for name in HOLDERS}


def _told(year: int, draws: Array) -> dict[str, float]:
    return {"year": year, "expected": float(draws.mean())} | spread_of(draws)


def _drawn(spread: Spread, name: str, draws: int, seed: int) -> Array:
    low, high = spread.ends
    if low == high:
        return np.full(draws, spread.value)
    return stream(seed, name).triangular(low, spread.value, high, draws)
