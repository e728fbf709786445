"""Published studies: intervals where persons are known, the reader's county where it is there, and the command."""

import json

import polars as pl
import pytest

from analytics.__main__ import main
from analytics.cohorts import PublishedOutcomes, outcome_studies, published_outcomes
from analytics.cohorts.published_outcomes import ages
from analytics.errors import StatisticsInputError
from analytics.results import Interval, NotEstimable
from analytics.statistics import wilson_interval
from data.i18n import LANGUAGES
from tests.ground import opened

EVERY = [each.id for each in outcome_studies()]


@pytest.fixture(autouse=True)
def _built(monkeypatch: pytest.MonkeyPatch) -> None:
    opened(monkeypatch)


def of(study: str, region: str = "4204") -> PublishedOutcomes:
    found = published_outcomes(study, region)
    assert isinstance(found, PublishedOutcomes)
    return found


@pytest.mark.parametrize("study", EVERY)
def test_an_interval_holds_its_share_and_stands_only_where_persons_are_known(study: str) -> None:
    frame = of(study).frame
    known = frame.filter(pl.col("persons").is_not_null() & pl.col("share").is_not_null())
    assert known.select((pl.col("low") <= pl.col("share")) & (pl.col("share") <= pl.col("high"))).to_series().all()
    assert frame.filter(pl.col("persons").is_null() | pl.col("share").is_null())["low"].count() == 0


def test_the_interval_is_wilsons() -> None:
    (row,) = of("telemark_outside_2023").frame.filter(destination="inside").iter_rows(named=True)
    assert wilson_interval(1371, 3350) == Interval(row["share"], row["low"], row["high"])


@pytest.mark.long
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("study", EVERY)
@pytest.mark.parametrize("region", ["4204", "42", "3301", "5001", "1860", "0301"])
def test_every_finding_is_a_sentence_for_every_reader(study: str, region: str, lang: str) -> None:
    said = of(study, region).finding(lang)
    assert "{" not in said
    assert "–\u00a0%" not in said
    assert "%" in said


@pytest.mark.long
@pytest.mark.parametrize(("lang", "words"), [("nb", "alle aldre"), ("en", "all ages")])
def test_figures_of_all_ages_say_so_where_the_page_is_about_the_young(lang: str, words: str) -> None:
    of_all = [name for name in EVERY if set(of(name).frame["age_group"]) == {"all"}]
    assert len(of_all) == 4
    assert [name for name in of_all if words not in of(name).finding(lang)] == []


def test_a_county_is_found_by_what_it_was_made_of() -> None:
    found = of("introduction_programme_years")
    assert found.own == ("09", "10")
    assert set(found.frame["region_code"]) == {"09", "10"}
    assert of("nav_reduced_work_capacity").own == ()


def test_a_study_of_one_county_at_a_time_has_none_for_the_nation() -> None:
    found = published_outcomes("introduction_programme_years", "0")
    assert isinstance(found, NotEstimable)
    assert all(found.sentence(lang) for lang in LANGUAGES)


def test_a_study_nobody_knows_is_refused() -> None:
    with pytest.raises(StatisticsInputError):
        published_outcomes("none")


@pytest.mark.parametrize(
    ("code", "words"), [("20-24", "20–24 år"), ("under-25", "under 25 år"), ("29", "29 år"), ("all", "alle aldre")]
)
def test_ages_in_words(code: str, words: str) -> None:
    assert ages(code, "nb") == words


def test_the_command_gives_the_numbers_and_whose_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["outcomes", "--study", "cohort_1995", "--lang", "en"]) == 0
    (study,) = json.loads(capsys.readouterr().out)["studies"]
    assert (study["publisher"], study["provenance"]) == ("USN (SOBRU)", "second_hand")
    assert study["rows"] == of("cohort_1995").frame.to_dicts()


def test_the_command_without_a_study_answers_with_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["outcomes", "--region", "0"]) == 0
    assert [each["id"] for each in json.loads(capsys.readouterr().out)["studies"]] == EVERY
    assert main(["outcomes", "--study", "none"]) == 1
