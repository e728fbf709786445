"""Every indicator is shown, or says why not, for places that are very unlike: in words, without empty axes or codes."""

import re

import plotly.graph_objects as go
import pytest
from streamlit.testing.v1 import AppTest

from analytics.exclusion import subject as exclusion
from analytics.results import NotEstimable
from data import paths
from data.i18n import LANGUAGES, speaking
from pages.components import chart_footer, share
from pages.components.chart_card import Chart
from pages.components.citations import citation
from pages.components.rate_trend import trend_chart
from pages.frame import source_footer
from pages.views.exclusion import view
from pages.views.exclusion.places import map_chart
from pages.views.exclusion.selection import AMONG_MUNICIPALITIES, PICTURES, ExclusionSelection
from tests.ground import opened

PLACES = ("4204", *(pytest.param(code, marks=pytest.mark.slow) for code in ("4203", "0301", "5612", "1151", "42", "0")))
"""Kristiansand, Arendal, Oslo, Guovdageaidnu, Utsira, Agder, the nation."""
CODE = re.compile(r"\b\d{4}-(Q\d|\d\d)\b|\{\w+\}")
FALSE = ("120 %", "120%", "har ingen kjente tall", "has no known figures")


@pytest.fixture(autouse=True)
def _ground(monkeypatch: pytest.MonkeyPatch) -> None:
    opened(monkeypatch)


def drawn(region: str, indicator: str, picture: str) -> Chart | NotEstimable | None:
    """Return a picture as the page chooses it, None where nobody near has figures."""
    found = exclusion.nearest_subject(indicator, region, "both")
    if found is None:
        return None
    if picture not in view.OF_COUNTS and exclusion.in_persons(found):
        return NotEstimable("counts_only")
    within = "county" if len(found.region) == 4 else "nation"
    return view.PICTURES[picture](ExclusionSelection(found, picture, exclusion.periods(found)[0], within=within))


def words_of(made: Chart | NotEstimable, lang: str) -> list[str]:
    if isinstance(made, NotEstimable):
        return [made.sentence(lang)]
    layout = made.picture.layout
    ticks = [*(layout.xaxis.ticktext or ()), *(layout.yaxis.ticktext or ())]
    return [
        made.finding,
        made.alt,
        made.note,
        *(each.text for each in layout.annotations),
        *ticks,
        *hovered(made.picture),
    ]


def hovered(picture: go.Figure) -> list[str]:
    return [word for trace in picture.data for word in (trace.text if isinstance(trace.text, tuple) else ())]


def points(picture: go.Figure) -> int:
    return sum(value is not None for trace in picture.data for value in (trace.y if trace.y is not None else ()))


@pytest.mark.long
@pytest.mark.parametrize("lang", ["nb", pytest.param("en", marks=pytest.mark.slow)])
@pytest.mark.parametrize("region", PLACES)
def test_every_indicator_is_shown_or_says_why_not(region: str, lang: str) -> None:
    with speaking(lang):
        for indicator in exclusion.loaded_indicators():
            for picture in (each for each in PICTURES if each not in ("map", "profile", "demand")):
                made = drawn(region, indicator, picture)
                if made is None:
                    continue
                said = words_of(made, lang)
                where = (indicator, picture)
                assert [word for word in said if CODE.search(word)] == [], where
                assert [word for word in said if word.startswith(FALSE)] == [], where
                if isinstance(made, Chart) and picture in ("trend", "ranking", "funnel"):
                    assert points(made.picture), where


@pytest.mark.parametrize("lang", LANGUAGES)
def test_counts_are_drawn_in_persons_and_alone(lang: str) -> None:
    found = exclusion.nearest_subject("reduced_work_capacity_new", "4204", "both")
    assert found is not None
    with speaking(lang):
        made = trend_chart(found)
    told = {"nb": "360\N{NO-BREAK SPACE}personer", "en": "360\N{NO-BREAK SPACE}people"}[lang]
    assert told in made.finding
    assert {trace.name for trace in made.picture.data} == {"Agder"}
    assert any(told in word for word in hovered(made.picture))
    assert [column.name for column in made.columns][:4] == ["series", "period", "count", "status"]
    assert made.command.endswith("--region 42 --age under-30 --sex both")


def test_every_point_of_a_joined_series_tells_its_edition_in_tooltip_and_table() -> None:
    found = exclusion.subject("neet_register", "4204", "15-29", "both")
    assert found is not None
    with speaking("en"):
        made = trend_chart(found)
        editions = {citation(name).edition for name in made.table["edition"].unique()}
    assert len(editions) > 1
    words = [word for word in hovered(made.picture) if word]
    assert {word.rpartition("edition: ")[2].rstrip(")") for word in words} == editions
    assert "edition" in {column.name for column in made.columns}


@pytest.mark.parametrize(("indicator", "region"), [("upper_secondary_cohort", "42"), ("long_term_outside", "4204")])
def test_one_or_two_points_are_no_line(indicator: str, region: str) -> None:
    found = exclusion.nearest_subject(indicator, region, "both")
    assert found is not None
    assert {trace.mode for trace in trend_chart(found).picture.data} == {"markers"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_immigrants_and_others_of_kristiansand(lang: str) -> None:
    with speaking(lang):
        made = drawn("4204", "neet_register", "origin")
    assert isinstance(made, Chart)
    numbers = {"nb": ("21,8 %", "7,7 %", "551"), "en": ("21.8%", "7.7%", "551")}[lang]
    assert [each for each in numbers if each not in made.finding.replace("\N{NO-BREAK SPACE}", " ")] == []
    assert any("larsbauger/sobru_nettside" in each.copy for each in made.sources)
    assert made.table.filter(made.table["period"] == "2024")["count"].sort().to_list() == [852, 1613]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_second_hand_is_never_told_as_the_publisher_alone(lang: str) -> None:
    copy = {"nb": "lest i", "en": "read in"}[lang]
    with speaking(lang):
        for edition in ("ssb-13563-2025-11", "udir-completion-2026-10", "usn-long-term-outside-2025"):
            assert copy in source_footer._item(citation(edition))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "link",
    [
        {"indicator": "aap_new", "picture": "ranking"},
        {"indicator": "aap_recipients", "region": "1151"},
        {"indicator": "long_term_outside", "region": "0301"},
        {"picture": "origin", "region": "5612", "year": "2020"},
        {"indicator": "reduced_work_capacity_new", "also": "disability_benefit"},
    ],
)
def test_the_page_opens_by_its_link(link: dict[str, str], lang: str) -> None:
    app = AppTest.from_file(str(paths.ROOT / "app.py"), default_timeout=120)
    app.query_params.update(link | {"lang": lang})
    app.switch_page("pages/exclusion.py").run()
    assert [each.value for each in app.exception] == []
    assert len(app.title) == 1
    assert {"nb": "Hvor mange unge", "en": "How many young"}[lang] in app.title[0].value


def test_the_map_of_a_county_begins_where_its_municipalities_have_figures() -> None:
    found = exclusion.subject("neet_register", "42", "15-29", "both")
    assert found is not None
    assert exclusion.periods(found)[0] == "2025"
    assert exclusion.newest_of_municipalities(found) == "2024"
    for picture in AMONG_MUNICIPALITIES:
        app = AppTest.from_file(str(paths.ROOT / "app.py"), default_timeout=120)
        app.query_params.update({"region": "42", "picture": picture})
        app.switch_page("pages/exclusion.py").run()
        assert not app.exception
        assert [each for each in app.info if "2025" in each.value] == []


@pytest.mark.parametrize(("lang", "said"), [("nb", "360 personer, andel ukjent"), ("en", "360 persons, share unknown")])
def test_the_profile_says_what_is_known_where_the_share_is_not(lang: str, said: str) -> None:
    found = exclusion.subject("neet_register", "42", "15-29", "both")
    assert found is not None
    with speaking(lang):
        chart = view.PICTURES["profile"](ExclusionSelection(found, "profile", "2024"))
        assert isinstance(chart, Chart)
        row = chart.table.filter(indicator="reduced_work_capacity_new")
        assert row.select("count", "value", "verdict").rows() == [(360, None, said)]
        assert said in "".join(each.text for each in chart.picture.layout.annotations)
        assert citation(row["edition"].item(), "reduced_work_capacity_new") in chart.sources


@pytest.mark.parametrize(("lang", "copy"), [("nb", "lest i en åpen kopi"), ("en", "read in an open copy")])
def test_a_second_hand_figure_names_its_copy_beneath_the_picture_and_in_the_sentence(lang: str, copy: str) -> None:
    with speaking(lang):
        for edition, second_hand in (("ssb-13563-2025-11", True), ("ssb-13556-2025-11", False)):
            source = citation(edition)
            for told in (chart_footer.source_line([source]), share.line("Ti.", [source], "")):
                assert (copy in told) == second_hand


def test_every_occupation_that_is_delivered_has_an_english_name() -> None:
    found = exclusion.subject("neet_register", "4204", "15-29", "both")
    assert found is not None
    charts = {}
    for lang in LANGUAGES:
        with speaking(lang):
            charts[lang] = view.PICTURES["demand"](ExclusionSelection(found, "demand", "2024"))
    own, foreign = (charts[lang].table["occupation"].to_list() for lang in ("nb", "en"))
    assert "Bygg og anlegg" in own
    assert "Building and construction" in foreign
    assert set(own) & set(foreign) == set()
    assert len(set(foreign)) == len(own) == charts["en"].table.height
    assert charts["nb"].table.drop("occupation", "region").equals(charts["en"].table.drop("occupation", "region"))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("picture", ["ranking", "funnel", "groups"])
def test_no_heading_of_a_picture_rests_on_three_persons(picture: str, lang: str) -> None:
    with speaking(lang):
        made = drawn("1151", "neet_register", picture)
    assert isinstance(made, Chart)
    assert "Utsira" in made.finding
    assert not re.search(r"%|nummer|number|innenfor|inside", made.finding)


def test_oslo_has_no_map_of_its_municipalities_and_the_page_says_why() -> None:
    found = exclusion.nearest_subject("neet_register", "0301", "both")
    assert found is not None
    made = map_chart(ExclusionSelection(found, "map", "2024"))
    assert isinstance(made, NotEstimable)
    assert made.sentence("nb").startswith("Oslo er både kommune og fylke")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_profile_names_in_its_notes_what_nobody_publishes_of_such_places(lang: str) -> None:
    with speaking(lang):
        made = drawn("4204", "neet_register", "profile")
    assert isinstance(made, Chart)
    told = {"nb": "Ikke publisert for kommuner: ", "en": "Not published for municipalities: "}[lang]
    assert [note for note in made.more if note.startswith(told)]


def test_a_legend_names_no_line_that_is_not_drawn() -> None:
    found = exclusion.nearest_subject("neet_register", "1151", "both")
    assert found is not None
    assert {trace.name for trace in trend_chart(found).picture.data} == {"Rogaland", "Norge"}
