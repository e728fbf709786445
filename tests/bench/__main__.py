"""`python -m tests.bench` (by `run.py bench`): our times against floors measured in the same run."""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.bench import protect_growth, registry, scale
from tests.bench.ground import Ground, ground
from tests.bench.pages import PAGES
from tests.bench.report import Failed, Report, Result, Skipped, machine, now
from tests.bench.table import LINES

BROWSER, CROWDS = "D", ("S_20", "S_20_chart", "S_100")
VISITS = "M_1000"
ONE = {f"{BROWSER}_{page.name}": page for page in PAGES}
"""Each page by the name it is measured alone under."""
LAST = "last"  # the file of the latest run, whatever was asked for; not under version control


def run(only: list[str], repetitions: int) -> Report:
    """Measure what is asked for (all where nothing is) and return the report."""
    begun, size = now(), machine()
    with ground() as found:
        return _report(list(_measured(found, only, repetitions)), begun, size)


def run_scale(wanted: tuple[int, ...], repetitions: int) -> Report:
    """Measure the build of the cube at so many million person-months and return the report."""
    begun, size = now(), machine()
    with tempfile.TemporaryDirectory(prefix="innenfor-scale-", ignore_cleanup_errors=True) as folder:
        return _report(list(_told(scale.measure(Path(folder), wanted, repetitions))), begun, size)


def run_growth() -> Report:
    """Measure the protection of cubes of 6 000 to 100 000 cells and return the report."""
    begun, size = now(), machine()
    return _report(list(_told(protect_growth.measure())), begun, size)


def _told(lines: Iterator[Result | Skipped]) -> Iterator[Result | Skipped]:
    for line in lines:
        _tell(line.name)
        yield line


def _report(results: list[Result | Skipped], begun: str, size: dict[str, Any]) -> Report:
    return Report(
        tuple(each for each in results if isinstance(each, Result)),
        tuple(each for each in results if type(each) is Skipped),
        begun,
        size,
        tuple(each for each in results if isinstance(each, Failed)),
    )


def _measured(found: Ground, only: list[str], repetitions: int) -> Iterator[Result | Skipped]:
    wanted = registry.chosen([BROWSER, *CROWDS, VISITS, *(line.name for line in LINES)], only)
    pages = PAGES if BROWSER in wanted else tuple(page for name, page in ONE.items() if name in only)
    if pages:
        from tests.bench import journeys

        _tell("pages in the browser")
        yield from journeys.measure(found, repetitions, pages)
    for name in (each for each in CROWDS if each in wanted):
        from tests.bench import crowd

        _tell(name)
        yield from crowd.measure(found, repetitions, name)
    if VISITS in wanted:
        from tests.bench import visits

        _tell(VISITS)
        yield from visits.measure(found)
    for line in LINES:
        if line.name in wanted:
            _tell(line.name)
            yield registry.measure(line, found, repetitions)


def _simulate(trials: int) -> int:
    from tests.bench import simulation

    for line in simulation.keep(trials):
        print(line, flush=True)
    return 0


def _tell(step: str) -> None:
    print(f"… {step}", file=sys.stderr, flush=True)


def _asked(asked: argparse.Namespace) -> tuple[Report, str]:
    """Return the report of what was asked for, and the word its kept file ends with."""
    if asked.growth:
        return run_growth(), "growth"
    if asked.scale:
        return run_scale(asked.scale, asked.repetitions), "scale"
    return run(asked.only, asked.repetitions), ""


def main(arguments: list[str] | None = None) -> int:
    """Run the measurements; exit as `Report.exit_code` says, 2 on wrong usage."""
    names = [BROWSER, *ONE, *CROWDS, VISITS, *(line.name for line in LINES)]
    parser = argparse.ArgumentParser("run.py bench", description=__doc__)
    parser.add_argument("--only", action="append", choices=names, default=[], help="may be given more than once")
    parser.add_argument(
        "--repetitions", type=int, default=7, help="of every side, in turns (default 7; under 5: no verdict)"
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of the table")
    parser.add_argument("--save", action="store_true", help="keep the run in tests/bench/results/<date>.json")
    parser.add_argument(
        "--scale", nargs="?", type=scale.sizes, const=(scale.SMALL, scale.LARGE), metavar="20,100",
        help="from person spells to the cube, alone, at so many million person-months (some minutes)",
    )  # fmt: skip
    parser.add_argument("--growth", action="store_true", help="protection of 6 000 to 100 000 cells, alone (minutes)")
    parser.add_argument("--simulation", action="store_true", help="how often verdicts are false, by set-up; kept")
    parser.add_argument("--trials", type=int, default=4000, help="of every set-up of the simulation (default 4000)")
    asked = parser.parse_args(arguments)
    if asked.simulation:
        return _simulate(asked.trials)
    if asked.repetitions < 1:
        parser.error("--repetitions must be 1 or more")
    report, kind = _asked(asked)
    print(report.as_json() if asked.json else report.as_table())
    day = f"{report.measured_at[:10]}-{kind}" if kind else ""
    _tell(f"kept in results/{report.save(LAST).name}" + (f" and {report.save(day).name}" if asked.save else ""))
    return report.exit_code


if __name__ == "__main__":
    sys.exit(main())
