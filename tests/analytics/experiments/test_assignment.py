"""Inference stays at the level of assignment in designs over time, and starts mean what they say."""

import math

import numpy as np
import polars as pl
import pytest

from analytics.experiments import Design, evaluate
from analytics.experiments.errors import ExperimentError

DESIGN = Design(method="staggered", outcome="y")


def municipalities(starts: list[int], persons: int = 20, periods: int = 5) -> pl.DataFrame:
    """Persons inside municipalities that start together; no effect, but shocks shared within a municipality."""
    rng = np.random.default_rng(7)
    shocks = rng.normal(size=(len(starts), periods))
    return pl.DataFrame(
        [
            {"unit": f"p{k}-{i}", "cluster": f"k{k}", "period": t, "start": start, "y": shocks[k, t] + rng.normal()}
            for k, start in enumerate(starts)
            for i in range(persons)
            for t in range(periods)
        ]
    )


def test_few_treated_clusters_let_the_permutation_of_clusters_lead() -> None:
    found = evaluate(DESIGN, municipalities([2, 2, 0, 0, 0, 0, 0, 0]))
    ways = math.comb(8, 2)
    assert found.permutation_leads
    assert found.p == found.p_randomisation
    assert found.beside["randomisation"]["draws"] == ways
    assert found.p * ways == pytest.approx(round(found.p * ways))
    assert {"N02", "N08"} <= {note.code for note in found.notes}


def test_one_treated_unit_has_no_standard_error_and_the_least_p_is_told() -> None:
    found = evaluate(DESIGN, municipalities([2, 0, 0, 0, 0, 0], persons=1))
    facts = {note.code: dict(note.facts) for note in found.notes}
    assert (found.se, found.low, found.high) == (None, None, None)
    assert facts["E06"] == {"treated": 1, "control": 5}
    assert facts["N08"]["p"] == pytest.approx(1 / 6, abs=1e-4)


def test_starts_dealt_anew_are_counted_in_every_order_once() -> None:
    found = evaluate(DESIGN, municipalities([2, 3, 0, 0, 0], persons=1))
    assert found.beside["randomisation"]["draws"] == 5 * 4
    assert found.beside["randomisation"]["exact"]


def test_other_persons_in_each_period_are_compared_by_municipality() -> None:
    rng = np.random.default_rng(3)
    shocks = rng.normal(size=(6, 2)) / 2
    rows = [
        {"kommune": f"k{k}", "arm": "treatment" if k < 2 else "control", "period": t, "y": shocks[k, t] + rng.normal()}
        for k in range(6)
        for t in (0, 1)
        for _ in range(50)
    ]
    design = Design(method="before_after", cluster="kommune", outcome="y")
    by_cluster = pl.DataFrame(rows).group_by("kommune", "arm", "period").agg(pl.col("y").mean())
    means = evaluate(Design(method="before_after", unit="kommune", outcome="y"), by_cluster)
    found = evaluate(design, pl.DataFrame(rows))
    assert found.method == "changes_by_unit"
    assert found.p == found.p_randomisation == means.p_randomisation
    assert found.value == pytest.approx(means.value)


def test_a_unit_with_two_starts_is_refused() -> None:
    table = municipalities([2, 2, 2, 0, 0, 0], persons=1)
    table = table.with_columns(start=pl.when(pl.col("period") == 4).then(pl.col("start") * 2).otherwise("start"))
    with pytest.raises(ExperimentError) as caught:
        evaluate(DESIGN, table)
    assert (caught.value.code, caught.value.count) == ("E04", 3)


def test_a_misspelt_start_is_a_missing_column() -> None:
    table = municipalities([2, 2, 2, 0, 0, 0], persons=1).rename({"start": "first_treated"})
    with pytest.raises(ExperimentError) as caught:
        evaluate(Design(method="staggered", outcome="y", start="first_treat"), table)
    assert (caught.value.code, caught.value.meant) == ("E01", "first_treated")


def test_treated_from_the_first_period_only_is_e10_also_before_and_after() -> None:
    table = municipalities([2, 2, 0, 0], persons=1).with_columns(
        arm=pl.when(pl.col("start") > 0).then(pl.lit("treatment")).otherwise(pl.lit("control"))
    )
    for design, rows in (
        (DESIGN, table.with_columns(start=pl.when(pl.col("start") > 0).then(-1).otherwise(0))),
        (Design(method="before_after", outcome="y", start=0.0), table.drop("start")),
    ):
        with pytest.raises(ExperimentError) as caught:
            evaluate(design, rows)
        assert (caught.value.code, caught.value.count) == ("E10", 2)
        assert "p0-0" in caught.value.says("nb")
