"""From effect to heads in work: effect path, grade, deadweight and persistence, by draw and year."""

from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benefits.grading import graded
from benefits.scenario import Persistence, Scenario
from benefits.scenario_reading import rules_day

Array = NDArray[np.float64]


def net_effect(scenario: Scenario, raw: Array, point: Array, values: dict[str, Any], direction: float) -> Array:
    """Return extra person-years per participant and year since start, shape (draws, path), within −1 and 1.

    `raw` (draws, path) and `point` (path,) are in the outcome's own unit; the grade corrects and widens them, then
    deadweight and work years per success apply. `direction` is the sign of what one more person-year is worth.
    """
    day: date = rules_day(scenario.base_year)
    corrected = graded(raw, point, scenario.effect.evidence, day, direction)
    kept = (1 - np.asarray(values["effect.deadweight"])) * np.asarray(values["effect.work_years_per_success"])
    return np.asarray(np.clip(corrected * kept.reshape(-1, 1), -1.0, 1.0), dtype=float)


def persistence_path(persistence: Persistence, years: Array, count: int, observed: int) -> Array:
    """Return the share of the effect left by year since start, shape (draws, count).

    `years` is the drawn half-life or number of constant years. The effect fades from the last year its path gives
    (`observed` years); a schedule counts the same way and is zero after its end.
    """
    since = np.maximum(np.arange(count, dtype=float) - (observed - 1), 0.0)
    if persistence.kind == "half_life_years":
        return np.asarray(np.exp2(-since[None, :] / years[:, None]), dtype=float)
    if persistence.kind == "constant_years":
        return np.asarray(np.clip(years[:, None] - since[None, :], 0.0, 1.0), dtype=float)
    shares = np.zeros(count + len(persistence.schedule))
    shares[: len(persistence.schedule)] = persistence.schedule
    return np.broadcast_to(shares[since.astype(int)], (len(years), count))


def heads(scenario: Scenario, effect: Array, values: dict[str, Any]) -> Array:
    """Return extra heads in work by draw and year from the base year, shape (draws, horizon); zero before the start."""
    count = scenario.horizon_years - scenario.start
    draws, observed = effect.shape
    path = effect[:, np.minimum(np.arange(count), observed - 1)] if observed > 1 else effect
    reached = np.asarray(values["participants"], dtype=float).reshape(-1, 1) * scenario.uptake
    years = np.broadcast_to(np.asarray(values["persistence.years"], dtype=float), (draws,))
    result = np.zeros((draws, scenario.horizon_years))
    lasting = persistence_path(scenario.persistence, years, count, observed)
    np.multiply(path * reached, lasting, out=result[:, scenario.start :])
    return result
