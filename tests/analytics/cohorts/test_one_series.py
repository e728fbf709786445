"""Comparisons that no break comes between, and old counties only where their area is the county's of today."""

import json

import polars as pl
import pytest

from analytics import cohorts
from analytics.__main__ import main
from analytics.results import NotEstimable
from data.catalogue import regions
from tests.analytics.cohorts.ground import AGES, rows


def _table(counts: dict[int, int], breaks: tuple[int, ...]) -> cohorts.CohortTable:
    found = rows([(year, age, count, 1000) for year, count in counts.items() for age in AGES])
    frame = cohorts.cohort_frame(found, yearly=True, breaks=breaks)
    return cohorts.CohortTable("neet_register", "4204", "both", "made", True, breaks, frame)


@pytest.mark.parametrize(
    ("years", "breaks", "pair"),
    [
        (range(2008, 2025), (2015, 2021), (2021, 2024)),
        (range(2008, 2021), (2015, 2021), (2015, 2020)),
        (range(2008, 2025), (), (2019, 2024)),
        (range(2022, 2025), (2015, 2021), (2022, 2024)),
    ],
)
def test_the_newest_year_meets_the_first_of_its_own_series_at_most_five_years_before(
    years: range, breaks: tuple[int, ...], pair: tuple[int, int]
) -> None:
    found = cohorts.within_series(_table(dict.fromkeys(years, 100), breaks), "20-24")
    assert isinstance(found, cohorts.SameAge)
    assert (found.earlier["year"], found.later["year"]) == pair
    assert found.breaks == ()
    assert found.overlapping == (pair[1] - pair[0] < 5)


def test_a_series_of_one_year_has_nothing_to_compare() -> None:
    assert isinstance(cohorts.within_series(_table({2019: 100, 2020: 100, 2021: 100}, (2021,)), "20-24"), NotEstimable)


def test_the_newest_series_is_the_years_after_the_last_break_among_them() -> None:
    found = rows([(year, age, 100, 1000) for year in range(2008, 2025) for age in AGES])
    assert cohorts.newest_series(found, (2015, 2021))["year"].unique().sort().to_list() == [2021, 2022, 2023, 2024]
    older = found.filter(pl.col("year") < 2021)
    assert cohorts.newest_series(older, (2015, 2021))["year"].min() == 2015
    assert cohorts.newest_series(found, ()).height == found.height


@pytest.mark.long
def test_the_commands_give_what_stands_beside_a_break(real: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cohort", "same-age", "--region", "4204"]) == 0
    inside = json.loads(capsys.readouterr().out)["within_series"]
    assert [(one["earlier"]["count"], one["later"]["count"]) for one in inside][1] == (893, 916)
    assert main(["cohort", "apc", "--region", "0"]) == 0
    newest = json.loads(capsys.readouterr().out)["newest_series"]
    assert newest["first_year"] == 2021
    assert newest["net_drift_per_year"]["low"] > 1


@pytest.mark.long
@pytest.mark.parametrize(
    ("county", "same"),
    [
        ("42", True),
        ("40", True),
        ("56", True),
        ("03", True),
        ("32", False),
        ("34", False),
        ("46", False),
        ("50", False),
    ],
)
def test_old_counties_are_followed_only_where_no_municipality_changed_county(
    county: str, same: bool, real: None
) -> None:
    """Asker is of Akershus and Buskerud, Lunner and Jevnaker went from Oppland, Hornindal and Rindal changed county."""
    found = cohorts.school_path(county)
    assert isinstance(found, cohorts.SchoolPath)
    assert found.same_area is same
    old = found.later.filter(pl.col("region_code").is_in(found.old))
    assert old["later_share"].count() == 0 or same
    summed = found.school.filter(pl.col("borders") == "summed")
    assert (summed.height > 0) == (same and len(found.old) > 1)


@pytest.mark.long
def test_two_counties_of_one_name_are_never_one_line(real: None) -> None:
    current = regions().filter((pl.col("level") == "county") & pl.col("current"))["code"]
    for found in (cohorts.school_path(code) for code in current):
        if isinstance(found, cohorts.SchoolPath):
            named = found.school.select("region_code", "region_name").unique()
            assert named["region_name"].is_unique().all()


def test_a_county_s_past_errors_are_counties_also_where_its_own_are_unknown(real: None) -> None:
    """Rogaland has no past forecasts of its own: Sandnes is unknown before 2020."""
    made = cohorts.project("11", complete=True)
    assert isinstance(made, cohorts.Projection)
    past = cohorts.past_error(made, cohorts.back_test())
    assert isinstance(past, cohorts.PastError)
    assert (past.level, past.regions < 20) == ("county", True)
