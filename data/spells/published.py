"""From counted cells to the files that are published: all that leaves goes through the protection here."""

import shutil
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import polars as pl

from data.flow_states import states
from data.source_names import FLOWS, TABLE
from data.spells import cells, files
from data.spells.kept_rounding import KeptRounding
from data.spells.rules import BOTH, Rules, lookups
from data.spells.steps import Counted

QUARTERS = ("first_quarter", "half", "third_quarter")


@dataclass(frozen=True)
class Publication:
    """Counted cells and what they are published by: the told places, the rules, and what was drawn before."""

    counted: Counted
    margin: pl.DataFrame
    by: Rules
    kept: KeptRounding

    def write(self, folder: Path, origin: files.DeliveryOrigin) -> tuple[list[Path], Path]:
        """Write the deliveries with their sidecars, and the quarters of exits; return where they lie.

        Rows wait on disk, month by month, beside the folder: of a whole nation they are more than memory should hold.
        """
        waiting = folder.with_name("rows")
        shutil.rmtree(waiting, ignore_errors=True)
        for name in (TABLE, FLOWS):
            (waiting / name).mkdir(parents=True)
        large: dict[int, pl.Series] = {}
        for month in sorted(self.counted.rates):
            self._write_rates(month, large, waiting / TABLE)
        for year in self.counted.starters:
            self._write_flows(year, large[year], waiting / FLOWS)
        deliveries = [each for name in (TABLE, FLOWS) for each in files.write(waiting / name, name, folder, origin)]
        shutil.rmtree(waiting)
        return deliveries, self._quarters(folder)

    def _write_rates(self, month: int, large: dict[int, pl.Series], target: Path) -> None:
        sides = {name: states()[name].side for name in self.by.states}
        counted = read(self.counted.rates[month])
        rows = cells.rate_rows(counted, month_code(month), self.margin, self.by, self.kept, sides)
        if month // 12 not in large:
            enough = pl.col("population") >= self.by.detailed_from
            large[month // 12] = rows.filter(self._is_whole() & enough)["region_code"].unique()
        told = self._worth_detail(rows, large[month // 12])
        dated = told.with_columns(period=pl.lit(month_code(month)), status=pl.lit("final"))
        dated.write_parquet(target / f"{month}.parquet")

    def _write_flows(self, year: int, large: pl.Series, target: Path) -> None:
        after = {months: read(own) for (its, months), own in self.counted.after.items() if its == year}
        exits = read(self.counted.exits[year]) if year in self.counted.exits else None
        starters = read(self.counted.starters[year])
        rows = cells.flow_rows(starters, after, exits, year, self.margin, self.by, self.kept)
        if rows.height:
            told = self._worth_detail(rows, large).with_columns(cohort=pl.lit(str(year)), status=pl.lit("final"))
            told.write_parquet(target / f"{year}.parquet")

    def _is_whole(self) -> pl.Expr:
        return (pl.col("age_group") == self.by.whole_age) & (pl.col("sex") == BOTH)

    def _worth_detail(self, rows: pl.DataFrame, large: pl.Series) -> pl.DataFrame:
        """Return rows without the ages and sexes of municipalities too small for them in the year's first month."""
        county = pl.col("region_code").str.len_chars() < 4
        return rows.filter(self._is_whole() | county | pl.col("region_code").is_in(large.implode()))

    def _quarters(self, folder: Path) -> Path:
        """Write by when a quarter, half and three quarters had left, no finer than the flows; large groups alone."""
        names = dict(enumerate(self.by.states, start=1))
        by_when = dict(lookups(self.by)["exit_span"].iter_rows())
        told = partial(pl.Expr.replace_strict, old=by_when, default=None, return_dtype=pl.Int32)
        columns = ["place", "cohort", "age_group", "sex", "origin"]
        found = [
            read(file).with_columns(cohort=pl.lit(str(year))).filter(pl.col("starters") >= self.by.quantiles_from)
            for year, file in self.counted.quantiles.items()
        ]
        nobody = dict.fromkeys(columns, pl.String) | dict.fromkeys(("origin", *QUARTERS), pl.Int32)
        rows = pl.concat(found) if found else pl.DataFrame(schema=nobody)
        named = rows.with_columns(
            pl.col("origin").replace_strict(names, return_dtype=pl.String), *[told(pl.col(name)) for name in QUARTERS]
        )
        target = folder / "quarters" / "exit_quarters.csv"
        target.parent.mkdir()
        named.select(*columns, *QUARTERS).rename({"place": "region_code"}).sort(
            ["region_code", *columns[1:]]
        ).write_csv(target)
        return target


def month_code(month: int) -> str:
    """Return a month that is a whole number as it is written: `2019-01`."""
    return f"{month // 12}-{month % 12 + 1:02}"


def read(path: Path) -> pl.DataFrame:
    """Return counted cells, from one file or from a folder of them."""
    return pl.read_parquet(path / "*.parquet" if path.is_dir() else path)
