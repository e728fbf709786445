"""Panels with holes: who shows a change counts, in weights, degrees of freedom and the permutation; and who moves."""

import numpy as np
import polars as pl
import pytest

from analytics.experiments import Design, evaluate
from analytics.experiments.errors import ExperimentError


def codes(found) -> dict[str, dict[str, object]]:
    return {note.code: dict(note.facts) for note in found.notes}


def _starting_late(seed: int = 3) -> pl.DataFrame:
    """Return units that start in 3, in 5 or never; what starts in 5 rises by 3."""
    rng, unit, period = np.random.default_rng(seed), np.repeat(np.arange(60), 6), np.tile(np.arange(1, 7), 60)
    start = np.array([0, 3, 5])[unit % 3]
    y = rng.normal(size=360) + 3 * ((start == 5) & (period >= 5))
    return pl.DataFrame({"unit": unit, "period": period, "start": start, "y": y})


def test_units_first_measured_after_their_start_do_not_weigh_their_group() -> None:
    table, design = _starting_late(), Design(method="staggered", outcome="y", draws=99)
    unseen = (pl.col("start") == 5) & (pl.col("unit") < 40)
    found = evaluate(design, table.filter(~(unseen & (pl.col("period") < 5))))
    without = evaluate(design, table.filter(~unseen))
    assert (found.value, found.se, found.df, found.n) == (without.value, without.se, without.df, without.n)
    assert codes(found)["E10"] == {"count": 13, "names": "11, 14, 17, 2, 20"}
    gone = table.filter((pl.col("start") == 0) | (pl.col("period") >= pl.col("start")))
    with pytest.raises(ExperimentError) as caught:
        evaluate(design, gone)
    assert (caught.value.code, caught.value.count) == ("E10", 40)


@pytest.mark.parametrize("method", ["staggered", "before_after"])
def test_a_unit_that_moves_to_another_cluster_is_refused(method) -> None:
    table = _starting_late().filter(pl.col("start") != 3)
    if method == "before_after":
        table = table.with_columns(arm=(pl.col("start") > 0).cast(int), start=pl.lit(5))
    home = (pl.col("unit") // 6 * 10 + pl.col("unit") % 3).cast(pl.String)
    moved = pl.when((pl.col("unit") == 2) & (pl.col("period") > 3)).then(pl.lit("92")).otherwise(home)
    design = Design(method=method, outcome="y", cluster="office", draws=99)
    assert evaluate(design, table.with_columns(office=home)).value is not None
    with pytest.raises(ExperimentError) as caught:
        evaluate(design, table.with_columns(office=moved))
    assert (caught.value.code, caught.value.column, caught.value.found) == ("unit_clusters", "office", "2")


def test_units_without_the_period_before_their_start_leave_the_few_others_to_the_permutation() -> None:
    """They showed no change and counted all the same: of 24 treated, 5 tell of the effect."""
    rng, unit, period = np.random.default_rng(4), np.repeat(np.arange(48), 6), np.tile(np.arange(1, 7), 48)
    start = np.where(unit % 2 == 1, 3, 0)
    table = pl.DataFrame({"unit": unit, "period": period, "start": start, "y": rng.normal(size=288)})
    unseen = (pl.col("start") == 3) & (pl.col("unit") >= 10)
    design = Design(method="staggered", outcome="y", draws=99)
    found = evaluate(design, table.filter(~(unseen & (pl.col("period") == 2))))
    without = evaluate(design, table.filter(~unseen))
    assert (found.value, found.p_randomisation, found.n) == (without.value, without.p_randomisation, without.n)
    assert (found.permutation_leads, codes(found)["N02"]) == (True, {"treated": 5, "control": 24})
    assert evaluate(design, table).permutation_leads is False


def test_degrees_of_freedom_count_who_tells_of_the_effect() -> None:
    """Of 60 never treated, 40 are measured in the last period alone."""
    table = _starting_late().with_columns(unit=pl.col("unit"), start=pl.when(pl.col("start") > 0).then(5).otherwise(0))
    more = pl.DataFrame({"unit": np.arange(100, 140), "period": np.full(40, 6), "start": np.zeros(40, dtype=int),
                         "y": np.random.default_rng(1).normal(size=40)})  # fmt: skip
    design = Design(method="staggered", outcome="y")
    found = evaluate(design, pl.concat([table, more], how="vertical_relaxed"))
    alone = evaluate(design, table)
    assert (found.value, found.se) == pytest.approx((alone.value, alone.se))
    assert found.df == pytest.approx(alone.df)
