"""Verdicts on differences: places, years, the rest of a county, and groups too small to tell."""

import pytest

from analytics import statistics as st
from analytics.results import NotEstimable


@pytest.mark.parametrize(
    ("groups", "verdict"),
    [
        ((300, 1000, 200, 1000), "clearly_higher"),
        ((240, 1000, 200, 1000), "somewhat_higher"),
        ((210, 1000, 200, 1000), "no_certain_difference"),
        ((200, 1000, 240, 1000), "somewhat_lower"),
        ((200, 1000, 300, 1000), "clearly_lower"),
        ((0, 1, 1, 1), "no_certain_difference"),
        ((0, 0, 1, 10), "not_comparable"),
        ((1, 10, None, 10), "not_comparable"),
    ],
)
def test_the_verdict_follows_the_test_not_the_eye(groups, verdict):
    assert st.difference_test(*groups).verdict == verdict
    assert st.difference_verdicts(*([value] for value in groups)) == [verdict]


def test_one_place_is_compared_with_many_in_one_call():
    assert st.difference_verdicts([300, None, 200], 1000, 200, 1000)[:2] == ["clearly_higher", "not_comparable"]


@pytest.mark.parametrize(("events", "others"), [(1, 100_000), (0, 900_000)])
def test_one_person_alone_is_never_a_certain_difference(events, others):
    found = st.difference_test(events, 1, others, 1_000_000)
    assert (found.verdict, found.p) == ("no_certain_difference", pytest.approx(0.2, rel=1e-4))


def test_a_verdict_on_tiny_groups_is_wrong_at_most_as_often_as_it_says():
    from scipy.stats import binom

    for persons in (1, 2, 3, 5, 10, 20, 40):
        verdicts = st.difference_verdicts(range(persons + 1), persons, 100_000, 1_000_000)
        wrong = [events for events, verdict in enumerate(verdicts) if verdict != "no_certain_difference"]
        assert binom.pmf(wrong, persons, 0.1).sum() <= 0.05


def test_tiny_groups_use_fishers_exact_test_of_the_hypergeometric():
    from scipy.stats import hypergeom

    tails = hypergeom.cdf(1, 110, 81, 10), hypergeom.sf(0, 110, 81, 10)
    assert st.difference_test(1, 10, 80, 100).p == pytest.approx(2 * min(tails), rel=1e-9)
    assert st.difference_test(20_000, 20_000, 0, 10**15).p < 1e-300


def test_the_exact_test_has_a_say_below_five_expected_and_not_at_five():
    from analytics.statistics.fisher_exact import is_small

    assert [is_small((events, 10), (5, 10)) for events in (4, 5, 6)] == [True, False, True]


def test_what_cannot_be_compared_carries_the_reason_and_no_p():
    found = st.difference_test(1, 10, None, 10)
    assert (found.difference, found.p, found.p_score) == (NotEstimable("unknown_count"), None, None)


def test_equal_shares_have_p_one_and_a_stricter_level_is_never_less_strict_than_its_interval():
    assert st.difference_test(0, 10, 0, 20).p == st.difference_test(0, 10, 0, 20).p_score == 1.0
    assert st.difference_test(3, 10, 6, 20).p == 1.0
    found = st.difference_test(260, 1000, 200, 1000, level=0.9999)
    assert (found.difference.low < 0, found.verdict) == (True, "no_certain_difference")


def test_the_score_p_is_pearsons_chi_squared():
    from scipy.stats import chi2_contingency

    expected = chi2_contingency([[56, 14], [48, 32]], correction=False).pvalue
    assert st.difference_test(56, 70, 48, 80).p_score == pytest.approx(expected, rel=1e-10)


def test_the_home_municipality_is_taken_out_of_its_county():
    assert st.rest_of(2, 20, 10, 90) == st.Group(8, 70)


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ((12, 20, 10, 90), "rest_impossible"),
        ((2, 100, 10, 90), "rest_impossible"),
        ((2, 88, 10, 90), "rest_impossible"),
        ((2, 90, 3, 90), "rest_impossible"),
        ((10, 90, 10, 90), "rest_empty"),
        ((None, 20, 10, 90), "unknown_count"),
    ],
)
def test_a_rest_that_rounding_makes_impossible_is_not_estimated(part, reason):
    assert st.rest_of(*part) == NotEstimable(reason)
