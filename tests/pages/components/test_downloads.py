import csv
import io

import openpyxl
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.i18n import speaking
from pages.components import downloads
from pages.frame.source_footer import Citation

SOURCE = Citation("SSB", "Table 13556", "2025-06-10", "CC BY 4.0", "https://www.ssb.no/", "Share of 15–29-year-olds.")
FRAME = pl.DataFrame(
    {
        "place": ["Kristiansand", "=1+1"],
        "value": [2465 / 24814, None],
        "n": [2465, None],
        "status": ["final", "suppressed"],
    }
)


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_csv_is_one_plain_table_with_its_source() -> None:
    content = downloads.csv(FRAME, [SOURCE])
    first, second = rows_of(content)
    assert content.startswith(b"\xef\xbb\xbf")
    assert float(first["value"]) == 2465 / 24814
    assert first["source"] == "SSB: Table 13556"
    assert (first["edition"], first["licence"], first["address"]) == ("2025-06-10", "CC BY 4.0", "https://www.ssb.no/")
    assert first["definition"] == "Share of 15–29-year-olds."
    assert second["value"] == second["n"] == ""
    assert second["status"] == "suppressed"
    assert first["hidden"] == ""
    assert "ville røpet et tall som er det" in second["hidden"]
    assert "example" not in first


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "−1", "a=1"])
def test_text_that_a_spreadsheet_would_run_is_disarmed(text: str) -> None:
    (row,) = rows_of(downloads.csv(pl.DataFrame({"t": [text]}), [SOURCE]))
    dangerous = text[0] in "\t\r" or text.lstrip()[0] in "=+-@"
    assert row["t"] == ("'" + text if dangerous else text)


def test_a_dangerous_heading_is_disarmed_and_negative_numbers_are_left_alone() -> None:
    (row,) = rows_of(downloads.csv(pl.DataFrame({"=x": [-1.5]}), [SOURCE]))
    assert row["'=x"] == "-1.5"


def test_a_column_of_the_table_is_never_written_over_by_the_source() -> None:
    (row,) = rows_of(downloads.csv(pl.DataFrame({"source": ["mine"]}), [SOURCE]))
    assert (row["source"], row["source_"]) == ("mine", "SSB: Table 13556")


def test_examples_say_so_in_every_row_and_in_the_workbook() -> None:
    with speaking("en"):
        assert {row["example"] for row in rows_of(downloads.csv(FRAME, [SOURCE], example=True))} == {
            "Example data, not results"
        }
        book = openpyxl.load_workbook(io.BytesIO(downloads.xlsx(FRAME, [SOURCE], example=True)))
    assert ("Example", "Example data, not results") in list(book["Source"].values)


@pytest.mark.parametrize(("lang", "sheets"), [("nb", ["Tall", "Kilde"]), ("en", ["Figures", "Source"])])
def test_a_workbook_holds_numbers_as_numbers_and_text_as_text(lang: str, sheets: list[str]) -> None:
    with speaking(lang):
        book = openpyxl.load_workbook(io.BytesIO(downloads.xlsx(FRAME, [SOURCE, SOURCE])))
    assert book.sheetnames == sheets
    head, first, second = list(book[sheets[0]].values)
    assert head[:4] == ("place", "value", "n", "status")
    assert first[:4] == ("Kristiansand", pytest.approx(2465 / 24814), 2465, "final")
    assert second[:4] == ("=1+1", None, None, "suppressed")
    told = dict(zip(head, second, strict=True))
    assert (told["source"], told["edition"], told["definition"]) == (
        "SSB: Table 13556",
        "2025-06-10",
        SOURCE.definition,
    )
    assert told["hidden"]
    assert book[sheets[0]]["A3"].data_type == "s"
    assert [row[1] for row in book[sheets[1]].values].count("SSB: Table 13556") == 1


def test_an_address_in_a_cell_is_text_and_not_a_link() -> None:
    book = openpyxl.load_workbook(io.BytesIO(downloads.xlsx(pl.DataFrame({"t": ["https://x.no"]}), [SOURCE])))
    cell = book.worksheets[0]["A2"]
    assert (cell.value, cell.hyperlink) == ("https://x.no", None)


def test_an_empty_table_is_still_a_file() -> None:
    empty = FRAME.head(0)
    assert rows_of(downloads.csv(empty, [SOURCE])) == []
    assert openpyxl.load_workbook(io.BytesIO(downloads.xlsx(empty, []))).worksheets[0].max_row == 1


@pytest.mark.long
@given(st.lists(st.none() | st.floats(allow_infinity=False, allow_nan=False), min_size=1, max_size=8))
def test_numbers_come_back_from_the_csv_as_they_were(values: list[float | None]) -> None:
    frame = pl.DataFrame({"v": values}, schema={"v": pl.Float64})
    back = [float(row["v"]) if row["v"] else None for row in rows_of(downloads.csv(frame, [SOURCE]))]
    assert back == values
