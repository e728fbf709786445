"""A small place's last years together, where one year alone is of too few persons."""

from dataclasses import dataclass

import polars as pl

from analytics.exclusion.rates import Rate, View, series
from analytics.results import Interval, NotEstimable
from analytics.statistics import wilson_interval
from data.catalogue import indicators

YEARS = 3


@dataclass(frozen=True)
class PooledYears:
    """Years together: `count` of `person_years`, both summed, and the share 0–1 with its 95 % interval."""

    first: str
    last: str
    count: int
    person_years: int
    share: Interval


def pooled_years(view: View, newest: Rate, least: int, years: int = YEARS) -> PooledYears | NotEstimable:
    """Return a place's figures for its `years` newest years together.

    Only figures that are published are added, so nothing withheld is told. The interval is Wilson's for the mean of a
    year among the persons of a year: the same persons may be outside in all of them, and three years are then no more
    than one. It is never too narrow for that. NotEstimable where the figures are not of years, where one is unknown,
    where a break lies between them, or where they are still of fewer than `least`.
    """
    found = indicators()[view.indicator]
    if found.frequency != "year" or found.sampled:
        return NotEstimable("pooled_not_yearly")
    last = int(newest.period)
    first, wanted = str(last - years + 1), [str(last - back) for back in range(years)]
    if any(first < point.at <= newest.period for point in found.breaks):
        return NotEstimable("pooled_break", (("first", first), ("last", newest.period)))
    rows = series(view, (newest.region,)).filter(pl.col("period").is_in(wanted), ~pl.col("lower_bound"))
    known = rows.drop_nulls(["count", "population"])
    if known.height < years:
        return NotEstimable("pooled_unknown", (("first", first), ("last", newest.period)))
    count, persons = int(known["count"].sum()), int(known["population"].sum())
    if count < least:
        return NotEstimable("pooled_few", (("first", first), ("last", newest.period), ("least", least)))
    share = wilson_interval(count / years, persons / years)
    return share if isinstance(share, NotEstimable) else PooledYears(first, newest.period, count, persons, share)
