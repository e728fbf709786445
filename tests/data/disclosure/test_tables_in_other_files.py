"""Tables in a workbook or a Parquet file, with rows wanting or a status of their own, are protected like any other."""

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


@pytest.mark.long
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


def ran(rows: str, folder: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    file = folder / "t.csv"
    file.write_text(rows, encoding="utf-8")
    code = main(["protect", str(file), "--threshold", "4", *words, "--lang", "en"])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_totals_and_parts_without_a_row_are_named_and_one_that_is_given_is_protected_too(tmp_path, capsys) -> None:
    """The 15 of b tell its 7 women: hidden, these keep the 2 of a safe only while nobody prints the 15."""
    rows = "place,sex,count\na,f,2\na,m,9\na,both,11\nb,f,7\nb,m,8\nc,f,9\nc,both,20\ntotal,f,18\ntotal,both,46\n"
    words = ("--method", "suppress", "--sum", "place:total=a+b+c", "--sum", "sex:both=f+m")
    code, out, told = ran(rows, tmp_path, capsys, *words)
    assert (code, "b,f,,suppressed" in out) == (0, True)
    assert "No row: 2 totals, first total, m" in told
    assert "No row: 1 part of a sum, first c, m" in told
    code, out, told = ran(rows + "b,both,15\n", tmp_path, capsys, *words)
    assert (code, "b,f,7,published" in out, "c,f,,suppressed" in out) == (0, True, True)
    assert "first total, m" in told
    assert "b, both" not in told


@pytest.mark.parametrize("method", ["suppress", "round"])
def test_a_dimension_called_status_keeps_its_codes_beside_the_status(method: str, tmp_path, capsys) -> None:
    rows = "place,status,count\na,employed,2\nb,employed,9\ntotal,employed,11\n"
    code, out, _ = ran(rows, tmp_path, capsys, "--method", method)
    assert (code, out.splitlines()[0]) == (0, "place,status_given,count,status")
    assert out.count("employed") == 3


@pytest.mark.parametrize(("whole", "told"), [(100, True), (104, False), (97, False)])
def test_a_difference_that_is_small_itself_is_named_with_what_to_do(whole: int, told: bool, tmp_path, capsys) -> None:
    """98 of 100 have completed: who did not is told by a margin that does not add up."""
    rows = f"a,completed,98\na,all,{whole}\nb,completed,50\nb,all,90\n"
    (tmp_path / "t.csv").write_text(f"place,outcome,count\n{rows}", encoding="utf-8")
    assert main(["protect", str(tmp_path / "t.csv"), "--threshold", "4", "--method", "suppress", "--lang", "en"]) == 0
    assert ("1 such difference is itself under the threshold, first a, all" in capsys.readouterr().err) is told
