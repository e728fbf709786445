"""What the exclusion page and `python -m analytics rate` ask: the figures a place has, and the place beside others."""

from dataclasses import dataclass, replace

import polars as pl

from analytics import regions
from analytics.exclusion import rates
from analytics.exclusion.rates import (
    Rate,
    View,
    as_rate,
    coverage,
    cross_section,
    edition_for,
    latest,
    rate_at,
    series,
)
from analytics.exclusion.similar_municipalities import named_beside
from analytics.regions import NATION
from data.catalogue import indicators
from data.settings import settings
from data.warehouse.connection import query


@dataclass(frozen=True)
class Subject:
    """The place an indicator can be shown for: the one asked for, or the county or nation it lies in.

    asked: the region asked for; region: the one that has figures; view: how it is read.
    """

    asked: str
    region: str
    view: View

    @property
    def stepped_up(self) -> bool:
        """Whether the indicator has no figures for the region asked for, so that its county or the nation stands in."""
        return self.asked != self.region


def loaded_indicators() -> tuple[str, ...]:
    """Return every indicator that has figures, the main one first."""
    loaded, main = coverage()["indicator"].unique().to_list(), settings().main_indicator.id
    return tuple(sorted(loaded, key=lambda name: (name != main, list(indicators()).index(name))))


def default_age(indicator: str) -> str:
    """Return the age group shown first; IndexError where no delivery has the indicator."""
    return ages_by_preference(indicator)[0]


def ages_by_preference(indicator: str) -> tuple[str, ...]:
    """Return every age group loaded: series before single points, then the main indicator's, then the youngest."""
    series_ages, main = age_groups(indicator), settings().main_indicator.age_group
    loaded = coverage().filter(pl.col("indicator") == indicator)["age_group"].unique()
    order = (main, "18-29", "15-29")
    return tuple(sorted(loaded, key=lambda age: (age not in series_ages, *(age != first for first in order), age)))


def age_groups(indicator: str) -> tuple[str, ...]:
    """Return the age groups that are series, the widest under 30 first where there is one."""
    rows = coverage().filter(pl.col("indicator") == indicator, pl.col("periods") > 2)
    return tuple(sorted(rows["age_group"].unique(), key=lambda age: (age != "15-29", age)))


def sexes(indicator: str, age_group: str) -> tuple[str, ...]:
    """Return the sexes loaded for an indicator and age group, both together first."""
    rows = coverage().filter(pl.col("indicator") == indicator, pl.col("age_group") == age_group)
    return tuple(sex for sex in ("both", "female", "male") if sex in set(rows["sex"]))


def subject(indicator: str, region: str, age_group: str, sex: str) -> Subject | None:
    """Return the place to show for a region: itself, its county, or the nation; None where none has figures."""
    for code in dict.fromkeys([region, regions.county_of(region) or region, NATION]):
        edition = edition_for(indicator, code, age_group, sex)
        if edition is not None:
            return Subject(region, code, View(indicator, age_group, sex, edition))
    return None


def nearest_subject(indicator: str, region: str, sex: str) -> Subject | None:
    """Return the place to show where no age group is asked for: of the age groups loaded, one nearest the region."""
    steps = [region, regions.county_of(region) or region, NATION]
    nearest: Subject | None = None
    for age in ages_by_preference(indicator):
        found = subject(indicator, region, age, sex)
        if found and (nearest is None or steps.index(found.region) < steps.index(nearest.region)):
            nearest = found
        if nearest and nearest.region == region:
            break  # nothing is nearer
    return nearest


def when(indicator: str, period: str) -> tuple[tuple[str, str], ...]:
    """Return a period as a fact of a non-answer, with how the indicator is counted, so that it is told in words."""
    return (("period", period), ("frequency", indicators()[indicator].frequency))


def at(found: Subject, period: str, level: str = "") -> Subject:
    """Return the subject in the edition it is compared in at a time, with the regions of a level (default its own)."""
    return replace(found, view=rates.at(found.view, found.region, period, level))


def periods(found: Subject) -> tuple[str, ...]:
    """Return the periods the subject has a row for, the newest first."""
    return tuple(series(found.view, (found.region,))["period"].unique().sort(descending=True))


def newest_of_municipalities(found: Subject) -> str | None:
    """Return the newest period municipalities have figures of what the subject shows; None where none ever had."""
    view = found.view
    rows = coverage().filter(indicator=view.indicator, age_group=view.age_group, sex=view.sex, level="municipality")
    return rows["last_period"].max()  # type: ignore[return-value]


def all_periods(indicator: str) -> tuple[str, ...]:
    """Return every period loaded for an indicator, the newest first."""
    return tuple(query("periods", indicator=indicator)["period"])


def in_persons(found: Subject) -> bool:
    """Return whether the source gives the subject's counts and neither shares nor populations."""
    rows = series(found.view, (found.region,))
    return not rows["value"].count() and not rows["population"].count() and bool(rows["count"].count())


def newest_count(found: Subject) -> Rate | None:
    """Return the subject's newest known count, with its share where there is one."""
    known = series(found.view, (found.region,)).drop_nulls("count").sort("period")
    return None if known.is_empty() else as_rate(known.row(-1, named=True))


def beside_codes(found: Subject, group: str) -> tuple[str, ...]:
    """Return the regions drawn beside the subject: `whole` (county and nation), `peers`, or nobody (`alone`)."""
    if group == "alone":
        return ()
    whole = [regions.county_of(found.region), NATION]
    codes = [code for code in whole if code] if group == "whole" else [*_peers(found), NATION]
    return tuple(code for code in dict.fromkeys(codes) if code != found.region)


def _peers(found: Subject) -> tuple[str, ...]:
    newest = series(found.view, (found.region,)).drop_nulls("value")["period"].max()
    return named_beside(found.view, found.region, str(newest)) if newest else ()


def trend_table(found: Subject, group: str) -> pl.DataFrame:
    """Return the subject and those beside it over time, joined from editions.

    Columns: `region_code, series` (name), `period, value, low, high, count, population, status, lower_bound, small,
    edition`.
    """
    codes = (found.region, *beside_codes(found, group))
    names = {code: regions.name_of(code) for code in codes}
    rows = _since_own(series(found.view, codes).drop("age_group", "sex"), found.region)
    order = pl.DataFrame({"region_code": list(codes), "place": range(len(codes))})
    named = rows.join(order, on="region_code").sort("place", "period").drop("place")
    return named.with_columns(pl.col("region_code").replace_strict(names).alias("series"))


def _since_own(rows: pl.DataFrame, region: str) -> pl.DataFrame:
    """Return the rows without what editions that do not hold the region say of the time before its first figure."""
    own = rows.filter(pl.col("region_code") == region)
    return rows.filter(pl.col("edition").is_in(own["edition"].implode()) | (pl.col("period") >= own["period"].min()))


def ranking_table(found: Subject, period: str, within: str) -> pl.DataFrame:
    """Return every region of the subject's level at one time, highest first, with interval and place in the order.

    within: `nation`, or `county` for the municipalities of the subject's county. Regions without a value stand last,
    without a rank. Columns: those of `series`, `name` and `rank`.
    """
    level = regions.level_of(found.region)
    rows = cross_section(found.view, period, level)
    if within == "county" and level == "municipality":
        county = regions.county_of(found.region)
        members = regions.current_regions().filter(pl.col("county") == county, pl.col("level") == level)["code"]
        rows = rows.filter(pl.col("region_code").is_in(members.implode()))
    names = regions.names()
    return rows.with_columns(
        pl.col("region_code").replace_strict(names, default=None).alias("name"),
        pl.col("value").rank("min", descending=True).cast(pl.Int64).alias("rank"),
    ).sort("value", "name", descending=[True, False], nulls_last=True)


def newest(found: Subject, group: str = "whole") -> Rate | None:
    """Return the subject's newest known rate."""
    return latest(trend_table(found, group), found.region)


def rate(found: Subject, period: str, region: str | None = None) -> Rate | None:
    """Return the subject's rate at one time, or another region's in the same view; None where there is no row."""
    code = region or found.region
    return rate_at(cross_section(found.view, period, regions.level_of(code)), code, period)


def other_editions(found: Subject, period: str) -> pl.DataFrame:
    """Return what other editions say else of the same indicator, age, sex and period.

    Columns: `region_code, value, status, edition`, a row a region. They stand beside the comparison, never in it.
    """
    return query("other_editions", period=period, **vars(found.view))
