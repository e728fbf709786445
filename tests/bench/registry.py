"""What is registered: the form of one line, and how a line becomes a result or the reason why there is none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.bench.clock import interleaved, least_ratio
from tests.bench.ground import Ground
from tests.bench.report import Result, Skipped, Unavailable

MISSING = (ImportError, AttributeError, Unavailable)


@dataclass(frozen=True)
class Sides:
    """Two calls that give the same answer: ours, and the floor with nothing around it."""

    ours: Callable[[], object]
    floor: Callable[[], object]


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
    """Return what one line found; a part that is not there yet is a reason, not an error."""
    try:
        if isinstance(line, Size):
            about = line.measure.__doc__ or ""
            return Result(line.name, line.measure(ground), line.bound, unit="MB", about=_first_line(about))
        sides = line.prepare(ground)
        times = interleaved(vars(sides), repetitions, line.clock)
        about = _first_line(line.prepare.__doc__ or "")
        return least_ratio(line.name, line.bound, times["ours"], times["floor"], about)
    except MISSING as reason:
        return Skipped(line.name, f"{type(reason).__name__}: {reason}")


def chosen(names: Sequence[str], only: Sequence[str]) -> list[str]:
    """Return the names that `only` asks for; all where it asks for none."""
    return [name for name in names if not only or name in only]


def _first_line(about: str) -> str:
    return about.strip().split("\n")[0]
