"""Two ways to the same answer, timed in turns, so that a busy moment of the machine hits both."""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tests.bench.report import Result

LEAST_SECONDS = 0.05  # a shorter sample is repeated until it is this long: the clock and the scheduler are coarse


CLOCKS = {"wall": time.perf_counter, "cpu": time.process_time}


def interleaved(
    sides: Mapping[str, Callable[[], object]], repetitions: int, clock: str = "wall"
) -> dict[str, list[float]]:
    """Return seconds a call for every side, in turns; the order turns too. Each runs once unmeasured first.

    clock: "cpu" counts only the time this process computes, in all its threads: on a shared machine a short side is
    interrupted less often than a long one, and wall time would flatter it. "wall" where another process does the work.
    """
    calls = {name: _calls(side, CLOCKS[clock]) for name, side in sides.items()}
    times: dict[str, list[float]] = {name: [] for name in sides}
    for repetition in range(repetitions):
        for name in list(sides)[:: 1 if repetition % 2 else -1]:
            times[name].append(_seconds(sides[name], calls[name], CLOCKS[clock]))
    return times


def least_ratio(
    name: str, bound: float | None, ours: Sequence[float], floor: Sequence[float], about: str = ""
) -> Result:
    """Return the quickest of ours over the quickest of the floor: noise on a shared machine only adds time."""
    return _result(name, bound, (min(ours), min(floor)), ours, floor, about)


def median_ratio(
    name: str, bound: float | None, ours: Sequence[float], floor: Sequence[float], about: str = ""
) -> Result:
    """Return the median of ours over the median of the floor."""
    return _result(name, bound, (statistics.median(ours), statistics.median(floor)), ours, floor, about)


def by_repetition(ratios: Sequence[float]) -> dict[str, Any]:
    """Return what a `Result` tells of its single repetitions: their quartiles, their median and how many they are."""
    low, middle, high = statistics.quantiles(ratios, n=4, method="inclusive") if len(ratios) > 1 else [ratios[0]] * 3
    return {"spread": (low, high), "median": middle, "repetitions": len(ratios)}


def _result(
    name: str,
    bound: float | None,
    pair: tuple[float, float],
    ours: Sequence[float],
    floor: Sequence[float],
    about: str,
) -> Result:
    ratios = [a / b for a, b in zip(ours, floor, strict=False)]
    return Result(name, pair[0] / pair[1], bound, "ratio", *pair, **by_repetition(ratios), about=about)


def _calls(side: Callable[[], object], clock: Callable[[], float]) -> int:
    if _seconds(side, 1, clock) > LEAST_SECONDS * 10:  # a first call is slow, but not by that much
        return 1
    return max(1, round(LEAST_SECONDS / max(_seconds(side, 1, clock), 1e-5)))


def _seconds(side: Callable[[], object], calls: int, clock: Callable[[], float]) -> float:
    started = clock()
    for _ in range(calls):
        side()
    return (clock() - started) / calls
