"""Who are they? Immigrants and others outside in one place, beside each other: one edition at one time, never a sum."""

from dataclasses import dataclass

import polars as pl

from analytics import regions
from analytics.exclusion.comparisons import Comparison, Gap, against, gap_in_persons
from analytics.exclusion.rates import Rate, View, edition_for, rate_at, series
from analytics.exclusion.subject import Subject, when
from analytics.results import NotEstimable

IMMIGRANTS, OTHERS = "neet_register_immigrants", "neet_register_others"
ASKED_OF = ("neet_register", IMMIGRANTS, OTHERS)
"""The indicators that count those outside by registers: only they can be told apart by origin."""


@dataclass(frozen=True)
class ByOrigin:
    """Immigrants beside others in one place at one time, and over time.

    view: how immigrants are read at that time; others in the same edition, age group and sex. comparison: immigrants
    minus others, as two places are compared; gap: persons between the immigrants' level and the others'.
    rows: the columns of `series` and `indicator`, over all periods.
    """

    view: View
    immigrants: Rate
    others: Rate
    comparison: Comparison
    gap: Gap
    rows: pl.DataFrame


def by_origin(found: Subject, period: str) -> ByOrigin | NotEstimable:
    """Return a subject's place by origin at one time.

    NotEstimable: another indicator than those of the registers, an age group or sex nobody has published by origin,
    or no row for the period.
    """
    if found.view.indicator not in ASKED_OF:
        return NotEstimable("origin_not_for_indicator")
    age, sex, region = found.view.age_group, found.view.sex, found.region
    edition, other = (edition_for(indicator, region, age, sex) for indicator in (IMMIGRANTS, OTHERS))
    if edition is None or other is None:
        return NotEstimable("origin_not_for_group")
    both = {each: series(View(each, age, sex, edition), (region,)) for each in (IMMIGRANTS, OTHERS)}
    mine, theirs = (rate_at(rows, region, period) for rows in both.values())
    comparison = None if mine is None else against(mine, theirs, "origin", {})
    if mine is None or theirs is None or comparison is None:
        return NotEstimable("rate_no_row", (("region", regions.name_of(region)), *when(IMMIGRANTS, period)))
    if mine.edition != theirs.edition:
        return NotEstimable("origin_not_for_group")
    view = View(IMMIGRANTS, age, sex, mine.edition)
    named = [frame.with_columns(indicator=pl.lit(each)) for each, frame in both.items()]
    rows = pl.concat(named, how="vertical_relaxed")
    return ByOrigin(view, mine, theirs, comparison, gap_in_persons(mine, comparison), rows)
