"""Deliveries built as traps: whatever way a small count can be had, another figure goes before it is printed."""

import polars as pl
import pytest

from data.disclosure.withhold import withhold
from data.settings import Disclosure
from tests.data.disclosure.traps import COUNTY, OBSERVED, STAR, UNTOLD, Row, row

RULES = {
    "nav": Disclosure(4, zeros_published=True, max_suppressed_count=3),
    "ssb": Disclosure(3, zeros_published=True, max_suppressed_count=2, protected=True),
}
COLUMNS = {
    **dict.fromkeys(("region_code", "age_group", "sex"), pl.String), "count": pl.Int64, "population": pl.Int64,
    "value": pl.Float64, "indicator": pl.String, "source": pl.String, "edition": pl.String, "period": pl.String,
}  # fmt: skip


def delivered(rows: list[Row]) -> pl.DataFrame:
    plain = [tuple(None if value == STAR else value for value in each) for each in rows if UNTOLD not in each]
    starred = pl.Series([STAR in each for each in rows if UNTOLD not in each])
    frame = pl.DataFrame(plain, schema=COLUMNS, orient="row")
    return frame.with_columns(status=pl.when(starred).then(pl.lit("suppressed")).otherwise(pl.lit("final")))


@pytest.mark.long
@pytest.mark.parametrize("trap", OBSERVED)
def test_a_star_cannot_be_had(trap: str) -> None:
    rows = delivered(OBSERVED[trap])
    outcome, cells = withhold(rows, RULES)
    assert rows.filter(status="suppressed").height < outcome.filter(status="suppressed").height
    hidden = outcome.filter(status="suppressed")
    assert hidden["count"].null_count() == hidden["value"].null_count() == hidden.height
    assert cells.height <= 2


SMALL = {
    "a small count": [row("4201", 2)],
    "few are left": [row("4201", 98, among=100)],
    "few are left of residents in another table": [
        row("4201", 98), row("4201", 90, among=100, indicator="neet_register", source="ssb"),
    ],
    "few are left by a share": [row("4201", share=0.98, among=100)],
    "a small share": [row("4201", share=0.0123, among=163)],
    "a source nobody knows": [row("4201", 2, source="Nav")],
}  # fmt: skip


@pytest.mark.parametrize("case", SMALL)
def test_a_small_count_is_hidden_in_whatever_way_it_is_told(case: str) -> None:
    outcome, _ = withhold(delivered(SMALL[case]), RULES)
    first = outcome.row(0, named=True)
    assert (first["status"], first["count"], first["value"]) == ("suppressed", None, None)


SAFE = {
    "a county with people of other municipalities": [*COUNTY, row("42", 900)],
    "stars that bound each other": [row("4201", STAR, sex=sex) for sex in ("both", "female", "male")],
    "another age": [row("4201", STAR), row("4201", 50, age="30-39")],
    "another period": [row("4201", STAR), row("4201", 50, period="2025-02")],
    "a share of so many that it tells no count": [*COUNTY, row("42", share=0.052, among=900_000)],
    "nothing small": [row("4201", 40), row("4202", 20), row("42", 60)],
}


@pytest.mark.parametrize("case", SAFE)
def test_nothing_is_withheld_that_gives_nothing_away(case: str) -> None:
    rows = delivered(SAFE[case])
    outcome, cells = withhold(rows, RULES)
    assert cells.is_empty()
    assert outcome.equals(rows)


def test_what_is_hidden_stays_hidden_over_three_editions() -> None:
    rows = [row("4201", STAR, edition="a"), row("4202", 20, edition="a"), row("4203", 30, edition="b"),
            row("42", 52, edition="b"), row("4201", 2, edition="c"), row("4202", 20, edition="c"),
            row("4203", 30, edition="c"), row("42", 52, edition="c")]  # fmt: skip
    outcome, cells = withhold(delivered(rows), RULES)
    by_cell = outcome.group_by("region_code", "age_group", "sex").agg(pl.col("status").n_unique())
    assert cells["region_code"].to_list() == ["4202"]
    assert by_cell["status"].to_list() == [1] * by_cell.height


@pytest.mark.parametrize("people", [(200, 200, 200), (200, 95, 105), (400, 95, 105), (200, 200, None)])
@pytest.mark.parametrize("indicator", ["neet_register", "reduced_work_capacity"])
def test_residents_that_do_not_add_up_give_no_small_count_away(people: tuple[int, int, int], indicator: str) -> None:
    told = zip(("both", "female", "male"), (11, 2, 9), people, strict=True)
    rows = delivered([row("4201", n, sex=sex, among=among, indicator=indicator) for sex, n, among in told])
    outcome, _ = withhold(rows, RULES)
    assert outcome["count"].to_list() == [11, None, None]
