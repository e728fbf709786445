"""Does a place's rate rise or fall? The trend over the years since the last break: no break is ever crossed."""

from dataclasses import dataclass

import polars as pl

from analytics import regions
from analytics.exclusion.comparisons import breaks_between
from analytics.exclusion.rates import series
from analytics.exclusion.subject import Subject
from analytics.results import NotEstimable
from analytics.statistics import TrendTest, trend_test
from data import i18n
from data.catalogue import indicators
from data.format.numbers import DECIMALS, per_hundred, points

_DECIMALS = DECIMALS["points"] + 1  # a step of one year is smaller than a change over several


@dataclass(frozen=True)
class Trend:
    """A region's trend from its first to its last known year in the newest series; `test` as `trend_test` gives it."""

    region: str
    first: str
    last: str
    preliminary: bool
    test: TrendTest

    def sentence(self, lang: str = "en") -> str:
        """Return the trend in words; one is claimed only where the test finds it at 5 per cent."""
        slope = self.test.slope
        near, far = sorted((abs(slope.low), abs(slope.high)))
        facts = {
            "place": regions.name_of(self.region), "first": self.first, "last": self.last,
            "size": points(abs(slope.estimate), _DECIMALS, lang),
            "low": per_hundred(near, _DECIMALS, lang), "high": per_hundred(far, _DECIMALS, lang),
        }  # fmt: skip
        direction = self.test.verdict.removeprefix("clearly_").removeprefix("somewhat_")
        keys = [direction, *(["preliminary"] if self.preliminary else [])]
        return " ".join(i18n.say("analytics", lang, f"trend.{key}", **facts) for key in keys)


def newest_trend(found: Subject) -> Trend | NotEstimable:
    """Return the trend of a subject's rate since the last break, unadjusted; a least and an unknown are left out.

    NotEstimable: the figures are not yearly counts of everybody (months have seasons, a sample another error, and a
    share without a population no size), or as `trend_test`.
    """
    definition = indicators()[found.view.indicator]
    rows = series(found.view, (found.region,)).sort("period")
    if definition.frequency != "year" or definition.sampled or rows["implied"].all():
        return NotEstimable("trend_not_yearly")
    known = rows.filter(
        ~pl.col("lower_bound") & ~pl.col("implied"), pl.col("count").is_not_null(), pl.col("population") > 0
    )
    if known.is_empty():
        return NotEstimable("no_events")
    last = str(known["period"][-1])
    newest = known.filter([not breaks_between(definition.id, period, last) for period in known["period"]])
    test = trend_test(newest["period"].cast(pl.Int64), newest["count"], newest["population"])
    if isinstance(test, NotEstimable):
        return test
    preliminary = newest["status"][-1] == "preliminary"
    return Trend(found.region, str(newest["period"][0]), last, bool(preliminary), test)
