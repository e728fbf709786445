"""The data layer against DuckDB and numpy alone."""

from pathlib import Path

from tests.bench.ground import Ground
from tests.bench.registry import Sides


def build(ground: Ground) -> Sides:
    """Ours: the default build. Floor: DuckDB reads the same five tables from CSV and writes them to a new file."""
    from data import building

    tables = _as_csv(ground)
    return Sides(
        lambda: building.build(var=ground.fresh("build")),
        lambda: _plainly(tables, ground.fresh("plain") / "plain.duckdb"),
    )


def ranking(ground: Ground) -> Sides:
    """Ours: the ranking of all municipalities with intervals. Floor: the query, and Wilson's formula in numpy."""
    import numpy as np

    from analytics import exclusion, places
    from data.settings import settings
    from data.warehouse import query

    main = settings().main_indicator
    found = exclusion.subject(main.id, places.home(), main.age_group, "both")
    assert found is not None
    period = exclusion.periods(found)[0]

    def bare() -> object:
        rows = query("cross_section", period=period, level="municipality", **vars(found.view))
        events, persons = (rows[name].cast(float).to_numpy() for name in ("count", "population"))
        z = 1.959963984540054
        share, over = events / persons, 1 + z**2 / persons
        middle = (share + z**2 / (2 * persons)) / over
        reach = z * np.sqrt(share * (1 - share) / persons + z**2 / (4 * persons**2)) / over
        order = np.argsort(-share)
        return share[order], (middle - reach)[order], (middle + reach)[order]

    return Sides(lambda: exclusion.ranking_table(found, period, "nation"), bare)


def _as_csv(ground: Ground) -> list[Path]:
    import duckdb

    from data.warehouse import TABLES

    folder = ground.fresh("csv")
    with duckdb.connect(str(ground.file), read_only=True) as connection:
        for table in TABLES:
            connection.execute(f"COPY {table} TO '{folder / table}.csv' (HEADER)")
    return [folder / f"{table}.csv" for table in TABLES]


def _plainly(tables: list[Path], file: Path) -> None:
    import duckdb

    with duckdb.connect(str(file)) as connection:
        for table in tables:
            connection.execute(f"CREATE TABLE {table.stem} AS SELECT * FROM read_csv('{table}')")
