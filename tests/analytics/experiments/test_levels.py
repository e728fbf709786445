"""The arms' own levels stand beside their difference, and give it."""

import numpy as np
import polars as pl
import pytest
from scipy import stats

from analytics.experiments import Design, evaluate
from analytics.experiments.reporting.evaluation import published


def persons(binary: bool = False) -> pl.DataFrame:
    rng = np.random.default_rng(8)
    school = np.repeat(np.arange(24), rng.integers(5, 15, 24))
    y = rng.normal(10, 2, len(school)) + school % 2
    return pl.DataFrame({
        "arm": np.where(school % 2, "new", "control"), "school": school, "y": (y > 10.5).astype(int) if binary else y,
        "block": school // 8, "e": (rng.random(len(school)) < 0.8).astype(int),
    })  # fmt: skip


def panel() -> pl.DataFrame:
    rng = np.random.default_rng(9)
    return pl.DataFrame(
        [(unit, year, "new" if unit % 2 else "control", rng.normal(unit % 3, 1) + (year > 2 and unit % 2))
         for unit in range(30) for year in (1, 2, 3, 4)], schema=["unit", "period", "arm", "y"], orient="row",
    )  # fmt: skip


DESIGNS = {
    "persons": (Design(outcome="y"), persons()), "shares": (Design(outcome="y"), persons(binary=True)),
    "blocks": (Design(outcome="y", block="block"), persons()),
    "clusters": (Design(outcome="y", cluster="school"), persons()),
    "few clusters": (Design(outcome="y", cluster="school"), persons().filter(pl.col("school") < 12)),
    "blocked clusters": (Design(outcome="y", cluster="school", block="block"), persons()),
    "durations": (Design(kind="duration", outcome="y", events="e"), persons()),
}  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("name", DESIGNS)
def test_one_level_less_the_other_is_the_effect(name) -> None:
    design, table = DESIGNS[name]
    if design.block is None:
        table = table.drop("block")
    if design.cluster is None:
        table = table.drop("school")
    found = evaluate(design, table)
    level = {line["arm"]: line["value"] for line in found.levels}
    assert level["new"] - level["control"] == pytest.approx(found.value)
    for line in found.levels:
        assert line["low"] is None or line["low"] < line["value"] < line["high"]


@pytest.mark.long
def test_before_and_after_the_levels_are_four() -> None:
    found = evaluate(Design(method="before_after", outcome="y", start=3), panel())
    level = {(line["arm"], line["at"]): line["value"] for line in found.levels}
    new, control = (level[arm, "after"] - level[arm, "before"] for arm in ("new", "control"))
    assert new - control == pytest.approx(found.value)


def test_limits_are_students_and_wilsons() -> None:
    table = persons().drop("school", "block")
    found = {line["arm"]: line for line in evaluate(Design(outcome="y"), table).levels}
    values = table.filter(pl.col("arm") == "new")["y"].to_numpy()
    reach = stats.t.interval(0.95, len(values) - 1, values.mean(), stats.sem(values))
    assert (found["new"]["low"], found["new"]["high"]) == pytest.approx(reach)
    counts = pl.DataFrame({"arm": ["control", "new"], "n": [80, 70], "events": [48, 56]})
    found = {line["arm"]: line for line in evaluate(Design(), counts).levels}
    wilson = stats.binomtest(56, 70).proportion_ci(method="wilson")
    assert (found["new"]["low"], found["new"]["high"]) == pytest.approx((100 * wilson.low, 100 * wilson.high))


def test_shown_levels_are_whole_percents_and_none_where_a_count_is_hidden() -> None:
    counts = pl.DataFrame({"arm": ["control", "new"], "n": [83, 71], "events": [48, 56]})
    assert [line["value"] for line in published(Design(), counts).levels] == pytest.approx([58, 79])
    assert published(Design(), counts.with_columns(events=pl.Series([3, 56]))).levels == ()
    flow = pl.DataFrame({"arm": ["control", "new"], "assigned": [85, 90], "measured": [83, 71]})
    found = published(Design(), counts, flow)
    assert found.levels == published(Design(), counts).levels
    assert found.flow == {"assigned": {"new": 90}, "measured": {"control": 83, "new": 71}}
