"""How society's expected value moves when one quantity at a time lies at its low and its high end."""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from benefits.scenario.model import Scenario
from benefits.valuation.ledgers import SOCIETY
from benefits.valuation.simulation import Model, prepared, worths
from benefits.valuation.uncertainty import ParameterDraws


def expected_tornado(
    scenario: Scenario, draws: int = 10_000, seed: int = 1, effect_draws: ArrayLike | None = None
) -> tuple[dict[str, Any], ...]:
    """Return society's expected NPV with each quantity with a range at its low and its high end, the widest first.

    All else is drawn as the appraisal draws it. Rows: name, low, high (of the quantity), npv_low, npv_high and swing
    (NOK). The effect's ends are its 95 % limits.
    """
    model = prepared(scenario, effect_draws)
    sample = model.drawn(draws, seed)
    names, ends = model.moved()
    rows = []
    for place, name in enumerate(names):
        low, high = (_expected(model, _held(sample, name, ends, 2 * place + end)) for end in (0, 1))
        span = model.spreads[name].ends if name in model.spreads else ends.effect[:2, model.peak].tolist()
        moved = {"npv_low": low, "npv_high": high, "swing": abs(high - low)}
        rows.append({"name": name, "low": span[0], "high": span[1]} | moved)
    return tuple(sorted(rows, key=lambda row: (-row["swing"], row["name"])))


def _held(sample: ParameterDraws, name: str, ends: ParameterDraws, row: int) -> ParameterDraws:
    """Return the draws with one quantity held where a row of `ends` has it."""
    if name == "effect":
        return replace(sample, effect=np.tile(ends.effect[row], (len(sample.effect), 1)))
    return replace(sample, values={**sample.values, name: float(ends.values[name][row])})


def _expected(model: Model, sample: ParameterDraws) -> float:
    return float(np.mean(worths(model, sample)[SOCIETY]))
