"""Covariates stand beside the answer, never in it, whatever they hold; by name they lead."""

import numpy as np
import polars as pl
import pytest
import statsmodels.api as sm

from analytics.experiments import Design, evaluate
from analytics.experiments.errors import ExperimentError

NAMES = ("age", "twice", "town", "same")


def persons(n: int = 60) -> pl.DataFrame:
    rng = np.random.default_rng(4)
    age, arm = rng.normal(30, 5, n), np.arange(n) % 2
    y = 0.3 * age + arm + rng.normal(size=n)
    return pl.DataFrame({
        "arm": np.where(arm, "new", "control"), "y": y, "age": age, "twice": 2 * age, "same": 1.0,
        "town": np.where(age + rng.normal(size=n) > 30, "Mandal", "Arendal"), "cluster": np.arange(n) % 20,
        "e": (rng.random(n) < 0.8).astype(int),
    })  # fmt: skip


def test_collinear_constant_and_text_covariates_are_adjusted_for_as_statsmodels_does() -> None:
    table = persons().drop("cluster")
    bare, found = evaluate(Design(outcome="y"), table), evaluate(Design(outcome="y", covariates=NAMES), table)
    assert (found.value, found.se, found.low, found.p) == (bare.value, bare.se, bare.low, bare.p)
    arm = (table["arm"] == "new").to_numpy().astype(float)
    x = np.column_stack([arm, np.ones(60), table["age"].to_numpy(), (table["town"] == "Mandal").to_numpy()])
    fitted = sm.OLS(table["y"].to_numpy(), x.astype(float)).fit(cov_type="HC2", use_t=True)
    line = found.beside["ancova"]
    assert (line["value"], line["se"], line["p"]) == pytest.approx((fitted.params[0], fitted.bse[0], fitted.pvalues[0]))
    named = evaluate(Design(outcome="y", covariates=NAMES, estimator="ancova"), table)
    assert (named.value, named.se, named.df) == (line["value"], line["se"], 56)
    assert "ANCOVA" in named.method_text("nb")
    assert found.beside["lin"]["se"] < bare.se


def test_clusters_are_adjusted_by_their_means() -> None:
    design = {"method": "cluster_rct", "outcome": "y", "covariates": ("age",), "draws": 99}
    table = persons()
    means = table.group_by("cluster", "arm").agg(pl.col("y", "age").mean())
    found, of_means = evaluate(Design(**design), table), evaluate(Design(**design), means)
    assert found.beside["ancova"] == pytest.approx(of_means.beside["ancova"])
    assert found.beside["ancova"]["df"] == 17


def test_covariates_with_blanks_cost_no_person_their_place() -> None:
    table = persons().drop("cluster").with_columns(age=pl.when(pl.int_range(60) > 9).then("age"))
    for facts in ({}, {"kind": "duration", "events": "e"}):
        bare = evaluate(Design(outcome="y", **facts), table)
        found = evaluate(Design(outcome="y", covariates=("age",), **facts), table)
        assert (found.value, found.n) == (bare.value, bare.n)
        assert {"not_estimable": "covariates_missing"} in found.beside.values()


def test_an_adjustment_asked_for_by_name_that_cannot_be_made_is_refused() -> None:
    table = persons().drop("cluster").with_columns(told=pl.col("arm"))
    for names, reason in ((("told",), "covariates_dependent"), ((), "covariates_missing")):
        with pytest.raises(ExperimentError) as caught:
            evaluate(Design(outcome="y", covariates=names, estimator="lin"), table)
        assert caught.value.reason == reason
        assert caught.value.do("nb") != caught.value.do("en")
