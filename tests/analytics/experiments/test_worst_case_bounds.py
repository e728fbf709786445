"""Small counts of designs over time: no estimate tells them, and the band holds every value they could give."""

import itertools
from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl
import pytest

from analytics.experiments import Design, evaluate
from analytics.experiments.reporting.disclosure_control import protected
from analytics.experiments.reporting.evaluation import published

BEFORE_AFTER = Design(method="before_after")
BY_UNIT = Design(method="before_after", unit="unit", start=2.0)
STAGGERED = Design(method="staggered", unit="unit", start="start", comparison="not_yet", aggregation="dynamic")


def cells(small: tuple[int, int]) -> pl.DataFrame:
    """Two arms before and after; the treated before and the control after are small."""
    return pl.DataFrame(
        {"arm": ["control", "control", "new", "new"], "period": [0, 1, 0, 1], "n": [61, 59, 53, 47],
         "events": [20, small[0], small[1], 30]}
    )  # fmt: skip


def offices(small: tuple[int, int], kind: str) -> pl.DataFrame:
    rng = np.random.default_rng(4)
    starts = {"a": 2, "b": 2, "c": 3, "d": 0, "e": 0, "f": 0}
    rows = [
        {"unit": name, "period": t, "start": start, "n": int(rng.integers(30, 60)), "events": int(rng.integers(6, 20))}
        for name, start in starts.items()
        for t in range(4)
    ]
    rows[0]["events"], rows[-1]["events"] = small
    table = pl.DataFrame(rows)
    treated = pl.when(pl.col("start") > 0).then(pl.lit("new")).otherwise(pl.lit("control"))
    return table if kind == "staggered" else table.with_columns(arm=treated).drop("start")


TABLES = {
    "cells": (BEFORE_AFTER, cells),
    "units": (BY_UNIT, lambda small: offices(small, "before_after")),
    "staggered": (STAGGERED, lambda small: offices(small, "staggered")),
}


@pytest.mark.long
@pytest.mark.parametrize("name", TABLES)
def test_tables_that_differ_only_in_small_counts_are_published_alike_over_time(name: str) -> None:
    design, table = TABLES[name]
    told = {str(published(design, table(small)).as_json()) for small in itertools.product((1, 2, 4), repeat=2)}
    assert len(told) == 1


@pytest.mark.long
@pytest.mark.parametrize("name", TABLES)
def test_the_band_reaches_from_the_least_to_the_largest_effect_the_hidden_counts_allow(name: str) -> None:
    design, table = TABLES[name]
    found = published(design, table((2, 2)))
    values = [evaluate(design, table(small)).value for small in itertools.product(range(1, 5), repeat=2)]
    band = next(dict(item.facts) for item in found.notes if item.code == "N04")
    assert (found.value, found.by_time) == (None, ())
    assert (band["low"], band["high"]) == (round(min(values), 1), round(max(values), 1))
    assert found.low < min(values) < max(values) < found.high


@pytest.mark.parametrize("name", TABLES)
def test_a_starred_cell_before_the_start_is_filled_the_way_it_pulls(name: str) -> None:
    design, table = TABLES[name]
    marked = table((2, 2)).with_columns(
        events=pl.when(pl.col("events") < 5).then(pl.lit("*")).otherwise(pl.col("events").cast(pl.String))
    )
    found, hidden = evaluate(design, marked), published(design, table((2, 2)))
    assert (found.low, found.high, found.p) == (hidden.low, hidden.high, None)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_over_time_without_small_counts_keeps_its_effect(name: str) -> None:
    design, table = TABLES[name]
    assert published(design, table((7, 8))) == protected(evaluate(design, table((7, 8))), design.hidden_below)


@pytest.mark.long
@pytest.mark.parametrize("name", TABLES)
def test_a_design_cannot_show_more_than_the_strictest_source_does(name: str) -> None:
    design, table = TABLES[name]
    lax = replace(design, hidden_below=2)
    told = [published(lax, table(small)).as_json() for small in itertools.product((1, 2, 4), repeat=2)]
    strict = [published(design, table(small)).as_json() for small in itertools.product((1, 2, 4), repeat=2)]
    assert [_answer(each) for each in told] == [_answer(each) for each in strict]


def _answer(told: dict[str, Any]) -> dict[str, Any]:
    return {key: told[key] for key in ("value", "low", "high", "p", "n", "notes") if key in told}


def test_a_design_that_hides_less_than_the_sources_tells_no_arm_of_a_few() -> None:
    table = pl.DataFrame({"arm": ["control", "new"], "n": [61, 3], "mean": [20.0, 31.5], "sd": [2.0, 3.0]})
    assert published(Design(hidden_below=2), table).n == {"control": 61}


def test_counts_are_hidden_also_where_the_design_calls_them_numbers() -> None:
    table = pl.DataFrame({"arm": ["control", "new"], "n": [61, 47], "events": [20, 3]})
    assert published(Design(kind="number"), table).value is None


def test_an_arm_of_a_few_persons_tells_no_mean() -> None:
    table = pl.DataFrame({"arm": ["control", "new"], "n": [61, 3], "mean": [20.0, 31.5], "sd": [2.0, 3.0]})
    found = published(Design(), table)
    assert (found.value, found.low, found.n) == (None, None, {"control": 61})


@pytest.mark.long
def test_persons_followed_over_time_tell_no_effect_of_a_few() -> None:
    rows = [
        {"id": f"{arm}{i}", "arm": arm, "period": t, "y": int(i < (12 if t == 0 or arm == "control" else 38))}
        for arm in ("control", "new")
        for i in range(40)
        for t in (0, 1)
    ]
    design = Design(method="before_after", unit="id", outcome="y")
    assert published(design, pl.DataFrame(rows)).value is None
    fewer = pl.DataFrame([{**row, "y": int(row["y"] and row["id"][-1] != "0")} for row in rows])
    assert published(design, fewer).value is not None
