"""Scenarios for the tests, small and typed out, so that a test can say what it changes."""

from copy import deepcopy
from typing import Any

from benefits.scenario.model import Scenario

FIELDS: dict[str, Any] = {
    "title": "A measure",
    "base_year": 2025,
    "start_year": 2025,
    "horizon_years": 12,
    "participants": 100,
    "uptake": 1.0,
    "effect": {"value": 0.10, "low": 0.02, "high": 0.18, "evidence": "rct"},
    "persistence": {"half_life_years": 4.0, "low": 2.0, "high": 8.0},
    "municipality": "",
    "displacement": {"value": 0.2, "low": 0.0, "high": 0.5, "fades": False},
    "origin": {"age": 23, "path": [{"state": "aap", "years": 3}, {"state": "ufoeretrygd", "years": 9}]},
    "destination": {"state": "work", "wage_nok": 400000, "full_time_share": 0.8, "zone": "1", "benefit_kept": 0},
    "cost": [{"payer": "municipality", "year": 0, "nok": 3000000, "kind": "resource"}],
}


def fields(**changes: Any) -> dict[str, Any]:
    """Fields with some changed; `effect__value=0.2` changes inside a table, None takes a key away."""
    result = deepcopy(FIELDS)
    for key, value in changes.items():
        *tables, name = key.split("__")
        table = result
        for part in tables:
            table = table.setdefault(part, {})
        if value is None:
            table.pop(name, None)
        else:
            table[name] = value
    return result


def scenario(**changes: Any) -> Scenario:
    return Scenario.from_dict(fields(**changes))
