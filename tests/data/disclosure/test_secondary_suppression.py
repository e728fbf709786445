import itertools
from functools import cache

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from data import paths
from data.catalogue import county_today
from data.disclosure import withhold as protection
from data.disclosure.withhold import withhold
from data.settings import Disclosure
from data.warehouse import connection
from tests.ground import opened

RULES = {"nav": Disclosure(threshold=4, max_suppressed_count=3, zeros_published=True)}
MUNICIPALITIES = {"42": ("4201", "4202", "4203"), "11": ("1101", "1103", "1106"), "03": ("0301",)}


def attack(
    stars: dict[str, str], equations: list[tuple[set[str], int]], withheld: frozenset[str] = frozenset()
) -> dict[str, tuple[float, float]]:
    """Return the smallest and largest value of each star that fits everything printed, by linear programming.

    stars: name → anything; equations: sets of stars whose sum is known; withheld: those hidden here, which are 1 or
    more. Written apart from the rule it tries.
    """
    names = sorted(stars)
    left = np.array([[float(name in group) for name in names] for group, _ in equations]) if equations else None
    right = [total for _, total in equations] if equations else None
    found = {}
    for place, name in enumerate(names):
        if name in withheld:
            continue
        ends = []
        for sign in (1, -1):
            aim = np.zeros(len(names))
            aim[place] = sign
            bounds = [(1, None if each in withheld else 3) for each in names]
            answer = linprog(aim, A_eq=left, b_eq=right, bounds=bounds)
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
        own = rows.filter(period=month)
        stars, equations = printed_equations(own)
        withheld = frozenset(stars) - delivered_stars(month)
        broken = {name: ends for name, ends in attack(stars, equations, withheld).items() if ends != (1, 3)}
        assert broken == {}, month
        attacked += len(stars) - len(withheld)
    assert attacked == 144


@cache
def delivered() -> pl.DataFrame:
    return pl.concat(pl.read_csv(file, infer_schema=False) for file in paths.shipped("raw").glob("nav/2022-10/*.csv"))


def delivered_stars(month: str) -> set[str]:
    return set(delivered().filter(period=month, status="suppressed")["region_code"])


@pytest.mark.long
def test_the_total_of_agder_in_march_2022_stands_and_a_small_municipality_is_hidden_instead(monkeypatch) -> None:
    """2 875 minus the shown municipalities would leave 2 for the one starred; the 5 of Bygland cost least."""
    opened(monkeypatch)
    rows = connection.query("observations_shown", indicator="fully_unemployed", region=None).filter(period="2022-03")
    assert rows.filter(region_code="42", age_group="all", sex="both")["count"].to_list() == [2875]
    agder = rows.filter(pl.col("region_code").str.starts_with("42"), status="suppressed")
    assert set(agder["region_code"]) - delivered_stars("2022-03") == {"4220"}
    assert len(agder) == 2


@pytest.mark.long
def test_a_hidden_count_has_no_share_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    opened(monkeypatch)
    for indicator in ("fully_unemployed", "neet_register", "reduced_work_capacity"):
        rows = connection.query("observations_shown", indicator=indicator, region=None)
        hidden = rows.filter(pl.col("status").is_in(["suppressed", "missing"]))
        assert hidden["value"].null_count() == hidden["count"].null_count() == hidden.height


def test_every_county_keeps_its_totals(monkeypatch: pytest.MonkeyPatch) -> None:
    opened(monkeypatch)
    rows = connection.query("observations_shown", indicator="fully_unemployed", region=None)
    totals = rows.filter(pl.col("region_code").str.len_chars() < 3)
    assert totals["count"].null_count() == 0


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
    assert cells["region_code"].to_list() == ["4203"]


small = st.integers(0, 6)
COUNTS = st.fixed_dictionaries({code: small for codes in MUNICIPALITIES.values() for code in codes})


@pytest.mark.long
@given(COUNTS, st.booleans(), st.sets(st.sampled_from(sorted(MUNICIPALITIES))))
@settings(max_examples=60, deadline=None)
def test_in_any_small_world_every_star_may_still_be_one_two_or_three(
    counts: dict[str, int], nation: bool, counties: set[str]
) -> None:
    outcome, _ = withhold(world(counts, nation=nation, counties=counties), RULES)
    hidden, equations = printed_equations(outcome)
    stars = {code for code, n in counts.items() if 1 <= n <= 3}
    assert stars <= set(hidden)
    assert all(counts[code] > 0 for code in hidden)
    assert all(ends == (1, 3) for ends in attack(hidden, equations, frozenset(hidden) - stars).values())


@pytest.mark.long
@given(COUNTS)
@settings(max_examples=60, deadline=None)
def test_nothing_is_withheld_where_there_is_no_star(counts: dict[str, int]) -> None:
    rows = world({code: n if n == 0 else n + 3 for code, n in counts.items()}, nation=True, counties={"42", "11"})
    outcome, cells = withhold(rows, RULES)
    assert cells.is_empty()
    assert outcome.equals(rows)


def leaves_room(cells: int, total: int, most: int) -> bool:
    """Return whether k cells of a known sum R may each be any of 1 … most: k - 1 + most <= R <= (k - 1) most + 1."""
    return cells - 1 + most <= total <= (cells - 1) * most + 1


@pytest.mark.long
def test_a_county_costs_nothing_just_where_the_closed_form_says_so() -> None:
    for stars, total in itertools.product(range(1, 4), range(4, 10)):
        fits = [each for each in itertools.product((1, 2, 3), repeat=stars) if sum(each) == total]
        assert ({values[0] for values in fits} == {1, 2, 3}) is leaves_room(stars, total, 3)
        if fits:
            counts = dict(zip(MUNICIPALITIES["42"], fits[0], strict=False))
            _, cells = withhold(world(counts, nation=False, counties={"42"}), RULES)
            assert cells.is_empty() is leaves_room(stars, total, 3), (stars, total)


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
    assert cells["region_code"].to_list() == ["4203"]


def test_periods_looked_at_apart_hide_what_they_hide_together(monkeypatch: pytest.MonkeyPatch) -> None:
    first = world({"4201": 2, "4202": 9, "4203": 7, "1101": 5}, nation=True, counties={"42", "11"})
    later = world({"4201": 9, "4202": 9, "4203": 1, "1101": 3}, nation=False, counties={"42"})
    later = later.with_columns(period=pl.lit("2022-02"), edition=pl.lit("f"))
    rows = pl.concat([later[:2], first, later[2:]])
    together = withhold(rows, RULES)
    monkeypatch.setattr(protection, "_ROWS_AT_ONCE", 1)
    apart = withhold(rows, RULES)
    assert together[1].height > 1
    assert all(one.equals(other) for one, other in zip(together, apart, strict=True))


def test_earlier_counties_give_no_star_of_their_time_back() -> None:
    rows = world({"4201": 2, "4202": 9, "4203": 7}, nation=False, counties={"42"})
    then = rows.with_columns(
        pl.col("region_code").replace({"4201": "0901", "4202": "0904", "4203": "0906", "42": "09"})
    )
    _, cells = withhold(then, RULES)
    assert cells["region_code"].to_list() == ["0906"]
