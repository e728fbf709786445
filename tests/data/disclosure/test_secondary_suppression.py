import itertools

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from data.catalogue import county_today
from data.disclosure.secondary_suppression import Hidden, regions_to_withhold, withhold
from data.settings import Disclosure
from data.warehouse import connection
from tests.ground import opened

RULES = {"nav": Disclosure(threshold=4, max_suppressed_count=3, zeros_published=True)}
MUNICIPALITIES = {"42": ("4201", "4202", "4203"), "11": ("1101", "1103", "1106"), "03": ("0301",)}


def attack(stars: dict[str, str], equations: list[tuple[set[str], int]]) -> dict[str, tuple[float, float]]:
    """Return the smallest and largest value of each star that fits everything printed, by linear programming.

    stars: name → anything; equations: sets of stars whose sum is known. Written apart from the rule it tries.
    """
    names = sorted(stars)
    left = np.array([[float(name in group) for name in names] for group, _ in equations]) if equations else None
    right = [total for _, total in equations] if equations else None
    found = {}
    for place, name in enumerate(names):
        ends = []
        for sign in (1, -1):
            aim = np.zeros(len(names))
            aim[place] = sign
            answer = linprog(aim, A_eq=left, b_eq=right, bounds=(1, 3))
            assert answer.status == 0, "what is printed must fit the truth"
            ends.append(sign * answer.fun)
        found[name] = (round(ends[0], 6), round(ends[1], 6))
    return found


def printed_equations(rows: pl.DataFrame) -> tuple[dict[str, str], list[tuple[set[str], int]]]:
    """Return the stars of one series of `withhold`'s outcome, and the sums a reader can form from what is printed."""
    county = county_today()
    municipal = rows.filter(pl.col("region_code").is_in(list(county)), pl.col("sex") == "both")
    stars = {c: county[c] for c in municipal.filter(status="suppressed")["region_code"]}
    shown = municipal.drop_nulls("count").with_columns(
        pl.col("region_code").replace_strict(county, default=None).alias("county")
    )
    sums = dict(shown.group_by("county").agg(pl.col("count").sum()).iter_rows())
    totals = totals_by_any_way(rows)
    equations = [
        ({s for s, c in stars.items() if c == code}, totals[code] - sums.get(code, 0))
        for code in sorted(set(stars.values()))
        if code in totals
    ]
    if "0" in totals:
        unknown = {c for c in set(stars.values()) if c not in totals}
        other = set(county.values()) & ({*sums, *totals} - unknown - {"0"})
        left = totals["0"] - sum(totals.get(c, sums.get(c, 0)) for c in other) - sum(sums.get(c, 0) for c in unknown)
        behind = {s for s, c in stars.items() if c in unknown}
        if left <= 3 * len(behind):  # more than that: the nation counts people of no county
            equations.append((behind, left))
    return stars, [(group, total) for group, total in equations if group]


def totals_by_any_way(rows: pl.DataFrame) -> dict[str, int]:
    """Return each region's total, printed as such or as women plus men."""
    wholes = rows.filter(pl.col("region_code").str.len_chars() < 3).drop_nulls("count")
    both = dict(wholes.filter(sex="both").select("region_code", "count").iter_rows())
    halves = wholes.filter(pl.col("sex") != "both").group_by("region_code").agg(pl.len(), pl.col("count").sum())
    return dict(halves.filter(pl.col("len") == 2).select("region_code", "count").iter_rows()) | both


@pytest.mark.long
def test_no_star_in_the_default_data_can_be_had_from_what_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    opened(monkeypatch)
    rows = connection.query("observations_shown", indicator="fully_unemployed", region=None)
    months = rows.filter(pl.col("region_code").str.len_chars() == 4)["period"].unique().sort()
    attacked = 0
    for month in months:
        stars, equations = printed_equations(rows.filter(period=month))
        broken = {name: ends for name, ends in attack(stars, equations).items() if ends != (1, 3)}
        assert broken == {}, month
        attacked += len(stars)
    assert attacked == 144


def test_agder_of_march_2022_is_withheld_in_both_sexes_with_its_share(monkeypatch: pytest.MonkeyPatch) -> None:
    opened(monkeypatch)
    rows = connection.query("observations_shown", indicator="fully_unemployed", region="42").filter(period="2022-03")
    assert set(rows["sex"]) == {"both", "female", "male"}
    assert rows["status"].unique().to_list() == ["suppressed"]
    assert rows["count"].null_count() == rows["value"].null_count() == rows.height


def test_a_hidden_count_has_no_share_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    opened(monkeypatch)
    for indicator in ("fully_unemployed", "neet_register", "reduced_work_capacity"):
        rows = connection.query("observations_shown", indicator=indicator, region=None)
        hidden = rows.filter(pl.col("status").is_in(["suppressed", "missing"]))
        assert hidden["value"].null_count() == hidden["count"].null_count() == hidden.height


def test_a_month_that_gives_no_star_away_keeps_its_county_total(monkeypatch: pytest.MonkeyPatch) -> None:
    opened(monkeypatch)
    rows = connection.query("observations_shown", indicator="fully_unemployed", region="42")
    shown = rows.filter(pl.col("period").is_between(pl.lit("2023-01"), pl.lit("2025-12")))
    assert shown["count"].null_count() == 0


def world(counts: dict[str, int], *, nation: bool, counties: set[str]) -> pl.DataFrame:
    """Return the rows a publisher prints: counts of 1 to 3 starred, county totals and the nation's where asked for."""
    county = {code: name for name, codes in MUNICIPALITIES.items() for code in codes}
    rows = [(code, None if 1 <= n <= 3 else n, "suppressed" if 1 <= n <= 3 else "final") for code, n in counts.items()]
    sums = {name: sum(n for code, n in counts.items() if county[code] == name) for name in MUNICIPALITIES}
    rows += [(name, total, "final") for name, total in sums.items() if name in counties and not 1 <= total <= 3]
    rows += [("0", sum(sums.values()), "final")] if nation else []
    return pl.DataFrame(
        [("x", "2022-01", "all", "both", code, n, None, status, "nav", "e") for code, n, status in rows],
        schema={
            **dict.fromkeys(["indicator", "period", "age_group", "sex", "region_code"], pl.String),
            "count": pl.Int64, "value": pl.Float64,
            **dict.fromkeys(["status", "source", "edition"], pl.String),
        },
        orient="row",
    )  # fmt: skip


def test_people_of_no_county_in_the_nation_give_nothing_away() -> None:
    rows = world({"4201": 2, "4202": 9, "4203": 7}, nation=True, counties={"42"})
    beyond = rows.with_columns(pl.col("count") + pl.when(pl.col("region_code") == "0").then(20).otherwise(0))
    _, cells = withhold(beyond, RULES)
    assert cells["region_code"].to_list() == ["0", "42"]


def test_agder_is_hidden_with_the_smallest_county_that_has_stars_and_the_nation_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened(monkeypatch)
    rows = connection.query("observations_shown", indicator="fully_unemployed", region=None)
    hidden = rows.filter(pl.col("region_code").str.len_chars() < 3, sex="both", status="suppressed")
    assert set(hidden.filter(period="2022-03")["region_code"]) > {"42"}
    assert "0" not in set(hidden["region_code"])


small = st.integers(0, 6)
COUNTS = st.fixed_dictionaries({code: small for codes in MUNICIPALITIES.values() for code in codes})


@pytest.mark.long
@given(COUNTS, st.booleans(), st.sets(st.sampled_from(sorted(MUNICIPALITIES))))
@settings(max_examples=60, deadline=None)
def test_in_any_small_world_every_star_may_still_be_one_two_or_three(
    counts: dict[str, int], nation: bool, counties: set[str]
) -> None:
    outcome, _ = withhold(world(counts, nation=nation, counties=counties), RULES)
    stars, equations = printed_equations(outcome)
    assert all(ends == (1, 3) for ends in attack(stars, equations).values())
    assert set(stars) == {code for code, n in counts.items() if 1 <= n <= 3}


@given(COUNTS)
@settings(max_examples=60, deadline=None)
def test_nothing_is_withheld_where_there_is_no_star(counts: dict[str, int]) -> None:
    rows = world({code: n if n == 0 else n + 3 for code, n in counts.items()}, nation=True, counties={"42", "11"})
    outcome, cells = withhold(rows, RULES)
    assert cells.is_empty()
    assert outcome.equals(rows)


def test_the_closed_form_agrees_with_trying_every_combination() -> None:
    for stars, total in itertools.product(range(1, 5), range(13)):
        fits = [each for each in itertools.product((1, 2, 3), repeat=stars) if sum(each) == total]
        free = {values[0] for values in fits} == {1, 2, 3}
        hidden = Hidden("42", stars, total + 90, total, 3)
        assert (regions_to_withhold([hidden], None) == []) is free


@pytest.mark.parametrize(("nation", "withheld"), [(5, ["0"]), (6, ["0"]), (7, [])])
def test_a_nation_that_leaves_two_stars_their_most_or_nearly_is_withheld(nation: int, withheld: list[str]) -> None:
    """Two stars of 1 to 3 whose county prints no total: 6 makes both 3, 5 leaves no 1; 7 counts people of no county."""
    assert regions_to_withhold([Hidden("42", 2, None, None, 3)], nation) == withheld


def test_a_county_without_a_printed_total_draws_another_with_it_before_the_nation() -> None:
    counties = [Hidden("42", 1, None, None, 3), Hidden("11", 2, 900, 4, 3)]
    assert regions_to_withhold(counties, 6) == ["11"]


def test_the_smallest_county_with_stars_is_withheld_beside_one_that_must_be() -> None:
    counties = [Hidden("42", 1, 90, 2, 3), Hidden("11", 2, 900, 4, 3), Hidden("03", 2, 50, 4, 3)]
    assert regions_to_withhold(counties, 10) == ["42", "03"]


def test_a_small_count_without_a_star_is_hidden_here() -> None:
    rows = world({"4201": 4, "4202": 6, "4203": 7}, nation=False, counties=set())
    outcome, _ = withhold(rows.with_columns(count=pl.col("count") - 3, value=pl.lit(0.01)), RULES)
    assert outcome.select("count", "value", "status").rows() == [
        (None, None, "suppressed"), (None, None, "suppressed"), (4, 0.01, "final")
    ]  # fmt: skip


def test_a_zero_is_a_real_zero_and_stays() -> None:
    rows = world({"4201": 0, "4202": 9, "4203": 7}, nation=True, counties={"42"})
    outcome, cells = withhold(rows, RULES)
    assert cells.is_empty()
    assert outcome["count"].null_count() == 0


def test_the_same_municipalities_in_two_editions_are_not_counted_twice() -> None:
    rows = world({"4201": 2, "4202": 9, "4203": 7}, nation=False, counties={"42"})
    again = rows.with_columns(edition=pl.lit("f"))
    _, cells = withhold(pl.concat([rows, again]), RULES)
    assert cells["region_code"].to_list() == ["42"]


def test_earlier_counties_give_no_star_of_their_time_back() -> None:
    rows = world({"4201": 2, "4202": 9, "4203": 7}, nation=False, counties={"42"})
    then = rows.with_columns(
        pl.col("region_code").replace({"4201": "0901", "4202": "0904", "4203": "0906", "42": "09"})
    )
    _, cells = withhold(then, RULES)
    assert cells["region_code"].to_list() == ["09"]
