"""Edits to a copy of a scenario, one number at a time, the range moving with its number."""

from collections.abc import Callable, Mapping
from typing import Any

from benefits.scenario.model import Scenario, Spread

_SHORTEST = 0.01
_PLACES = 12
Changes = dict[str, Any]
Ends = tuple[float, float] | None


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
    return _spread(f"persistence__{found.kind}", value, "persistence__", ends)


def _cost(scenario: Scenario, factor: float) -> Changes:
    amounts = ("nok", "low", "high")
    return {
        "cost": [
            {key: _tidy(part * factor) if key in amounts else part for key, part in item.items()}
            for item in scenario.raw["cost"]
        ]
    }


def _spread(key: str, value: float, ends_at: str, ends: Ends) -> Changes:
    """Return the number and, where it has one, its range, in `<ends_at>low` and `<ends_at>high`."""
    return {key: value} if ends is None else {key: value, f"{ends_at}low": ends[0], f"{ends_at}high": ends[1]}


def _scaled(found: Spread, value: float) -> Ends:
    """Return the range in the same proportion to the new value; the same distance where the old value is zero."""
    if found.low is None or found.high is None:
        return None
    if found.value == 0:
        return value, value + found.high
    return _tidy(found.low * value / found.value), _tidy(found.high * value / found.value)


def _moved(found: Spread, share: float) -> Ends:
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


def _participants(scenario: Scenario, value: float) -> Changes:
    return _spread("participants", value, "participants_", _scaled(scenario.participants, value))


def _displacement(scenario: Scenario, value: float) -> Changes:
    return _spread("displacement__value", value, "displacement__", _moved(scenario.displacement, value))


def _wage(scenario: Scenario, value: float) -> Changes:
    meant = sorted({*scenario.raw.get("meant", ()), "destination.wage_nok"})
    changed = _spread("destination__wage_nok", value, "destination__", _scaled(scenario.destination.wage, value))
    return {**changed, "meant": meant}


def _share(scenario: Scenario, value: float) -> Changes:
    ends = _moved(scenario.destination.full_time_share, value)
    return _spread("destination__full_time_share", value, "destination__share_", ends)


_WAYS: Mapping[str, Callable[[Scenario, float], Changes]] = {
    "participants": _participants,
    "effect": _effect,
    "lasting_years": _lasting,
    "displacement": _displacement,
    "wage_nok": _wage,
    "full_time_share": _share,
    "horizon_years": lambda _, value: {"horizon_years": int(value)},
    "cost_factor": _cost,
}
