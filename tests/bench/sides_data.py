"""The data layer against DuckDB and numpy alone."""

from pathlib import Path
from typing import Any

from tests.bench.ground import Ground
from tests.bench.registry import Sides

CELL = ("edition", "indicator", "period", "region_code", "age_group", "sex")


def build(ground: Ground) -> Sides:
    """Ours: the default build. Floor: DuckDB reads the same five tables from CSV and writes them to a new file."""
    from data.warehouse import build as building

    tables = _as_csv(ground)

    def ours() -> Path:
        var = ground.fresh("build")
        return var / building.build(var=var).build.file

    return Sides(ours, lambda: _plainly(tables, ground.fresh("plain") / "plain.duckdb"), _rows_differ)


def protection(ground: Ground) -> Sides:
    """Ours: what is delivered with Innenfor is protected. Floor: its whole build, the protection among it."""
    import polars as pl

    from data.deliveries.load import load, rows_of
    from data.deliveries.read import sidecars
    from data.disclosure.withhold import withhold
    from data.settings import settings
    from data.warehouse import build as building

    delivered = pl.concat(rows_of(load(sidecars()[0], [], lambda *_: None), "observations"))
    rules = {source: settings().rule(source) for source in delivered["source"].unique()}

    def floor() -> Path:
        var = ground.fresh("protection")
        return var / building.build(var=var).build.file

    return Sides(lambda: withhold(delivered, rules)[0], floor, _hidden_differ)


def ranking(ground: Ground) -> Sides:
    """Ours: the ranking of all municipalities with intervals. Floor: the query, and Wilson's formula in numpy."""
    import numpy as np

    from analytics import regions
    from analytics.exclusion import subject
    from data.settings import settings
    from data.warehouse.connection import query

    main = settings().main_indicator
    found = subject.subject(main.id, regions.home(), main.age_group, "both")
    assert found is not None
    period = subject.periods(found)[0]

    def bare() -> object:
        rows = query("cross_section", period=period, level="municipality", **vars(found.view))
        events, persons = (rows[name].cast(float).to_numpy() for name in ("count", "population"))
        z = 1.959963984540054
        share, over = events / persons, 1 + z**2 / persons
        middle = (share + z**2 / (2 * persons)) / over
        reach = z * np.sqrt(share * (1 - share) / persons + z**2 / (4 * persons**2)) / over
        order = np.argsort(-share)
        return share[order], (middle - reach)[order], (middle + reach)[order]

    return Sides(lambda: subject.ranking_table(found, period, "nation"), bare, _shares_differ)


def _as_csv(ground: Ground) -> list[Path]:
    import duckdb

    from data.warehouse.connection import TABLES

    folder = ground.fresh("csv")
    with duckdb.connect(str(ground.file), read_only=True) as connection:
        for table in TABLES:
            connection.execute(f"COPY {table} TO '{folder / table}.csv' (HEADER)")
    return [folder / f"{table}.csv" for table in TABLES]


def rows_of(file: Path) -> dict[str, int]:
    """Return the number of rows by table of a DuckDB file."""
    import duckdb

    with duckdb.connect(str(file), read_only=True) as connection:
        tables = [name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        return {table: len(connection.table(table)) for table in tables}


def _rows_differ(ours: Path, floor: Path) -> str:
    found, expected = rows_of(ours), rows_of(floor)
    same = found == expected and found.get("observation", 0) > 0
    return "" if same else f"rows by table: ours {found}, the floor's {expected}"


def hidden_of(file: Path) -> list[tuple[str, ...]]:
    """Return the figures that are hidden in a built file."""
    import duckdb

    with duckdb.connect(str(file), read_only=True) as connection:
        cells = ", ".join(CELL)
        return connection.execute(
            f"SELECT {cells} FROM observation WHERE status = 'suppressed' ORDER BY ALL"
        ).fetchall()


def _hidden_differ(ours: Any, floor: Path) -> str:
    mine, built = sorted(ours.filter(status="suppressed").select(CELL).rows()), hidden_of(floor)
    return "" if mine == built and mine else f"hidden: {len(mine)} by themselves, {len(built)} in the build"


def _shares_differ(ours: Any, floor: tuple[Any, Any, Any]) -> str:
    import numpy as np

    known = ours.drop_nulls("value")
    columns = [known[name].to_numpy() for name in ("value", "low", "high")]
    expected = [column[np.isfinite(floor[0])] for column in floor]
    if any(len(found) != len(bare) or not len(found) for found, bare in zip(columns, expected, strict=True)):
        return f"{len(columns[0])} municipalities are ranked, the floor ranks {len(expected[0])}"
    scale = np.round(columns[0].sum() / expected[0].sum())  # ours may be in per cent
    far = [float(np.abs(np.sort(a) - scale * np.sort(b)).max()) for a, b in zip(columns, expected, strict=True)]
    return "" if max(far) < 1e-6 * scale else f"shares and intervals differ by up to {far}"


def _plainly(tables: list[Path], file: Path) -> Path:
    import duckdb

    with duckdb.connect(str(file)) as connection:
        for table in tables:
            connection.execute(f"CREATE TABLE {table.stem} AS SELECT * FROM read_csv('{table}')")
    return file
