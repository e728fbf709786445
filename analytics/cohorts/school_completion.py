"""Completing and leaving upper secondary beside the same birth years' later share outside, county by county.

Counties merged in 2020. Counts of old counties are summed to today's; shares never averaged: a share of the sum is only
known within what rounding leaves open. Where a number does not exist on today's borders, it stands on the old ones.
"""

from dataclasses import dataclass
from functools import cache
from typing import Annotated

import numpy as np
import polars as pl

from analytics.cohorts.tables import INDICATOR, break_years, cohort_frame
from analytics.errors import StatisticsInputError
from analytics.exclusion.comparability import SumTerm, addable
from analytics.results import NotEstimable
from data import paths
from data.catalogue import region_names, regions
from data.period import first_year
from data.region import Region
from data.toml import Text, read_toml, within
from data.warehouse.connection import query

COMPLETED, QUIT = "upper_secondary_completed", "upper_secondary_quit"
LATER_AGES = ("20-24", "25-29")


@dataclass(frozen=True)
class AssumedAge:
    """The age at which a school figure catches a cohort, and the ages it may be instead."""

    age: Annotated[int, within(0, 99)]
    low: Annotated[int, within(0, 99)]
    high: Annotated[int, within(0, 99)]
    evidence: Text


@dataclass(frozen=True)
class Rounding:
    """With how many decimals shares 0–1 are published."""

    decimals: Annotated[int, within(0, 15)]


@dataclass(frozen=True)
class Assumptions:
    """What `school_completion.toml` holds."""

    upper_secondary_completed: AssumedAge
    upper_secondary_quit: AssumedAge
    rounding: Rounding

    def ages(self) -> dict[str, int]:
        """Return the assumed age by indicator."""
        return {COMPLETED: self.upper_secondary_completed.age, QUIT: self.upper_secondary_quit.age}


@dataclass(frozen=True)
class SchoolPath:
    """Upper secondary beside what came later, for a county of today and the counties it was made of.

    school: indicator, region_code, region_name, borders (`then`, `today`, `summed`), year (the year the school year
    ends), count, share, share_low, share_high (what rounding leaves open), born (assumed middle birth year). later:
    the same rows joined with later_age, later_year, later_share, later_low, later_high, later_era (breaks before the
    year): the share outside of the five birth years around `born`; null where the year is not in the data. These are
    the same birth years in the same place, not the same persons, and no cause is shown. `editions` are by indicator.
    `assumed_age` is the age the school figures are taken to be about, by indicator. `old`: the counties it was made of;
    `same_area`: they cover the same area as today's county, so that they may be added and followed. Where some
    municipalities moved between counties they are not, and the old counties' later shares are unknown.
    """

    county: str
    sex: str
    assumed_age: dict[str, int]
    school: pl.DataFrame
    later: pl.DataFrame
    editions: dict[str, str]
    old: tuple[str, ...]
    same_area: bool


def school_path(county: str, sex: str = "both") -> SchoolPath | NotEstimable:
    """Return the school path of a county of today. NotEstimable: no school figures for it or its old counties."""
    today = regions().filter((pl.col("level") == "county") & pl.col("current") & (pl.col("code") == county))
    if today.is_empty():
        raise StatisticsInputError("county", repr(county), "county_today")
    old = today["predecessors"][0].to_list()
    rows = query("cohort_school_rows", regions=[county, *old], sex=sex)
    if rows.is_empty():
        return NotEstimable("no_school_figures", (("region", region_names()[county]),))
    same = same_area(county, old)
    summed = _summed(rows, county, old) if same and len(old) > 1 else []
    school = pl.concat([_published(rows), *summed]).sort("indicator", "borders", "region_code", "year")
    later = _later(school, _outside(county, old if same else [], sex))
    ages = assumptions().ages()
    editions = dict(rows.select("indicator", "edition").iter_rows()) | _outside_edition(sex)
    return SchoolPath(county, sex, ages, school, later, editions, tuple(old), same)


def same_area(county: str, old: list[str]) -> bool:
    """Return whether a county of today covers exactly the counties it was made of: no municipality went in or out."""
    current = regions().filter(pl.col("current"))
    counties = current.filter(pl.col("level") == "county").select("code", "predecessors").rows()
    before = {code for _, codes in counties for code in codes} | {code for code, codes in counties if not codes}
    for member in current.filter(pl.col("level") == "municipality").iter_rows(named=True):
        came_from = {Region.of(code).county for code in member["predecessors"]} & before
        if came_from - set(old) if member["county"] == county else came_from & set(old):
            return not old
    return True


@cache
def assumptions() -> Assumptions:
    """Return the assumed ages of `school_completion.toml`."""
    return read_toml(paths.ANALYTICS / "cohorts" / "school_completion.toml", Assumptions)


def combined_share(counts: list[int], shares: list[float], decimals: int) -> tuple[float, float]:
    """Return the lowest and highest share of a sum of groups whose counts are known and whose shares are rounded.

    Each group's size is its count ÷ share, which rounding leaves open: the sum of counts over the largest and over the
    smallest sizes that are whole numbers. The mean of the shares is another number and is never used.
    """
    half = 0.5 * 10.0**-decimals
    sizes = [_sizes(count, share, half) for count, share in zip(counts, shares, strict=True)]
    total = sum(counts)
    return total / sum(high for _, high in sizes), min(total / sum(low for low, _ in sizes), 1.0)


def _sizes(count: int, share: float, half: float) -> tuple[float, float]:
    low, high = count / min(share + half, 1.0), count / max(share - half, 1e-12)
    whole = np.ceil(low - 1e-9), np.floor(high + 1e-9)
    return (float(whole[0]), float(whole[1])) if whole[0] <= whole[1] else (low, high)


def _published(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows as published; a school year is named by the year it ends."""
    half = 0.5 * 10.0 ** -assumptions().rounding.decimals
    start = first_year()
    ends = start + pl.when(pl.col("period").str.len_chars() > 4).then(1).otherwise(0).cast(pl.Int32)
    ages = assumptions().ages()
    return rows.select(
        "indicator",
        "region_code",
        pl.col("region_code").replace_strict(region_names()).alias("region_name"),
        pl.when("borders_of_today").then(pl.lit("today")).otherwise(pl.lit("then")).alias("borders"),
        ends.alias("year"),
        "count",
        pl.col("value").alias("share"),
        (pl.col("value") - half).clip(0, 1).alias("share_low"),
        (pl.col("value") + half).clip(0, 1).alias("share_high"),
        (ends - pl.col("indicator").replace_strict(ages, return_dtype=pl.Int32)).alias("born"),
    )


def _summed(rows: pl.DataFrame, county: str, old: list[str]) -> list[pl.DataFrame]:
    """Return completion on today's borders, in years in which every old county has both count and share."""
    wanted = _published(rows).filter(
        (pl.col("indicator") == COMPLETED) & pl.col("region_code").is_in(old) & pl.col("count").is_not_null()
        & pl.col("share").is_not_null()
    )  # fmt: skip
    decimals = assumptions().rounding.decimals
    made = []
    for (year,), parts in wanted.group_by("year", maintain_order=True):
        if old and sorted(parts["region_code"]) == sorted(old):
            low, high = combined_share(parts["count"].to_list(), parts["share"].to_list(), decimals)
            total = int(parts["count"].sum())
            facts = [
                COMPLETED,
                county,
                region_names()[county],
                "summed",
                year,
                total,
                None,
                low,
                high,
                parts["born"][0],
            ]
            made.append(pl.DataFrame([facts], schema=parts.schema, orient="row"))
    return made


def _outside(county: str, old: list[str], sex: str) -> pl.DataFrame:
    """Return the share outside by region, age and year: the county itself, and old counties from whole municipalities.

    An old county is the sum of today's municipalities all of whose predecessors lay in it; it is left unknown where a
    municipality was made from two of the counties.
    """
    everywhere = query("cohort_rows_everywhere", indicator=INDICATOR, sex=sex, edition=None)
    members = regions().filter((pl.col("level") == "municipality") & pl.col("current") & (pl.col("county") == county))
    tables = [everywhere.filter(pl.col("region_code") == county)]
    for code in old:
        inside = [row["code"] for row in members.iter_rows(named=True) if _lay_in(row["predecessors"], old) == {code}]
        if inside and not any(len(_lay_in(row["predecessors"], old)) > 1 for row in members.iter_rows(named=True)):
            addable([SumTerm(INDICATOR, member, sex=sex) for member in inside])
            tables.append(_sum_of(everywhere.filter(pl.col("region_code").is_in(inside)), code, len(inside)))
    frames = [
        cohort_frame(rows, yearly=True, breaks=break_years()).select(
            pl.lit(rows["region_code"][0]).alias("region_code"), pl.all()
        )
        for rows in tables
        if rows.height
    ]
    return pl.concat(frames)


def _outside_edition(sex: str) -> dict[str, str]:
    rows = query("cohort_rows_everywhere", indicator=INDICATOR, sex=sex, edition=None)
    return {INDICATOR: str(rows["edition"][0])} if rows.height else {}


def _lay_in(predecessors: list[str], old: list[str]) -> set[str]:
    return {county for code in predecessors if (county := Region.of(code).county) in old}


def _sum_of(rows: pl.DataFrame, code: str, members: int) -> pl.DataFrame:
    unknown = pl.col("count").null_count() + pl.col("parts_missing").filter(pl.col("count").is_not_null()).sum()
    return (
        rows.group_by("year", "age_group", "sex", maintain_order=True)
        .agg(
            pl.col("count").sum(),
            pl.col("population").sum(),
            pl.lit("final").alias("status"),
            (unknown + members - pl.len()).cast(pl.Int64).alias("parts_missing"),
        )
        .with_columns(region_code=pl.lit(code))
    )


def _later(school: pl.DataFrame, outside: pl.DataFrame) -> pl.DataFrame:
    """Return the school rows with the later share outside at each age, in the year when `born` is the middle."""
    later = outside.filter(pl.col("age_group").is_in(LATER_AGES)).select(
        "region_code",
        born=(pl.col("born_first") + pl.col("born_last")) // 2,
        later_age="age_group",
        later_year="year",
        later_share="share",
        later_at_least="share_at_least",
        later_low="low",
        later_high="high",
        later_era="era",
    )
    return school.join(later, on=["region_code", "born"], how="left").sort(
        "indicator", "region_code", "year", "later_age"
    )
