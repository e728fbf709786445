"""What is uncertain in a scenario, and the draws of it: seeded, one stream a quantity, all draws at once."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import ArrayLike, NDArray

from benefits.errors import InvalidInput
from benefits.parameters import parameter
from benefits.rules import rules_day
from benefits.scenario.faults import unused
from benefits.scenario.model import Scenario, Spread
from benefits.valuation.evidence_adjustment import NORMAL_LIMIT
from data.problems import raise_all

Array = NDArray[np.float64]


@dataclass(frozen=True)
class ParameterDraws:
    """Values by quantity or parameter (one, or one a draw) and the raw effect (draws, path), before any correction."""

    values: Mapping[str, Any]
    effect: Array
    effect_point: Array


def scenario_spreads(scenario: Scenario) -> dict[str, Spread]:
    """Return the numbers a scenario gives, with their ranges, by name."""
    spreads = {
        "participants": scenario.participants,
        "displacement": scenario.displacement,
        "destination.wage_nok": scenario.destination.wage,
        "destination.full_time_share": scenario.destination.full_time_share,
        "effect.deadweight": scenario.effect.deadweight,
        "effect.work_years_per_success": scenario.effect.work_years,
        "persistence.years": scenario.persistence.years,
    }
    if scenario.destination.benefit_kept is not None:
        spreads["destination.benefit_kept"] = scenario.destination.benefit_kept
    if scenario.displacement_fades and scenario.displacement.ends[1] > 0:
        spreads["displacement.half_life_years"] = scenario.displacement_half_life
    spreads |= {f"origin_mix.{state}": share for state, share in scenario.origin.mix.items()}
    groups = {
        "cost": [item.nok for item in scenario.costs],
        "service": [item.nok for item in scenario.services],
        "other_gain": [item.nok for item in scenario.other_gains],
    }
    for group, items in groups.items():
        spreads |= {f"{group}[{number}]": spread for number, spread in enumerate(items, 1)}
    return spreads


def parameter_spreads(scenario: Scenario, used: set[str]) -> dict[str, Spread]:
    """Return the used parameters with their values and ranges on the scenario's day, its own replacements first.

    Raises `Problems` where the scenario replaces a parameter that nothing in it uses.
    """
    idle = sorted(set(scenario.parameters) - used)
    raise_all("", [unused(name, used) for name in idle])
    return {name: spread_used(scenario, name) for name in sorted(used)}


def spread_used(scenario: Scenario, name: str) -> Spread:
    """Return a parameter with its range on the scenario's day: as the scenario replaces it, else as published."""
    if name in scenario.parameters:
        return scenario.parameters[name]
    found = parameter(name).entry(rules_day(scenario.base_year))
    return Spread(found.known, found.low, found.high)


def point_sample(spreads: Mapping[str, Spread], effect: Array) -> ParameterDraws:
    """Return one draw with every quantity at its value and the effect at its point, shape (path,)."""
    return ParameterDraws({name: spread.value for name, spread in spreads.items()}, effect[None, :], effect)


def drawn_sample(
    scenario: Scenario, spreads: Mapping[str, Spread], point: Array, draws: int, seed: int, effect_draws: Array | None,
    own: str = "",
) -> ParameterDraws:  # fmt: skip
    """Return draws of every quantity with a range: triangular between low and high with the value as the mode.

    What a scenario gives itself is drawn apart under the name `own`; parameters are the same in all scenarios.
    """
    values: dict[str, Any] = {}
    for name, spread in spreads.items():
        low, high = spread.ends
        ranged = low < high
        values[name] = (
            stream(seed, name if name.count(".") == 2 else own + name).triangular(low, spread.value, high, draws)
            if ranged
            else spread.value
        )
    if effect_draws is None:
        effect = effect_at(scenario, stream(seed, f"{own}effect").standard_normal(draws))
    else:
        effect = resampled(effect_draws, draws, seed)
    return ParameterDraws(values, effect, point)


def effect_at(scenario: Scenario, deviations: Array) -> Array:
    """Return the effect path (draws, path) at standard normal deviations: each side as wide as its own limit."""
    value, low, high = (np.asarray(part) for part in (scenario.effect.value, scenario.effect.low, scenario.effect.high))
    upper, lower = (high - value) / NORMAL_LIMIT, (value - low) / NORMAL_LIMIT
    column = deviations[:, None]
    return np.asarray(value + np.maximum(column, 0) * upper + np.minimum(column, 0) * lower, dtype=float)


def experiment_draws(given: ArrayLike) -> Array:
    """Return an experiment's draws of the effect as (draws, path); raises InvalidInput where they are no shares."""
    draws = np.asarray(given, dtype=float)
    draws = draws[:, None] if draws.ndim == 1 else draws
    if draws.ndim != 2 or draws.size == 0 or not bool(np.all(np.abs(draws) <= 1)):
        raise InvalidInput(where="effect_draws", found=f"shape {draws.shape}", allowed="shares from -1 to 1")
    return draws


def resampled(effect_draws: Array, draws: int, seed: int) -> Array:
    """Return as many draws as wanted: the given ones where the number fits, else drawn from them with replacement."""
    if len(effect_draws) == draws:
        return effect_draws
    return effect_draws[stream(seed, "effect").integers(0, len(effect_draws), draws)]


def stream(seed: int, name: str) -> np.random.Generator:
    """Return the random stream of one quantity, the same whatever other quantities there are."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, crc32(name.encode())])))


def tornado_sample(
    scenario: Scenario, spreads: Mapping[str, Spread], point: Array, effect_draws: Array | None
) -> tuple[list[str], ParameterDraws]:
    """Return the names that have a range and a sample with two rows for each: all at the point but one at an end."""
    moved = {name: spread.ends for name, spread in spreads.items() if spread.ends[0] < spread.ends[1]}
    names = ["effect", *moved]
    rows = 2 * len(names)
    values: dict[str, Any] = {name: spread.value for name, spread in spreads.items()}
    for number, name in enumerate(moved, 1):
        column = np.full(rows, spreads[name].value)
        column[2 * number : 2 * number + 2] = moved[name]
        values[name] = column
    effect = np.tile(point, (rows, 1))
    if effect_draws is None:
        effect[:2] = effect_at(scenario, np.array([-NORMAL_LIMIT, NORMAL_LIMIT]))
    else:
        effect[:2] = np.quantile(effect_draws, [0.025, 0.975], axis=0)
    return names, ParameterDraws(values, effect, point)


def check_draws(draws: int, seed: int) -> None:
    """Refuse a number of draws or a seed that means nothing. Raises InvalidInput."""
    _whole("draws", draws, 1, parameter("innenfor.limits.draws_most").latest())
    _whole("seed", seed, 0)


def _whole(name: str, found: int, least: int, most: float = math.inf) -> None:
    if isinstance(found, bool) or not isinstance(found, int | np.integer) or not least <= found <= most:
        allowed = f">= {least}" if math.isinf(most) else f"{least} – {int(most)}"
        raise InvalidInput(where=name, found=repr(found), allowed=allowed)
