"""How society's expected value moves when one quantity at a time lies at its low and its high end."""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from benefits.persons.head_worth import SOCIETY, WorthPart, worth_parts
from benefits.scenario.model import Scenario
from benefits.valuation.simulation import Model, prepared, worths
from benefits.valuation.uncertainty import ParameterDraws, check_draws

_ENOUGH = 2_000
# They change how many heads there are in work, and what is paid, and not what a head is worth.
_OF_HEADS = ("effect", "participants", "persistence.years", "effect.deadweight", "effect.work_years_per_success")


def expected_tornado(
    scenario: Scenario, draws: int = 10_000, seed: int = 1, effect_draws: ArrayLike | None = None
) -> tuple[dict[str, Any], ...]:
    """Return society's expected NPV with each quantity with a range at its low and its high end, the widest first.

    All else is drawn as the appraisal draws it. How far an end lies from the appraisal's expectation is the mean over
    the first 2 000 draws: the same draws at both, so that chance falls out. Rows: name, low, high (of the quantity),
    npv_low, npv_high and swing (NOK). The effect's ends are its 95 % limits.
    """
    check_draws(draws, seed)
    model = prepared(scenario, effect_draws)
    sample = model.drawn(draws, seed)
    names, ends = model.moved()
    part = _first(sample, min(draws, _ENOUGH))
    parts = worth_parts(model.at(part))
    whole, rows = _expected(model, sample) - _expected(model, part, parts), []
    for place, name in enumerate(names):
        same = parts if name in _OF_HEADS or name.startswith("cost[") else None
        low, high = (whole + _expected(model, _held(part, name, ends, 2 * place + end), same) for end in (0, 1))
        span = model.spreads[name].ends if name in model.spreads else ends.effect[:2, model.peak].tolist()
        moved = {"npv_low": low, "npv_high": high, "swing": abs(high - low)}
        rows.append({"name": name, "low": span[0], "high": span[1]} | moved)
    return tuple(sorted(rows, key=lambda row: (-row["swing"], row["name"])))


def _first(sample: ParameterDraws, count: int) -> ParameterDraws:
    values = {name: drawn[:count] if np.ndim(drawn) else drawn for name, drawn in sample.values.items()}
    return replace(sample, values=values, effect=sample.effect[:count])


def _held(sample: ParameterDraws, name: str, ends: ParameterDraws, row: int) -> ParameterDraws:
    """Return the draws with one quantity held where a row of `ends` has it."""
    if name == "effect":
        return replace(sample, effect=np.tile(ends.effect[row], (len(sample.effect), 1)))
    return replace(sample, values={**sample.values, name: float(ends.values[name][row])})


def _expected(model: Model, sample: ParameterDraws, parts: list[WorthPart] | None = None) -> float:
    return float(np.mean(worths(model, sample, parts)[SOCIETY]))
