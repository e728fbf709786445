"""Monthly rates over the person-months a build has made: the shipped query, a bare scan of its columns, and Polars."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from tests.bench import registry
from tests.bench.ground import Ground
from tests.bench.registry import Sides
from tests.bench.report import Result, Skipped

LEAST_SHARE = 0.15  # of the bare scan's rate: so its time may be this share's inverse
COLUMNS = ("month", "place", "age", "sex", "state")  # what the query reads
KEYS = ["month", "place", "age_group", "sex", "state"]


def lines(kept: Path, repetitions: int) -> Iterator[Result | Skipped]:
    """Yield the rates against the scan of the same files in the same run, and against Polars. kept: the months."""
    for name, bound, prepare in (("scale_rates", 1 / LEAST_SHARE, against_scan), ("scale_polars", None, beside_polars)):
        line = registry.Line(name, bound, partial(_prepared, prepare, kept))
        line.prepare.__doc__ = prepare.__doc__
        yield registry.measure(line, Ground(kept.parent), repetitions)


def _prepared(prepare: Any, kept: Path, ground: Ground) -> Sides:
    return prepare(kept, ground)


def against_scan(kept: Path, ground: Ground) -> Sides:
    """Ours: the monthly rates, month by month, written. Floor: DuckDB reads the same five columns. Share: 1 / value."""
    return Sides(partial(rates, kept, ground), partial(scan, kept), persons_differ)


def beside_polars(kept: Path, ground: Ground) -> Sides:
    """Ours: the monthly rates, month by month, written. Floor: the same cells by Polars' lazy frames, written."""
    return Sides(partial(rates, kept, ground), partial(polars_rates, kept, ground), cells_differ)


def rates(kept: Path, ground: Ground) -> Any:
    """Return the cells of all months as the build counts them: `rates.sql` on its engine."""
    from data.spells.duckdb_engine import DuckDbEngine
    from data.spells.rules import lookups, rules
    from data.spells.workplace import Workplace

    folder = ground.fresh("rates")
    engine = DuckDbEngine("1GB", folder)
    place = Workplace(engine, folder)
    place.tables(lookups(rules()))
    for number, file in enumerate(sorted(kept.glob("*.parquet"))):
        place.step("rates", place.file("rates", number), person_months=[file])
    engine.close()
    return _found(folder)


def scan(kept: Path) -> int:
    """Return how many residents of 15 to 29 the files hold, reading every column the rates need and nothing else."""
    import duckdb

    sums = "SUM(month), MAX(sex), SUM(state)"
    with duckdb.connect(config={"threads": 2, "preserve_insertion_order": "false"}) as connection:
        ours = f"COUNT(*) FILTER (place IS NOT NULL AND age BETWEEN 15 AND 29), {sums}"
        row = connection.execute(f"SELECT {ours} FROM read_parquet('{kept}/*.parquet')").fetchone()
    assert row is not None
    return int(row[0])


def polars_rates(kept: Path, ground: Ground) -> Any:
    """Return the same cells, by Polars."""
    import polars as pl

    from data.spells.rules import lookups, rules

    folder, ages = ground.fresh("polars"), lookups(rules())["age_group"].lazy()
    for number, file in enumerate(sorted(kept.glob("*.parquet"))):
        months = pl.scan_parquet(file).filter(pl.col("place").is_not_null()).join(ages, on="age")
        cells = months.group_by(KEYS).agg(persons=pl.len().cast(pl.Int64))
        cells.collect().write_parquet(folder / f"rates-{number}.parquet")
    return _found(folder)


def _found(folder: Path) -> Any:
    import polars as pl

    return pl.read_parquet(folder / "rates-*.parquet")


def persons_differ(ours: Any, floor: int) -> str:
    """Say where the cells do not hold everybody the scan has seen."""
    counted = int(ours["persons"].sum()) if ours.height else 0
    return "" if counted == floor > 0 else f"the cells hold {counted} person-months, the scan saw {floor}"


def cells_differ(ours: Any, floor: Any) -> str:
    """Say where the two have other cells."""
    if not ours.height:
        return "no cell was counted"
    same = ours.sort(KEYS).select(*KEYS, "persons").equals(floor.sort(KEYS).select(*KEYS, "persons"))
    return "" if same else f"{ours.height} cells are not the {floor.height} of Polars"
