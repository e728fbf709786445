import pytest

from analytics import implied
from analytics.comparisons import Beside, beside, breaks_between, gap_in_persons, view_of
from analytics.implied import Side
from analytics.rates import View
from analytics.results import Interval, NotEstimable
from analytics.similar import Rule, similar_municipalities
from data.wording import LANGUAGES
from tests.ground import opened

VIEW = View("neet_register", "15-29", "both", "ssb-13556-2025-11")


@pytest.fixture(autouse=True)
def _ground(monkeypatch: pytest.MonkeyPatch) -> None:
    opened(monkeypatch)


def side(region: str, period: str = "2024", view: View = VIEW) -> Beside:
    found = beside(view, region, period)
    assert isinstance(found, Beside)
    return found


def test_the_rest_of_the_county_leaves_home_out() -> None:
    rest = side("4204").one("rest_of_county")
    assert rest is not None
    assert (rest.count, rest.population) == (6364 - 2465, 61503 - 24814)


def test_oslo_is_all_of_its_county_and_has_no_rest_to_stand_beside() -> None:
    assert side("0301").one("rest_of_county") is None


def test_a_place_is_compared_in_the_edition_that_covers_most_places() -> None:
    view = view_of("neet_register", "42")
    assert view is not None
    assert view.edition == VIEW.edition


def test_a_break_forbids_a_verdict_and_a_gap() -> None:
    found = side("4204")
    across = [each for each in found.comparisons if each.kind == "past" and each.period < "2021"]
    assert {each.verdict for each in across} == {"across_break"}
    assert all(isinstance(gap_in_persons(found.home, each).persons, NotEstimable) for each in across)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2014", "2015", ("2015",)),
        ("2015", "2020", ()),
        ("2020", "2021", ("2021",)),
        ("2008", "2024", ("2015", "2021")),
    ],
)
def test_breaks_lie_between_the_old_series_and_the_new(first: str, last: str, expected: tuple[str, ...]) -> None:
    assert breaks_between("neet_register", first, last) == expected


def test_a_sum_with_an_unknown_part_is_never_tested() -> None:
    found = side("1144")
    least = [each for each in found.comparisons if each.reason == "lower_bound"]
    assert least
    assert all(each.verdict == "not_comparable" for each in least)


def test_a_rest_that_cannot_be_had_has_no_level() -> None:
    found = [each for each in side("1144", "2023").comparisons if each.kind.startswith("rest_of")]
    assert all(each.value is None for each in found if each.verdict == "not_comparable")


@pytest.mark.parametrize(("region", "period"), [("1580", "2022"), ("5055", "2010"), ("4204", "1900")])
def test_a_place_without_a_figure_says_why(region: str, period: str) -> None:
    found = beside(VIEW, region, period)
    assert isinstance(found, NotEstimable)
    assert all(found.sentence(lang) for lang in LANGUAGES)


def test_months_are_compared_with_the_same_month() -> None:
    view = view_of("reduced_work_capacity", "42", "18-29")
    assert view is not None
    past = [each.period for each in side("42", "2025-11", view).comparisons if each.kind == "past"]
    assert {period[4:] for period in past} == {"-11"}


def test_two_places_with_the_same_printed_share_are_never_called_different() -> None:
    half = 0.0005
    one = Side(30_000, 30_000 / (0.03 + half), 30_000 / (0.03 - half))
    other = Side(900_000, 900_000 / (0.0301 + half), 900_000 / (0.0301 - half))
    tested = implied.compare(one, other)
    assert tested.verdict == "no_certain_difference"
    assert isinstance(tested.difference, Interval)
    assert tested.difference.low < 0 < tested.difference.high


def test_a_difference_beyond_the_rounding_is_still_found() -> None:
    half = 0.0005
    one = Side(30_000, 30_000 / (0.04 + half), 30_000 / (0.04 - half))
    other = Side(900_000, 900_000 / (0.03 + half), 900_000 / (0.03 - half))
    assert implied.compare(one, other).verdict == "clearly_higher"
    assert implied.compare(other, one).verdict == "clearly_lower"


def test_the_most_similar_are_similar_by_the_rule_and_never_home_itself() -> None:
    ten = similar_municipalities(VIEW, "4204", "2024")
    assert len(set(ten)) == 10
    assert "4204" not in ten
    assert similar_municipalities(VIEW, "4204", "2024", Rule(number=3))[:3] == ten[:3]
    assert similar_municipalities(VIEW, "42", "2024") == ()
