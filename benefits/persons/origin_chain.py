"""Where participants would be without the measure, year by year: one certain path, or a mix that changes state."""

import math
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benefits.errors import InvalidInput
from benefits.parameters import Rates, parameter, parameters
from benefits.persons.sampled_scenario import SampledScenario
from benefits.scenario.model import BENEFIT_STATES, Scenario

Array = NDArray[np.float64]
Place = tuple[str, int]  # a state, and whole years in it as far as a rule follows them
_EXITS = "innenfor.exits"
_FOLLOWED = 2


def origin_shares(sampled: SampledScenario, years: int) -> dict[Place, Array]:
    """Return the share in each place by year since the start, (years,) or (years, draws); in a year they sum to 1."""
    if sampled.scenario.origin.mix:
        return _mixed(sampled, years)
    path = [_place(*origin_state(sampled.scenario, since)) for since in range(years)]
    return {place: np.array([float(each == place) for each in path]) for place in dict.fromkeys(path)}


def origin_state(scenario: Scenario, since: int) -> tuple[str, int]:
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


def _mixed(sampled: SampledScenario, years: int) -> dict[Place, Array]:
    """Return the shares of a mix: year by year some leave for another state, the others have been there a year more."""
    drawn = {state: np.atleast_1d(sampled.values[f"origin_mix.{state}"]) for state in sampled.scenario.origin.mix}
    total: Any = sum(drawn.values())
    moves = _moves(list(drawn), sampled.rates)
    places = list(dict.fromkeys(each for left, entered, _ in moves for each in (left, entered)))
    draws = max(np.size(part) for part in (total, *(rate for _, _, rate in moves)))
    found = np.zeros((years, len(places), draws))
    for state, share in drawn.items():
        found[0, places.index((state, 0))] = share / total
    steps = [(places.index(left), places.index(entered), rate) for left, entered, rate in moves]
    for now, later in pairwise(found):
        for left, entered, rate in steps:
            later[entered] += now[left] * rate
    return {place: found[:, at] if draws > 1 else found[:, at, 0] for at, place in enumerate(places)}


def _moves(states: list[str], rates: Rates) -> list[tuple[Place, Place, Any]]:
    """Return (place left, place entered, share that moves in a year) for all who begin in some states."""
    waiting, found = [_place(state, 0) for state in states], list[tuple[Place, Place, Any]]()
    for place in waiting:
        leaving = _leaving(*place, rates)
        stay = 1 - np.asarray(sum(leaving.values()))
        moved = [(_place(state, 0), rate) for state, rate in leaving.items()]
        moved += [(_place(place[0], place[1] + 1), stay)] if np.any(stay) else []
        found += [(place, entered, rate) for entered, rate in moved]
        waiting += [entered for entered, _ in moved if entered not in waiting]
    return found


def _place(state: str, years: int) -> Place:
    """Return the place of a state after whole years in it."""
    return state, min(years, _FOLLOWED) if state in ("dagpenger", "kvp") else 0


def _leaving(state: str, years: int, rates: Rates) -> dict[str, Any]:
    """Return the share that leaves a state at the end of a year, by state entered; all leave KVP after its time."""
    if state == "kvp" and years + 1 >= rates["nav.rates.kvp_longest_years"]:
        return {"sosialhjelp": 1.0}
    found = {entered: rates[name] for (left, entered), name in exits().items() if left == state}
    total = math.fsum(np.max(rate) for rate in found.values())
    if total > 1 + 1e-9:
        raise InvalidInput(where=f"{_EXITS}.{state}_to_…", found=f"{total:g}", allowed="Σ <= 1")
    return found
