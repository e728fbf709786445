"""What is registered: the form of one line, and how a line becomes a result or the reason why there is none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.bench.clock import interleaved, least_ratio
from tests.bench.ground import Ground
from tests.bench.report import Failed, Result, Skipped, Unavailable, Unproven

FAILURES = (Unproven, ImportError, AttributeError, OSError)


@dataclass(frozen=True)
class Sides:
    """Two calls that give the same answer: ours, and the floor with nothing around it.

    differ: says how the two answers differ in what they must share, or why they are no answers; "" where they agree.
    """

    ours: Callable[[], object]
    floor: Callable[[], object]
    differ: Callable[[Any, Any], str]


@dataclass(frozen=True)
class Line:
    """One ratio to measure: its name, its bound, and what prepares its two sides (heavy imports belong in there).

    clock: see `clock.interleaved`.
    """

    name: str
    bound: float | None
    prepare: Callable[[Ground], Sides]
    clock: str = "cpu"


@dataclass(frozen=True)
class Size:
    """One number to read off, in MB."""

    name: str
    bound: float
    measure: Callable[[Ground], float]


def measure(line: Line | Size, ground: Ground, repetitions: int) -> Result | Skipped:
    """Return what one line found, or why there is nothing: no means here is a reason, no work done is a failure."""
    try:
        return _size(line, ground) if isinstance(line, Size) else _ratio(line, ground, repetitions)
    except Unavailable as reason:
        return Skipped(line.name, str(reason))
    except FAILURES as reason:
        return Failed(line.name, f"{type(reason).__name__}: {reason}")


def prove(sides: Sides) -> None:
    """Raise Unproven unless both sides answer, ours by computing each time, and the answers agree."""
    ours, again, floor = sides.ours(), sides.ours(), sides.floor()
    if ours is None or floor is None:
        raise Unproven("a side gave no answer: nothing shows that it did the work")
    if ours is again:
        raise Unproven("our side gave the very same object twice: it was kept, not computed")
    if problem := sides.differ(again, floor):
        raise Unproven(problem)


def _size(line: Size, ground: Ground) -> Result:
    value = line.measure(ground)
    if not value > 0:
        raise Unproven(f"a size of {value} MB is no size")
    return Result(line.name, value, line.bound, unit="MB", about=_first_line(line.measure.__doc__ or ""))


def _ratio(line: Line, ground: Ground, repetitions: int) -> Result:
    sides = line.prepare(ground)
    prove(sides)
    times = interleaved({"ours": sides.ours, "floor": sides.floor}, repetitions, line.clock)
    about = _first_line(line.prepare.__doc__ or "")
    return least_ratio(line.name, line.bound, times["ours"], times["floor"], about)


def chosen(names: Sequence[str], only: Sequence[str]) -> list[str]:
    """Return the names that `only` asks for; all where it asks for none."""
    return [name for name in names if not only or name in only]


def _first_line(about: str) -> str:
    return about.strip().split("\n")[0]
