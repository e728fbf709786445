"""Appraises a scenario: effect, ledgers, measures and uncertainty in one frozen, JSON-safe answer."""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from benefits.parameters import parameter
from benefits.rules import rules_day
from benefits.rules.price_levels import known_mean
from benefits.scenario.model import PAYERS, PRIVATE, Default, Scenario
from benefits.valuation.decision_metrics import net_present_value
from benefits.valuation.ratios import RatioRange, costs_of, ratios
from benefits.valuation.sentences import sentence, warnings
from benefits.valuation.simulation import Drawn, Model, at_draws, point_society, prepared, worths
from benefits.valuation.summaries import (
    BreakEven,
    LedgerSummary,
    all_ledgers,
    break_evens,
    by_term,
    by_year,
    economic_plan,
    economic_plan_total,
    ledger_summaries,
    tornado,
)
from benefits.valuation.uncertainty import ParameterDraws, check_draws, scenario_spreads

__all__ = ["Appraisal", "Scenario", "appraise"]


@dataclass(frozen=True)
class Appraisal:
    """What a scenario is worth, to whom, when and how surely; NOK of the base year, plus is better for the holder.

    Every amount, path and ratio is an expectation over the draws, save each ledger's `npv` and the tornado, which are
    the run at central values, and `break_even`.
    """

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
    ratio_ranges: Mapping[str, RatioRange]
    extra_persons_in_work: float
    person_years: float
    programme_cost: float
    paid_by: Mapping[str, float]
    break_even: BreakEven
    economic_plan: Mapping[str, list[dict[str, float]]]
    economic_plan_total: Mapping[str, Mapping[str, float]]
    by_year: Mapping[str, Any]
    horizons: Mapping[str, Mapping[str, float]]
    tornado: tuple[Mapping[str, Any], ...]
    not_priced: tuple[Mapping[str, Any], ...]
    defaults: tuple[Default, ...]
    parameters: Mapping[str, float]
    replaced: Mapping[str, Mapping[str, float | None]]
    certain: tuple[str, ...]
    no_answers: Mapping[str, str]
    notes: tuple[str, ...]
    seed: int
    draws: int
    parameters_hash: str

    def as_dict(self) -> dict[str, Any]:
        """Return the answer as plain JSON values; an infinite ratio is the text "Infinity"."""
        plain: dict[str, Any] = json.loads(json.dumps(_spelt(asdict(self)), allow_nan=False))
        return plain

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
    check_draws(draws, seed)
    model = prepared(scenario, effect_draws)
    sample, society = model.drawn(draws, seed), point_society(model)
    point, drawn = worths(model, model.point(), model.point_parts), at_draws(model, sample)
    path = {name: amounts[0] + 0.0 for name, amounts in all_ledgers(drawn.mean).items()}  # no minus zero
    summaries: dict[str, Any] = ledger_summaries(path, drawn.worths, point, model.schedule)
    return Appraisal(
        title=scenario.title,
        base_year=scenario.base_year,
        example=scenario.example,
        public={payer: summaries[payer] for payer in PAYERS},
        **{name: summaries[name] for name in ("public_total", *PRIVATE, "society")},
        tax_financing_term=net_present_value(drawn.mean.tax_financing_term[0].tolist(), model.schedule),
        **_measures(scenario, sample, drawn),
        break_even=break_evens(model, society),
        economic_plan=economic_plan(scenario, drawn),
        economic_plan_total=economic_plan_total(drawn),
        by_year=by_year(scenario, path, drawn.mean),
        horizons=by_term(path, model.schedule),
        tornado=tornado(model),
        not_priced=tuple(asdict(item) for item in scenario.not_priced),
        defaults=scenario.defaults,
        parameters={name: spread.value for name, spread in model.spreads.items() if name.count(".") == 2},
        replaced=_replaced(scenario),
        certain=tuple(name for name, spread in scenario_spreads(scenario).items() if spread.low is None),
        notes=warnings(scenario),
        seed=seed,
        draws=draws,
        parameters_hash=_hash(model, draws, seed),
    )


def _measures(scenario: Scenario, sample: ParameterDraws, drawn: Drawn) -> dict[str, Any]:
    resources, paid_by = costs_of(scenario, sample)
    mean = drawn.mean.heads[0]
    peak = int(np.argmax(mean) if np.any(mean > 0) else np.argmin(mean))
    paid = sum(paid_by.values(), start=np.zeros(len(resources)))
    return {
        **ratios(drawn.worths, drawn.heads[:, peak], resources, paid),
        "extra_persons_in_work": float(mean[peak]),
        "person_years": float(mean.sum()),
        "programme_cost": float(paid.mean()),
        "paid_by": {payer: float(amount.mean()) for payer, amount in paid_by.items()},
    }


def _replaced(scenario: Scenario) -> dict[str, dict[str, float | None]]:
    """Return the published numbers that typed ones stand in for, each with what is used instead."""
    day = rules_day(scenario.base_year)
    found = {name: (parameter(name).held(day), spread.value) for name, spread in scenario.parameters.items()}
    told = {name: {"published": held.value if held else None, "used": used} for name, (held, used) in found.items()}
    if "grunnbeloep_nok" in scenario.raw:
        told["grunnbeloep_nok"] = {"published": known_mean(scenario.base_year), "used": scenario.grunnbeloep_nok}
    return told


def _hash(model: Model, draws: int, seed: int) -> str:
    """Return the fingerprint of scenario, parameters, the experiment's draws, number of draws and seed."""
    effect = None if model.effect_draws is None else sha256(model.effect_draws.tobytes()).hexdigest()
    body = {
        "scenario": model.scenario.raw,
        "spreads": {name: [spread.value, *spread.ends] for name, spread in sorted(model.spreads.items())},
        "municipality": model.scenario.municipality,
        "grunnbeloep_nok": model.scenario.grunnbeloep_nok,
        "effect_draws": effect,
        "draws": draws,
        "seed": seed,
    }
    return sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()


def _spelt(found: Any) -> Any:  # noqa: ANN401 - any plain value
    """Return plain values with what is infinite written out, since JSON has no number for it."""
    if isinstance(found, dict):
        return {key: _spelt(item) for key, item in found.items()}
    if isinstance(found, list | tuple):
        return [_spelt(item) for item in found]
    return "Infinity" if isinstance(found, float) and math.isinf(found) else found
