"""“Veien videre” by published studies: in both languages, under the right place, and never as the reader's own."""

import re
from itertools import pairwise

import pytest
from streamlit.testing.v1 import AppTest

from analytics import cohorts
from analytics.results import NotEstimable
from data.curated.outcomes.read import KEY
from data.i18n import LANGUAGES, speaking
from pages.components import chart_footer
from pages.components.chart_card import Chart
from pages.components.downloads import csv
from pages.plots import theme
from pages.views.cohorts.outcome_bars import Bars, fills
from pages.views.cohorts.published_outcomes import outcomes_chart
from pages.views.cohorts.selection import CohortsSelection
from tests.architecture.tree import ROOT
from tests.ground import opened

EVERY = [each.id for each in cohorts.outcome_studies()]
IN_LANGUAGES = pytest.mark.parametrize("lang", LANGUAGES)
OF_STUDIES = pytest.mark.parametrize("study", EVERY)
MOST_WORDS = 40


@pytest.fixture(autouse=True)
def _built(monkeypatch: pytest.MonkeyPatch) -> None:
    opened(monkeypatch)


def drawn(study: str, lang: str = "nb", region: str = "4204", sex: str = "both") -> Chart:
    with speaking(lang):
        made = outcomes_chart(CohortsSelection(region, sex, "flows", complete=False, study=study))
    assert isinstance(made, Chart)
    return made


@IN_LANGUAGES
@OF_STUDIES
def test_the_picture_holds_the_shares_of_the_study_and_no_more_than_all(study: str, lang: str) -> None:
    made = drawn(study, lang)
    found = cohorts.published_outcomes(study, "4204")
    assert not isinstance(found, NotEstimable)
    sums: dict[str, float] = {}
    for part in made.picture.data:
        for bar, share in zip(part.y, part.x, strict=True):
            sums[bar] = sums.get(bar, 0) + (share or 0)
    assert len(sums) == len(found.frame.partition_by(*KEY))
    assert all(0 < total < 1.003 for total in sums.values())
    assert sorted(made.table["share"].drop_nulls()) == sorted(found.frame["share"].drop_nulls())
    assert {column.name for column in made.columns} <= set(made.table.columns)
    assert made.finding in made.alt


@IN_LANGUAGES
@OF_STUDIES
def test_the_caption_is_short_and_says_that_they_are_not_the_reader_s(study: str, lang: str) -> None:
    made = drawn(study, lang, sex="female")
    with speaking(lang):
        caption = f"{made.note} {chart_footer.source_line(made.sources)}"
    assert len(caption.split()) <= MOST_WORDS
    assert {"nb": "Ikke tall for Kristiansand.", "en": "Not figures for Kristiansand."}[lang] in caption
    assert {"nb": "Begge kjønn samlet.", "en": "Both sexes together."}[lang] in caption
    assert made.sources[0].publisher in caption


def test_a_county_s_own_figure_is_not_called_another_s() -> None:
    assert "Ikke tall for" not in drawn("nav_job_seekers_counties", region="42").note
    assert "Ikke tall for" not in drawn("nav_reduced_work_capacity", region="0").note
    assert "Ikke tall for Telemark." in drawn("moves_buskerud_vestfold_telemark", region="40").note


@OF_STUDIES
def test_what_was_not_read_with_the_publisher_names_the_copy_wherever_it_goes(study: str) -> None:
    (facts,) = (each for each in cohorts.outcome_studies() if each.id == study)
    made = drawn(study)
    with speaking("nb"):
        file = csv(made.table, made.sources).decode("utf-8-sig")
    assert facts.copy in made.sources[0].title
    assert facts.copy in file
    if facts.provenance == "analysis_with_noise":
        assert "støy" in made.note
        assert "SSB" not in made.sources[0].publisher


@IN_LANGUAGES
def test_the_reader_s_county_is_strong_and_the_others_are_pale(lang: str) -> None:
    made = drawn("nav_reduced_work_capacity_counties", lang)
    (strong,) = {bar for bar, fill in zip(made.picture.data[0].y, made.picture.data[0].marker.color, strict=True)
                 if fill == theme.colour("home")}  # fmt: skip
    assert strong == "Agder"
    assert "<b>Agder</b>" in made.picture.layout.yaxis.ticktext
    assert all(first >= second for first, second in pairwise(made.picture.data[0].x))


@OF_STUDIES
def test_no_two_destinations_have_the_same_fill(study: str) -> None:
    made = drawn(study)
    rows = made.table.with_columns(bar="place")
    (facts,) = (each for each in cohorts.outcome_studies() if each.id == study)
    found = fills(Bars(rows, facts.destinations, (), "", 1))
    assert list(found) == list(facts.destinations)
    assert len(set(found.values())) == len(found)


def page(**link: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.query_params.update({"picture": "flows", **link})
    app.switch_page("pages/cohorts.py").run()
    assert not app.exception
    return app


@IN_LANGUAGES
def test_the_page_shows_a_study_where_nobody_has_delivered_flows(lang: str) -> None:
    app = page(lang=lang, study="moves_telemark")
    assert [each.value for each in app.subheader if re.search("Telemark.*37[,.]7", each.value)]
    assert len(app.get("plotly_chart")) == 1
    assert any("innenfor-begin" in each.proto.body for each in app.get("html"))


@IN_LANGUAGES
def test_the_page_says_why_a_study_has_nothing_for_the_nation(lang: str) -> None:
    app = page(lang=lang, region="0", study="introduction_programme_years")
    assert len(app.info) == 1
    assert not app.get("plotly_chart")


def test_the_study_that_is_chosen_stands_in_the_link() -> None:
    app = page()
    box = next(each for each in app.selectbox if each.label == "Publisert studie")
    assert box.options == [each.title["nb"] for each in cohorts.outcome_studies()]
    box.select("cohort_1995").run()
    assert app.query_params["study"] == "cohort_1995"
    assert any("1995" in each.value for each in app.subheader)
