"""Staggered starts given covariates: the published table, another package's logit, and what cannot be estimated."""

import warnings

import numpy as np
import polars as pl
import pytest

from analytics.experiments import Design, evaluate
from analytics.experiments.errors import AdjustmentImpossibleError
from analytics.experiments.estimators.doubly_robust import adjusted_group_times, doubly_robust_change
from analytics.experiments.estimators.panel import panel_from
from analytics.experiments.input.sample import sample_from
from analytics.results import NotEstimable
from tests.shared_files import shared

COUNTIES = {"method": "staggered", "unit": "countyreal", "period": "year", "start": "first.treat", "outcome": "lemp",
            "covariates": ["lpop"]}  # fmt: skip
PUBLISHED = {
    (2004, 2004): (-0.0145297, 0.0221292), (2004, 2005): (-0.0764219, 0.0286713),
    (2004, 2006): (-0.1404483, 0.0353782), (2004, 2007): (-0.1069039, 0.0328865),
    (2006, 2004): (-0.0004721, 0.0222234), (2006, 2005): (-0.0062025, 0.0184957),
    (2006, 2006): (0.0009606, 0.0194002), (2006, 2007): (-0.0412939, 0.0197211),
    (2007, 2004): (0.0267278, 0.0140657), (2007, 2005): (-0.0045766, 0.0157178),
    (2007, 2006): (-0.0284475, 0.0181809), (2007, 2007): (-0.0287814, 0.0162390),
}  # fmt: skip
SIMPLE = (-0.0417518, 0.0115028)
BY_TIME = [
    (0.0267278, 0.0140657), (-0.0036165, 0.0129283), (-0.0232440, 0.0144851), (-0.0210604, 0.0114942),
    (-0.0530032, 0.0163465), (-0.1404483, 0.0353782), (-0.1069039, 0.0328865),
]  # fmt: skip
"""Callaway & Sant'Anna's counties given log population, as the documentation of the Stata command csdid prints them."""
STAGGERED = {"method": "staggered", "unit": "unit", "period": "period", "start": "start", "outcome": "y"}


def counties() -> pl.DataFrame:
    return pl.read_csv(shared("fixtures/experiments/mpdta.csv"))


def drifting(seed: int, units: int = 400) -> pl.DataFrame:
    """Units that grow with x whatever is done, and start the oftener the larger x is; the effect is 0.5."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=units)
    start = np.where(rng.random(units) < 1 / (1 + np.exp(-x)), rng.choice([3, 4], units), 0)
    times = np.arange(1, 6)
    under = (start[:, None] > 0) & (times >= start[:, None])
    y = x[:, None] * times + 0.5 * under + rng.normal(size=(units, 5))
    return pl.DataFrame({
        "unit": np.repeat(np.arange(units), 5), "period": np.tile(times, units), "start": np.repeat(start, 5),
        "x": np.repeat(x, 5), "y": y.ravel(),
    })  # fmt: skip


def test_county_teen_employment_given_population_is_as_published() -> None:
    design = Design(**COUNTIES)
    panel = panel_from(design, sample_from(design, counties()))
    cells = adjusted_group_times(panel)
    errors = np.sqrt((cells.influence(np.eye(len(cells.att))) ** 2).sum(axis=1))
    names = zip(panel.periods[cells.group].astype(int), panel.periods[cells.period].astype(int), strict=True)
    found = {name: (att, se) for name, att, se in zip(names, cells.att, errors, strict=True)}
    assert {name: pytest.approx(both, abs=6e-8) for name, both in PUBLISHED.items()} == found
    led = evaluate(Design(**COUNTIES, estimator="doubly_robust"), counties())
    assert (led.value, led.se) == pytest.approx(SIMPLE, abs=6e-8)
    assert [(each["value"], each["se"]) for each in led.by_time] == [pytest.approx(each, abs=6e-8) for each in BY_TIME]


def test_covariates_stand_beside_and_lead_only_where_the_design_says_so() -> None:
    bare = evaluate(Design(**{**COUNTIES, "covariates": ()}), counties())
    beside = evaluate(Design(**COUNTIES), counties())
    led = evaluate(Design(**COUNTIES, estimator="doubly_robust"), counties())
    for name in ("value", "se", "low", "high", "p", "by_time"):
        assert getattr(beside, name) == getattr(bare, name)
    assert {name: beside.beside["doubly_robust"][name] for name in ("value", "se", "low")} == {
        name: getattr(led, name) for name in ("value", "se", "low")
    }
    assert Design(**COUNTIES).hash != Design(**COUNTIES, estimator="doubly_robust").hash


def test_another_logit_and_least_squares_give_the_same_effect() -> None:
    api = pytest.importorskip("statsmodels.api")
    rng = np.random.default_rng(3)
    x, treated = rng.normal(size=(300, 2)), np.arange(300) < 120
    x[treated] += 0.4
    change = x @ [1.0, -0.5] + treated + rng.normal(size=300)
    columns = api.add_constant(x)
    chance = api.Logit(treated.astype(float), columns).fit(disp=0, tol=1e-12).predict(columns)
    left = change - api.OLS(change[~treated], columns[~treated]).fit().predict(columns)
    odds = (chance / (1 - chance))[~treated]
    att, adds = doubly_robust_change(x, change, treated)
    assert att == pytest.approx(left[treated].mean() - odds @ left[~treated] / odds.sum(), abs=1e-9)
    assert adds.sum() == pytest.approx(0, abs=1e-10)


@pytest.mark.long
def test_paths_that_depend_on_a_covariate_mislead_without_it_only() -> None:
    found = [evaluate(Design(**STAGGERED, covariates=["x"]), drifting(seed)) for seed in range(12)]
    adjusted = [each.beside["doubly_robust"] for each in found]
    assert np.mean([each.value for each in found]) > 1.0
    assert np.mean([each["value"] for each in adjusted]) == pytest.approx(0.5, abs=0.1)
    assert sum(each["low"] <= 0.5 <= each["high"] for each in adjusted) >= 10


@pytest.mark.long
def test_diff_diff_agrees_where_no_chance_is_cut_off() -> None:
    diff_diff = pytest.importorskip("diff_diff")
    table, named = drifting(1), {"outcome": "y", "unit": "unit", "time": "period", "first_treat": "start"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        other = diff_diff.CallawaySantAnna().fit(table.to_pandas(), **named, covariates=["x"])
    ours = evaluate(Design(**STAGGERED, estimator="doubly_robust", covariates=["x"]), table)
    assert (ours.value, ours.se) == pytest.approx((other.overall_att, other.overall_se), rel=5e-3)


@pytest.mark.parametrize(
    ("column", "reason"),
    [
        (pl.col("x") + 100 * (pl.col("start") > 0), "covariates_no_overlap"),
        (pl.col("start") > 0, "covariates_dependent"),
        (pl.when(pl.col("unit") > 0).then("x"), "covariates_missing"),
        (pl.col("unit").cast(pl.String), "covariates_dependent"),
    ],
)
def test_what_cannot_be_adjusted_says_why_and_leaves_the_headline(column, reason) -> None:
    table = drifting(2, units=60).with_columns(x=column)
    found = evaluate(Design(**STAGGERED, covariates=["x"]), table)
    assert found.beside["doubly_robust"] == {"not_estimable": reason}
    assert found.value == evaluate(Design(**STAGGERED), table).value
    with pytest.raises(AdjustmentImpossibleError) as caught:
        evaluate(Design(**STAGGERED, covariates=["x"], estimator="doubly_robust"), table)
    assert caught.value.reason == reason
    assert caught.value.do("nb") != caught.value.do("en")


def test_few_starts_get_no_interval_from_covariates() -> None:
    table = drifting(4, units=60).filter((pl.col("start") == 0) | (pl.col("unit") < 20))
    found = evaluate(Design(**STAGGERED, covariates=["x"], estimator="doubly_robust"), table)
    assert (found.se, found.low, found.verdict) == (None, None, "too_small_to_say")
    assert "N02" in [note.code for note in found.notes]


def test_a_constant_covariate_changes_nothing_and_its_unit_is_free() -> None:
    table = drifting(5).with_columns(one=pl.lit(7.0), kilo=1000 * pl.col("x") + 5)
    plain, scaled, beside = (
        evaluate(Design(**STAGGERED, covariates=names), table).beside["doubly_robust"]
        for names in (["x"], ["kilo"], ["x", "one"])
    )
    assert scaled["value"] == pytest.approx(plain["value"], rel=1e-9)
    assert beside["value"] == pytest.approx(plain["value"], rel=1e-12)
    assert not isinstance(plain, NotEstimable)
