"""Recovery on synthetic data: each test's truth stands in its name or docstring."""

import numpy as np
import polars as pl
import pytest

from analytics import cohorts
from analytics.cohorts.age_period_cohort import AgePeriodCohort
from analytics.cohorts.apc_curvature import full_basis, slope_changes, spline_basis
from analytics.errors import StatisticsInputError
from analytics.results import NotEstimable
from tests.analytics.cohorts.ground import AGES, MIDDLE, drawn, rows

YEARS = range(1995, 2025)
AGE_EFFECT = {17: 0.05, 22: 0.11, 27: 0.14}


def _fit(table: pl.DataFrame, method: str = "splines") -> AgePeriodCohort:
    fit = cohorts.age_period_cohort(table, method)
    assert isinstance(fit, AgePeriodCohort), fit
    return fit


@pytest.mark.parametrize("method", ["grid", "splines"])
@pytest.mark.parametrize(("period", "cohort"), [(0.02, 0.0), (0.0, 0.02), (-0.03, 0.05)])
def test_the_net_drift_is_the_sum_of_both_slopes_and_no_split_of_it(method: str, period: float, cohort: float) -> None:
    """Truth: slopes 0.02 + 0, 0 + 0.02 and −0.03 + 0.05 a year all have a net drift of exp(0.02)."""
    table = drawn(YEARS, lambda a, y: AGE_EFFECT[a] * np.exp(period * (y - 2010) + cohort * (y - a - 1988)), 400_000)
    drift = _fit(table, method).net_drift
    assert drift.low <= np.exp(0.02) <= drift.high
    assert drift.estimate == pytest.approx(np.exp(0.02), abs=0.002)


@pytest.mark.parametrize("method", ["grid", "splines"])
def test_the_kink_of_the_age_effect_comes_back(method: str) -> None:
    """Truth: log 0.05, 0.11, 0.14 at 17, 22, 27: the slope changes by a ratio of (0.14 × 0.05 / 0.11²)^(1/5) at 22."""
    table = drawn(YEARS, lambda a, y: AGE_EFFECT[a], 400_000)
    age = _fit(table, method).curvatures().filter(pl.col("factor") == "age").row(0, named=True)
    truth = (0.14 * 0.05 / 0.11**2) ** 0.2
    assert age["level"] == 22
    assert age["low"] <= truth <= age["high"]
    assert age["ratio"] == pytest.approx(truth, abs=0.005)


def test_a_bend_in_one_period_comes_back_on_the_grid_whatever_the_slopes() -> None:
    """Truth: rates grow 3 % a year until 2009 and fall 3 % after: the slope's ratio at 2009 is exp(−0.06)."""
    table = drawn(YEARS, lambda a, y: AGE_EFFECT[a] * np.exp(-0.03 * abs(y - 2009)), 400_000)
    bends = _fit(table, "grid").curvatures().filter(pl.col("factor") == "period")
    at = bends.filter(pl.col("level") == 2009).row(0, named=True)
    assert at["low"] <= np.exp(-0.06) <= at["high"]
    others = bends.filter(pl.col("level") != 2009)
    assert others.select(((pl.col("low") <= 1) & (pl.col("high") >= 1)).all()).item()


def _cycle(effect: np.ndarray, years: np.ndarray) -> float:
    """The share of an effect's variation that repeats every five years, level and slope taken out."""
    flat = effect - np.polyval(np.polyfit(years, effect, 3), years)
    wave = np.exp(2j * np.pi * years / 5)
    return float(abs((flat * wave).mean()) * 2)


def test_overlapping_yearly_cohorts_give_no_spurious_five_year_cycle() -> None:
    """Truth: age effects and a drift, no cohort curvature; population so large that chance is invisible."""
    table = drawn(YEARS, lambda a, y: AGE_EFFECT[a] * np.exp(0.01 * (y - 2010)), 4_000_000, seed=3)
    cohort = _fit(table).effects("cohort_flat").filter(pl.col("factor") == "cohort")
    assert _cycle(np.log(cohort["ratio"].to_numpy()), cohort["level"].to_numpy()) < 0.001
    assert cohort["ratio"].to_numpy() == pytest.approx(np.ones(cohort.height), abs=0.01)


def test_free_effects_of_yearly_cohorts_would_give_the_cycle_that_splines_cannot() -> None:
    """Truth: no cohort effect, but each age has its own drift: five series that never meet drift apart as a cycle."""
    years, ages = np.arange(1995, 2025), np.array([17, 22, 27])
    log_rate = np.array([[np.log(AGE_EFFECT[a]) + 0.002 * (a - 22) * (y % 5 - 2) for a in ages] for y in years])
    cells = [
        (int(y), age, round(1e6 * np.exp(log_rate[i, j])), 10**6)
        for i, y in enumerate(years)
        for j, age in enumerate(AGES)
    ]
    cohort = _fit(rows(cells)).effects("cohort_flat").filter(pl.col("factor") == "cohort")
    births = np.unique(years[:, None] - ages)
    dummies = np.array([[float(birth == y - a) for birth in births] for y in years for a in ages])
    others = np.array(
        [[*(float(a == one) for one in ages), *(float(y == one) for one in years)] for y in years for a in ages]
    )
    naive = np.linalg.lstsq(np.hstack([others, dummies]), log_rate.ravel(), rcond=None)[0][-len(births) :]
    ours = _cycle(np.log(cohort["ratio"].to_numpy()), cohort["level"].to_numpy())
    assert ours < 0.2 * _cycle(naive, births.astype(float))


def test_splines_of_five_year_knots_cannot_follow_a_five_year_wave() -> None:
    levels = np.arange(1980.0, 2010.0)
    basis = spline_basis(tuple(levels.tolist()), 5)
    wave = np.sin(2 * np.pi * levels / 5)
    assert np.linalg.norm(basis @ (basis.T @ wave)) < 0.25 * np.linalg.norm(wave)


@pytest.mark.parametrize("basis", [full_basis(tuple(range(1990, 2010, 5))), spline_basis(tuple(range(1980, 2010)), 5)])
def test_a_curvature_basis_holds_no_level_and_no_slope(basis: np.ndarray) -> None:
    steps = np.arange(len(basis))
    assert np.abs(basis.sum(axis=0)).max() < 1e-9
    assert np.abs(steps @ basis).max() < 1e-9


def test_slope_changes_of_a_straight_line_are_zero_also_where_years_are_missing() -> None:
    levels = np.array([2008.0, 2009.0, 2012.0, 2013.0, 2020.0])
    assert slope_changes(levels) @ (3 + 0.4 * levels) == pytest.approx(np.zeros(3), abs=1e-9)


def test_both_constraints_fit_the_same_shares_and_name_the_drift_differently() -> None:
    fit = _fit(drawn(YEARS, lambda a, y: AGE_EFFECT[a] * np.exp(0.02 * (y - 2010)), 400_000))
    period, cohort = (fit.effects(name).filter(pl.col("factor") == "period")["ratio"] for name in cohorts.CONSTRAINTS)
    assert np.log(period[-1] / period[0]) == pytest.approx(0.02 * 29, abs=0.05)
    assert np.log(cohort[-1] / cohort[0]) == pytest.approx(0, abs=0.05)
    ages = [fit.effects(name).filter(pl.col("factor") == "age")["ratio"] for name in cohorts.CONSTRAINTS]
    tilt = np.log(ages[1].to_numpy() / ages[0].to_numpy())  # along the cohort an age is also ten years of drift later
    assert tilt[-1] - tilt[0] == pytest.approx(0.02 * 10, abs=0.005)


def test_more_variation_than_chance_widens_the_intervals() -> None:
    """Truth: each cell's rate varies 10 % around the model; the dispersion at 1 400 events a cell is far above 1."""
    plain, spread = (_fit(drawn(YEARS, lambda a, y: AGE_EFFECT[a], 20_000, spread=s)) for s in (0.0, 0.1))
    assert plain.dispersion < 2 < spread.dispersion
    width = [fit.net_drift.high - fit.net_drift.low for fit in (plain, spread)]
    assert width[1] > 1.5 * width[0]


def test_less_variation_than_chance_never_narrows_the_intervals() -> None:
    """Truth: every cell is one off its expectation or none; the interval is as wide as chance alone makes it."""
    cells = [(y, age, round(20_000 * AGE_EFFECT[MIDDLE[age]]) + y % 2, 20_000) for y in YEARS for age in AGES]
    quiet, plain = _fit(rows(cells)), _fit(drawn(YEARS, lambda a, y: AGE_EFFECT[a], 20_000))
    width = [np.log(fit.net_drift.high / fit.net_drift.low) for fit in (quiet, plain)]
    assert quiet.dispersion < 0.1
    assert width[0] == pytest.approx(width[1] / max(plain.dispersion, 1) ** 0.5, rel=0.05)


@pytest.mark.long
def test_intervals_of_the_net_drift_hold_the_truth_as_often_as_they_say() -> None:
    """Truth: net drift exp(−0.01), 5 % extra variation; 95 % intervals of 200 data sets."""

    def rate(age: int, year: int) -> float:
        return AGE_EFFECT[age] * float(np.exp(-0.01 * (year - 2010)))

    drifts = [_fit(drawn(YEARS, rate, 20_000, seed=seed, spread=0.05)).net_drift for seed in range(200)]
    inside = sum(drift.low <= np.exp(-0.01) <= drift.high for drift in drifts)
    assert 180 <= inside <= 200


def test_the_fit_is_the_one_of_free_dummies_by_an_independent_solver() -> None:
    """The fitted shares equal those of a Poisson model with dummies, solved here by Newton's method."""
    table = drawn(range(2004, 2025, 5), lambda a, y: AGE_EFFECT[a] * (1 + 0.01 * (y - 2010)), 30_000)
    fit = _fit(table, "grid")
    years, ages = table["year"].to_numpy(), np.array([AGES.index(a) for a in table["age_group"]])
    cohort = (years - 2004) // 5 - ages
    columns = [np.ones(len(years))] + [
        values == one for values in (ages, years, cohort) for one in np.unique(values)[1:]
    ]
    matrix = np.linalg.svd(np.column_stack(columns).astype(float), full_matrices=False)
    base = matrix[0][:, matrix[1] > 1e-9]
    events, persons = table["count"].to_numpy(), table["population"].to_numpy()
    weights = np.linalg.lstsq(base, np.log(events / persons), rcond=None)[0]
    for _ in range(50):
        mean = persons * np.exp(base @ weights)
        weights = weights + np.linalg.solve(base.T @ (base * mean[:, None]), base.T @ (events - mean))
    assert fit.fitted() == pytest.approx(np.exp(base @ weights), rel=1e-8)


def test_cells_that_are_unknown_are_left_out_and_counted() -> None:
    table = drawn(YEARS, lambda a, y: AGE_EFFECT[a])
    holes = table.with_columns(count=pl.when(pl.col("year").is_between(2000, 2001)).then(None).otherwise("count"))
    fit = _fit(holes)
    assert fit.made.left_out == 6
    assert len(fit.fitted()) == table.height - 6


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (drawn(range(2020, 2025), lambda a, y: 0.1), "apc_few_years"),
        (drawn(range(2008, 2025), lambda a, y: 0.0), "no_events"),
        (drawn(range(2008, 2025), lambda a, y: 0.1).filter(pl.col("age_group") != "15-19"), "apc_few_cells"),
        (drawn(range(2008, 2025), lambda a, y: 0.0 if a == 17 else 0.1), "apc_empty_level"),
    ],
)
def test_a_model_that_cannot_be_told_is_refused_with_its_reason(table: pl.DataFrame, reason: str) -> None:
    found = cohorts.age_period_cohort(table, "grid")
    assert isinstance(found, NotEstimable)
    assert found.reason == reason
    assert found.sentence("nb")


def test_a_constraint_that_nobody_stated_is_refused() -> None:
    with pytest.raises(StatisticsInputError):
        _fit(drawn(YEARS, lambda a, y: 0.1)).effects("magic")


@pytest.mark.long
def test_kristiansand_has_a_model_both_ways(real: None) -> None:
    table = cohorts.cohort_rows("4204")
    assert isinstance(table, pl.DataFrame)
    drifts = [_fit(table, method).net_drift for method in ("grid", "splines")]
    assert all(0.97 < drift.low < drift.estimate < drift.high < 1.01 for drift in drifts)
