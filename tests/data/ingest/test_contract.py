import pickle

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import i18n
from data.ingest.contract import Note, Problem, Problems, TableContract, raise_all, standard_columns
from data.ingest.validation import problems, settle
from data.sources.adapter import text_table

CONTRACT = TableContract(
    "t", "NAV", standard_columns("percent"), {"*": "suppressed"}, at_most=(("count", "population"),)
)


def _row(**changes: str) -> dict[str, str]:
    base = {
        "measure": "m",
        "region_code": "4204",
        "period": "2024",
        "age_group": "all",
        "sheet": "Ark",
        "count_cell": "B2",
        "share_cell": "C2",
    }
    return base | changes


def test_a_suppressed_count_is_unknown_not_zero_and_takes_its_share_along() -> None:
    rows = settle(text_table([_row(count="*", share="2.2")]), CONTRACT)
    assert rows.select("count", "share", "status").row(0) == (None, None, "suppressed")


def test_a_real_zero_stays_zero() -> None:
    assert settle(text_table([_row(count="0")]), CONTRACT).select("count", "status").row(0) == (0, "final")


def test_a_count_shows_where_its_share_is_hidden() -> None:
    assert settle(text_table([_row(count="30", share="*")]), CONTRACT).select("count", "share").row(0) == (30, None)


def test_an_empty_cell_is_missing() -> None:
    assert settle(text_table([_row()]), CONTRACT).select("count", "status", "cell").row(0) == (
        None,
        "missing",
        "Ark!B2",
    )


@pytest.mark.parametrize(
    ("changes", "code", "cell"),
    [
        ({"count": "-1"}, "negative_count", "B2"),
        ({"count": "1.5"}, "bad_count", "B2"),
        ({"count": "12 000"}, "bad_count", "B2"),
        ({"count": "=SUM(A1:A2)"}, "formula_without_value", "B2"),
        ({"count": "#REF!"}, "bad_count", "B2"),
        ({"count": "3", "share": "100.1"}, "share_above_one", "C2"),
        ({"count": "3", "share": "-0.1"}, "negative_share", "C2"),
        ({"count": "3", "share": "2,1"}, "bad_share", "C2"),
        ({"count": "3", "region_code": "420"}, "bad_text", "B2"),
        ({"count": "3", "period": "24"}, "bad_text", "B2"),
        ({"count": "3", "period": ""}, "missing_value", "B2"),
    ],
)
def test_each_absurd_value_is_named_with_its_cell(changes: dict[str, str], code: str, cell: str) -> None:
    assert [(p.code, p.cell) for p in problems(text_table([_row(**changes)]), CONTRACT, "f")] == [(code, cell)]


def test_the_same_key_twice_names_both_places() -> None:
    [twice] = problems(text_table([_row(count="1"), _row(count="2", count_cell="B9")]), CONTRACT, "f")
    assert (twice.code, twice.cell, twice.expected) == ("duplicate_row", "B9", "Ark!B2")


def test_a_count_above_the_population_is_refused_and_one_equal_to_it_is_not() -> None:
    table = text_table([_row(count="11"), _row(count="10", period="2025")]).with_columns(population=pl.lit("10"))
    assert [p.code for p in problems(table, CONTRACT)] == ["count_above_population"]


def test_a_missing_column_is_named_before_anything_else() -> None:
    [absent] = problems(text_table([_row(count="x")]).drop("period"), CONTRACT)
    assert (absent.code, absent.expected) == ("missing_column", "period")


@pytest.mark.long
@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10**7))
def test_every_whole_number_comes_back_as_published(count: int) -> None:
    table = text_table([_row(count=str(count))])
    assert problems(table, CONTRACT) == []
    assert settle(table, CONTRACT)["count"].item() == count


def test_all_problems_are_raised_at_once_and_survive_a_process_border() -> None:
    with pytest.raises(Problems) as caught:
        raise_all("f", problems(text_table([_row(count="-1", share="200")]), CONTRACT, "f"))
    again = pickle.loads(pickle.dumps(caught.value))
    assert [p.line("nb") for p in again.exceptions] == [p.line("nb") for p in caught.value.exceptions]
    assert len(again.exceptions) == 2


def test_every_problem_and_note_has_words_in_both_languages() -> None:
    for lang in i18n.LANGUAGES:
        keys = i18n.words("data", lang)
        problem = Problem(code="bad_count", file="f.xlsx", sheet="Ark", cell="B2", expected="count", found="x")
        assert "B2" in problem.line(lang)
        assert problem.as_json(lang)["error"]["cell"] == "B2"
        assert keys["expected.count"] in problem.says(lang)
        assert "Ark" in Note("foreign_sheet", "Ark").says(lang)
