"""Tables people send by hand: what stands around them is named, and each number is the one in the file, or none is.

Synthetic layout: the numbers are invented.
"""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from polars.testing import assert_frame_equal

from data.deliveries.contents import contents
from data.deliveries.read import problems_in
from data.ingest.contract import Note, Problem, Problems
from data.sources import uia
from tests.data.layouts import workbook
from tests.data.raw_ground import HEADER

HEADS = ["experiment", "unit", "arm", "period", "outcome", "n", "events"]
ROWS = [["smak", "øst", "control", 1, "in_work", 1040, 14], ["smak", "vest", "new", 1, "in_work", 97, 21]]
READ = [("smak", "øst", "control", "1", "in_work", 1040.0, 14.0), ("smak", "vest", "new", "1", "in_work", 97.0, 21.0)]
TITLED = [["Resultater fra UiA"], ["Levert", "november 2026"], [], HEADS, *ROWS]
TWO_HEADS = [[*HEADS[:5], "Tall"], [*[None] * 5, "n", "events"], *ROWS]
TALKED_UNDER = [HEADS, *ROWS, [], ["Merknad: tallene er avrundet"], ["Kilde:", "UiA"]]


def made(folder: Path, rows: Sequence[Sequence[object]], merged: Sequence[str] = (), **sheets: list) -> Path:
    path = workbook(folder / "a.xlsx", {"Ark1": rows, **sheets})
    book = openpyxl.load_workbook(path)
    for span in merged:
        book["Ark1"].merge_cells(span)
    for name in sheets:
        book[name].sheet_state = "hidden"
    book.save(path)
    return path


def refused(path: Path) -> list[Problem]:
    with pytest.raises(Problems) as caught:
        uia.parse(path)
    return problems_in(caught.value)


def cell(column: int, text: object) -> list[list[object]]:
    return [HEADS, [*ROWS[0][:column], text, *ROWS[0][column + 1 :]], ROWS[1]]


def with_units() -> list[list[object]]:
    return [[*HEADS[:3], "period (måned)", "outcome", "n (personer)", "Events [antall]"], *ROWS]


@pytest.mark.long
@pytest.mark.parametrize(
    ("rows", "merged", "notes"),
    [
        ([HEADS, *ROWS], (), []),
        (TITLED, ("A1:G1",), [Note("titles", "Ark1", "A1", "Resultater fra UiA", 2)]),
        (TALKED_UNDER, ("A5:G5",), [Note("footnotes", "Ark1", "A5", "Merknad: tallene er avrundet", 2)]),
        ([HEADS, ROWS[0], [], ROWS[1]], (), []),
        ([HEADS, *ROWS, [None] * 5 + ["n = 1137"]], (), [Note("number_of_cases", "Ark1", "F4", "n = 1137")]),
        ([HEADS, [None] * 5 + ["n=1 137", "n=35"], *ROWS], (), [Note("number_of_cases", "Ark1", "F2", "n=1 137")]),
        ([HEADS, *ROWS, ["Sum", *[None] * 4, 1137, 35]], (), [Note("total", "Ark1", "A4", "Sum")]),
        (with_units(), (), []),
        (TWO_HEADS, ("F1:G1",), []),
        ([["Navn", *[None] * 4, "Tall"], HEADS, *ROWS], ("A1:E1",), [Note("titles", "Ark1", "A1", "Navn", 1)]),
        ([HEADS, ROWS[0], [None, "vest", "new", None, None, 97, 21]], ("A2:A3", "D2:D3", "E2:E3"), []),
        ([[None, *row] for row in [HEADS, *ROWS]], (), []),
        ([[*row[:5], None, *row[5:]] for row in [HEADS, *ROWS]], (), []),
        (cell(5, "1 040"), (), []),
        (cell(5, "1\u00a0040"), (), []),
        (cell(5, "n = 1040"), (), []),
    ],
)  # fmt: skip
def test_a_table_is_read_as_it_stands_whatever_stands_around_it(
    tmp_path: Path, rows: list, merged: Sequence[str], notes: list[Note]
) -> None:
    file = made(tmp_path, rows, merged)
    delivery = uia.parse(file)
    assert uia.recognises(file)
    assert delivery.rows.select(HEADS).rows() == READ
    assert [*delivery.notes] == notes
    assert all(note.says(lang) for note in delivery.notes for lang in ("nb", "en"))


@pytest.mark.long
@pytest.mark.parametrize("text", ["<5", "under 5", "*", "færre enn 10"])
def test_a_sign_for_few_is_no_number(tmp_path: Path, text: str) -> None:
    rows = uia.parse(made(tmp_path, cell(6, text))).rows
    assert rows.select("n", "events", "status").row(0) == (1040.0, None, "suppressed")


@pytest.mark.long
def test_a_mean_with_a_space_and_a_comma_is_read(tmp_path: Path) -> None:
    rows = [[*HEADS[:5], "n", "mean", "sd"], [*ROWS[0][:6], "12 345,5", "1,25"], [*ROWS[1][:6], "999,5", "3"]]
    assert uia.parse(made(tmp_path, rows)).rows["mean"].to_list() == [12345.5, 999.5]


def test_a_day_in_a_workbook_has_no_hour(tmp_path: Path) -> None:
    assert uia.parse(made(tmp_path, cell(3, dt.date(2024, 3, 1)))).rows["period"][0] == "2024-03-01"


@pytest.mark.parametrize(
    ("rows", "merged", "code", "place"),
    [
        ([HEADS, ["Menn"], *ROWS], (), "row_apart", "A2"),
        ([HEADS, ROWS[0], ["Kvinner"], ROWS[1]], (), "row_apart", "A3"),
        ([HEADS, [*ROWS[0], "usikkert"], ROWS[1]], (), "value_without_heading", "H2"),
        ([[*HEADS, "n"], [*ROWS[0], 12], [*ROWS[1], 13]], (), "heading_twice", "H1"),
        ([HEADS, ROWS[0], [*ROWS[1][:5], None, 21]], ("F2:F3",), "merged_number", "F3"),
        ([HEADS, ROWS[0], [*ROWS[1][:6], None]], ("G2:G3",), "merged_number", "G3"),
        ([HEADS, *ROWS, [], ["experiment", "arm", "interval", "at_risk", "events"]], (), "tables_below", "A5"),
        ([["forsøk", "gruppe", "antall"], ["smak", "ny", 12]], (), "table_no_headings", "A1"),
        (cell(5, "1.040"), (), "bad_count", "F2"),
        (cell(6, "14 %"), (), "bad_count", "G2"),
        (cell(5, "=1000+40"), (), "bad_count", "F2"),
        ([["Tittel"], [], HEADS, ROWS[0], [None, *ROWS[1][1:]]], (), "uia_empty", "A5"),
    ],
)  # fmt: skip
def test_what_can_be_read_in_two_ways_is_refused_with_its_cell(
    tmp_path: Path, rows: list, merged: Sequence[str], code: str, place: str
) -> None:
    [problem] = refused(made(tmp_path, rows, merged))
    assert (problem.code, problem.sheet, problem.cell) == (code, "Ark1", place)
    assert all(problem.says(lang) and problem.do(lang) for lang in ("nb", "en"))


@pytest.mark.long
def test_other_sheets_and_hidden_ones_are_named(tmp_path: Path) -> None:
    file = workbook(
        tmp_path / "a.xlsx", {"Les meg": [["n er antall personer"]], "Tall": [HEADS, *ROWS], "Kladd": [[1]]}
    )
    book = openpyxl.load_workbook(file)
    book["Kladd"].sheet_state = "veryHidden"
    book.save(file)
    assert [*uia.parse(file).notes] == [Note("foreign_sheet", "Les meg"), Note("hidden_sheet", "Kladd")]


@pytest.mark.long
def test_a_table_nobody_sees_and_tables_on_two_sheets_are_refused(tmp_path: Path) -> None:
    [hidden] = refused(made(tmp_path, [["Se eget ark"]], Skjult=[HEADS, *ROWS]))
    assert (hidden.code, hidden.sheet) == ("table_hidden", "Skjult")
    [several] = refused(workbook(tmp_path / "b.xlsx", {"A": [HEADS, *ROWS], "B": [HEADS, *ROWS]}))
    assert (several.code, several.found) == ("tables_several", "A, B")


@pytest.mark.long
def test_persons_on_a_hidden_sheet_keep_the_whole_file_out(tmp_path: Path) -> None:
    file = made(tmp_path, [HEADS, *ROWS], Skjult=[["nummer"], ["13097248022"], ["13097248022"]])
    assert {problem.code for problem in refused(file)} == {"identity_number"}


def test_a_text_below_a_title_is_read_too(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    lines = ["Resultater fra UiA;;;;;;", ";".join(HEADS), *(";".join(map(str, row)) for row in ROWS)]
    file.write_text("\n".join(lines), encoding="utf-8")
    assert uia.recognises(file)
    assert uia.parse(file).rows.select(HEADS).rows() == READ


OWN = {
    "table": [
        HEADER.split(","),
        ["neet_register", "0301", 2024, "15-29", "both", 2465, 24814, None, "final", 0],
        ["neet_register", "4204", 2024, "15-29", "both", None, 24814, None, "suppressed", 0],
    ],
    "flows": [
        ["measure", "region_code", "cohort", "age_group", "sex", "origin", "destination", "months", "count", "status"],
        ["state_after", "4204", 2019, "18-29", "both", "registered_unemployed", "total", 12, 620, "final"],
        ["state_after", "4204", 2019, "18-29", "both", "registered_unemployed", "work", 12, 620, "final"],
    ],
    "occupations": [
        ["region_code", "period", "occupation", "job_seekers", "vacancies"],
        ["42", "2026-02", "Helse, pleie og omsorg", 1240, 99],
        ["42", "2026-02", "Ingeniør- og ikt-fag", 317, None],
    ],
}  # fmt: skip


def as_excel_keeps_it(value: object) -> object:
    """A number of a region typed into Excel loses its zero, and a month becomes its first day."""
    if isinstance(value, str) and value.isdecimal():
        return int(value)
    return dt.date(int(value[:4]), int(value[5:]), 1) if isinstance(value, str) and value[:5] == "2026-" else value


@pytest.mark.long
@pytest.mark.parametrize("kind", OWN)
@pytest.mark.parametrize("above", [(), (("Tabell til Innenfor",), ())])
@pytest.mark.parametrize("adapter", [True, False])
def test_our_own_layouts_are_read_from_a_workbook_as_from_their_csv(
    tmp_path: Path, kind: str, above: Sequence[Sequence[str]], adapter: bool
) -> None:
    heads, *rows = OWN[kind]
    text = tmp_path / "a.csv"
    quoted = [
        [f'"{value}"' if "," in str(value) else "" if value is None else str(value) for value in row] for row in rows
    ]
    text.write_text("\n".join(",".join(row) for row in [heads, *quoted]), encoding="utf-8")
    typed = [[as_excel_keeps_it(value) for value in row] for row in rows]
    book = workbook(tmp_path / "a.xlsx", {"Tall": [*above, heads, *typed, [], ["Kilde: fylkeskommunen"]]})
    named = kind if adapter else None
    plain, read = contents(text, named, "county"), contents(book, named, "county")
    assert_frame_equal(read.rows, plain.rows, rel_tol=1e-15)
    assert (read.kind, read.layout) == (plain.kind, plain.layout)
    assert [note.reason for note in read.notes] == (["titles"] if above else []) + ["footnotes"]
    assert not plain.rows.is_empty()


@pytest.mark.long
@pytest.mark.parametrize(
    ("place", "value", "code"),
    [(("A3"), None, "missing_value"), ("F3", "1,5", "bad_count"), ("C3", "i fjor", "bad_text")],
)
def test_what_is_wrong_in_a_workbook_is_named_by_its_cell(tmp_path: Path, place: str, value: object, code: str) -> None:
    file = workbook(tmp_path / "a.xlsx", {"Tall": OWN["table"]})
    book = openpyxl.load_workbook(file)
    book["Tall"][place] = value
    book.save(file)
    with pytest.raises(Problems) as caught:
        contents(file, "table", "county")
    [problem] = problems_in(caught.value)
    assert (problem.code, problem.sheet, problem.cell) == (code, "Tall", place)
