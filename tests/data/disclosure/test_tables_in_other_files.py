"""A table of counts in a workbook or a Parquet file is protected as the same table in text is."""

from pathlib import Path

import polars as pl
import pytest

from data.__main__ import main
from tests.data.layouts import workbook

HEADINGS = ["sted", "kjønn", "antall"]
COUNTS = [
    ["Agder", "Kvinner", 3], ["Agder", "Menn", 9], ["Agder", "I alt", 12],
    ["Viken", "Kvinner", 8], ["Viken", "Menn", 7], ["Viken", "I alt", 15],
    ["Landet", "Kvinner", 11], ["Landet", "Menn", 16], ["Landet", "I alt", 27],
]  # fmt: skip


def protected(file: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = main(["protect", str(file), "--threshold", "4", "--method", "suppress", "--lang", "nb"])
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.mark.parametrize("above", [[], [["Unge under 30, 2025"]], [["Unge under 30, 2025"], []]])
def test_a_workbook_gives_what_its_text_gives(above, tmp_path, capsys) -> None:
    text = tmp_path / "t.csv"
    text.write_text("\n".join(",".join(map(str, row)) for row in (HEADINGS, *COUNTS)), encoding="utf-8")
    book = workbook(tmp_path / "t.xlsx", {"Tall": [*above, HEADINGS, *COUNTS, ["Kilde: egen telling"]], "Tomt": []})
    code, out, _ = protected(book, capsys)
    assert (code, out) == protected(text, capsys)[:2]
    assert out.count("suppressed") == 4


def test_a_parquet_file_too(tmp_path, capsys) -> None:
    pl.DataFrame(COUNTS, schema=HEADINGS, orient="row").write_parquet(tmp_path / "t.parquet")
    code, out, _ = protected(tmp_path / "t.parquet", capsys)
    assert (code, out.count("suppressed")) == (0, 4)


def test_a_count_that_is_no_whole_number_is_told_with_the_row_of_the_sheet(tmp_path, capsys) -> None:
    book = workbook(tmp_path / "t.xlsx", {"Tall": [["Unge"], HEADINGS, *COUNTS[:2], ["Agder", "I alt", 12.5]]})
    code, *told = protected(book, capsys)
    assert (code, "t.xlsx · 5" in "".join(told), "12.5" in "".join(told)) == (1, True, True)


@pytest.mark.parametrize(("sheets", "found"), [({"A": COUNTS, "B": COUNTS}, "A, B"), ({"A": [["bare ord"]]}, "0")])
def test_a_workbook_without_its_one_table_is_told(sheets, found, tmp_path, capsys) -> None:
    code, *told = protected(workbook(tmp_path / "t.xlsx", sheets), capsys)
    assert (code, f"Arbeidsboken har {found} i stedet" in "".join(told)) == (1, True)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b'{"a": 1}'])
def test_what_is_no_table_is_told_in_words(content, tmp_path, capsys) -> None:
    (tmp_path / "t.xlsx").write_bytes(content)
    code, *told = protected(tmp_path / "t.xlsx", capsys)
    assert code == 1
    assert "t.xlsx" in "".join(told)
