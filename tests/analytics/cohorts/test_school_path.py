import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics import cohorts
from analytics.errors import StatisticsInputError
from analytics.results import NotEstimable


@pytest.mark.long
@given(st.lists(st.tuples(st.integers(50, 3000), st.floats(0.05, 0.95)), min_size=1, max_size=4))
def test_the_share_of_a_sum_lies_within_what_rounding_leaves_open(groups: list[tuple[int, float]]) -> None:
    counts = [max(round(size * share), 1) for size, share in groups]
    shares = [round(count / size, 3) for count, (size, _) in zip(counts, groups, strict=True)]
    low, high = cohorts.combined_share(counts, shares, 3)
    truth = sum(counts) / sum(size for size, _ in groups)
    assert low - 1e-9 <= truth <= high + 1e-9


def test_the_share_of_a_sum_is_not_the_mean_of_the_shares() -> None:
    """300 of 1000 and 90 of 100: together 390 of 1100 = 35.5 %, not 60 %."""
    low, high = cohorts.combined_share([300, 90], [0.3, 0.9], 3)
    assert low < 390 / 1100 < high < 0.4


def test_a_group_of_which_all_completed_is_no_smaller_than_its_count() -> None:
    low, high = cohorts.combined_share([10_000, 100], [1.0, 0.5], 3)
    assert high == 10_100 / (10_000 + 200)
    assert low < high


@pytest.mark.long
def test_agder_s_completion_is_the_sum_of_its_old_counties_counts(real: None) -> None:
    found = cohorts.school_path("42")
    assert isinstance(found, cohorts.SchoolPath)
    summed = found.school.filter((pl.col("borders") == "summed") & (pl.col("year") == 2019)).row(0, named=True)
    assert summed["count"] == 1023 + 2056
    assert summed["share"] is None
    assert 0.766 < summed["share_low"] < summed["share_high"] < 0.795


@pytest.mark.long
def test_leaving_school_is_never_summed_over_counties_because_it_has_no_counts(real: None) -> None:
    found = cohorts.school_path("42")
    assert isinstance(found, cohorts.SchoolPath)
    quitting = found.school.filter(pl.col("indicator") == "upper_secondary_quit")
    assert set(quitting["borders"]) == {"then", "today"}
    assert quitting.filter(pl.col("region_code") == "42")["year"].to_list() == [2020, 2021]
    assert quitting.filter(pl.col("region_code") == "09")["year"].max() == 2019


@pytest.mark.long
def test_each_school_figure_stands_beside_the_same_birth_years_later(real: None) -> None:
    found = cohorts.school_path("42")
    assert isinstance(found, cohorts.SchoolPath)
    beside = found.later.filter(pl.col("later_year").is_not_null())
    middle = pl.col("later_age").replace_strict({"20-24": 22, "25-29": 27}, return_dtype=pl.Int32)
    assert beside.select((pl.col("later_year") - middle == pl.col("born")).all()).item()
    assert {"09", "10", "42"} == set(beside["region_code"])


@pytest.mark.long
def test_old_counties_outside_share_comes_from_whole_municipalities(real: None) -> None:
    """Vest-Agder in 2010 at 20–24: the sum of today's municipalities that lay in it, Kristiansand among them."""
    found = cohorts.school_path("42")
    assert isinstance(found, cohorts.SchoolPath)
    west = found.later.filter(
        (pl.col("region_code") == "10") & (pl.col("later_year") == 2010) & (pl.col("later_age") == "20-24")
    )
    assert west["later_share"][0] == pytest.approx(0.129, abs=0.002)


@pytest.mark.parametrize("county", ["4204", "0", "09", "x"])
def test_a_school_path_is_asked_of_a_county_of_today(county: str) -> None:
    with pytest.raises(StatisticsInputError):
        cohorts.school_path(county)


@pytest.mark.long
def test_a_county_without_school_figures_has_no_path(real: None) -> None:
    found = cohorts.school_path("42", "female")
    assert isinstance(found, cohorts.SchoolPath | NotEstimable)
    assert isinstance(found, cohorts.SchoolPath)
    assert set(found.school["indicator"]) == {"upper_secondary_completed"}
