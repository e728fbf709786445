"""The first pages as a reader meets them, in both languages: the numbers, the refusals, and what cannot be shown."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from analytics import regions
from data import paths
from data.i18n import speaking
from pages.components import further
from pages.format import place_names, sentences
from pages.views.exclusion.selection import PICTURES
from tests.ground import opened

ROOT = paths.ROOT
LANGUAGES = ("nb", "en")


@pytest.fixture(autouse=True)
def _ground(monkeypatch: pytest.MonkeyPatch) -> None:
    opened(monkeypatch)


def page(name: str, unfolded: str = "", **link: str) -> AppTest:
    """Open a page by its link, with one of its folds open."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    if unfolded:
        app.session_state[unfolded] = True
    if name != "overview":
        app = app.run().switch_page(f"pages/{name}.py")
        app.query_params.clear()
    app.query_params.update(link)
    return app.run()


def words(app: AppTest) -> str:
    """Return everything the page says, with ordinary spaces."""
    parts = [getattr(each, "value", None) or getattr(getattr(each, "proto", None), "body", "") for each in app.main]
    boxes = [*app.markdown, *app.title, *app.header, *app.subheader]
    html = [each.proto.body for each in app.get("html")]
    return " ".join([*(str(box.value) for box in boxes), *html, *map(str, parts)]).replace("\u00a0", " ")


def healthy(app: AppTest) -> str:
    assert [each.value for each in app.exception] == []
    assert len(app.title) == 1
    return words(app)  # a page that fails and apologises is caught by `conftest`


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("region", ["4204", "42", "0", "1580", "5055", "1144", "0301"])
def test_the_overview_answers_for_any_place(region: str, lang: str) -> None:
    said = healthy(page("overview", region=region, lang=lang))
    assert "2024" in said


@pytest.mark.parametrize(("lang", "share", "count"), [("nb", "9,9 %", "2 465"), ("en", "9.9%", "2,465")])
def test_kristiansand_of_2024_is_on_the_first_screen(lang: str, share: str, count: str) -> None:
    said = healthy(page("overview", lang=lang)).replace("\u202f", " ")
    assert share in said
    assert count in said
    assert ("foreløpige" if lang == "nb" else "preliminary") in said


def test_agder_is_told_in_its_newest_edition() -> None:
    said = healthy(page("overview", region="42")).replace("\u202f", " ")
    assert "I 2025 var det 6 287 personer" in said.replace("\u00a0", " ")
    assert "10,2 %" in said


def test_what_another_edition_says_stands_beside_and_both_are_named() -> None:
    said = healthy(page("exclusion", region="4204", picture="trend"))
    assert "Agder 10,2 %" in said
    assert "(september 2026)" in said
    assert "utgaven fra november 2025" in said


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("picture", PICTURES)
@pytest.mark.parametrize("region", ["4204", "42", "0"])
def test_every_picture_can_be_opened(region: str, picture: str, lang: str) -> None:
    healthy(page("exclusion", region=region, picture=picture, lang=lang))


@pytest.mark.parametrize("picture", PICTURES)
@pytest.mark.parametrize("region", ["1580", "5055", "1144"])
def test_a_place_with_few_figures_has_every_picture_or_a_reason(region: str, picture: str) -> None:
    healthy(page("exclusion", region=region, picture=picture))


@pytest.mark.parametrize(("lang", "reason"), [("nb", "ingen andre steder"), ("en", "no other places")])
def test_the_nation_is_beside_nothing_and_says_so(lang: str, reason: str) -> None:
    assert reason in " ".join(each.value for each in page("exclusion", region="0", picture="compare", lang=lang).info)


@pytest.mark.parametrize(
    ("age_group", "nb", "en"),
    [
        ("13-15", "13–15 år", "aged 13–15"), ("under-30", "under 30 år", "under 30"), ("all", "alle aldre", "all ages"),
        ("67+", "67 år og eldre", "aged 67 and over"), ("ungdom", "ungdom", "ungdom"),
    ],
)  # fmt: skip
def test_every_age_group_has_words(age_group: str, nb: str, en: str) -> None:
    for lang, expected in (("nb", nb), ("en", en)):
        with speaking(lang):
            assert place_names.age(age_group) == expected


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_method_page_defines_and_cites(lang: str) -> None:
    said = healthy(page("method", lang=lang))
    assert "CC BY 4.0" in said or "SSB" in said


@pytest.mark.parametrize("name", ["overview", "exclusion", "method"])
@pytest.mark.parametrize(
    "link", [{"region": "9999"}, {"lang": "xx"}, {"year": "1900"}, {"what": "1"}, {"region": "Kristiansand"}]
)
def test_a_bad_link_is_refused_without_a_number(name: str, link: dict[str, str]) -> None:
    app = page(name, **link)
    assert [each.value for each in app.exception] == []
    said = words(app)
    assert 'role="alert"' in said
    assert f"«{next(iter(link))}»" in said
    assert "%" not in said.split('role="alert"')[0]
    assert "9,9 %" not in said


@pytest.mark.parametrize("indicator", ["upper_secondary_quit", "fully_unemployed"])
def test_another_indicator_leaves_no_stale_link(indicator: str) -> None:
    app = page("exclusion", "fold-exclusion-more", region="4204", picture="ranking", year="2012", sex="female")
    healthy(app)
    box = next(each for each in app.selectbox if "indicator" in str(each.key))
    app = box.set_value(indicator).run()
    healthy(app)
    assert "2012" not in app.query_params.get("year", "")
    assert indicator in app.query_params["indicator"]


def notes(app: AppTest) -> str:
    return " ".join(str(each.value) for each in app.caption)


def test_what_is_folded_up_names_only_the_breaks_that_are_drawn() -> None:
    shown = words(
        page("exclusion", "read-below-trend", region="4204", indicator="fully_unemployed")
    )  # from January 2022
    assert "November 2018" not in shown
    assert "April 2025: " in shown
    english = page("exclusion", "read-below-trend", region="42", indicator="fully_unemployed", lang="en")
    assert "November 2018: " in words(english)


@pytest.mark.parametrize("region", ["1151", "1144"])
def test_a_figure_of_very_few_persons_is_no_headline(region: str) -> None:
    headings = [str(each.value) for each in page("exclusion", region=region).subheader]
    assert "færre enn 10 personer" in headings[0]
    assert place_names.place(regions.county_of(region) or "0") in headings[0]
    assert all(place_names.place(region) not in each for each in headings[1:])


@pytest.mark.parametrize("name", ["exclusion", "cohorts"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_story_has_few_pictures_and_what_stands_beneath_them_is_read_at_a_glance(name: str, lang: str) -> None:
    app = page(name, region="4204", lang=lang)
    assert 2 <= len(app.get("plotly_chart")) <= 3
    beneath = [re.split("Kilde: |Source: ", str(each.value))[0] for each in app.caption]
    assert all(len(each.split()) <= sentences.GLANCE for each in beneath[: len(app.get("plotly_chart"))])


@pytest.mark.parametrize(("name", "other"), [("exclusion", "funnel"), ("cohorts", "lexis")])
def test_a_picture_for_specialists_is_in_the_workshop_leads_there_by_place_and_back(name: str, other: str) -> None:
    assert "./workshop?region=4203&amp;part=pictures" in words(page(name, region="4203", sex="female"))
    listed = words(page("workshop", region="4203", part="pictures"))
    assert f"./{name}?region=4203&amp;picture={other}" in listed
    assert all(
        f"./{page}?region=4203&amp;picture={each}" in listed
        for page, (_, _, pictures) in further.SPECIAL.items()
        for each in pictures
    )
    assert f"./{name}?region=4203&amp;sex=female&amp;picture=story" in words(
        page(name, region="4203", sex="female", picture=other)
    )


def test_only_a_picture_with_intervals_speaks_of_them() -> None:
    assert "95 % intervall" in notes(page("exclusion", region="4204"))
    survey = page("exclusion", region="0", indicator="mental_distress")
    assert "Uten intervall" in notes(survey)
    assert "95 % intervall" not in notes(survey)
    assert "Lisens: ikke oppgitt av utgiveren" in words(survey)


@pytest.mark.parametrize("indicator", ["mental_distress", "neet_survey"])
def test_a_sample_is_never_called_a_full_count(indicator: str) -> None:
    shown = notes(page("exclusion", indicator=indicator, region="0"))
    assert "fra et utvalg" in shown
    assert "Alle er telt" not in shown


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("exclusion", "i Rogaland klart lavere enn i resten av landet"),
        ("cohorts", "Utsira har for få personer til å sammenligne kull. Bildene viser Rogaland."),
    ],
)
def test_a_place_with_too_few_persons_gets_its_countys_story_of_the_newest_year(name: str, said: str) -> None:
    app = page(name, region="1151")
    assert said in words(app) + " ".join(str(each.value) for each in app.info)
    assert "ingen kull kan sammenlignes" not in words(app)


def test_a_small_place_says_that_chance_means_much() -> None:
    assert "Noen av tallene for Bygland bygger på færre enn 30 personer" in notes(page("exclusion", region="4220"))
    assert "Andeler av færre enn 10 personer i Åseral er ikke tegnet" in notes(page("exclusion", region="4224"))
    told = notes(page("exclusion", region="4204"))
    assert "bygger på færre enn 30" not in told
    assert "er ikke tegnet" not in told


def test_another_edition_is_told_of_for_the_place_its_county_and_the_nation_only() -> None:
    told = notes(page("exclusion", region="4204", indicator="fully_unemployed"))
    assert "Agder 1,7" in told
    assert "Norge 1,6" in told
    assert "Oslo" not in told
