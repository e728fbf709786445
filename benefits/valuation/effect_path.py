"""From effect to heads in work: effect path, grade, deadweight and persistence, by draw and year."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from benefits.persons.sampled_scenario import SampledScenario
from benefits.scenario.model import Persistence
from benefits.valuation.evidence_adjustment import graded

Array = NDArray[np.float64]
_MONTHS = 12


def net_effect(sampled: SampledScenario, raw: Array, point: Array, direction: float) -> Array:
    """Return extra person-years per participant and year since start, shape (draws, path), within −1 and 1.

    `raw` (draws, path) and `point` (path,) are in the outcome's own unit; the grade corrects and widens them, then
    deadweight and work years per success apply. `direction` is the sign of what one more person-year is worth.
    """
    values = sampled.values
    corrected = graded(raw, point, sampled.scenario.effect.evidence, sampled.rates, direction)
    kept = (1 - np.asarray(values["effect.deadweight"])) * np.asarray(values["effect.work_years_per_success"])
    return np.asarray(np.clip(corrected * kept.reshape(-1, 1), -1.0, 1.0), dtype=float)


def fill_lasting(persistence: Persistence, years: Array, path: Array, last: Array, out: Array) -> None:
    """Fill `out` (draws, years since start) with a path (draws, observed years) and what is left of `last` after it.

    `years` (draws,) is the drawn half-life or number of constant years, `last` (draws,) what fades. It fades from the
    last year the path gives; a schedule counts the same way and is zero after its end.
    """
    observed = path.shape[1]
    if persistence.kind == "half_life_years":
        out[:, :observed] = path[:, : out.shape[1]]
        _fade(out[:, observed:], np.exp2(-1.0 / years), last)
        return
    since = np.maximum(np.arange(out.shape[1], dtype=float) - (observed - 1), 0.0)
    if persistence.kind == "constant_years":
        np.subtract(years[:, None], since, out=out)
        np.clip(out, 0.0, 1.0, out=out)
    else:
        shares = np.zeros(out.shape[1] + len(persistence.schedule))
        shares[: len(persistence.schedule)] = persistence.schedule
        out[:] = shares[since.astype(int)]
    out[:, :observed] *= path[:, : out.shape[1]]
    out[:, observed:] *= last[:, None]


def _fade(out: Array, yearly: Array, last: Array) -> None:
    """Fill years (draws, years) of which each leaves so much as `yearly` (draws,) of the year before."""
    if len(yearly) == 1:
        out[:] = yearly
        np.multiply.accumulate(out, axis=1, out=out)
        out *= last[:, None]
        return
    left = yearly.copy()
    for year in range(out.shape[1]):  # a year's draws lie together
        np.multiply(left, last, out=out[:, year])
        left *= yearly


def by_year(effect: Array, months: tuple[float, ...]) -> Array:
    """Return the effect by year since start (draws, years) where it was measured after so many months.

    It grows evenly from zero at the start to each measurement; a year holds the mean of its twelve months. The last
    year is the one in which the last measurement falls, and holds on at it.
    """
    return effect @ _weights(months)


@lru_cache(maxsize=256)
def _weights(months: tuple[float, ...]) -> Array:
    """Return what each measurement weighs in each year, (measurements, years)."""
    edges, years = (0.0, *months), int(months[-1] // _MONTHS) + 1
    levels = np.eye(len(edges))[1:]
    return np.array([[_mean_between(edges, level, _MONTHS * year) for year in range(years)] for level in levels])


def _mean_between(edges: tuple[float, ...], level: Array, start: float) -> float:
    """Return the mean over the twelve months from `start` of the straight lines between levels at the edges."""
    end = start + _MONTHS
    at = np.unique([start, end, *(edge for edge in edges if start < edge < end)])
    return float(np.trapezoid(np.interp(at, edges, level), at)) / _MONTHS


def heads(sampled: SampledScenario, effect: Array) -> Array:
    """Return extra heads in work by draw and year from the base year, shape (draws, horizon); zero before the start."""
    scenario, values, months = sampled.scenario, sampled.values, sampled.scenario.effect.months
    last, effect = effect[:, -1], by_year(effect, months) if months else effect
    draws = len(effect)
    years = np.broadcast_to(np.asarray(values["persistence.years"], dtype=float), (draws,))
    reached = np.asarray(values["participants"], dtype=float).reshape(-1, 1) * scenario.uptake
    result = np.empty((scenario.horizon_years, draws)).T  # a year's draws lie together: years are what is worked on
    result[:, : scenario.start] = 0.0
    fill_lasting(scenario.persistence, years, effect * reached, last * reached[:, 0], result[:, scenario.start :])
    return result
