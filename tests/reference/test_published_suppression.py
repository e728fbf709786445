"""Statistics Norway's own example of hidden cells, with the answers its package printed.

Source: Statistics Norway, easySdcTable, "Introduction to 'easySdcTable'" (vignette), table z2w: made-up municipalities
by main income; patterns of the methods Gauss and SIMPLEHEURISTIC_OLD, which hide counts up to 3, and zeros.
"""

import polars as pl
import pytest

from data.disclosure.table import PUBLISHED, SUPPRESSED, audit, linked, protect

DIMS = ("region", "income")
INCOMES = ("annet", "arbeid", "soshjelp", "trygd", "total")
COUNTS = {
    "A": (11, 11, 55, 36, 113), "B": (7, 1, 29, 18, 55), "C": (5, 8, 35, 25, 73), "D": (13, 2, 17, 13, 45),
    "E": (9, 14, 63, 52, 138), "F": (12, 9, 24, 22, 67), "G": (6, 4, 22, 8, 40), "H": (9, 3, 38, 15, 65),
    "I": (3, 0, 9, 2, 14), "J": (9, 0, 32, 20, 61), "K": (4, 2, 18, 11, 35), "total": (88, 54, 342, 222, 706),
}  # fmt: skip
FIRST_TWO = {(region, income) for region in "BDHIJK" for income in INCOMES[:2]}
PATTERNS = {
    "Gauss": FIRST_TWO | {("G", "arbeid"), ("G", "trygd"), ("I", "trygd")},
    "SIMPLEHEURISTIC_OLD": (FIRST_TWO - {("D", "annet")}) | {("D", "trygd"), ("I", "trygd")},
}
THRESHOLD = 4


def cells(hidden: set[tuple[str, str]]) -> pl.DataFrame:
    rows = [
        (region, income, count, SUPPRESSED if (region, income) in hidden else PUBLISHED)
        for region, counts in COUNTS.items()
        for income, count in zip(INCOMES, counts, strict=True)
    ]
    return pl.DataFrame(rows, schema=[*DIMS, "count", "status"], orient="row")


@pytest.mark.parametrize("method", PATTERNS)
def test_no_hidden_cell_of_the_published_patterns_is_had_exactly(method: str) -> None:
    """Both methods promise that no hidden cell is the only number that fits; the audit agrees."""
    found = audit(linked(cells(PATTERNS[method]), DIMS), THRESHOLD)
    assert {each.key for each in found} == PATTERNS[method]
    assert [each.key for each in found if each.low == each.high] == []


def test_without_the_secondary_cells_some_are_had_exactly() -> None:
    counted = {(row, income) for row, own in COUNTS.items() for income, n in zip(INCOMES, own, strict=True) if n < 4}
    exact = {each.key for each in audit(linked(cells(counted), DIMS), THRESHOLD) if each.low == each.high}
    assert {("B", "arbeid"), ("D", "arbeid"), ("H", "arbeid"), ("J", "arbeid"), ("K", "arbeid")} <= exact


def test_no_more_cells_are_hidden_than_by_gauss_also_where_zeros_are_shown() -> None:
    """The package hides zeros. Who shows them tells that a hidden count is 1 at least: then its pattern will not do."""
    before = cells(set())
    after = protect(linked(before, DIMS), THRESHOLD)
    hidden = after["status"] == SUPPRESSED
    assert hidden.sum() <= len(PATTERNS["Gauss"])
    assert not before.filter(hidden)["count"].is_in([0]).any()
    assert broken(after.with_columns(count=before["count"])) == set()
    assert broken(cells(PATTERNS["Gauss"])) == {("I", "annet"), ("I", "arbeid"), ("I", "trygd")}


def broken(given: pl.DataFrame) -> set[tuple[str, ...]]:
    return {each.key for each in audit(linked(given, DIMS), THRESHOLD, hidden_at_least=1) if each.broken}
