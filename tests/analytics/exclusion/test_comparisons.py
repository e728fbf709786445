from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from analytics.exclusion import comparisons, rounded_shares
from analytics.exclusion.comparisons import Beside, beside, breaks_between, gap_in_persons, view_of
from analytics.exclusion.rates import Rate, View, strata, with_intervals
from analytics.exclusion.rounded_shares import Side
from analytics.exclusion.similar_municipalities import Rule, similar_municipalities
from analytics.regions import current_regions
from analytics.results import Interval, NotEstimable
from analytics.statistics import difference_test
from data.i18n import LANGUAGES
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


@pytest.mark.long
def test_oslo_is_all_of_its_county_and_has_no_rest_to_stand_beside() -> None:
    assert side("0301").one("rest_of_county") is None


@pytest.mark.long
@pytest.mark.parametrize(
    ("region", "period", "edition"),
    [("42", None, "ssb-13563-2026-09"), ("42", "2024", VIEW.edition), ("4204", None, VIEW.edition)],
)
def test_a_place_is_compared_in_the_edition_that_holds_both_sides_then(region, period, edition: str) -> None:
    view = view_of("neet_register", region, period=period)
    assert view is not None
    assert view.edition == edition


def test_a_break_forbids_a_verdict_and_a_gap() -> None:
    found = side("4204")
    across = [each for each in found.comparisons if each.kind == "past" and each.period < "2021"]
    assert {each.verdict for each in across} == {"across_break"}
    assert {each.p for each in across} == {None}
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


@pytest.mark.long
def test_a_rest_that_cannot_be_had_has_no_level() -> None:
    rest = side("1144", "2010").one("rest_of_county")
    assert rest is not None
    assert (rest.verdict, rest.reason) == ("not_comparable", "lower_bound")
    assert (rest.count, rest.population, rest.value) == (None, None, None)


@pytest.mark.parametrize(("kind", "period"), [("rest_of_nation", "2010"), ("past", "2009")])
def test_a_home_with_an_unknown_part_is_tested_against_nobody(kind: str, period: str) -> None:
    found = [each for each in side("11", "2010").comparisons if (each.kind, each.period) == (kind, period)]
    assert [(each.verdict, each.reason) for each in found] == [("not_comparable", "lower_bound")]


@pytest.mark.long
@pytest.mark.parametrize(("unknown", "period"), [("1151", "2010"), ("5055", "2010"), ("1580", "2022")])
def test_one_unknown_among_the_similar_leaves_their_sum_unknown(
    monkeypatch: pytest.MonkeyPatch, unknown: str, period: str
) -> None:
    monkeypatch.setattr(comparisons, "similar_municipalities", lambda *_: ("1103", unknown))
    assert side("1144", period).one("similar") is None
    assert side("1144", "2024").one("similar") is not None


@pytest.mark.long
@pytest.mark.parametrize(("period", "status"), [("2023", "final"), ("2024", "preliminary")])
def test_similar_places_of_a_preliminary_year_are_preliminary(period: str, status: str) -> None:
    similar = side("4204", period).one("similar")
    assert similar is not None
    assert similar.status == status


@pytest.mark.parametrize(("region", "period"), [("1580", "2022"), ("5055", "2010"), ("4204", "1900")])
def test_a_place_without_a_figure_says_why(region: str, period: str) -> None:
    found = beside(VIEW, region, period)
    assert isinstance(found, NotEstimable)
    assert all(found.sentence(lang) for lang in LANGUAGES)


@pytest.mark.long
def test_months_are_compared_with_the_same_month() -> None:
    view = view_of("reduced_work_capacity", "42", "18-29")
    assert view is not None
    past = [each.period for each in side("42", "2025-11", view).comparisons if each.kind == "past"]
    assert {period[4:] for period in past} == {"-11"}


def test_two_places_with_the_same_printed_share_are_never_called_different() -> None:
    half = 0.0005
    one = Side(30_000, 30_000 / (0.03 + half), 30_000 / (0.03 - half))
    other = Side(900_000, 900_000 / (0.0301 + half), 900_000 / (0.0301 - half))
    tested = rounded_shares.compare(one, other)
    assert tested.verdict == "no_certain_difference"
    assert isinstance(tested.difference, Interval)
    assert tested.difference.low < 0 < tested.difference.high


def test_a_difference_beyond_the_rounding_is_still_found() -> None:
    half = 0.0005
    one = Side(30_000, 30_000 / (0.04 + half), 30_000 / (0.04 - half))
    other = Side(900_000, 900_000 / (0.03 + half), 900_000 / (0.03 - half))
    assert rounded_shares.compare(one, other).verdict == "clearly_higher"
    assert rounded_shares.compare(other, one).verdict == "clearly_lower"


def test_an_implied_difference_reaches_over_both_ends_of_the_rounding() -> None:
    one, other = Side(300, 9_500, 10_500), Side(900, 33_000, 36_000)
    lowest, highest = difference_test(300, 10_500, 900, 33_000), difference_test(300, 9_500, 900, 36_000)
    tested = rounded_shares.compare(one, other)
    assert isinstance(tested.difference, Interval)
    assert isinstance(lowest.difference, Interval)
    assert isinstance(highest.difference, Interval)
    assert (tested.difference.low, tested.difference.high) == (lowest.difference.low, highest.difference.high)
    assert tested.p == max(lowest.p or 0, highest.p or 0) > min(lowest.p or 0, highest.p or 0)


def test_what_is_left_of_an_implied_whole_lies_between_the_furthest_ends() -> None:
    assert rounded_shares.rest(Side(100, 900, 1_100), Side(10, 90, 110)) == Side(90, 790, 1_010)


def test_an_implied_population_is_never_below_the_count_nor_without_end() -> None:
    halves = {("", "county", "2025-11"): 0.005}
    rate = Rate("42", "2025-11", 5, 5, 1.0, None, None, "final", lower_bound=False, small=True, implied=True)
    assert rounded_shares.side_of(rate, halves) == Side(5, 5, 5 / 0.995)
    assert isinstance(rounded_shares.side_of(replace(rate, value=0.005), halves), NotEstimable)


def test_fewer_than_thirty_events_are_small_and_thirty_are_not() -> None:
    counts = pl.DataFrame({"count": [29, 30], "population": [300, 300], "value": [0.1, 0.1], "parts_missing": [0, 1]})
    found = with_intervals(counts)
    assert (found["small"].to_list(), found["lower_bound"].to_list()) == ([True, False], [False, True])


def test_the_most_similar_are_similar_by_the_rule_and_never_home_itself() -> None:
    ten = similar_municipalities(VIEW, "4204", "2024")
    assert len(set(ten)) == 10
    assert "4204" not in ten
    assert similar_municipalities(VIEW, "4204", "2024", Rule(number=3))[:3] == ten[:3]
    assert similar_municipalities(VIEW, "42", "2024") == ()


@pytest.mark.parametrize("weight", [0.0, 0.5, 1.0])
def test_likeness_is_size_and_age_structure_in_standard_deviations(weight: float) -> None:
    codes = tuple(current_regions().filter(level="municipality")["code"])
    people = (
        strata(VIEW, codes, "2024").filter(sex="both").pivot(on="age_group", index="region_code", values="population")
    )
    young, middle, old = (people[age].to_numpy() for age in ("15-19", "20-24", "25-29"))
    total = young + middle + old
    home = people["region_code"].to_list().index("4204")
    parts = [(row - row[home]) ** 2 / row.var(ddof=1) for row in (np.log(total), young / total, old / total)]
    distance = (1 - weight) * parts[0] + weight / 2 * (parts[1] + parts[2])
    nearest = [people["region_code"][int(place)] for place in np.argsort(distance)[1:6]]
    assert similar_municipalities(VIEW, "4204", "2024", Rule(5, weight)) == tuple(nearest)


def named(region: str) -> list[str]:
    return [each.other for each in side(region).comparisons if each.kind in ("peer", "also_shown")]


def test_the_home_and_its_peers_stand_beside_the_cities_of_the_settings() -> None:
    assert {"1103", "4601", "0301"} <= set(named("4204"))
    assert "4601" in named("1103")
    assert "0301" not in named("1103")


@pytest.mark.parametrize("region", ["1818", "5612", "1151"])
def test_any_other_place_stands_beside_those_most_like_it_that_are_not_of_few_persons(region: str) -> None:
    found = named(region)
    assert set(found) <= set(similar_municipalities(VIEW, region, "2024"))
    counts = [each.count for each in side(region).comparisons if each.kind == "peer"]
    assert all(count is not None and count >= 30 for count in counts)


def test_heroy_has_such_places_beside_it_and_a_county_has_none() -> None:
    assert named("1818")
    assert named("42") == []
