"""What the statistics do at their boundaries, and what they refuse."""

import subprocess
import sys

import numpy as np
import polars as pl
import pytest

from analytics import statistics as st
from analytics.results import Interval, NotEstimable
from data import paths

ROOT = paths.ROOT


def test_no_events_put_the_lower_limit_at_exactly_zero_and_all_events_the_upper_at_exactly_one():
    for population in (1, 2, 20, 163, 10**6, 10**15):
        none, everyone = st.wilson_interval(0, population), st.wilson_interval(population, population)
        assert (none.estimate, none.low, everyone.estimate, everyone.high) == (0.0, 0.0, 1.0, 1.0)
        assert none.high > 0
        assert everyone.low < 1
    assert st.wilson_interval(0, 1e300).low == 0


def test_a_huge_population_keeps_the_digits_of_a_small_share():
    found = st.wilson_interval(4, 10**12)
    poisson = st.wilson_interval(4, 10**9)
    assert (found.low * 10**12, found.high * 10**12) == pytest.approx(
        (poisson.low * 10**9, poisson.high * 10**9), rel=1e-6
    )


@pytest.mark.parametrize("call", [st.wilson_interval, st.rate_interval])
def test_an_empty_or_unknown_population_has_no_rate(call):
    assert call(0, 0) == NotEstimable("no_population")
    assert call(None, 10) == call(3, None) == call(None, None) == NotEstimable("unknown_count")


@pytest.mark.parametrize(
    ("count", "population", "level"),
    [
        *((-1, 10, 0.95), (11, 10, 0.95), (3, 0, 0.95), (3, 10, 0), (3, 10, 1), (3, 10, 95), (float("nan"), 10, 0.95)),
        *((3, float("inf"), 0.95), ("3", 10, 0.95), (3, "10", 0.95), (True, 10, 0.95), (None, -1, 0.95), (None, 10, 2)),
    ],
)
def test_numbers_that_cannot_be_are_refused_with_the_argument_named(count, population, level):
    with pytest.raises(st.StatisticsInputError) as caught:
        st.wilson_interval(count, population, level)
    assert caught.value.where in ("count", "population", "level")
    for lang in ("nb", "en"):
        assert caught.value.found in caught.value.says(lang)
    assert caught.value.as_json("nb")["error"]["code"] == "statistics_input"


def test_a_refusal_says_what_was_expected_in_the_readers_language():
    with pytest.raises(st.StatisticsInputError) as caught:
        st.wilson_interval(-1, 10)
    assert caught.value.says("nb") == "count er -1, men skal være et tall som ikke er negativt."
    assert caught.value.says("en") == "count is -1, but must be a number that is not negative."


def test_columns_and_single_numbers_agree_and_the_unknown_stays_unknown():
    counts, populations = (
        pl.Series([0, 3, None, 20, 7]),
        pl.Series([10, 163, 50, 20, 0]).set(pl.Series([False] * 4 + [True]), None),
    )
    low, high = st.wilson_limits(counts, populations)
    for at, (count, population) in enumerate([(0, 10), (3, 163), (None, 50), (20, 20), (7, None)]):
        single = st.wilson_interval(count, population)
        expected = (np.nan, np.nan) if isinstance(single, NotEstimable) else (single.low, single.high)
        assert (low[at], high[at]) == pytest.approx(expected, nan_ok=True, abs=0)


def test_an_empty_population_in_a_column_is_unknown_and_no_warning_is_given(recwarn):
    for low, high in (st.wilson_limits([0], [0]), st.newcombe_limits([0], [0], [1], [2])):
        assert np.isnan([low, high]).all()
    assert not recwarn.list


@pytest.mark.parametrize("counts", [["3"], [True], [-1, 2], [float("inf")], [[1, 2]], [11], pl.Series(["a"])])
def test_a_column_with_what_cannot_be_is_refused_with_its_place(counts):
    with pytest.raises(st.StatisticsInputError) as caught:
        st.wilson_limits(counts, 10)
    assert caught.value.where.startswith("counts")


def test_columns_of_different_length_are_refused():
    with pytest.raises(st.StatisticsInputError, match="of one length"):
        st.wilson_limits([1, 2], [10, 10, 10])


def test_rates_change_from_exact_to_byar_at_ten_events():
    nine, ten = st.rate_interval(9, 100), st.rate_interval(10, 100)
    assert nine.high == pytest.approx(17.084803)
    assert ten.high == pytest.approx(18.391459)
    assert st.rate_interval(0, 50, per=1000) == Interval(0.0, 0.0, pytest.approx(73.77759))


def test_more_events_than_persons_is_a_rate_but_not_a_share():
    assert st.rate_interval(30, 20, per=1).estimate == 1.5


def test_a_rate_per_nothing_is_refused():
    with pytest.raises(st.StatisticsInputError):
        st.rate_interval(3, 10, per=0)


def test_under_ten_events_in_all_cannot_be_standardised():
    found = st.directly_standardised_rate([4, 5], [100, 100], [1, 1])
    assert found == NotEstimable("few_events", (("events", 9.0), ("minimum", 10)))
    assert isinstance(st.directly_standardised_rate([5, 5], [100, 100], [1, 1]), Interval)


@pytest.mark.parametrize(("counts", "populations"), [([None, 30], [9, 9]), ([0, 30], [0, 9]), ([20, 30], [None, 99])])
def test_an_unknown_or_empty_stratum_makes_the_standardised_rate_unknown(counts, populations):
    found = st.directly_standardised_rate(counts, populations, [1, 1])
    assert found == NotEstimable("unknown_stratum", (("strata", 1),))


def test_a_stratum_the_standard_does_not_hold_is_outside_the_comparison():
    with_extra = st.directly_standardised_rate([10, 20, None], [100, 300, 0], [5, 5, 0])
    assert with_extra == st.directly_standardised_rate([10, 20], [100, 300], [5, 5])
    assert st.directly_standardised_rate([10], [100], [0]) == NotEstimable("no_standard")
    assert st.directly_standardised_rate([], [], []) == NotEstimable("no_standard")


def test_strata_that_do_not_match_are_refused():
    with pytest.raises(st.StatisticsInputError):
        st.directly_standardised_rate([10, 20], [100, 300, 200], [5, 5])
    with pytest.raises(st.StatisticsInputError):
        st.directly_standardised_rate([10, 20], [100, 300], [5, None])


def test_a_standardised_rate_by_hand():
    found = st.directly_standardised_rate([10, 40], [1000, 2000], [3, 1], per=100)
    assert found.estimate == pytest.approx(0.75 * 1.0 + 0.25 * 2.0)
    spread = np.sqrt((0.75**2 * 10 / 1000**2 + 0.25**2 * 40 / 2000**2) / 50) * 100
    total = st.rate_interval(50, 1, per=1)
    assert found.low == pytest.approx(1.25 + spread * (total.low - 50))
    assert found.high == pytest.approx(1.25 + spread * (total.high - 50))


@pytest.mark.long
def test_the_statistics_load_without_scipy_statsmodels_or_pandas():
    code = (
        "import sys, analytics.statistics; print([m for m in ('scipy', 'statsmodels', 'pandas') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert found.stdout.strip() == "[]"


def test_every_public_name_of_the_statistics_says_what_it_does():
    for name in (name for name in vars(st) if not name.startswith("_")):
        assert len(getattr(st, name).__doc__.splitlines()[0]) > 20, name
