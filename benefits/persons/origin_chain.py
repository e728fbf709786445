"""Where participants would be without the measure, year by year: one certain path, or a mix that changes state."""

import math
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

from benefits.errors import InvalidInput
from benefits.parameters import Rates, parameter, parameters
from benefits.persons.sampled_scenario import SampledScenario
from benefits.scenario.model import BENEFIT_STATES, Scenario

_EXITS = "innenfor.exits"
_COUNTED = 2  # whole years in a state that a rule may ask for
Place = tuple[str, int]
Shares = dict[Place, Any]  # by state and whole years in it: a number, or one a draw


def origin_shares(sampled: SampledScenario, years: int) -> list[Shares]:
    """Return, for each of the years since the start, the share in each state by whole years in it; they sum to 1."""
    scenario = sampled.scenario
    if not scenario.origin.mix:
        return [{origin_state(scenario, since): 1.0} for since in range(years)]
    now, found = _first(sampled), list[Shares]()
    for _ in range(years):
        found.append(now)
        now = _next(now, sampled.rates)
    return found


def origin_state(scenario: Scenario, since: int) -> Place:
    """Return the state of the origin path in the middle of a year since start, and whole years in it by then.

    The last state lasts to the end. After its longest period the qualification programme gives way to social
    assistance, which it stands in place of.
    """
    middle, entered = since + 0.5, 0.0
    *earlier, (state, _) = scenario.origin.path
    for name, years in earlier:
        if middle < entered + years:
            state = name
            break
        entered += years
    over = state == "kvp" and middle - entered > parameter("nav.rates.kvp_longest_years").latest()
    return "sosialhjelp" if over else state, int(middle - entered)


@cache
def exits() -> Mapping[tuple[str, str], str]:
    """Return the parameters of the yearly exits among those who stay outside work, by state left and state entered."""
    found = {}
    for name in parameters():
        if name.startswith(f"{_EXITS}."):
            left, entered = name.removeprefix(f"{_EXITS}.").split("_to_")
            found[left, entered] = name
    return found


def begins_on_benefit(scenario: Scenario) -> bool:
    """Return whether participants would be on a benefit, at the start of a mix or at any time of a path."""
    states = scenario.origin.mix or [state for state, _ in scenario.origin.path]
    return any(state in BENEFIT_STATES for state in states)


def _first(sampled: SampledScenario) -> Shares:
    """Return the mix at the start, its drawn shares brought to a sum of 1."""
    drawn = {state: np.asarray(sampled.values[f"origin_mix.{state}"]) for state in sampled.scenario.origin.mix}
    total: Any = sum(drawn.values())
    return {(state, 0): share / total for state, share in drawn.items()}


def _next(now: Shares, rates: Rates) -> Shares:
    """Return the shares a year later: some leave for another state, the others have been there a year more."""
    later: Shares = {}
    for (state, years), share in now.items():
        leaving = _leaving(state, years, rates)
        for entered, rate in leaving.items():
            later[entered, 0] = later.get((entered, 0), 0.0) + share * rate
        stay = 1 - np.asarray(sum(leaving.values()))
        if np.any(stay):
            place = (state, min(years + 1, _COUNTED))
            later[place] = later.get(place, 0.0) + share * stay
    return later


def _leaving(state: str, years: int, rates: Rates) -> dict[str, Any]:
    """Return the share that leaves a state at the end of a year, by state entered; all leave KVP after its time."""
    if state == "kvp" and years + 1 >= rates["nav.rates.kvp_longest_years"]:
        return {"sosialhjelp": 1.0}
    found = {entered: rates[name] for (left, entered), name in exits().items() if left == state}
    total = math.fsum(np.max(rate) for rate in found.values())
    if total > 1 + 1e-9:
        raise InvalidInput(where=f"{_EXITS}.{state}_to_…", found=f"{total:g}", allowed="Σ <= 1")
    return found
