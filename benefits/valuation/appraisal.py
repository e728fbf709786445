"""Appraises a scenario: effect, ledgers, measures and uncertainty in one frozen, JSON-safe answer."""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from benefits.errors import InvalidInput
from benefits.no_answer import NoAnswer
from benefits.parameters import parameter
from benefits.scenario.model import PAYERS, PRIVATE, Default, Scenario
from benefits.valuation.decision_metrics import (
    benefit_cost_ratio,
    cost_per_extra_person,
    mvpf,
    net_present_value,
    return_per_krone,
)
from benefits.valuation.discounting import discount_factor
from benefits.valuation.ledgers import Flows
from benefits.valuation.sentences import sentence, warnings
from benefits.valuation.simulation import Model, prepared, simulate, worths
from benefits.valuation.summaries import (
    BreakEven,
    LedgerSummary,
    all_ledgers,
    break_evens,
    by_term,
    by_year,
    economic_plan,
    ledger_summary,
    tornado,
)
from benefits.valuation.uncertainty import scenario_spreads

__all__ = ["Appraisal", "Scenario", "appraise"]


@dataclass(frozen=True)
class Appraisal:
    """What a scenario is worth, to whom, when and how surely; NOK of the base year, plus is better for the holder."""

    title: Mapping[str, str]
    base_year: int
    example: bool
    public: Mapping[str, LedgerSummary]
    public_total: LedgerSummary
    participants: LedgerSummary
    employers: LedgerSummary
    others: LedgerSummary
    society: LedgerSummary
    tax_financing_term: float
    mvpf: float | None
    benefit_cost_ratio: float | None
    cost_per_extra_person_in_work: float | None
    return_per_krone: float | None
    extra_persons_in_work: float
    person_years: float
    programme_cost: float
    paid_by: Mapping[str, float]
    break_even: BreakEven
    economic_plan: Mapping[str, list[dict[str, float]]]
    by_year: Mapping[str, Any]
    horizons: Mapping[str, Mapping[str, float]]
    tornado: tuple[Mapping[str, Any], ...]
    not_priced: tuple[Mapping[str, Any], ...]
    defaults: tuple[Default, ...]
    parameters: Mapping[str, float]
    certain: tuple[str, ...]
    no_answers: Mapping[str, str]
    notes: tuple[str, ...]
    seed: int
    draws: int
    parameters_hash: str

    def as_dict(self) -> dict[str, Any]:
        """Return the answer as plain JSON values; an infinite MVPF is the text "Infinity"."""
        plain = asdict(self)
        if self.mvpf is not None and math.isinf(self.mvpf):
            plain["mvpf"] = "Infinity"
        result: dict[str, Any] = json.loads(json.dumps(plain, allow_nan=False))
        return result

    def as_json(self) -> str:
        """Return the answer as one JSON object."""
        return json.dumps(self.as_dict(), ensure_ascii=False, allow_nan=False)

    def sentence(self, lang: str = "en") -> str:
        """Return the answer in words, saying plainly when it loses money."""
        return sentence(self.society, self.public_total, self.public["municipality"], lang, example=self.example)


def appraise(
    scenario: Scenario, draws: int = 10_000, seed: int = 1, effect_draws: ArrayLike | None = None
) -> Appraisal:
    """Return the appraisal of a scenario; the same scenario, seed and parameters give the same bits.

    `effect_draws` are an experiment's draws of the effect (shares; one column a year where it is a path): they take the
    place of the scenario's value and interval. Raises InvalidInput on no draws, a ScenarioError on a bad scenario.
    """
    _whole("draws", draws, 1, parameter("innenfor.limits.draws_most").latest())
    _whole("seed", seed, 0)
    model = prepared(scenario, effect_draws)
    point, drawn = simulate(model, model.point()), worths(model, model.drawn(draws, seed))
    at_point = {name: amounts[0] + 0.0 for name, amounts in all_ledgers(point).items()}  # no minus zero
    summaries = {name: ledger_summary(at_point[name], values) for name, values in drawn.items()}
    return Appraisal(
        title=scenario.title,
        base_year=scenario.base_year,
        example=scenario.example,
        public={payer: summaries[payer] for payer in PAYERS},
        public_total=summaries["public_total"],
        participants=summaries["participants"],
        employers=summaries["employers"],
        others=summaries["others"],
        society=summaries["society"],
        **_measures(scenario, summaries, point),
        break_even=break_evens(model),
        economic_plan=economic_plan(scenario, at_point),
        by_year=by_year(scenario, at_point, point),
        horizons=by_term(at_point),
        tornado=tornado(model),
        not_priced=tuple(asdict(item) for item in scenario.not_priced),
        defaults=scenario.defaults,
        parameters={name: spread.value for name, spread in model.spreads.items() if name.count(".") == 2},
        certain=_certain(scenario),
        notes=warnings(scenario),
        seed=seed,
        draws=draws,
        parameters_hash=_hash(model, draws, seed),
    )


def _measures(scenario: Scenario, summaries: Mapping[str, LedgerSummary], point: Flows) -> dict[str, Any]:
    term = net_present_value(point.tax_financing_term[0].tolist())
    society, public = summaries["society"].npv, summaries["public_total"].npv
    willingness = math.fsum(summaries[name].npv for name in PRIVATE)
    resources, paid_by = _costs(scenario)
    programme, peak = math.fsum(paid_by.values()), _peak(point.heads[0])
    ratios = {
        "mvpf": mvpf(willingness, -public),
        "benefit_cost_ratio": benefit_cost_ratio(society + resources, resources),
        "cost_per_extra_person_in_work": cost_per_extra_person(programme, peak),
        "return_per_krone": return_per_krone(society, programme),
    }
    return {
        **{name: None if isinstance(ratio, NoAnswer) else ratio for name, ratio in ratios.items()},
        "no_answers": {name: ratio.reason for name, ratio in ratios.items() if isinstance(ratio, NoAnswer)},
        "tax_financing_term": term,
        "extra_persons_in_work": peak,
        "person_years": float(np.sum(point.heads[0])),
        "programme_cost": programme,
        "paid_by": paid_by,
    }


def _costs(scenario: Scenario) -> tuple[float, dict[str, float]]:
    """Return the present value of real resources used, and of all costs by who pays them."""
    resources, paid_by = 0.0, dict[str, float]()
    for cost in scenario.costs:
        worth = cost.nok.value * discount_factor(cost.year)
        paid_by[cost.payer] = paid_by.get(cost.payer, 0.0) + worth
        resources += worth if cost.kind == "resource" else 0.0
    return resources, paid_by


def _peak(heads: NDArray[np.float64]) -> float:
    """Return the most heads in work in any year; where it is never more than without the measure, the most lost."""
    return float(np.max(heads) if np.any(heads > 0) else np.min(heads))


def _certain(scenario: Scenario) -> tuple[str, ...]:
    """Return the numbers the scenario gives without a range, which the draws therefore take as certain."""
    return tuple(name for name, spread in scenario_spreads(scenario).items() if spread.low is None)


def _hash(model: Model, draws: int, seed: int) -> str:
    """Return the fingerprint of scenario, parameters, the experiment's draws, number of draws and seed."""
    effect = None if model.effect_draws is None else sha256(model.effect_draws.tobytes()).hexdigest()
    body = {
        "scenario": model.scenario.raw,
        "spreads": {name: [spread.value, *spread.ends] for name, spread in sorted(model.spreads.items())},
        "grunnbeloep_nok": model.scenario.grunnbeloep_nok,
        "effect_draws": effect,
        "draws": draws,
        "seed": seed,
    }
    return sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()


def _whole(name: str, found: int, least: int, most: float = math.inf) -> None:
    if isinstance(found, bool) or not isinstance(found, int | np.integer) or not least <= found <= most:
        allowed = f">= {least}" if math.isinf(most) else f"{least} – {most:g}"
        raise InvalidInput(where=name, found=repr(found), allowed=allowed)
