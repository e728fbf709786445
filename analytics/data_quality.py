"""What is known of the quality of the data."""

import datetime as dt

import polars as pl

from data.catalogue import indicators
from data.period import Period
from data.warehouse.connection import query


def quality() -> pl.DataFrame:
    """Return how many cells there are by indicator and edition, and how many must be read with care.

    Columns: `indicator, edition, cells, suppressed, missing, lower_bounds, derived, preliminary`.
    """
    return query("quality")


def notices() -> pl.DataFrame:
    """Return what new editions changed: `indicator, new_edition, code` (corrected, withdrawn, finalised), `figures`."""
    return query("notices")


def figure_ages(region: str, today: dt.date) -> pl.DataFrame:
    """Return how old the newest figure of each indicator is, the newest first.

    Columns: `indicator, period` (the newest anywhere), `published` (by the edition that first had it), `period_here`
    (the newest of the region, null without any), `months` (whole months from the end of the period to today).
    """
    found = query("newest_figures", region=region)
    frequencies = {name: each.frequency for name, each in indicators().items()}
    months = [
        _months(Period.of(period, frequencies.get(indicator)).end, today)
        for indicator, period in found.select("indicator", "period").iter_rows()
    ]
    return found.with_columns(months=pl.Series(months, dtype=pl.Int64)).sort("months", "indicator")


def _months(end: dt.date, today: dt.date) -> int:
    return max(0, (today.year - end.year) * 12 + today.month - end.month)
