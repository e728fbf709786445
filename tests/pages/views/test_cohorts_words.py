"""Every sentence of the cohorts page: true of the place it names, of one series, and made again by its own command."""

import math
import re

import polars as pl
import pytest

from analytics import cohorts
from analytics.results import NotEstimable
from data import i18n
from data.i18n import speaking
from pages.components.chart_card import Chart
from pages.format.numbers import number
from pages.plots import axes, theme
from pages.views.cohorts.school_completion import school_chart
from pages.views.cohorts.selection import CohortsSelection
from pages.views.cohorts.transitions import flows_chart
from pages.views.cohorts.view import PICTURES as DRAWN
from tests.analytics.cohorts.conftest import built_cohorts, real

__all__ = ["built_cohorts", "real"]
pytestmark = pytest.mark.usefixtures("real")
LANGUAGES = pytest.mark.parametrize("lang", i18n.LANGUAGES)
COUNTIES = ("42", "11", "32")


def _drawn(picture: str, region: str, lang: str = "nb", sex: str = "both", **options: object) -> Chart:
    complete = len(region) == 2
    with speaking(lang):
        made = DRAWN[picture](CohortsSelection(region, sex, picture, complete, **options))  # type: ignore[arg-type]
    assert isinstance(made, Chart)
    return made


def _beneath(made: Chart) -> str:
    """Return what stands beneath a picture, and what is folded up beneath that."""
    return " ".join([made.note, *made.more])


@pytest.mark.long
@LANGUAGES
@pytest.mark.parametrize("picture", ["same_age", "lexis", "apart", "ahead"])
@pytest.mark.parametrize("region", COUNTIES)
def test_a_county_without_some_municipalities_says_so_where_its_name_stands(
    picture: str, region: str, lang: str
) -> None:
    """Rogaland without Sandnes is not Rogaland."""
    table = cohorts.follow(region, complete=True)
    assert isinstance(table, cohorts.CohortTable)
    words = {"nb": f"(uten {len(table.left_out)} av kommunene)", "en": f"(without {len(table.left_out)} of the"}
    made = _drawn(picture, region, lang)
    assert words[lang] in made.finding
    assert words[lang] in made.alt


@pytest.mark.long
@LANGUAGES
def test_few_persons_are_told_in_the_heading(lang: str) -> None:
    """Åseral at 20–24: 3 persons in 2024 and 3 in 2019."""
    word = {"nb": "tilfeldigheter betyr mye", "en": "chance matters much"}[lang]
    assert word in _drawn("same_age", "4224", lang).finding
    assert word not in _drawn("same_age", "4204", lang).finding
    assert "<i style" in str(_drawn("lexis", "4224", lang).picture.data[0].text)
    assert "<i style" not in str(_drawn("lexis", "4204", lang).picture.data[0].text)


@LANGUAGES
@pytest.mark.parametrize("region", ["4204", "0", "0301", "4224"])
def test_the_highest_share_is_that_of_the_newest_series_alone(region: str, lang: str) -> None:
    table = cohorts.follow(region, yearly=True)
    assert isinstance(table, cohorts.CohortTable)
    newest = table.frame.filter(pl.col("year") >= 2021).drop_nulls("share").sort("share").row(-1, named=True)
    finding = _drawn("lexis", region, lang).finding
    assert "2021" in finding
    assert str(newest["year"]) in finding
    with speaking(lang):
        assert number(100 * newest["share"], 1) in finding
        assert number(newest["count"]) in finding


def test_beside_a_comparison_across_a_break_stands_one_that_no_break_comes_between() -> None:
    """Kristiansand, 20–24: 916 of 8 816 in 2024 and 893 of 8 700 in 2021."""
    note = _beneath(_drawn("same_age", "4204"))
    assert "fra 2021 av" in note
    assert "10,3\u00a0% (2021)" in note
    assert "ingen sikker forskjell" in note


@LANGUAGES
@pytest.mark.parametrize("region", ["4204", "0", "0301"])
def test_a_change_over_all_years_names_the_breaks_and_the_newest_series_alone_is_beside_it(
    region: str, lang: str
) -> None:
    made = _drawn("apart", region, lang)
    assert all(year in made.finding for year in ("2008", "2015", "2021", "2024"))
    rows = cohorts.cohort_rows(region)
    assert isinstance(rows, pl.DataFrame)
    fit = cohorts.age_period_cohort(rows.filter(pl.col("year") >= 2021))
    assert not isinstance(fit, NotEstimable)
    with speaking(lang):
        assert number(100 * abs(fit.net_drift.estimate - 1), 1) in made.note


def test_the_change_since_the_break_goes_the_other_way_in_the_nation() -> None:
    """What a reader must not miss: −0,5 % a year over all years, +3,5 % a year in the newest series."""
    made = _drawn("apart", "0")
    assert "−0,5\u00a0%" in made.finding
    assert "+3,5\u00a0%" in made.note


def test_how_much_the_figures_vary_is_told_as_the_intervals_are_widened() -> None:
    rows = cohorts.cohort_rows("4204")
    fit = cohorts.age_period_cohort(rows) if isinstance(rows, pl.DataFrame) else rows
    assert isinstance(fit, cohorts.AgePeriodCohort)
    told = " ".join(_drawn("apart", "4204").more)
    assert number(math.sqrt(fit.dispersion), 1, "nb") + " ganger" in told


def test_both_readings_are_drawn_with_their_intervals() -> None:
    bands = [line for line in _drawn("apart", "4204").picture.data if line.fill == "toself"]
    table = _drawn("apart", "4204").table
    assert sorted(value for band in bands for value in band.y) == sorted([*table["low"], *table["high"]])


@pytest.mark.long
@LANGUAGES
@pytest.mark.parametrize(
    ("region", "word"), [("0", "fylker"), ("42", "fylker"), ("11", "fylker"), ("4204", "kommunene")]
)
def test_past_errors_say_what_places_they_are_of(region: str, word: str, lang: str) -> None:
    english = {"fylker": "counties", "kommunene": "municipalities"}
    assert (word if lang == "nb" else english[word]) in _beneath(_drawn("ahead", region, lang))


@pytest.mark.long
@LANGUAGES
@pytest.mark.parametrize("region", ["0", "11", "42", "4204"])
def test_no_number_stands_before_a_bracket_it_is_not_in(region: str, lang: str) -> None:
    """Where past calculations nearly all said too much, the bracket is of no number of ours: it says so itself."""
    finding = _drawn("ahead", region, lang).finding
    said = cohorts.project(region, complete=len(region) == 2)
    assert isinstance(said, cohorts.Projection)
    past = cohorts.past_error(said, cohorts.back_test())
    assert isinstance(past, cohorts.PastError)
    inside = past.interval.low <= said.total.estimate <= past.interval.high
    too_much = {"nb": "nesten alltid sagt for mye", "en": "nearly always said too much"}[lang]
    assert inside == (region == "4204") == (f"({number(past.interval.low, lang=lang)}" in finding)
    assert (too_much in finding) != inside
    assert number(past.interval.high, lang=lang) in finding


@LANGUAGES
def test_a_projection_from_preliminary_figures_says_so(lang: str) -> None:
    assert {"nb": "Foreløpige tall", "en": "Preliminary figures"}[lang] in _drawn("ahead", "4204", lang).finding


def test_a_scenario_s_command_names_only_the_rates_that_were_changed() -> None:
    made = _drawn("ahead", "42", factors={"15-19": 1.0, "20-24": 0.9, "25-29": 1.0})
    assert re.findall(r"--multiplier \S+", made.command) == ["--multiplier 20-24=0.9"]
    assert "--complete" in made.command


def test_exit_times_name_the_cohort_they_are_of() -> None:
    """After one year the flow is of those who started in 2023, the exits of those who started in 2019."""
    made = _drawn("flows", "4204")
    assert "startet i 2023" in made.note
    assert "Av dem som startet i 2019, hadde halvparten" in made.note
    times = cohorts.exit_times("4204", "aap")
    assert isinstance(times, cohorts.ExitTimes)
    known = times.frame.drop_nulls("survival")
    assert all(f"{number(100 * row, 1, 'nb')}\u00a0%" in made.more[0] for row in known["survival"])


def test_the_states_are_told_with_their_publishers() -> None:
    told = _drawn("flows", "4204").more
    assert "**Arbeidsavklaringspenger (AAP)** (NAV): Mottar arbeidsavklaringspenger." in told
    assert len(told) == 12


@LANGUAGES
def test_no_flows_are_told_of_the_place_that_was_asked_for(lang: str) -> None:
    with speaking(lang):
        made = flows_chart(CohortsSelection("42", "both", "flows", complete=True))
    assert isinstance(made, NotEstimable)
    assert "Agder" in made.sentence(lang)


@pytest.mark.long
@LANGUAGES
def test_school_says_what_was_found_and_what_became_of_the_borders(lang: str) -> None:
    agder, oslo, akershus = (_drawn("school", region, lang) for region in ("42", "03", "32"))
    assert {"nb": "78,5\u00a0%", "en": "78.5%"}[lang] in agder.finding
    assert {"nb": "13,0\u00a0%", "en": "13.0%"}[lang] in agder.finding
    assert "Aust-Agder" in agder.note
    assert {"nb": "satt sammen", "en": "made up"}[lang] not in oslo.note
    assert {"nb": "byttet fylke", "en": "changed county"}[lang] in akershus.note
    assert akershus.table["region_name"].n_unique() == 1
    assert akershus.table.filter(pl.col("later_share").is_not_null()).is_empty()


@pytest.mark.long
def test_a_measure_nobody_counts_by_sex_has_no_empty_panel() -> None:
    with speaking("nb"):
        women, both = (
            school_chart(CohortsSelection("0301", sex, "school", complete=False)) for sex in ("female", "both")
        )
    assert isinstance(women, Chart)
    assert isinstance(both, Chart)
    assert "begge kjønn" in women.note
    assert "begge kjønn" not in both.note
    titles = [[each.text for each in made.picture.layout.annotations] for made in (women, both)]
    assert "Sluttet i løpet av skoleåret" not in titles[0]
    assert "Sluttet i løpet av skoleåret" in titles[1]


@pytest.mark.long
def test_the_panel_of_those_outside_marks_the_breaks_between_birth_years() -> None:
    """At 20–24 in 2021 the middle birth year is 1999; in 2015, 1993."""
    lines = {shape.x0 for shape in _drawn("school", "42").picture.layout.shapes}
    assert lines == {1992.5, 1998.5}


@pytest.mark.parametrize(("top", "step"), [(1.1, 0.25), (0.011, 0.0025), (12.0, 2.5)])
@pytest.mark.parametrize("kind", ["rate", "share"])
def test_a_tick_reads_as_where_it_stands(top: float, step: float, kind: axes.Kind) -> None:
    seen: dict[str, list[str]] = {}
    with speaking("en"):
        axes.values(lambda **given: seen.update(given), [top], kind)
    read = [float(name.strip("%").replace(",", "")) / (100 if kind == "share" else 1) for name in seen["ticktext"]]
    assert read == pytest.approx(seen["tickvals"])
    assert step in [pytest.approx(value) for value in seen["tickvals"]]


@pytest.mark.long
@pytest.mark.parametrize("region", ["34", "42", "0301", "4204"])
def test_every_county_drawn_has_one_name_in_the_legend_and_the_county_s_own_is_the_strong_line(region: str) -> None:
    """Innlandet has leavers but no completion of its own."""
    made = _drawn("school", region)
    drawn = {line.name for line in made.picture.data if any(value is not None for value in line.y)}
    named = [line.name for line in made.picture.data if line.showlegend is not False]
    assert sorted(named) == sorted(drawn)
    county = {"34": "Innlandet", "0301": "Oslo"}.get(region, "Agder")
    assert {line.name for line in made.picture.data if line.line.width == theme.home_line().width} == {county}
    assert ("bare for fylker" in made.note) == (len(region) == 4)
