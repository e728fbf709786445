"""Published tables, each with its source, against the public functions of analytics.statistics."""

import math

import numpy as np
import pytest

from analytics import statistics as st


@pytest.mark.parametrize(
    ("count", "population", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_limits_are_those_of_newcombe_1998_single_proportion_table_1(count, population, low, high):
    found = st.wilson_interval(count, population)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize(
    ("groups", "low", "high"),
    [
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((6, 7, 2, 7), 0.0582, 0.8062),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((0, 10, 0, 20), -0.1611, 0.2775),
        ((0, 10, 0, 10), -0.2775, 0.2775),
        ((10, 10, 0, 20), 0.6791, 1.0),
        ((10, 10, 0, 10), 0.6075, 1.0),
    ],
)
def test_differences_are_those_of_newcombe_1998_table_2_method_10(groups, low, high):
    found = st.newcombe_interval(*groups)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_the_job_training_trial_of_lalonde_1986_has_newcombes_interval():
    found = st.difference_test(140, 185, 168, 260)
    per_100 = [
        round(100 * value, 1) for value in (found.difference.estimate, found.difference.low, found.difference.high)
    ]
    assert per_100 == [11.1, 2.4, 19.3]
    assert found.verdict == "somewhat_higher"


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(0, 0.0, 3.689), (1, 0.0253, 5.572), (2, 0.242, 7.225), (5, 1.623, 11.668), (9, 4.115, 17.085)],
)
def test_small_counts_have_the_exact_poisson_limits_of_garwood_1936(count, low, high):
    """Also Pearson & Hartley (1966), Biometrika Tables for Statisticians, table 40."""
    found = st.rate_interval(count, 100, per=100)
    assert (found.low, found.high) == pytest.approx((low, high), rel=1e-3, abs=1e-9)


@pytest.mark.parametrize("count", [10, 11, 15, 25, 50, 137, 500, 5000])
def test_byars_limits_are_within_two_per_mille_of_the_exact_ones_as_public_health_england_states(count):
    """PHE (2018), Technical Guide: Confidence Intervals, appendix 1: within 0.2 % from 10 events at 95 %."""
    from scipy.stats import chi2

    found = st.rate_interval(count, 1, per=1)
    exact = chi2.ppf(0.025, 2 * count) / 2, chi2.ppf(0.975, 2 * count + 2) / 2
    assert (found.low, found.high) == pytest.approx(exact, rel=0.002)
    assert (found.low, found.high) != pytest.approx(exact, rel=1e-9)


def test_ten_events_have_byars_limits_by_hand():
    found = st.rate_interval(10, 10, per=10)
    z = 1.959963984540054
    low, high = 10 * (1 - 1 / 90 - z / (3 * 10**0.5)) ** 3, 11 * (1 - 1 / 99 + z / (3 * 11**0.5)) ** 3
    assert (found.low, found.high) == pytest.approx((low, high), rel=1e-12)


def test_downs_syndrome_in_michigan_by_maternal_age_has_the_published_standardised_rate():
    """Fay & Feuer (1997), table II, birth order 5 and more: 75.52901 per 100 000 (R packages asht and dsrTest)."""
    cases, births = [0, 8, 63, 112, 262, 295], [327, 30666, 123419, 149919, 104088, 34392]
    found = st.directly_standardised_rate(cases, births, [319933, 931318, 786511, 488235, 237863, 61313])
    assert found.estimate == pytest.approx(75.52901, abs=5e-6)
    assert found.low < found.estimate < found.high


def test_a_standard_in_proportion_gives_the_crude_rate_and_its_interval():
    """Fay & Feuer (1997): Dobson's method is the single Poisson interval where the structures are proportional."""
    found = st.directly_standardised_rate([4, 9, 30], [100, 200, 300], [1, 2, 3], per=100)
    crude = st.rate_interval(43, 600, per=100)
    assert (found.estimate, found.low, found.high) == pytest.approx((crude.estimate, crude.low, crude.high), rel=1e-12)


PHE_FUNNEL = {  # population: lower and upper limit at 95 %, then at 99.8 %, per cent, around 80.642448
    1: (3.204264, 100, 0, 100),
    10: (56.154344, 100, 42.03259, 100),
    50: (69.691035, 91.593861, 63.375595, 97.909301),
    1008: (78.203374, 83.081521, 76.796814, 84.488082),
    110000: (80.408963, 80.875933, 80.274317, 81.010578),
}


def test_funnel_limits_are_those_of_public_health_englands_funnel_tool():
    """PHEindicatormethods, tests/testthat/testdata_funnel_prop_outputs.csv (Open Government Licence)."""
    found = st.funnel_limits(0.80642448, list(PHE_FUNNEL))
    for population, published in PHE_FUNNEL.items():
        rows = found.filter(found["population"] == population).sort("level")
        ours = [100 * value for row in rows.select("low", "high").iter_rows() for value in row]
        assert ours == pytest.approx(published, abs=2e-4)


BENJAMINI_HOCHBERG = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
    *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0),
]


@pytest.mark.parametrize(("method", "rejections"), [("bonferroni", 3), ("holm", 3), ("benjamini_hochberg", 4)])
def test_the_fifteen_p_values_of_benjamini_and_hochberg_1995(method, rejections):
    assert sum(st.rejected(BENJAMINI_HOCHBERG, method)) == rejections


def test_the_beetle_mortality_of_bliss_1935_has_the_published_logistic_slope():
    """Dobson (2002), Introduction to Generalized Linear Models, ch. 7: slope 34.27, s.e. 2.91, X² 10.03 on 6 df."""
    dose = [1.6907, 1.7242, 1.7552, 1.7842, 1.8113, 1.8369, 1.8610, 1.8839]
    found = st.trend_test(dose, [6, 13, 18, 28, 52, 53, 61, 60], [59, 60, 62, 56, 63, 59, 62, 60])
    assert found.df == 6
    assert math.log(found.odds_ratio.estimate) == pytest.approx(34.27, abs=0.005)
    assert found.dispersion * 6 == pytest.approx(10.03, abs=0.005)
    half_width = math.log(found.odds_ratio.high) - math.log(found.odds_ratio.estimate)
    assert half_width / 2.446912 / np.sqrt(found.dispersion) == pytest.approx(2.91, abs=0.005)
