"""`run.py bench --growth`: the protection of a realistic cube as it grows from 6 000 to 100 000 cells.

Every size runs in a process of its own, which is asked for its processor time and its peak. The claim is a ratio: time
a cell of the largest over time a cell of the smallest. The cubes are made up; every sum holds.
"""

import itertools
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.report import Failed, Result, Skipped, Unproven

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

    from data.tables.slices import Ways

ROOT = Path(__file__).resolve().parents[2]
DIMS = ("place", "age", "sex", "state")
AGES, SEXES, STATES = 4, 2, 12
MUNICIPALITIES = 25  # of a county
COUNTIES = (1, 4, 18)  # 5 670, 22 050 and 98 490 cells
THRESHOLD = 4
DEARER = 1.5  # at most, a cell of the largest beside one of the smallest
MOST_MB, MOST_HIDDEN = 1000.0, 0.5
FAILURES = (Unproven, OSError, subprocess.CalledProcessError)
_SHARES = (0.36, 0.30, 0.12, 0.08, 0.05, 0.03, 0.02, 0.015, 0.01, 0.007, 0.005, 0.003)  # of the states, made up


@dataclass(frozen=True)
class ProtectRun:
    """What the protection of one cube took (seconds of all cores, peak in MB), and what it hid.

    lone: sums in which one figure alone is hidden: whoever subtracts has it.
    """

    seconds: float
    peak: float
    cells: int
    small: int
    hidden: int
    small_shown: int
    lone: int


def measure() -> Iterator[Result | Skipped]:
    """Yield the peak of every size, and the growth; what cannot be shown to have happened fails its line."""
    if sys.platform == "win32":
        yield Skipped("protect_growth", "the peak of a process is read where there is getrusage")
        return
    runs: list[ProtectRun] = []
    for counties in COUNTIES:
        try:
            runs.append(protected(counties))
            yield peak(runs[-1])
        except FAILURES as reason:
            yield Failed(f"protect_peak_{counties}_counties", f"{type(reason).__name__}: {reason}")
    if len(runs) == len(COUNTIES):
        yield growth(runs[0], runs[-1])


def protected(counties: int) -> ProtectRun:
    """Return what the protection of a cube of so many counties took, in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.protect_growth", str(counties)]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    run = ProtectRun(**json.loads(said))
    if problem := unsafe(run):
        raise Unproven(problem)
    return run


def unsafe(run: ProtectRun) -> str:
    """Say why a run did not protect its cube, or hid it all."""
    if run.small_shown or run.lone:
        return f"{run.small_shown} small counts are shown, and {run.lone} sums give a hidden one away"
    if not run.small < run.hidden <= MOST_HIDDEN * run.cells:
        return f"{run.hidden} of {run.cells} cells are hidden, {run.small} of them small"
    return ""


def peak(run: ProtectRun) -> Result:
    """Return the peak of one size against its bound, with the seconds it took."""
    about = f"Peak memory of the protection of {run.cells} cells, {run.small} of them small; {run.hidden} are hidden."
    return Result(f"protect_peak_{run.cells}", run.peak, MOST_MB, unit="MB", ours=run.seconds, about=about)


def growth(small: ProtectRun, large: ProtectRun) -> Result:
    """Return the processor time a cell of the largest cube over that of the smallest."""
    ours, floor = large.seconds / large.cells, small.seconds / small.cells
    about = f"Processor time a cell at {large.cells} cells over that at {small.cells} cells."
    return Result("protect_growth", ours / floor, DEARER, ours=ours, floor=floor, about=about)


def cube(counties: int, municipalities: int = MUNICIPALITIES) -> tuple["pl.DataFrame", Mapping[str, "Ways"]]:
    """Return a made-up cube with every total, and what adds up in it.

    counties, municipalities: how many, and how many of each; by age, sex and state, with totals.
    """
    import numpy as np
    import polars as pl

    places = [f"{10 + county}{number:02d}" for county in range(counties) for number in range(municipalities)]
    inner = _persons(len(places))
    by_county = inner.reshape(counties, municipalities, *inner.shape[1:]).sum(1)
    every = np.concatenate([inner, by_county, inner.sum(0, keepdims=True)])
    for axis in (1, 2):
        every = np.concatenate([every, every.sum(axis, keepdims=True)], axis)
    every = np.concatenate([every, every[..., 3:].sum(-1, keepdims=True), every.sum(-1, keepdims=True)], -1)
    ways = _ways(places, [f"{10 + county}" for county in range(counties)])
    codes = [[*dict.fromkeys([*(code for _, parts in own for code in parts), *(whole for whole, _ in own)])]
             for own in ways.values()]  # fmt: skip
    order = [sorted(own, key=_rank) for own in codes]
    cells = pl.DataFrame([*itertools.product(*order)], schema=list(DIMS), orient="row")
    return cells.with_columns(count=pl.Series(every.ravel()), status=pl.lit("published")), ways


def _rank(code: str) -> tuple[int, str]:
    """Return where a code stands: the innermost first, then what they make up, the total last."""
    outer = {"outside": 1, "all": 2, "total": 2}.get(code, int(len(code) == 2 and code.isdigit()))
    return outer, code


def _persons(places: int) -> "NDArray[np.int64]":
    """Return persons by place, age, sex and state: sizes as unlike as municipalities', shares that vary with both."""
    import numpy as np

    draw = np.random.default_rng(1)
    sizes = np.exp(draw.normal(6.6, 1.3, places)).clip(120, 25_000)
    tilted = np.array(_SHARES) * np.exp(draw.normal(0, 0.35, (AGES, SEXES, STATES)))
    shares = tilted / tilted.sum(-1, keepdims=True) / (AGES * SEXES)
    return np.asarray(draw.poisson(sizes[:, None, None, None] * shares), np.int64)


def _ways(places: list[str], counties: list[str]) -> dict[str, "Ways"]:
    states = [f"s{number:02d}" for number in range(STATES)]
    in_county = tuple((county, tuple(place for place in places if place[:2] == county)) for county in counties)
    return {
        "place": (*in_county, ("total", tuple(counties))),
        "age": (("total", tuple(f"a{number}" for number in range(AGES))),),
        "sex": (("total", ("female", "male")),),
        "state": (("outside", tuple(states[3:])), ("all", (*states[:3], "outside"))),
    }


def work(counties: int, municipalities: int = MUNICIPALITIES) -> dict[str, float]:
    """Protect a cube, and return what `ProtectRun` tells of it but its peak."""
    import polars as pl

    from data.disclosure.table import SUPPRESSED, linked, protect

    cells, ways = cube(counties, municipalities)
    begun = time.process_time()
    table = linked(cells, DIMS, ways)
    told = protect(table, THRESHOLD)
    took = time.process_time() - begun
    small = cells["count"].is_between(1, THRESHOLD - 1)
    hidden = {key for key, status in zip(table.keys, told["status"], strict=True) if status == SUPPRESSED}
    lone = sum(len(hidden & {whole, *parts}) == 1 for whole, parts in table.sums)
    shown = told.filter(small & (pl.col("status") != SUPPRESSED)).height
    return {"seconds": took, "cells": cells.height, "small": int(small.sum()), "hidden": len(hidden),
            "small_shown": shown, "lone": lone}  # fmt: skip


def main() -> None:
    """Protect a cube of as many counties as the argument says, and print what it took as JSON."""
    import resource

    found = work(int(sys.argv[1]))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    sys.stdout.write(json.dumps(found | {"peak": most}))


if __name__ == "__main__":
    main()
