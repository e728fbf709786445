"""The picture of many effects: each with its interval, as measured and drawn towards the common mean."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from analytics.experiments.portfolio.meta_analysis import Pooled
from pages.format.numbers import rate
from pages.format.texts import text
from pages.plots.effect_axis import signed_ticks
from pages.svg.markup import Drawing
from pages.svg.row_marks import KeySign, MarkedRow, Symbol
from pages.svg.rows_picture import WIDE, RowScale, rows_picture

SYMBOLS: Mapping[str, Symbol] = {
    "better": "circle",
    "worse": "cross",
    "no_important_difference": "square",
    "too_small_to_say": "ring",
    "not_reported": "ring",
}


def forest_picture(frame: pl.DataFrame, mean: Pooled | None, width: float = WIDE) -> Drawing:
    """Return one row an experiment, the first at the top, and beneath them their mean where there is one.

    Columns: name, verdict (code), words (verdict in words), value, low, high, and shrunken, shrunken_low,
    shrunken_high (null where not pooled), per 100.
    """
    rows = [_row(row) for row in frame.iter_rows(named=True)]
    if mean is not None:
        rows.append(_mean(mean))
    ends = [end for row in rows for end in (row.dot, *(row.reach or ()), *(row.way or ()))]
    places, words = signed_ticks(ends)
    scale = RowScale((places[0], places[-1]), tuple(zip(places, words, strict=True)), text("experiments.forest.axis"))
    return rows_picture(rows, scale, width, _key() if any(row.beneath for row in rows) else ())


def _key() -> tuple[tuple[KeySign, str], ...]:
    return ("circle", text("experiments.forest.raw")), ("beneath", text("experiments.forest.shrunken"))


def _row(row: Mapping[str, Any]) -> MarkedRow:
    name = " · ".join(filter(None, (row["name"], row["words"])))
    drawn = None if row["shrunken"] is None else (row["shrunken"], (row["shrunken_low"], row["shrunken_high"]))
    reach = None if row["low"] is None else (row["low"], row["high"])
    said = _said(row["value"], row["low"], row["high"])
    return MarkedRow(name, said, row["value"], reach, symbol=SYMBOLS[row["verdict"]], beneath=drawn)


def _mean(mean: Pooled) -> MarkedRow:
    said = _said(mean.pooled, mean.low, mean.high)
    name = text("experiments.forest.mean")
    return MarkedRow(name, said, mean.pooled, (mean.low, mean.high), way=mean.prediction, symbol="diamond")


def _said(value: float, low: float | None, high: float | None) -> str:
    ends = "" if low is None else f" ({text('experiments.span', low=rate(low), high=rate(high))})"
    return rate(value) + ends
