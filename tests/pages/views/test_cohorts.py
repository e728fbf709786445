"""The cohorts page: each picture in both languages, with the numbers of the analysis and nothing hidden drawn."""

import pytest

from analytics import cohorts
from analytics.results import NotEstimable
from data import i18n
from data.i18n import speaking
from pages.components.chart_card import Chart
from pages.views.cohorts.age_period_cohort import apart_chart
from pages.views.cohorts.projection import ahead_chart
from pages.views.cohorts.same_age import break_places, lexis_chart, same_age_chart
from pages.views.cohorts.selection import FACTORS, PICTURES, CohortsSelection
from pages.views.cohorts.transitions import flows_chart
from pages.views.cohorts.view import PICTURES as DRAWN
from tests.analytics.cohorts.conftest import built_cohorts, real

__all__ = ["built_cohorts", "real"]
pytestmark = pytest.mark.usefixtures("real")
LANGUAGES = pytest.mark.parametrize("lang", i18n.LANGUAGES)


def _choice(picture: str, region: str = "4204", **options: object) -> CohortsSelection:
    return CohortsSelection(region, "both", picture, complete=region == "42", **options)  # type: ignore[arg-type]


def _drawn(choice: CohortsSelection, lang: str) -> Chart:
    with speaking(lang):
        made = DRAWN[choice.picture](choice)
    assert isinstance(made, Chart)
    return made


@pytest.mark.long
@LANGUAGES
@pytest.mark.parametrize("picture", PICTURES)
@pytest.mark.parametrize("region", ["4204", "42", "0", "4203"])
def test_every_picture_is_drawn_or_says_why_not(picture: str, region: str, lang: str) -> None:
    with speaking(lang):
        made = DRAWN[picture](_choice(picture, region))
    if isinstance(made, NotEstimable):
        assert picture in ("flows", "school")
        assert made.sentence(lang)
    else:
        assert made.table.height
        assert {column.name for column in made.columns} <= set(made.table.columns)
        assert made.finding in made.alt


@pytest.mark.long
@LANGUAGES
def test_the_heading_names_the_break_between_the_two_years(lang: str) -> None:
    assert "2021" in _drawn(_choice("same_age"), lang).finding


@LANGUAGES
def test_the_numbers_of_the_picture_are_those_of_the_analysis(lang: str) -> None:
    table = cohorts.follow("4204")
    assert isinstance(table, cohorts.CohortTable)
    drawn = _drawn(_choice("same_age"), lang)
    known = table.frame.drop_nulls("share")
    assert sorted(drawn.table["share"].drop_nulls()) == sorted(known["share"])
    points = [value for line in drawn.picture.data for value in line.y if value is not None]
    assert sorted(points) == sorted(known["share"])


@pytest.mark.long
@LANGUAGES
def test_a_county_without_some_municipalities_names_them(lang: str) -> None:
    for picture in ("same_age", "lexis", "ahead", "apart"):
        made = _drawn(_choice(picture, "42"), lang)
        assert "Bykle" in " ".join(made.more)
        assert "5" in made.finding.split("Agder", 1)[1].split(")")[0]


@LANGUAGES
def test_flows_are_marked_as_an_example_and_draw_the_hidden_together(lang: str) -> None:
    made = _drawn(_choice("flows"), lang)
    assert made.example
    assert sum(made.picture.data[0].link.value) == 980
    assert made.table["count"].null_count() == 2


@pytest.mark.long
@LANGUAGES
def test_school_figures_stand_on_the_borders_of_their_time(lang: str) -> None:
    made = _drawn(_choice("school"), lang)
    assert set(made.table["region_name"]) == {"Agder", "Aust-Agder", "Vest-Agder"}
    assert made.table.filter(made.table["region_name"] == "Agder")["share"].null_count() == 11
    assert [source.publisher for source in made.sources] == ["IMDi", "Udir", "SSB"]
    path = cohorts.school_path("42", "both")
    assert not isinstance(path, NotEstimable)
    quit_shares = path.school.filter(path.school["indicator"] == cohorts.QUIT)["share"].to_list()
    drawn = [value for line in made.picture.data if line.yaxis == "y2" for value in line.y if value is not None]
    assert sorted(drawn) == sorted(quit_shares)


@pytest.mark.long
@LANGUAGES
def test_a_scenario_changes_the_heading_and_the_number(lang: str) -> None:
    plain = _drawn(_choice("ahead", factors=dict.fromkeys(FACTORS.values(), 1.0)), lang)
    fewer = _drawn(_choice("ahead", factors={"20-24": 0.5}), lang)
    assert fewer.table["outside"][-1] < plain.table["outside"][-1]
    assert plain.finding.split("(")[0] != fewer.finding.split("(")[0]


def test_a_break_lies_before_the_first_row_of_the_new_series() -> None:
    assert break_places((2015, 2021), list(range(2008, 2025))) == [6.5, 12.5]
    assert break_places((2008, 1990), list(range(2008, 2025))) == []


def test_every_choice_of_picture_has_a_picture() -> None:
    assert tuple(DRAWN) == PICTURES
    assert {same_age_chart, lexis_chart, apart_chart, flows_chart, ahead_chart} <= set(DRAWN.values())


def test_the_lines_of_the_years_ahead_stop_at_each_break() -> None:
    came = _drawn(_choice("ahead"), "nb").picture.data[0]
    gaps = [x for x, y in zip(came.x, came.y, strict=True) if y is None]
    assert gaps == [year - 0.5 for year in cohorts.break_years()]


def test_the_lines_of_those_who_completed_school_stop_at_each_break() -> None:
    lines = [trace for trace in _drawn(_choice("school"), "nb").picture.data if None in trace.y]
    assert lines
    for trace in lines:
        known = [(x, y is None) for x, y in zip(trace.x, trace.y, strict=True)]
        assert known == sorted(known)
