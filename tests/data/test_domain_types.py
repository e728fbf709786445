"""A period, an age group and a region are read once, by one reader each; what cannot be read or ordered is refused."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.age_group import AgeGroup, AgeGroupUnreadable, is_age_group
from data.period import FORM_OF, Period, PeriodsOverlap, PeriodUnreadable, is_period, is_period_of_data
from data.region import Region, RegionUnknown

CODES = ["2024", "2024-Q1", "2024K4", "2022-03", "2022M12", "2026-W53", "2020W01", "2020-21", "2020-2021", "2024-02-29"]


@pytest.mark.parametrize(
    ("code", "frequency", "start", "end"),
    [
        ("2024", "year", "2024-01-01", "2024-12-31"),
        ("2022-02", "month", "2022-02-01", "2022-02-28"),
        ("2024M12", "month", "2024-12-01", "2024-12-31"),
        ("2024K4", "quarter", "2024-10-01", "2024-12-31"),
        ("2024-Q1", "quarter", "2024-01-01", "2024-03-31"),
        ("2020-W53", "week", "2020-12-28", "2021-01-03"),
        ("2010-11", "school_year", "2010-08-01", "2011-07-31"),
        ("1999-00", "school_year", "1999-08-01", "2000-07-31"),
    ],
)
def test_a_period_knows_its_first_and_last_day(code, frequency, start, end):
    read = Period.of(code, frequency)
    assert (read.start, read.end) == (dt.date.fromisoformat(start), dt.date.fromisoformat(end))


def test_two_numbers_are_a_month_unless_the_indicator_is_counted_by_school_years():
    assert Period.of("2010-11").frequency == "month"
    assert Period.of("2010-11", "school_year").frequency == "school_year"
    assert Period.of("2020-21").frequency == "school_year", "there is no twenty-first month"


@pytest.mark.parametrize(
    "code", ["", "2024-13", "2024-00", "2020-22", "2024-Q5", "2023-02-29", "24", "9/2024", "2021-W60"]
)
def test_what_is_no_period_is_refused_with_the_forms_that_are(code):
    assert not is_period(code)
    with pytest.raises(PeriodUnreadable) as refused:
        Period.of(code)
    assert "2024-Q1" in refused.value.do("nb")
    assert refused.value.says("nb") != refused.value.says("en")


@pytest.mark.parametrize(
    ("code", "ours"),
    [
        *((code, True) for code in ("2024", "2024-03", "2024-Q1", "2024-W07", "2023-24")),
        *((code, False) for code in ("2024M03", "2024K1", "2024Q1", "2024U07", "2024-11-16", "2024-13", "2023/24")),
    ],
)
def test_a_catalogue_writes_a_period_as_the_data_do(code, ours):
    assert is_period_of_data(code) is ours


def test_a_month_is_no_year_and_the_reader_is_told_the_form_of_a_year():
    with pytest.raises(PeriodUnreadable) as refused:
        Period.of("2024-03", "year")
    assert refused.value.expected == FORM_OF["year"]


def test_a_year_and_a_month_within_it_are_in_no_order():
    for one, other in [("2024", "2024-03"), ("2024-03", "2024"), ("2024", "2023-24")]:
        with pytest.raises(PeriodsOverlap):
            sorted([Period.of(one), Period.of(other)])


def test_periods_of_different_kinds_that_share_no_day_are_in_order():
    ordered = sorted(["2024-03", "2022", "2023-Q4"], key=Period.of)
    assert ordered == ["2022", "2023-Q4", "2024-03"]


@pytest.mark.long
@given(st.lists(st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31)), min_size=1))
def test_months_are_in_the_order_of_time_and_of_their_place_on_the_axis(days):
    codes = [f"{day:%Y-%m}" for day in days]
    ordered = sorted(codes, key=Period.of)
    assert ordered == sorted(codes)
    positions = [Period.of(code).position for code in ordered]
    assert positions == sorted(positions)


@pytest.mark.parametrize("code", CODES)
def test_a_period_lies_on_the_axis_within_its_days(code):
    read = Period.of(code)
    assert isinstance(read, Period)
    assert read.start.year <= read.position < read.end.year + 1


@pytest.mark.parametrize(
    ("code", "low", "high"),
    [("15-29", 15, 29), ("under-30", 0, 29), ("67+", 67, None), ("18", 18, 18), ("all", 0, None), ("0-5", 0, 5)],
)
def test_an_age_group_knows_its_ages(code, low, high):
    read = AgeGroup.of(code)
    assert (read.low, read.high) == (low, high)


@pytest.mark.parametrize("code", ["", "29-15", "under-0", "15 - 29", "young", "15-290", "15–29"])
def test_what_is_no_age_group_is_refused(code):
    assert not is_age_group(code)
    with pytest.raises(AgeGroupUnreadable):
        AgeGroup.of(code)


def test_groups_overlap_where_a_person_can_be_in_both():
    assert AgeGroup.of("under-30").overlaps(AgeGroup.of("29-34"))
    assert not AgeGroup.of("15-19").overlaps(AgeGroup.of("20-24"))


def test_a_region_is_known_by_its_code_and_nothing_else():
    kristiansand = Region.of("4204")
    assert (kristiansand.is_municipality, kristiansand.county, kristiansand.is_current) == (True, "42", True)
    assert Region.of("0").level == "nation"
    assert Region.of("5001").short_name == "Trondheim"
    for code in ("9999", "Kristiansand", "42040", ""):
        with pytest.raises(RegionUnknown):
            Region.of(code)
