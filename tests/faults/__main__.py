"""Tries every fault and every input, and writes `docs/reliability.md` from what came of it."""

import argparse
import concurrent.futures
import multiprocessing
import platform
import sys
from collections.abc import Iterable

from data import paths
from tests.faults.breaking import FAULTS, tried
from tests.faults.fuzzing import INPUTS, LONGEST, alone
from tests.faults.outcome import Outcome

DOCUMENT = paths.ROOT / "docs" / "reliability.md"
SEED = 18
HEAD = """# Reliability

Written by `python -m tests.faults` from a run on {system}, Python {python}, seed {seed}. *Refused* is: in words, with
what to do, and nothing changed. *Served* is: with the right figure. *Wrong* is all else.

| fault | tried | refused | served | wrong |
|---|--:|--:|--:|--:|
"""
MIDDLE = """
Inputs that nobody foresaw, each read or refused in words within {seconds:g} seconds:

| input | tried | refused | read | wrong |
|---|--:|--:|--:|--:|
"""


def sentence(name: str) -> str:
    """Return what a fault is and what must hold: the first line of its function."""
    return str(FAULTS[name][0].__doc__).splitlines()[0].rstrip(".")


def main() -> int:
    """Try everything, write the document from the seed of every run; 1 where anything went wrong."""
    parser = argparse.ArgumentParser("python -m tests.faults", description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED, help=f"of other faults; only {SEED} writes the document")
    seed = parser.parse_args().seed
    context = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(3, context, max_tasks_per_child=1) as pool:
        faults = {name: pool.submit(tried, name, seed) for name in FAULTS}
        read = {name: pool.submit(alone, name, seed) for name in INPUTS}
        broken = {sentence(name): told(name, each.result()) for name, each in faults.items()}
        given = {name: told(name, each.result()) for name, each in read.items()}
    if seed == SEED:
        where = {"system": platform.system(), "python": platform.python_version(), "seed": seed}
        text = HEAD.format(**where) + rows(broken) + MIDDLE.format(seconds=LONGEST) + rows(given)
        DOCUMENT.write_text(text, encoding="utf-8", newline="\n")
    return int(any(each.wrong for each in (*broken.values(), *given.values())))


def told(name: str, outcome: Outcome) -> Outcome:
    """Print what came of one kind and return it."""
    print(name, outcome.tried, outcome.refused, outcome.served, *outcome.wrong, sep=" · ", flush=True)
    return outcome


def rows(outcomes: dict[str, Outcome] | Iterable) -> str:
    """Return a row of the document for each outcome."""
    return "".join(
        f"| {name} | {each.tried} | {each.refused} | {each.served} | {len(each.wrong)} |\n"
        for name, each in dict(outcomes).items()
    )


if __name__ == "__main__":
    sys.exit(main())
