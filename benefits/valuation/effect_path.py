"""From effect to heads in work: effect path, grade, deadweight and persistence, by draw and year."""

import numpy as np
from numpy.typing import NDArray

from benefits.scenario.model import Persistence
from benefits.valuation.evidence_adjustment import graded
from benefits.valuation.sampled_scenario import SampledScenario

Array = NDArray[np.float64]


def net_effect(sampled: SampledScenario, raw: Array, point: Array, direction: float) -> Array:
    """Return extra person-years per participant and year since start, shape (draws, path), within −1 and 1.

    `raw` (draws, path) and `point` (path,) are in the outcome's own unit; the grade corrects and widens them, then
    deadweight and work years per success apply. `direction` is the sign of what one more person-year is worth.
    """
    values = sampled.values
    corrected = graded(raw, point, sampled.scenario.effect.evidence, sampled.rates, direction)
    kept = (1 - np.asarray(values["effect.deadweight"])) * np.asarray(values["effect.work_years_per_success"])
    return np.asarray(np.clip(corrected * kept.reshape(-1, 1), -1.0, 1.0), dtype=float)


def fill_persistence(persistence: Persistence, years: Array, observed: int, out: Array) -> None:
    """Fill `out` (draws, years since start) with the share of the effect left in each year.

    `years` (draws,) is the drawn half-life or number of constant years. The effect fades from the last year its path
    gives (`observed` years); a schedule counts the same way and is zero after its end.
    """
    if persistence.kind == "half_life_years":
        out[:, :observed] = 1.0
        out[:, observed:] = np.exp2(-1.0 / years)[:, None]
        np.multiply.accumulate(out, axis=1, out=out)
        return
    since = np.maximum(np.arange(out.shape[1], dtype=float) - (observed - 1), 0.0)
    if persistence.kind == "constant_years":
        np.subtract(years[:, None], since, out=out)
        np.clip(out, 0.0, 1.0, out=out)
        return
    shares = np.zeros(out.shape[1] + len(persistence.schedule))
    shares[: len(persistence.schedule)] = persistence.schedule
    out[:] = shares[since.astype(int)]


def heads(sampled: SampledScenario, effect: Array) -> Array:
    """Return extra heads in work by draw and year from the base year, shape (draws, horizon); zero before the start."""
    scenario, values = sampled.scenario, sampled.values
    draws, observed = effect.shape
    years = np.broadcast_to(np.asarray(values["persistence.years"], dtype=float), (draws,))
    reached = np.asarray(values["participants"], dtype=float).reshape(-1, 1) * scenario.uptake
    path = effect * reached
    result = np.zeros((draws, scenario.horizon_years))
    lasting = result[:, scenario.start :]
    fill_persistence(scenario.persistence, years, observed, lasting)
    lasting[:, :observed] *= path[:, : lasting.shape[1]]
    lasting[:, observed:] *= path[:, -1:]
    return result
