"""The age and sex a reader has chosen are named wherever the numbers go: heading, picture, sentence, table and file."""

import io
from collections.abc import Iterator

import polars as pl
import pytest
import streamlit as st

from analytics.exclusion import county_map, key_messages
from analytics.exclusion import subject as exclusion
from data.i18n import LANGUAGES, speaking
from pages.components import chart_card, downloads, share
from pages.components.chart_card import Chart
from pages.format.place_names import PopulationGroup, group_of
from pages.report import sections
from pages.views.cohorts import selection, view
from pages.views.exclusion import selection as exclusion_choice
from pages.views.exclusion import view as exclusion_pictures
from pages.views.gains import cost_of_exclusion
from pages.views.gains import selection as gains_choice
from pages.views.overview import answers

AGES = ("15-19", "15-29", "20-24", "25-29", "18-29", "18-66", "13-15", "30-61", "all")
SEXES = ("both", "female", "male")
OF_THEIR_OWN = {"groups", "profile", "origin", "demand"}
"""Pictures of many groups at once: each row says which."""
VIEWS = (
    ("neet_register", "4204", "20-24", "female"),
    ("neet_register", "42", "15-29", "male"),
    ("neet_register", "0301", "15-29", "both"),
    ("reduced_work_capacity", "42", "18-66", "male"),
    ("fully_unemployed", "4204", "all", "female"),
    ("mental_distress", "0", "13-15", "male"),
    ("upper_secondary_quit", "42", "all", "both"),
)


def others(group: PopulationGroup) -> Iterator[str]:
    """Yield what every other group would be called."""
    for indicator in {"", group.indicator}:
        for age in AGES:
            for sex in SEXES:
                words = str(PopulationGroup(age, sex, indicator))
                if words not in str(group):
                    yield words


def assert_names(words: str, group: PopulationGroup) -> None:
    assert str(group) in words
    assert [other for other in others(group) if other in words] == []


def assert_told_everywhere(chart: Chart, group: PopulationGroup) -> None:
    assert chart.group == group
    for words in (chart.finding, chart.alt, share.line(chart.finding, chart.sources, "")):
        assert_names(words, group)
    assert_in_files(chart, group)


def assert_in_files(chart: Chart, group: PopulationGroup) -> None:
    read = pl.read_csv(io.BytesIO(downloads.csv(chart.table, chart.sources)), infer_schema=False)
    assert set(read["sex"]) <= {group.sex}
    if chart.stem not in {"same-age", "lexis", "ahead", "school"}:  # a row tells of its own age there
        assert set(read["age_group"]) <= {group.age_group}
    assert chart.group is not None
    assert chart.group.file_stem(chart.stem) == "-".join(filter(None, (chart.stem, group.age_group, group.sex)))


@pytest.mark.long
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("indicator", "region", "age", "sex"), VIEWS)
def test_every_picture_of_exclusion_names_the_chosen_group_and_no_other(
    indicator: str, region: str, age: str, sex: str, lang: str
) -> None:
    subject = exclusion.subject(indicator, region, age, sex)
    assert subject is not None
    period = exclusion.periods(subject)[0]
    drawn = 0
    with speaking(lang):
        for name, draw in exclusion_pictures.PICTURES.items():
            made = draw(exclusion_choice.ExclusionSelection(subject, name, period))
            if not isinstance(made, Chart):
                continue
            drawn += 1
            if name in OF_THEIR_OWN:
                assert made.group is None
                assert {"age_group", "sex"} <= set(made.table.columns)
            else:
                assert_told_everywhere(made, PopulationGroup(age, sex, indicator))
    assert drawn >= 2


@pytest.mark.long
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("region", "sex"), [("4204", "female"), ("42", "male"), ("4204", "both")])
def test_every_picture_of_cohorts_names_the_chosen_sex_and_no_other(region: str, sex: str, lang: str) -> None:
    with speaking(lang):
        for name, draw in view.PICTURES.items():
            made = draw(selection.CohortsSelection(region, sex, name, complete=region == "42"))
            if not isinstance(made, Chart):
                continue
            assert made.group is not None
            assert made.group.sex == sex
            assert_in_files(made, made.group)
            told = {
                "female": ("kvinner", "women"),
                "male": ("menn", "men"),
                "both": ("innbyggere", "residents", "begge kjønn", "both sexes"),
            }
            words = f" {made.finding.lower()} ".replace(",", " ").replace(":", " ").replace(")", " ").replace("(", " ")
            assert any(f" {word} " in words for word in told[sex])
            assert [w for code in told if code != sex for w in told[code][:2] if f" {w} " in words] == []


@pytest.mark.long
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("region", ["4204", "42", "0", "1820"])
def test_every_answer_of_the_first_screen_and_the_note_names_its_group(region: str, lang: str) -> None:
    found = key_messages.key_messages(region)
    assert found
    with speaking(lang):
        for message in found:
            if message.question == "than_others" and region == "0":
                continue
            assert_names(answers.answer(message), group_of(message.subject.view))
        picture = sections.outside(found)[0]
        assert_names(picture.finding, group_of(found[0].subject.view))  # type: ignore[union-attr]


@pytest.mark.long
@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_exclusion_costs_says_for_whom(lang: str) -> None:
    found = cost_of_exclusion.outside("4204")
    assert found is not None
    with speaking(lang):
        made = cost_of_exclusion.cost_chart(gains_choice.GainsSelection("cost", region="4204"), found)
        assert_told_everywhere(made, found.group)


def test_the_files_on_the_page_bear_the_group_in_their_name(monkeypatch: pytest.MonkeyPatch) -> None:
    names: list[str] = []
    monkeypatch.setattr(st, "download_button", lambda *_, file_name, **__: names.append(file_name))
    subject = exclusion.subject("neet_register", "4204", "20-24", "female")
    assert subject is not None
    shown: list[str] = []
    monkeypatch.setattr(st, "html", shown.append)
    made = exclusion_pictures.PICTURES["ranking"](exclusion_choice.ExclusionSelection(subject, "ranking", "2024"))
    chart_card._files(made, made.about(), made.finding)  # type: ignore[arg-type,union-attr]
    assert 'data-about="Kristiansand · kvinner 20–24 år · 2024"' in shown[0]
    assert 'data-file="innenfor-ranking-20-24-female"' in shown[0]
    assert names == ["innenfor-ranking-20-24-female.csv", "innenfor-ranking-20-24-female.xlsx"]


@pytest.mark.parametrize(
    ("group", "nb", "en"),
    [
        (PopulationGroup("20-24", "female"), "kvinner 20–24 år", "women aged 20–24"),
        (PopulationGroup("15-29", "both"), "innbyggere 15–29 år", "residents aged 15–29"),
        (PopulationGroup("under-30", "male"), "menn under 30 år", "men under 30"),
        (PopulationGroup("67+", "both"), "innbyggere 67 år og eldre", "residents aged 67 and over"),
        (PopulationGroup("all", "both", "upper_secondary_quit"), "elever i alle aldre", "pupils of all ages"),
        (PopulationGroup("13-15", "female", "mental_distress"), "jenter 13–15 år", "girls aged 13–15"),
        (PopulationGroup("", "male"), "menn", "men"),
    ],
)
def test_a_group_in_words(group: PopulationGroup, nb: str, en: str) -> None:
    with speaking("nb"):
        assert str(group) == nb
    with speaking("en"):
        assert str(group) == en


def test_rows_that_tell_of_their_own_ages_keep_them() -> None:
    rows = pl.DataFrame({"age_group": ["15-19", "20-24"], "value": [1, 2]})
    found = PopulationGroup("15-29", "female").on_rows(rows)
    assert found["age_group"].to_list() == ["15-19", "20-24"]
    assert found["sex"].to_list() == ["female", "female"]
    assert PopulationGroup("67+", "both").file_stem("trend") == "trend-67-plus-both"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_place_alone_has_no_number_in_the_order(lang: str) -> None:
    subject = exclusion.subject("neet_register", "0301", "15-29", "both")  # Oslo is its county's one municipality
    assert subject is not None
    with speaking(lang):
        made = exclusion_pictures.PICTURES["ranking"](exclusion_choice.ExclusionSelection(subject, "ranking", "2024"))
    assert isinstance(made, Chart)
    assert " 1 " not in made.finding


WAYS = {"nb": ("høyere i", "lavere i"), "en": ("higher in", "lower in")}


@pytest.mark.long
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("county", ["11", "18", "42", "46"])
@pytest.mark.parametrize(("age", "sex"), [("15-29", "both"), ("20-24", "female")])
def test_the_map_counts_no_way_that_no_municipality_goes(county: str, age: str, sex: str, lang: str) -> None:
    subject = exclusion.subject("neet_register", county, age, sex)
    assert subject is not None
    subject = exclusion.at(subject, "2024", "municipality")
    with speaking(lang):
        made = exclusion_pictures.PICTURES["map"](exclusion_choice.ExclusionSelection(subject, "map", "2024"))
    assert isinstance(made, Chart)
    verdicts = county_map.county_map(subject.view, "2024", county)["verdict"]
    unknown = {"nb": "kan vi ikke si", "en": "cannot say"}[lang]
    assert (unknown in made.finding) == (verdicts == "not_comparable").all()
    for way, words in zip(("_higher", "_lower"), WAYS[lang], strict=True):
        count = verdicts.str.ends_with(way).sum()
        assert (words in made.finding) == (count > 0)
        assert count < 2 or f"{words} {count} " in made.finding


@pytest.mark.long
def test_a_map_without_any_known_figure_is_no_map() -> None:
    subject = exclusion.subject("reduced_work_capacity", "42", "18-29", "both")  # counted by county only
    assert subject is not None
    period = exclusion.periods(subject)[0]
    made = exclusion_pictures.PICTURES["map"](exclusion_choice.ExclusionSelection(subject, "map", period))
    assert not isinstance(made, Chart)
