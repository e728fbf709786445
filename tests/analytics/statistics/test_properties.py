"""What must hold for all numbers: order, symmetry, containment, coverage, and agreement of tests with intervals."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from analytics import statistics as st

LEVELS = some.floats(0.5, 0.9999)


@some.composite
def groups(draw, largest=10**9):
    population = draw(some.integers(1, largest))
    return draw(some.integers(0, population)), population


@pytest.mark.long
@given(groups(), LEVELS)
def test_the_share_lies_within_its_interval_and_the_interval_within_zero_and_one(group, level):
    found = st.wilson_interval(*group, level)
    assert 0 <= found.low <= found.estimate <= found.high <= 1
    assert found.low < found.high


@pytest.mark.long
@given(groups(10**6), LEVELS)
def test_being_outside_and_being_inside_are_mirror_images(group, level):
    count, population = group
    one, other = st.wilson_interval(count, population, level), st.wilson_interval(population - count, population, level)
    assert (one.low, one.high) == pytest.approx((1 - other.high, 1 - other.low), abs=1e-12)


@pytest.mark.long
@given(some.integers(1, 10**6), some.data())
def test_one_more_event_raises_both_limits(population, data):
    count = data.draw(some.integers(0, population - 1))
    less, more = st.wilson_interval(count, population), st.wilson_interval(count + 1, population)
    assert less.low < more.low
    assert less.high < more.high


@pytest.mark.long
@given(groups(10**6), some.floats(0.5, 0.98))
def test_a_higher_level_gives_a_wider_interval(group, level):
    narrow, wide = st.wilson_interval(*group, level), st.wilson_interval(*group, level + 0.01)
    assert wide.low <= narrow.low
    assert narrow.high <= wide.high


@pytest.mark.long
@given(groups(10**6), some.floats(0.001, 0.999))
def test_a_place_lies_outside_the_funnel_exactly_when_its_interval_leaves_out_the_target(group, target):
    count, population = group
    found, limits = st.wilson_interval(count, population), st.funnel_limits(target, [population], levels=[0.95])
    outside = count / population - limits["high"][0], limits["low"][0] - count / population
    assume(min(abs(value) for value in outside) > 1e-9)
    assert (max(outside) > 0) == (not found.low <= target <= found.high)


@pytest.mark.long
@given(some.integers(0, 10**6), LEVELS)
def test_the_count_lies_within_its_poisson_limits(count, level):
    low, high = st.poisson_limits([count, count + 1], level)
    assert 0 <= low[0] <= count < high[0]
    if count != 9:  # from 9 to 10 the method changes from exact to Byar's
        assert (low[0], high[0]) < (low[1], high[1])


@pytest.mark.parametrize("level", [0.95, 0.998])
def test_the_change_of_method_at_ten_events_keeps_the_limits_in_order(level):
    low, high = st.poisson_limits(range(20), level)
    assert (np.diff(low) > 0).all()
    assert (np.diff(high) > 0).all()


def test_wilsons_interval_covers_the_true_share_as_often_as_it_says():
    from scipy.stats import binom

    shares = np.arange(0.005, 1, 0.005)
    for population in (10, 30, 100, 500):
        counts = np.arange(population + 1)
        low, high = st.wilson_limits(counts, population)
        inside = (low[:, None] <= shares) & (shares <= high[:, None])
        coverage = (binom.pmf(counts[:, None], population, shares) * inside).sum(axis=0)
        assert 0.945 < coverage.mean() < 0.965
        assert coverage.min() > 0.83


def test_poisson_limits_cover_the_true_rate_at_least_as_often_as_they_say():
    from scipy.stats import poisson

    rates = np.arange(0.05, 60, 0.05)
    counts = np.arange(200)
    low, high = st.poisson_limits(counts)
    inside = (low[:, None] <= rates) & (rates <= high[:, None])
    assert (poisson.pmf(counts[:, None], rates) * inside).sum(axis=0).min() > 0.949


@pytest.mark.long
@given(groups(), groups(), LEVELS)
def test_swapping_the_groups_flips_the_sign(one, other, level):
    found, swapped = st.newcombe_interval(*one, *other, level), st.newcombe_interval(*other, *one, level)
    assert -1 <= found.low <= found.estimate <= found.high <= 1
    ours = (found.estimate, found.low, found.high)
    assert ours == pytest.approx((-swapped.estimate, -swapped.high, -swapped.low), abs=1e-15)


@pytest.mark.long
@given(groups(10**5), groups(10**5), LEVELS)
def test_p_and_verdict_agree_always_and_with_the_interval_wherever_groups_are_not_tiny(one, other, level):
    found = st.difference_test(*one, *other, level)
    assume(abs(found.p - (1 - level)) > 1e-9)
    left_out = found.difference.low > 0 or found.difference.high < 0
    assert (found.p < 1 - level) == (found.verdict != "no_certain_difference")
    assert found.p >= 1 - level or left_out
    expected = (one[0] + other[0]) / (one[1] + other[1]) * min(one[1], other[1])
    if 5 <= expected <= min(one[1], other[1]) - 5:
        assert (found.p < 1 - level) == left_out
    assert found.p == pytest.approx(st.difference_test(*other, *one, level).p, rel=1e-9)


@given(groups(10**6), groups(10**6))
def test_a_part_and_its_rest_make_the_whole(part, rest):
    whole = (part[0] + rest[0], part[1] + rest[1])
    assert st.rest_of(*part, *whole) == st.Group(*rest)


@pytest.mark.long
@given(some.lists(some.tuples(some.integers(5, 500), some.integers(501, 10**6)), min_size=2, max_size=12), some.data())
def test_a_standardised_rate_lies_between_the_rates_of_its_strata(strata, data):
    counts, populations = zip(*strata, strict=True)
    standard = data.draw(some.lists(some.integers(1, 10**6), min_size=len(strata), max_size=len(strata)))
    found = st.directly_standardised_rate(counts, populations, standard, per=1)
    rates = np.array(counts) / np.array(populations)
    assert rates.min() * (1 - 1e-9) <= found.estimate <= rates.max() * (1 + 1e-9)
    assert found.low < found.estimate < found.high
    doubled = st.directly_standardised_rate(counts, populations, [2 * weight for weight in standard], per=1)
    assert (doubled.low, doubled.high) == pytest.approx((found.low, found.high), rel=1e-9)


@pytest.mark.long
@given(some.lists(some.floats(0, 1), min_size=1, max_size=30))
def test_adjusted_p_values_keep_their_order_and_are_never_smaller(p):
    bonferroni, holm, hochberg = (st.adjust(p, method) for method in ("bonferroni", "holm", "benjamini_hochberg"))
    for raw, lowest, middle, highest in zip(p, hochberg, holm, bonferroni, strict=True):
        assert raw * (1 - 1e-12) <= lowest <= middle * (1 + 1e-12) <= highest * (1 + 1e-12) <= 1 + 1e-9
    for adjusted in (bonferroni, holm, hochberg):
        assert (np.diff(np.array(adjusted)[np.argsort(p)]) >= 0).all()
