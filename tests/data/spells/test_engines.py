"""DuckDB and Spark find the same cells; a killed build goes on to the same bytes; memory is kept to. Minutes each."""

import os
import random
import shutil
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from data.__main__ import main
from data.spells.engine import Engine
from data.spells.published import read
from tests.data.spells import ground

MONTHS = ground.span("2018-12", "2020-03")
CELLS = ("rates", "starters_count", "status_after", "first_exits", "exit_quantiles")
MADE = ("--persons", "1500", "--seed", "5", "--area", "42")


@pytest.fixture(scope="module")
def records(tmp_path_factory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("made") / "records"
    assert main(["spells", "generate", *MADE, "--out", str(folder)]) == 0
    spells, persons = (folder / f"{name}.parquet" for name in ("spells", "persons"))
    for file in (spells, persons):
        pl.read_parquet(folder / file.stem / "*.parquet").write_parquet(file)
    return spells, persons


def spark(folder: Path) -> Engine:
    """Return Spark on this machine; where it is lacking, say what, and fail only where everything must be there."""
    lacking = "java" if not shutil.which("java") else ""
    try:
        import pyspark  # noqa: F401
    except ImportError:
        lacking = "pyspark (requirements-spark.txt)"
    if lacking:
        told = f"Spark cannot be tried: {lacking} is missing (Debian: default-jre-headless)"
        if os.environ.get("CI", "").lower() in ("1", "true"):
            pytest.fail(told)
        pytest.skip(told)
    from data.spells.spark_engine import SparkEngine

    folder.mkdir(parents=True)
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["PYSPARK_SUBMIT_ARGS"] = (
        "--master local[2] --driver-memory 1g --conf spark.sql.shuffle.partitions=2 pyspark-shell"
    )
    return SparkEngine(folder)


@pytest.mark.slow
def test_both_engines_count_the_same_cells(records: tuple[Path, Path], tmp_path: Path) -> None:
    for name, opened in (("spark", spark), ("duckdb", ground.duckdb)):
        engine = opened(tmp_path / f"{name}-spill")
        ground.counted(engine, tmp_path / name, records, MONTHS, ground.short_rules())
        handled = engine.frame("handled").sort("rule")
        handled.write_csv(tmp_path / f"{name}.csv")
        engine.close()
    assert (tmp_path / "spark.csv").read_text() == (tmp_path / "duckdb.csv").read_text()
    files = [path.name for path in sorted((tmp_path / "duckdb").glob("*.parquet")) if path.name.startswith(CELLS)]
    assert len(files) > len(MONTHS)
    for file in files:
        theirs, ours = (read(tmp_path / name / file) for name in ("spark", "duckdb"))
        keys = [name for name in ours.columns if name not in ("persons", "first_quarter", "half", "third_quarter")]
        assert_frame_equal(theirs.sort(keys), ours.sort(keys), check_dtypes=False)


@pytest.mark.slow
def test_a_build_killed_at_ten_random_moments_goes_on_to_the_same_bytes(
    records: tuple[Path, Path], tmp_path: Path
) -> None:
    def words(out: str) -> list[str]:
        asked = [sys.executable, "-m", "data", "spells", "build", *map(str, records), "--out", str(tmp_path / out)]
        return [*asked, "--area", "42", "--from", "2018-12", "--until", "2021-03", "--kept", str(tmp_path / f"{out}.r")]

    run = partial(subprocess.run, cwd=Path(__file__).parents[3], check=True, capture_output=True)
    begun = time.monotonic()
    run(words("whole"))
    took, draw = time.monotonic() - begun, random.Random(19)
    whole, killed = held(tmp_path / "whole"), 0
    while killed < 10:
        process = subprocess.Popen(words("stopped"), cwd=Path(__file__).parents[3], stderr=subprocess.DEVNULL)
        time.sleep(draw.uniform(0.1, 0.5) * took)
        killed += process.poll() is None
        process.kill()
        process.wait()
        if (tmp_path / "stopped").exists():  # it was whole before the tenth: once more from the beginning
            assert held(tmp_path / "stopped") == whole
            shutil.rmtree(tmp_path / "stopped")
    run(words("stopped"))
    assert held(tmp_path / "stopped") == whole
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".stopped.r.lock",
        ".whole.r.lock",
        "stopped",
        "stopped.r",
        "whole",
        "whole.r",
    ]


MEASURED = """
import resource, sys
from data.__main__ import main
code = main(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024))
sys.exit(code)
"""
MARGIN = 100 * 10**6  # bytes above `--memory`: what DuckDB and Polars take beside what they count


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the peak of a process is read where there is getrusage")
def test_a_large_build_keeps_to_little_memory_and_finds_the_same(tmp_path: Path) -> None:
    made = tmp_path / "made"
    assert main(["spells", "generate", "--persons", "400000", "--seed", "2", "--area", "42", "--out", str(made)]) == 0
    peaks = {}
    for memory in ("512MB", "2GB"):
        words = ["spells", "build", "--json", f"{made}/spells", f"{made}/persons", "--area", "42", "--memory", memory]
        months = ["--from", "2018-06", "--until", "2021-12", "--out", str(tmp_path / memory)]
        measured = [sys.executable, "-c", MEASURED, *words, *months]
        done = subprocess.run(measured, cwd=Path(__file__).parents[3], check=True, capture_output=True, text=True)
        peaks[memory] = int(done.stdout.splitlines()[-1])
        assert "[" in done.stderr  # progress
    assert peaks["512MB"] <= 512 * 10**6 + MARGIN
    assert peaks["2GB"] <= 2 * 10**9 + MARGIN
    assert held(tmp_path / "512MB") == held(tmp_path / "2GB")


def held(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
