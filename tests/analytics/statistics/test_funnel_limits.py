"""Funnel limits, overdispersion between places, and p-values adjusted for their number."""

import numpy as np
import polars as pl
import pytest

from analytics import statistics as st
from analytics.results import NotEstimable


def test_funnel_limits_have_a_row_a_level_and_place_and_none_where_nobody_lives():
    found = st.funnel_limits(0.1, pl.Series([100, 0, None]))
    assert found.columns == ["population", "level", "low", "high"]
    assert found["level"].to_list() == [0.95] * 3 + [0.998] * 3
    assert found["low"].null_count() == found["high"].null_count() == 4
    assert found["population"].to_list() == [100.0, 0.0, None] * 2


def test_a_target_at_the_edge_has_limits_at_the_edge():
    for target in (0, 1):
        found = st.funnel_limits(target, [50])
        assert set(found["low"]) == set(found["high"]) == {float(target)}


@pytest.mark.parametrize("wrong", [{"target": 1.2}, {"levels": [1.0]}, {"dispersion": 0}])
def test_a_funnel_that_cannot_be_is_refused(wrong):
    with pytest.raises(st.StatisticsInputError):
        st.funnel_limits(**({"target": 0.1, "populations": [10]} | wrong))


def test_overdispersion_widens_the_funnel():
    plain, wide = st.funnel_limits(0.5, [100]), st.funnel_limits(0.5, [100], dispersion=4.0)
    assert wide["high"][0] - 0.5 == pytest.approx(2 * (plain["high"][0] - 0.5))


def test_places_that_vary_by_chance_have_dispersion_near_one_and_others_far_above():
    rng = np.random.default_rng(4204)
    populations = rng.integers(200, 20_000, 357)
    by_chance = rng.binomial(populations, 0.1)
    by_place = rng.binomial(populations, np.clip(rng.normal(0.1, 0.03, 357), 0.01, 0.5))
    calm, wild = (st.overdispersion(counts, populations, 0.1) for counts in (by_chance, by_place))
    assert (calm.significant, calm.inflation, calm.places) == (False, 1.0, 357)
    assert wild.significant
    assert wild.inflation == wild.factor > 3


@pytest.mark.parametrize(("count", "certain"), [(518, False), (520, True)])
def test_dispersion_is_certain_beyond_two_standard_errors_of_one(count, certain):
    """Fifty places all 1.14 or 1.26 standard errors out: φ̂ is 1.30 or 1.60, and the limit 1 + 2√(2/50) is 1.4."""
    found = st.overdispersion([count] * 50, [1000] * 50, 0.5)
    assert found.factor > 1 + (2 / 50) ** 0.5
    assert (found.significant, found.inflation) == (certain, found.factor if certain else 1.0)


def test_winsorising_keeps_one_outlier_from_hiding_itself():
    counts, populations = [100] * 19 + [900], [1000] * 20
    assert st.overdispersion(counts, populations, 0.1).factor == pytest.approx(0)
    assert st.overdispersion(counts, populations, 0.1, winsorise=0).factor > 300


def test_unknown_places_are_not_counted_and_one_place_says_nothing():
    assert st.overdispersion([10, None, 12], [100, 100, 100], 0.1).places == 2
    assert st.overdispersion([10, None], [100, 100], 0.1) == NotEstimable("few_places")
    with pytest.raises(st.StatisticsInputError):
        st.overdispersion([10, 12], [100, 100], 0.1, winsorise=0.5)


def test_adjusted_p_values_by_hand():
    p = [0.04, 0.01, 0.03]
    assert st.adjust(p, "bonferroni") == pytest.approx((0.12, 0.03, 0.09))
    assert st.adjust(p, "holm") == pytest.approx((0.06, 0.03, 0.06))
    assert st.adjust(p, "benjamini_hochberg") == pytest.approx((0.04, 0.03, 0.04))
    assert st.adjust([], "holm") == ()
    assert st.rejected([0.02, 0.03], "bonferroni", 0.04) == (True, False)


@pytest.mark.parametrize("p", [[0.1, None], [1.1], [-0.1], [float("nan")], ["0.1"]])
def test_p_values_that_cannot_be_are_refused(p):
    with pytest.raises(st.StatisticsInputError):
        st.adjust(p, "holm")


def test_an_unknown_adjustment_is_refused_with_the_known_ones():
    with pytest.raises(st.StatisticsInputError, match="bonferroni, holm or benjamini_hochberg"):
        st.adjust([0.1], "sidak")
