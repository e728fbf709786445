"""The protected cells as files that `data add` takes up: CSV with a sidecar beside each, and the quarters of exits."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from data import i18n
from data.deliveries.edition_folder import as_toml
from data.deliveries.proposal import usual_of
from data.deliveries.read import Sidecar
from data.source_names import FLOWS, TABLE
from data.sources import canonical_table, transition_table
from data.spells.area import county_part

MOST_ROWS = 150_000  # of a file: what the door takes, with room to spare
_NAMES = {TABLE: "rates", FLOWS: "flows"}
UNSTATED = "not stated"  # whoever lets the figures out writes under which they are


@dataclass(frozen=True)
class DeliveryOrigin:
    """What the sidecars say of every file: whose records, the day of the build, and whether they are made up."""

    source: str
    day: str
    example: bool


def write(rows: Path, kind: str, folder: Path, origin: DeliveryOrigin) -> list[Path]:
    """Write rows in one of Innenfor's own layouts, a file for each county and as many years as it takes.

    rows: a folder of Parquet files with the layout's columns, read a county at a time.
    """
    if not any(rows.iterdir()):
        return []
    columns = canonical_table.COLUMNS if kind == TABLE else transition_table.COLUMNS
    every = pl.scan_parquet(rows / "*.parquet")
    regions = every.select(pl.col("region_code").unique()).collect()["region_code"]
    found = []
    for county in sorted({county_part(region) for region in regions}):
        members = [region for region in regions if county_part(region) == county]
        own = every.filter(pl.col("region_code").is_in(members)).collect()
        year = pl.col("period" if kind == TABLE else "cohort").str.head(4)
        placed = own.with_columns(_year=year).sort([name for name in columns if name in own.columns])
        for chunk in _chunks(placed):
            years = dict.fromkeys((chunk["_year"].min(), chunk["_year"].max()))
            file = folder / f"{'-'.join([_NAMES[kind], county, *map(str, years)])}.csv"
            told = [name if name in chunk.columns else pl.lit("").alias(name) for name in columns]
            chunk.select(told).write_csv(file)
            _write_sidecar(file, kind, origin)
            found.append(file)
    return found


def _chunks(rows: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Yield whole years together, as many as one file may hold."""
    waiting: list[pl.DataFrame] = []
    for _, year in rows.sort("_year", maintain_order=True).group_by("_year", maintain_order=True):
        if waiting and sum(each.height for each in waiting) + year.height > MOST_ROWS:
            yield pl.concat(waiting)
            waiting = []
        waiting.append(year)
    yield pl.concat(waiting)


def _write_sidecar(file: Path, kind: str, origin: DeliveryOrigin) -> None:
    usual = usual_of(origin.source)
    name, county, *years = file.stem.split("-")
    facts = {"place": county, "years": "–".join(years)}
    titles = {lang: i18n.say("data", lang, f"spells.title.{name}", **facts) for lang in i18n.LANGUAGES}
    mark = hashlib.sha256(file.read_bytes()).hexdigest()
    sidecar = Sidecar(
        file=file, adapter=kind, publisher=usual.name, table="", title=titles["nb"], title_en=titles["en"],
        source=usual.credit, published=origin.day[:7], accessed=origin.day, licence=UNSTATED,
        edition=f"spells-{file.stem}-{re.sub('-', '', origin.day)}", sha256=mark, url=usual.url,
        note_nb=i18n.say("data", "nb", "spells.note"), note_en=i18n.say("data", "en", "spells.note"),
        example=origin.example,
    )  # fmt: skip
    file.with_suffix(".toml").write_text(as_toml(sidecar), encoding="utf-8", newline="\n")
