"""How old the figures are."""

import datetime as dt

import pytest

from analytics.data_quality import figure_ages


@pytest.mark.long
def test_the_age_of_the_newest_figure_is_told_for_the_nation_and_for_one_place() -> None:
    ages = figure_ages("4204", dt.date(2026, 11, 29))
    outside = ages.filter(indicator="neet_register").row(0, named=True)
    assert (outside["period"], outside["published"], outside["period_here"], outside["months"]) == (
        "2025", "2026-09", "2024", 11,
    )  # fmt: skip
    months = ages["months"].to_list()
    assert months == sorted(months)


def test_a_place_without_a_figure_has_no_newest_one() -> None:
    here = dict(figure_ages("4204", dt.date(2026, 11, 29)).select("indicator", "period_here").iter_rows())
    assert here["disability_benefit"] is None


@pytest.mark.long
def test_the_months_are_whole_and_never_negative() -> None:
    ages = figure_ages("0", dt.date(2025, 12, 31)).filter(indicator="reduced_work_capacity")
    assert ages["months"].to_list() == [1]
    assert set(figure_ages("0", dt.date(2020, 1, 1))["months"].to_list()) >= {0}
