"""Edits to a copy of a scenario, one number at a time, the range moving with its number."""

from collections.abc import Callable, Mapping
from typing import Any

from benefits.scenario.model import Scenario, Spread

_SHORTEST = 0.01
_PLACES = 12
Changes = dict[str, Any]


def own_values(scenario: Scenario) -> dict[str, float]:
    """Return what can be edited, as the scenario has it; what has no one number (a schedule, no cost) is absent.

    `effect` is the largest share of its path, `lasting_years` the half-life or the constant years, `cost_factor` 1.
    """
    values = {
        "participants": scenario.participants.value,
        "effect": _peak(scenario.effect.value),
        "displacement": scenario.displacement.value,
        "wage_nok": scenario.destination.wage.value,
        "full_time_share": scenario.destination.full_time_share.value,
        "horizon_years": float(scenario.horizon_years),
    }
    if scenario.persistence.kind != "schedule":
        values["lasting_years"] = scenario.persistence.years.value
    if scenario.costs:
        values["cost_factor"] = 1.0
    return values


def changes(scenario: Scenario, edits: Mapping[str, float]) -> Changes:
    """Return the arguments of `Scenario.changed` that make the edits (the names of `own_values`)."""
    result: Changes = {}
    for name, value in edits.items():
        result |= _WAYS[name](scenario, value)
    return result


def edited(scenario: Scenario, edits: Mapping[str, float]) -> Scenario:
    """Return a copy with the edits; raises a ScenarioError where the result is no scenario."""
    return scenario.changed(**changes(scenario, edits)) if edits else scenario


def _participants(scenario: Scenario, value: float) -> Changes:
    found = scenario.participants
    return _spread("participants", value, _scaled(found, value), "participants_low", "participants_high")


def _effect(scenario: Scenario, peak: float) -> Changes:
    """Scale the path to another peak; each year keeps the distance to its limits, within −1 and 1."""
    old, largest = scenario.effect.value, _peak(scenario.effect.value)
    path = [_tidy(value * peak / largest) if largest else peak for value in old]
    path = [min(1.0, max(-1.0, value)) for value in path]
    low = [max(-1.0, _tidy(new - (was - end))) for new, was, end in zip(path, old, scenario.effect.low, strict=True)]
    high = [min(1.0, _tidy(new + (end - was))) for new, was, end in zip(path, old, scenario.effect.high, strict=True)]
    one = len(path) == 1
    ends = {f"effect__{key}": ends[0] if one else ends for key, ends in (("low", low), ("high", high))}
    return {"effect__value": path[0] if one else path, "effect__se": None, **ends}


def _lasting(scenario: Scenario, value: float) -> Changes:
    found = scenario.persistence
    ends = _scaled(found.years, value)
    if ends is not None and found.kind == "half_life_years":
        ends = (max(_SHORTEST, ends[0]), ends[1])
    return _spread(f"persistence__{found.kind}", value, ends, "persistence__low", "persistence__high")


def _displacement(scenario: Scenario, value: float) -> Changes:
    names = ("displacement__low", "displacement__high")
    return _spread("displacement__value", value, _moved(scenario.displacement, value), *names)


def _wage(scenario: Scenario, value: float) -> Changes:
    names = ("destination__low", "destination__high")
    return _spread("destination__wage_nok", value, _scaled(scenario.destination.wage, value), *names)


def _share(scenario: Scenario, value: float) -> Changes:
    found, names = scenario.destination.full_time_share, ("destination__share_low", "destination__share_high")
    return _spread("destination__full_time_share", value, _moved(found, value), *names)


def _horizon(_: Scenario, value: float) -> Changes:
    return {"horizon_years": int(value)}


def _cost(scenario: Scenario, factor: float) -> Changes:
    amounts = ("nok", "low", "high")
    return {
        "cost": [
            {key: _tidy(part * factor) if key in amounts else part for key, part in item.items()}
            for item in scenario.raw["cost"]
        ]
    }


_WAYS: Mapping[str, Callable[[Scenario, float], Changes]] = {
    "participants": _participants,
    "effect": _effect,
    "lasting_years": _lasting,
    "displacement": _displacement,
    "wage_nok": _wage,
    "full_time_share": _share,
    "horizon_years": _horizon,
    "cost_factor": _cost,
}


def _spread(key: str, value: float, ends: tuple[float, float] | None, low: str, high: str) -> Changes:
    return {key: value} if ends is None else {key: value, low: ends[0], high: ends[1]}


def _scaled(found: Spread, value: float) -> tuple[float, float] | None:
    """Return the range in the same proportion to the new value; the same distance where the old value is zero."""
    if found.low is None or found.high is None:
        return None
    if found.value == 0:
        return value, value + found.high
    return _tidy(found.low * value / found.value), _tidy(found.high * value / found.value)


def _moved(found: Spread, share: float) -> tuple[float, float] | None:
    """Return the range moved with a share, within 0 and 1."""
    if found.low is None or found.high is None:
        return None
    step = share - found.value
    return max(0.0, _tidy(found.low + step)), min(1.0, _tidy(found.high + step))


def _peak(path: tuple[float, ...]) -> float:
    return max(path, key=abs)


def _tidy(value: float) -> float:
    """Return a number without the dust of binary fractions."""
    return round(value, _PLACES)
