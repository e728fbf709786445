"""Sums up a simulation: present values and chances by ledger, terms, years, the economic plan, the tornado."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benefits.no_answer import NoAnswer, number
from benefits.parameters import parameter
from benefits.scenario.model import BUDGETING, LEDGERS, PAYERS, Scenario
from benefits.valuation.decision_metrics import break_even, net_present_value, payback_year
from benefits.valuation.discounting import R109, Rate
from benefits.valuation.ledgers import Flows
from benefits.valuation.quantiles import quantiles
from benefits.valuation.simulation import Drawn, Model, PointSociety, worths

Array = NDArray[np.float64]
Found = tuple[float | None, float | None, str]
TERMS = ("short", "medium", "long")
_LONGEST_HALF_LIFE = 200.0
_SHORTEST_HALF_LIFE = 0.01


@dataclass(frozen=True)
class LedgerSummary:
    """A ledger over the horizon: the expected NPV first (the mean of the draws), then the run at central values.

    P10, P50, P90 and P(NPV > 0) are over the draws; the payback year is that of the expected path, and `payback` says
    why there is none: `never` within the horizon, or `untouched`.
    """

    expected: float
    npv: float
    p10: float
    p50: float
    p90: float
    probability_positive: float
    payback_year: int | None
    payback: str

    @property
    def untouched(self) -> bool:
        """Whether the measure moves nothing for the holder, in no draw."""
        return self.payback == "untouched"


def ledger_summaries(
    paths: Mapping[str, Array], worths: Mapping[str, Array], central: Mapping[str, Array], schedule: Rate = R109
) -> dict[str, LedgerSummary]:
    """Return the summary of each ledger: of its expected flows by year, its present values in the draws, its NPV."""
    limits = quantiles(list(worths.values()), [0.1, 0.5, 0.9]).T
    return {
        name: ledger_summary(paths[name], values, central[name], schedule, found)
        for (name, values), found in zip(worths.items(), limits, strict=True)
    }


def ledger_summary(
    path: Array, values: Array, central: Array, schedule: Rate = R109, limits: Array | None = None
) -> LedgerSummary:
    """Return the summary of a ledger: its expected flows by year (years,), its present values in the draws, its NPV.

    The payback year counts from the base year (0) on discounted flows; None where it never pays back, and where there
    is nothing to pay back. `central` is its present value in the run at central values (1,), `limits` P10, P50, P90.
    """
    found = quantiles(values, [0.1, 0.5, 0.9]) if limits is None else limits
    p10, p50, p90 = (float(limit) for limit in found)
    paid_back = payback_year(path.tolist(), schedule) if np.any(path) else None
    mean = float(np.mean(values)) + 0.0  # no minus zero
    npv = float(central[0]) + 0.0
    touched = mean != 0 or p10 != p90 or bool(np.any(values))
    payback = "year" if paid_back is not None else "never" if touched else "untouched"
    return LedgerSummary(mean, npv, p10, p50, p90, float(np.mean(values > 0)), paid_back, payback)


def all_ledgers(flows: Flows) -> dict[str, Array]:
    """Return every ledger by name, with `public_total` and `society`."""
    return {**flows.ledgers, "public_total": flows.public, "society": flows.society}


def by_term(path: Mapping[str, Array], schedule: Rate = R109) -> dict[str, dict[str, float]]:
    """Return the present value of each ledger in years 0–2, 3–10 and after: they sum to that of its whole path."""
    short = int(parameter("innenfor.limits.short_term_last").latest())
    medium = int(parameter("innenfor.limits.medium_term_last").latest())
    edges = ((0, short + 1), (short + 1, medium + 1), (medium + 1, None))
    result = {}
    for term, (first, last) in zip(TERMS, edges, strict=True):
        result[term] = {name: _part(flows, first, last, schedule) for name, flows in path.items()}
    return result


def _part(flows: Array, first: int, last: int | None, schedule: Rate) -> float:
    kept = np.zeros_like(flows)
    kept[first:last] = flows[first:last]
    return net_present_value(kept.tolist(), schedule)


def by_year(scenario: Scenario, path: Mapping[str, Array], flows: Flows) -> dict[str, Any]:
    """Return expected undiscounted NOK by ledger and year, with the calendar years and the heads in work."""
    years = [scenario.base_year + step for step in range(scenario.horizon_years)]
    rows: dict[str, Any] = {"years": years, "persons_in_work": flows.heads[0].tolist()}
    rows["public"] = {payer: path[payer].tolist() for payer in PAYERS}
    rows |= {name: path[name].tolist() for name in (*LEDGERS[len(PAYERS) :], "society")}
    return {**rows, "tax_financing_term": flows.tax_financing_term[0].tolist()}


def economic_plan(scenario: Scenario, drawn: Drawn) -> dict[str, list[dict[str, float]]]:
    """Return undiscounted NOK in each year of the four-year plan from the start, for municipality and county.

    `nok` is expected; P10, P90 and the chance above zero are over the draws. A shorter horizon gives the years it has.
    """
    return {
        payer: [
            {"year": scenario.base_year + step, "nok": float(drawn.mean.ledgers[payer][0, step])} | spread
            for step, spread in enumerate(spreads_of([year[payer] for year in drawn.in_years]), scenario.start)
        ]
        for payer in BUDGETING
    }


def economic_plan_total(drawn: Drawn) -> dict[str, dict[str, float]]:
    """Return undiscounted NOK in all years of the four-year plan together, expected and over the draws."""
    sums = {payer: np.sum([year[payer] for year in drawn.in_years], axis=0) for payer in BUDGETING}
    return {payer: {"nok": float(np.mean(amounts))} | spread_of(amounts) for payer, amounts in sums.items()}


def spread_of(draws: Array) -> dict[str, float]:
    """Return P10, P90 and the chance above zero of draws, by name."""
    return spreads_of([draws])[0]


def spreads_of(rows: Sequence[Array]) -> list[dict[str, float]]:
    """Return P10, P90 and the chance above zero of each of some draws."""
    if not rows:
        return []
    (low, high), above = quantiles(rows, [0.1, 0.9]), (np.mean(row > 0) for row in rows)
    names = ("p10", "p90", "probability_positive")
    return [dict(zip(names, map(float, each), strict=True)) for each in zip(low, high, above, strict=True)]


def tornado(model: Model) -> tuple[dict[str, Any], ...]:
    """Return, for each quantity with a range, the NPV to society at its low and high end, the widest first."""
    names, sample = model.moved()
    npv, effects = worths(model, sample)["society"], tuple(sample.effect[:2, model.peak].tolist())
    rows = []
    for row, name in enumerate(names):
        low, high = (float(value) for value in npv[2 * row : 2 * row + 2])
        ends = model.spreads[name].ends if name in model.spreads else effects
        rows.append(
            {"name": name, "low": ends[0], "high": ends[1], "npv_low": low, "npv_high": high, "swing": abs(high - low)}
        )
    return tuple(sorted(rows, key=lambda item: (-float(item["swing"]), str(item["name"]))))


@dataclass(frozen=True)
class BreakEven:
    """The effect and the persistence at which society's NPV is zero, each with the NPV the model gives there.

    `effect` is in the scenario's own terms (a path is scaled as a whole; its largest year is shown); `persistence` is
    a half-life or a number of constant years. None comes with a reason.
    """

    effect: float | None
    effect_npv: float | None
    effect_reason: str
    persistence: float | None
    persistence_kind: str
    persistence_npv: float | None
    persistence_reason: str

    def as_dict(self) -> dict[str, Any]:
        """Return the fields by name."""
        return asdict(self)


def break_evens(model: Model, society: PointSociety) -> BreakEven:
    """Return the break-even effect and persistence to society, found and verified by running the model.

    `society` is what a head and the costs are to it (see `point_society`).
    """
    effect = _break_even_effect(model, society)
    persistence = _break_even_persistence(model, society)
    kind = model.scenario.persistence.kind
    return BreakEven(*effect, persistence[0], kind, *persistence[1:])


def _break_even_effect(model: Model, society: PointSociety) -> Found:
    def net_gain(peak: float) -> float:
        return society.npv(society.net_effect(model.with_peak(peak)))

    found = break_even(net_gain, 0.0, 1.0, steps=4)
    if isinstance(found, NoAnswer):
        found = break_even(net_gain, 0.0, -1.0, steps=4)
    return _verified(found, net_gain)


def _break_even_persistence(model: Model, society: PointSociety) -> Found:
    effect = society.net_effect(model)

    def net_gain(years: float) -> float:
        return society.npv(effect, years)

    kind = model.scenario.persistence.kind
    if kind == "schedule":
        return None, None, "persistence_is_schedule"
    if kind == "constant_years":
        found = break_even(net_gain, 0.0, float(model.scenario.horizon_years), steps=8)
    else:
        found = break_even(net_gain, _SHORTEST_HALF_LIFE, _LONGEST_HALF_LIFE, steps=8)
    return _verified(found, net_gain)


def _verified(found: float | NoAnswer, net_gain: Callable[[float], float]) -> Found:
    """Return (where, the NPV of a run there, reason)."""
    if isinstance(found, NoAnswer):
        return None, None, found.reason
    return number(found), net_gain(found), ""
