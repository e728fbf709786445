import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics import regions
from analytics.cli import places
from analytics.exclusion import by_origin as origin
from analytics.exclusion import subject as exclusion
from analytics.exclusion.by_origin import ByOrigin, by_origin
from analytics.exclusion.subject import Subject
from analytics.results import NotEstimable
from analytics.statistics import difference_test
from data.i18n import LANGUAGES
from tests.ground import opened


@pytest.fixture(autouse=True)
def _ground(monkeypatch: pytest.MonkeyPatch) -> None:
    opened(monkeypatch)


def found(region: str, indicator: str = "neet_register") -> Subject:
    made = exclusion.subject(indicator, region, "15-29", "both")
    assert made is not None
    return made


def told(region: str, period: str = "2024") -> ByOrigin:
    made = by_origin(found(region), period)
    assert isinstance(made, ByOrigin)
    return made


@pytest.mark.long
def test_the_published_counts_of_kristiansand() -> None:
    made = told("4204")
    assert (made.immigrants.count, made.immigrants.population) == (852, 3904)
    assert (made.others.count, made.others.population) == (1613, 20910)


@pytest.mark.long
def test_the_difference_is_newcombes_and_the_gap_follows_it() -> None:
    made, test = told("4204"), difference_test(852, 3904, 1613, 20910)
    assert made.comparison.difference == test.difference
    assert (made.comparison.verdict, made.gap.certain) == ("clearly_higher", True)
    assert not isinstance(made.gap.persons, NotEstimable)
    assert made.gap.persons.estimate == pytest.approx(852 - 3904 * 1613 / 20910)
    assert round(made.gap.persons.estimate) == 551


def test_a_missing_count_is_unknown_and_never_zero() -> None:
    made = told("1151")
    assert (made.immigrants.count, made.immigrants.value) == (None, None)
    assert made.others.count == 3
    assert made.comparison.verdict == "not_comparable"
    assert isinstance(made.gap.persons, NotEstimable)


def test_a_least_is_not_tested() -> None:
    made = told("42")
    assert made.others.lower_bound
    assert (made.comparison.verdict, made.comparison.reason) == ("not_comparable", "lower_bound")


@pytest.mark.long
def test_all_rows_are_of_one_table_and_never_of_all_outside() -> None:
    made = told("4204")
    assert set(made.rows["indicator"]) == {origin.IMMIGRANTS, origin.OTHERS}
    assert made.view.edition == "ssb-13563-2025-11"
    assert made.rows.group_by("indicator").len()["len"].to_list() == [17, 17]


@pytest.mark.parametrize(
    ("indicator", "age", "reason"),
    [("neet_survey", "15-29", "origin_not_for_indicator"), ("neet_register", "20-24", "origin_not_for_group")],
)
def test_what_is_not_published_by_origin_says_why(indicator: str, age: str, reason: str) -> None:
    asked = exclusion.subject(indicator, "4204", age, "both")
    assert asked is not None
    made = by_origin(asked, "2024")
    assert isinstance(made, NotEstimable)
    assert made.reason == reason
    assert all("{" not in made.sentence(lang) for lang in LANGUAGES)


@pytest.mark.long
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_gap_is_claimed_only_where_the_interval_leaves_zero_out(data: st.DataObject) -> None:
    municipalities = regions.current_regions().filter(pl.col("level") == "municipality")["code"].to_list()
    region = data.draw(st.sampled_from(municipalities))
    made = by_origin(found(region), data.draw(st.sampled_from([str(year) for year in range(2008, 2025)])))
    if isinstance(made, NotEstimable) or isinstance(made.gap.persons, NotEstimable):
        return
    persons = made.gap.persons
    assert persons.low <= persons.estimate <= persons.high
    assert not made.gap.certain or made.comparison.p is None or made.comparison.p < 0.05


@pytest.mark.long
@pytest.mark.parametrize(
    ("indicator", "region", "age", "counted"),
    [
        ("reduced_work_capacity_new", "42", "under-30", True),
        ("aap_new", "0", "under-30", True),
        ("neet_register", "1151", "15-29", False),
        ("neet_register_immigrants", "1151", "15-29", False),
        ("long_term_outside", "42", "27-29", False),
    ],
)
def test_a_subject_is_in_persons_where_the_source_gives_counts_only(
    indicator: str, region: str, age: str, counted: bool
) -> None:
    asked = exclusion.subject(indicator, region, age, "both")
    assert asked is not None
    assert exclusion.in_persons(asked) is counted


def test_every_loaded_indicator_can_be_chosen_and_the_main_one_comes_first() -> None:
    assert exclusion.loaded_indicators()[0] == "neet_register"
    assert {"long_term_outside", "aap_recipients", "upper_secondary_cohort"} <= set(exclusion.loaded_indicators())


def test_the_command_answers_by_origin() -> None:
    assert "origin" in {command.name for command in places.COMMANDS}
