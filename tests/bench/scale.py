"""`run.py bench --scale`: from person spells to the protected cube at 20 and 100 million person-months.

Every build runs in a process of its own over made-up records of the whole nation, and is asked for its processor time
and its peak. Ratios and peaks have bounds; seconds are information.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench import scale_rates
from tests.bench.report import Failed, Result, Skipped, Unproven

ROOT = Path(__file__).resolve().parents[2]
SMALL, LARGE = 20, 100  # million person-months
MOST = {SMALL: 1000.0, LARGE: 2000.0}  # MB
GIVEN = {SMALL: "1GB", LARGE: "2GB"}  # what `--memory` is
SLOWER = 6.0  # at most, for five times the work
MONTHS_A_PERSON = 78  # a little less than one has of the made-up world's 96, at 15 to 34 years
ROOM = 0.01  # of all residents: what rounding may move the nation by
FAILURES = (Unproven, OSError, subprocess.CalledProcessError)


@dataclass(frozen=True)
class ScaleRun:
    """What one build took (seconds of all cores, peak in MB), and what shows that it was done.

    rating: of the seconds, those from spells to monthly rates.
    """

    seconds: float
    peak: float
    rating: float
    person_months: int
    counted: int
    published: int


def sizes(text: str) -> tuple[int, ...]:
    """Read `20,100`: million person-months. Raises ValueError."""
    found = tuple(sorted({int(each) for each in text.split(",")}))
    if found[0] < 1:
        raise ValueError(text)
    return found


def measure(folder: Path, wanted: Sequence[int], repetitions: int) -> Iterator[Result | Skipped]:
    """Yield a line for every figure; what cannot be shown to have happened fails its line."""
    if sys.platform == "win32":
        yield Skipped("scale", "the peak of a process is read where there is getrusage")
        return
    runs: dict[int, ScaleRun] = {}
    for size in wanted:
        own = folder / f"{size}"
        own.mkdir()
        try:
            runs[size] = built(own, size)
            yield peak(size, runs[size])
            if size == wanted[0]:
                lines = [*scale_rates.lines(own / "kept", repetitions)]
                yield from [*lines, *from_spells(lines, runs[size])]
        except FAILURES as reason:
            yield Failed(f"scale_peak_{size}", f"{type(reason).__name__}: {reason}")
        shutil.rmtree(own)
    if len(runs) > 1:
        yield growth(runs)


def built(folder: Path, size: int) -> ScaleRun:
    """Make records of so many million person-months, build the cube of them, and return what that took."""
    from data.spells.rules import NATION

    persons = str(size * 1_000_000 // MONTHS_A_PERSON)
    records, out, kept = folder / "records", folder / "out", folder / "kept"
    _run("data", "spells", "generate", "--persons", persons, "--area", NATION, "--out", str(records))
    said = json.loads(_run("tests.bench.scale_build", *map(str, (records, out, kept)), GIVEN.get(size, "2GB")))
    run = ScaleRun(**said, person_months=rows_of(kept), counted=scale_rates.scan(kept), published=residents(out))
    if problem := undone(run, size):
        raise Unproven(problem)
    return run


def undone(run: ScaleRun, size: int) -> str:
    """Say why a run did not do the work its figures are told of."""
    if run.person_months < size * 1_000_000:
        return f"{run.person_months} person-months are not {size} million"
    if abs(run.published - run.counted) > ROOM * run.counted:
        return f"{run.published} resident months are published, {run.counted} were counted"
    return ""


def peak(size: int, run: ScaleRun) -> Result:
    """Return the peak of a build against its bound, with the seconds it took."""
    about = f"Peak memory of the build of {run.person_months} person-months with --memory {GIVEN.get(size, '2GB')}."
    return Result(f"scale_peak_{size}", run.peak, MOST.get(size), unit="MB", ours=run.seconds, about=about)


def from_spells(lines: Sequence[Result | Skipped], run: ScaleRun) -> Iterator[Result]:
    """Yield the same rates counted from spells on, each person's months made on the way, over the same scan."""
    about = "From spells to monthly rates, each person's months made and written on the way. Floor: the same scan."
    for line in lines:
        if isinstance(line, Result) and line.name == "scale_rates" and line.floor:
            value = run.rating / line.floor
            yield Result("scale_from_spells", value, None, ours=run.rating, floor=line.floor, about=about)


def growth(runs: dict[int, ScaleRun]) -> Result:
    """Return the largest build's processor time over the smallest's."""
    small, large = min(runs), max(runs)
    ours, floor = runs[large].seconds, runs[small].seconds
    about = f"Processor time of the build of {large} million person-months over that of {small} million."
    bound = SLOWER if (small, large) == (SMALL, LARGE) else None
    return Result(f"scale_{large}_over_{small}", ours / floor, bound, ours=ours, floor=floor, about=about)


def rows_of(kept: Path) -> int:
    """Return how many person-months lie in a folder."""
    import polars as pl

    return int(pl.scan_parquet(kept / "*.parquet").select(pl.len()).collect().item())


def residents(out: Path) -> int:
    """Return the nation's resident months in the published rates: every state of the whole age group, both sexes."""
    import polars as pl

    rows: Any = pl.scan_csv(out / "rates-0-*.csv", schema_overrides={"region_code": pl.String, "period": pl.String})
    own = rows.filter(age_group="15-29", sex="both").filter(pl.col("indicator") != "spells_outside")
    return int(own.select(pl.col("count").sum()).collect().item())


def _run(*words: str) -> str:
    done = subprocess.run([sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise Unproven(f"{' '.join(words[:3])} ended with {done.returncode}: {done.stderr[-300:]}")
    return done.stdout
