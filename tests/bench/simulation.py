"""Trials without any effect, evaluated as a researcher would: how often is a verdict false, how often is 0 covered?

`run.py bench --simulation` runs the listed cells that the table results/simulation.csv holds too few trials of.
"""

import csv
import math
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from unittest.mock import patch

import numpy as np

from analytics.experiments import Design, evaluate
from tests.bench.null_tables import DESIGNS, MADE, Cell

TABLE = Path(__file__).parent / "results" / "simulation.csv"
COLUMNS = ("cell", "trials", "false_verdicts", "upper_99", "covered", "permutation_leads")
DRAWS, Z99 = 199, 2.326
ALONE = dict.fromkeys(("POLARS_MAX_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
"""Trials run side by side: threads of their own would wait for each other."""
BESIDE = (("estimators.survival", "_beside", {"cox": None}), ("reporting.evaluation", "attrition_bounds", {}),
          ("estimators.difference_in_differences", "levels_over_time", ()), ("reporting.evaluation", "balance", []),
          ("input.checks", "_baseline", None))  # fmt: skip
"""What costs much, stands beside an answer and cannot touch its verdict: left out of the trials."""
CEILING, FLOOR, COVERED = 0.07, 0.035, 0.93
"""False verdicts at most (99 % upper limit) and, of numbers led by t, at least; coverage at least."""


@dataclass(frozen=True)
class Found:
    """What the trials of one cell gave, as shares of the `trials`."""

    cell: str
    trials: int
    false_verdicts: float
    covered: float
    permutation_leads: float

    @property
    def upper(self) -> float:
        """Return the 99 % upper limit of false verdicts (Wilson)."""
        return self._limit(Z99)

    @property
    def lower(self) -> float:
        """Return the 99 % lower limit of false verdicts."""
        return self._limit(-Z99)

    def _limit(self, z: float) -> float:
        n, p = self.trials, self.false_verdicts
        reach = z * math.sqrt(p * (1 - p) / n + z**2 / (4 * n * n))
        return (p + z**2 / (2 * n) + reach) / (1 + z**2 / n)


def run(cell: Cell, trials: int) -> Found:
    """Return what `trials` evaluations without any effect give; where there is no interval, 0 counts as covered."""
    rng = np.random.default_rng([ord(letter) for letter in cell.name])
    design, table = DESIGNS[cell.method], MADE[cell.method]
    kind = {"binary": {"kind": "binary"}, "duration": {"kind": "duration", "events": "event"}}.get(cell.outcome, {})
    asked = Design(**{"draws": DRAWS, "outcome": "y", **kind, **design})
    false = covered = leads = 0
    with ExitStack() as stack:
        for module, name, told in BESIDE:
            stack.enter_context(patch(f"analytics.experiments.{module}.{name}", partial(_told, told)))
        for _ in range(trials):
            found = evaluate(asked, table(cell, rng))
            false += found.verdict in ("better", "worse")
            covered += found.low is None or found.high is None or found.low <= 0 <= found.high
            leads += found.permutation_leads
    return Found(cell.name, trials, false / trials, covered / trials, leads / trials)


def _told(told: object, *_: object, **__: object) -> object:
    return told  # a mock would keep every table it was called with


def kept() -> list[dict[str, str]]:
    """Return the rows of the kept table."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def keep(trials: int) -> Iterator[str]:
    """Run the cells that the table holds fewer trials of, side by side, and keep each as it ends: it may be broken off.

    Returns a line to print for each. A cell's trials are its own, whatever runs beside it.
    """
    rows = {row["cell"]: [*row.values()] for row in kept()}
    missing = [cell for cell in CELLS if cell.name not in rows or int(rows[cell.name][1]) < trials]
    with patch.dict(os.environ, ALONE), ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        for done in as_completed([pool.submit(run, cell, trials) for cell in missing]):
            one = done.result()
            shares = (one.false_verdicts, one.upper, one.covered, one.permutation_leads)
            rows[one.cell] = [one.cell, f"{one.trials}", *(f"{share:.4f}" for share in shares)]
            _write([rows[cell.name] for cell in CELLS if cell.name in rows])
            yield "  ".join(rows[one.cell])


def _write(rows: list[list[str]]) -> None:
    whole = TABLE.with_suffix(".new")
    with whole.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([COLUMNS, *rows])
    whole.replace(TABLE)


SKEWED: tuple[tuple[str, str], ...] = (("even", "number"), ("skewed", "number"), ("skewed", "lognormal"))
CELLS: tuple[Cell, ...] = (
    *(Cell("persons", *n, outcome=y) for n in ((20, 20), (15, 45), (100, 100)) for y in ("number", "binary")),
    Cell("persons", 100, 100, outcome="lognormal"), Cell("persons", 60, 60, outcome="duration"),
    *(Cell("pairs", n, n, outcome=y, icc=0.3) for n in (8, 30) for y in ("number", "binary")),
    *(Cell("clusters", *g, *kind) for g in ((3, 30), (4, 4), (5, 5), (5, 15), (6, 12), (10, 10), (5, 45), (25, 25))
      for kind in SKEWED[:2]),
    *(Cell("clusters", *g, "skewed", y) for g in ((6, 12), (5, 45), (10, 10)) for y in ("lognormal", "binary")),
    *(Cell("clusters", *g, "even", "duration") for g in ((6, 12), (10, 10), (5, 45))),
    *(Cell("changes", *g, *kind) for g in ((3, 12), (5, 30), (12, 12)) for kind in SKEWED[:2]),
    *(Cell("clustered_changes", *g, *kind) for g in ((5, 30), (6, 12), (10, 10)) for kind in SKEWED[:2]),
    Cell("clusters", 25, 25, "large"), Cell("clustered_staggered", 24, 24, "skewed"),
    Cell("other_persons", 24, 24, "skewed", icc=0.6),
    *(Cell("staggered", *g) for g in ((3, 12), (5, 15), (5, 50), (6, 6), (12, 40), (24, 24), (40, 60))),
)  # fmt: skip
WATCHED = ("persons-20v20-even-number", "clusters-5v45-skewed-number", "clusters-10v10-skewed-binary",
           "clustered_changes-6v12-even-number", "staggered-24v24-even-number")  # fmt: skip
"""What every run of the tests tries again."""
