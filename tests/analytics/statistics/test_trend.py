"""Trends over years: recovery of known truth, another implementation, and the years that say too little."""

import math
import string

import numpy as np
import pytest

from analytics import statistics as st
from analytics.results import NotEstimable
from data import i18n

YEARS = list(range(2008, 2025))
RNG = np.random.default_rng(2021)
POPULATIONS = RNG.integers(17_000, 19_000, len(YEARS))
COUNTS = RNG.binomial(POPULATIONS, np.clip(RNG.normal(0.11, 0.008, len(YEARS)), 0, 1))


def _statsmodels(design, counts, populations):
    import statsmodels.api as sm

    endog = np.column_stack([counts, np.asarray(populations) - counts])
    return sm.GLM(endog, design, family=sm.families.Binomial()).fit()


def test_the_trend_is_that_of_statsmodels_quasi_binomial():
    found = st.trend_test(YEARS, COUNTS, POPULATIONS)
    other = _statsmodels(np.column_stack([np.ones(17), np.array(YEARS) - 2016.0]), COUNTS, POPULATIONS)
    dispersion = other.pearson_chi2 / other.df_resid
    assert found.dispersion == pytest.approx(dispersion, rel=1e-8)
    assert found.dispersion > 1
    assert math.log(found.odds_ratio.estimate) == pytest.approx(other.params[1], rel=1e-8)
    reach = math.log(found.odds_ratio.high / found.odds_ratio.estimate)
    assert reach == pytest.approx(other.bse[1] * dispersion**0.5 * 2.131449546, rel=1e-7)


def test_smooth_series_are_never_called_more_certain_than_chance_allows():
    found = st.trend_test(YEARS, [100] * 17, [1000] * 17)
    assert found.dispersion == 1.0
    assert found.odds_ratio.estimate == pytest.approx(1)
    assert found.odds_ratio.low < 1 < found.odds_ratio.high
    assert (found.verdict, found.p) == ("no_certain_trend", pytest.approx(1))


@pytest.mark.parametrize(("slope", "verdict"), [(0.05, "clearly_rising"), (-0.05, "clearly_falling")])
def test_a_known_trend_is_recovered(slope, verdict):
    shares = 1 / (1 + np.exp(2 - slope * np.arange(17)))
    found = st.trend_test(YEARS, np.round(shares * 18_000), [18_000] * 17)
    assert math.log(found.odds_ratio.estimate) == pytest.approx(slope, abs=0.001)
    mean = shares.mean()
    assert found.slope.estimate == pytest.approx(slope * mean * (1 - mean), rel=0.02)
    assert found.verdict == verdict


@pytest.mark.long
@pytest.mark.parametrize(("spread", "fewest", "most"), [(0.0, 0.002, 0.05), (0.02, 0.03, 0.07)])
def test_where_nothing_happens_a_trend_is_found_at_most_one_time_in_twenty(spread, fewest, most):
    """With pure chance the floor under the dispersion makes the test cautious; with years that vary it is exact."""
    rng = np.random.default_rng(7)
    shares = np.clip(rng.normal(0.1, spread, (800, 10)), 0.02, 1)
    p = [st.trend_test(range(10), rng.binomial(2000, share), [2000] * 10).p for share in shares]
    assert fewest < np.mean(np.array(p) < 0.05) < most


def test_unknown_and_empty_years_are_left_out_by_name():
    found = st.trend_test([2024, 2020, 2021, 2022, 2023], [40, 30, None, 33, 0], [300, 300, 300, 300, 0])
    assert (found.years, found.left_out) == ((2020.0, 2022.0, 2024.0), (2021.0, 2023.0))


@pytest.mark.parametrize(
    ("years", "counts", "reason"),
    [
        ([2020, 2021], [3, 4], "few_years"),
        ([2020, 2021, 2022], [3, None, 4], "few_years"),
        ([2020, 2021, 2022], [0, 0, 0], "no_events"),
        ([2020, 2021, 2022], [50, 50, 50], "all_events"),
        ([2020, 2021, 2022], [0, 0, 5], "separated"),
    ],
)
def test_series_that_say_too_little_have_no_trend(years, counts, reason):
    assert st.trend_test(years, counts, 50).reason == reason


@pytest.mark.parametrize("years", [[2020, 2020, 2021], [2020, None, 2021], [2020, 2021], ["2020", "2021", "2022"]])
def test_years_given_twice_or_unknown_are_refused(years):
    with pytest.raises(st.StatisticsInputError):
        st.trend_test(years, [3, 4, 5], [50, 50, 50])


def test_every_non_answer_has_a_sentence_in_both_languages():
    answers = [
        st.trend_test([2020, 2021], [3, 4], 50),
        st.directly_standardised_rate([4, 5], [100, 100], [1, 1]),
        st.directly_standardised_rate([None, 5], [100, 100], [1, 1]),
        *(NotEstimable(reason) for reason in ("unknown_count", "no_population", "no_standard")),
        *(NotEstimable(reason) for reason in ("rest_empty", "rest_impossible", "no_events", "all_events")),
        *(NotEstimable(reason) for reason in ("separated", "few_places")),
    ]
    for answer in answers:
        assert answer.sentence("nb") != answer.sentence("en")
        assert "{" not in answer.sentence("nb") + answer.sentence("en")


def test_norwegian_and_english_texts_of_the_statistics_have_the_same_keys_and_placeholders():
    nb, en = (i18n.words("analytics", lang) for lang in ("nb", "en"))
    mine = [key for key in nb if key.startswith(("not_estimable.", "expected."))]
    for key in mine:
        names = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (nb[key], en[key])]
        assert names[0] == names[1], key
