"""A warehouse of invented figures, written by the tests: every region of today, two years, strata by age and sex."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import polars as pl

from data import catalogue
from data.warehouse import connection, pointer
from data.warehouse.tables import region_table

EDITION = "invented-1"
ONE_EDITION = MappingProxyType({EDITION: "invented"})
AGES = ("20-24", "25-29", "15-29")
_EDITION_TEXTS = [
    "source",
    "publisher",
    "table_id",
    "title",
    "citation",
    "url",
    "file",
    "sha256",
    "published",
    "accessed",
    "licence",
    "note_nb",
    "note_en",
    "adapter",
    "adapter_version",
    "loaded_at",
]


def built(folder: Path, rows: pl.DataFrame, published: Mapping[str, str] = ONE_EDITION) -> None:
    """Write observations (`indicator, region_code, period, age_group, sex, count, population, status`) as a build.

    published: when each edition came out; where there are several, the rows name theirs in `edition`.
    """
    value = pl.col("count") / pl.col("population")
    given = rows if "edition" in rows.columns else rows.with_columns(edition=pl.lit(EDITION))
    if "value" not in given.columns:
        given = given.with_columns(value=value)
    tables = {"edition": _editions(published, rows.height), "region": region_table(), "observation": given}
    folder.mkdir(exist_ok=True)
    connection.write(folder / "innenfor-small.duckdb", tables)
    pointer.point_to(folder, pointer.Build("small", "innenfor-small.duckdb", "2026-01-01"))


def invented() -> pl.DataFrame:
    """Return figures of the register for all municipalities and the nation: those aged 25–29 stand outside most."""
    codes = catalogue.regions().filter(pl.col("level") == "municipality", pl.col("current"))["code"].sort().to_list()
    rows = [
        _row(code, period, age, sex, share, size * (1 + place % 40))
        for place, code in enumerate(codes)
        for period in ("2023", "2024")
        for sex, size in (("female", 90), ("male", 110))
        for age, share in (("20-24", 0.10), ("25-29", 0.14), ("15-29", 0.30))
    ]
    parts = pl.DataFrame(rows)
    both = parts.group_by("indicator", "region_code", "period", "age_group", "status", maintain_order=True).agg(
        pl.col("count", "population").sum(), sex=pl.lit("both")
    )
    every = pl.concat([parts, both.select(parts.columns)])
    nation = every.group_by("indicator", "period", "age_group", "sex", "status", maintain_order=True).agg(
        pl.col("count", "population").sum(), region_code=pl.lit("0")
    )
    return pl.concat([every, nation.select(every.columns)])


def _row(code: str, period: str, age: str, sex: str, share: float, people: int) -> dict[str, object]:
    return {
        "indicator": "neet_register",
        "region_code": code,
        "period": period,
        "age_group": age,
        "sex": sex,
        "count": round(share * people),
        "population": people * (3 if age == "15-29" else 1),
        "status": "final",
    }


def _editions(published: Mapping[str, str], rows: int) -> pl.DataFrame:
    texts = dict.fromkeys(_EDITION_TEXTS, "invented") | {"example": True, "row_count": rows}
    return pl.DataFrame([{"edition": name, **texts, "published": day} for name, day in published.items()])
