"""Spreadsheets as people send them: each fault told with sheet, cell and cure, and nothing half put in."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.packaging.custom import CustomPropertyList, FloatProperty

from data import paths
from data.i18n import LANGUAGES
from data.problems import Problem, Problems
from data.records import Records, Who
from data.records.exchange import bring
from data.records.spreadsheet import as_workbook, rows_of_workbook
from data.records.spreadsheet.headings import CLOSED, kind_of, name_of, sheet_name
from data.toml import toml_table

WHO = Who("u-1", "approver")
MEASURE = {"name": "Jobbskolen", "owner": "NAV Agder", "places": 20, "cost_nok": 1.5, "targets": ["a", "b"]}
Change = Callable[[Any], object]


@pytest.fixture
def filled(records: Records) -> Records:
    records.append("measure", "m", MEASURE, who=WHO)
    return records


def column(sheet: Any, name: str) -> int:
    """Return the column of a key, by its heading in either language, or of a heading nobody knows."""
    return next(
        cell.column for cell in sheet[1] if name in (cell.value, name_of(kind_of(sheet.title), str(cell.value)))
    )


def sent(records: Records, folder: Path, change: Change, kind: str = "measure") -> Path:
    """Return what somebody made of the export."""
    file = folder / "ark.xlsx"
    file.write_bytes(as_workbook(records.state(), "nb"))
    book = openpyxl.load_workbook(file)
    change(book[sheet_name(kind, "nb")])
    book.save(file)
    return file


def brought(records: Records, file: Path) -> None:
    bring(records, rows_of_workbook(file, records.state()), who=WHO, reason="Fra regnearket")


def row(sheet: Any, number: int, **values: object) -> None:
    for name, value in values.items():
        sheet.cell(number, column(sheet, name), value)


def new(sheet: Any, **values: object) -> None:
    row(sheet, sheet.max_row + 1, **values)


def refused(records: Records, file: Path) -> list[Problem]:
    """Return the faults of a file; each has its words in both languages, and nothing came in."""
    before = records.events()
    with pytest.raises(Problems) as told:
        brought(records, file)
    assert records.events() == before
    found = [each for each in told.value.exceptions if isinstance(each, Problem)]
    assert all(each.says(lang) and each.do(lang) for each in found for lang in LANGUAGES)
    return found


FAULTS: dict[str, tuple[Change, str, str]] = {
    "formula": (lambda sheet: row(sheet, 2, owner="=1+1"), "plan_formula", "owner"),
    "error": (lambda sheet: row(sheet, 2, owner="#N/A"), "records_error_cell", "owner"),
    "merged": (lambda sheet: sheet.merge_cells("C2:D2"), "records_merged", ""),
    "no heading": (lambda sheet: sheet.cell(2, sheet.max_column + 1, "løst"), "records_no_heading", ""),
    "two columns": (lambda sheet: sheet.cell(1, sheet.max_column + 1, "owner"), "records_column_twice", ""),
    "two languages": (lambda sheet: sheet.cell(1, sheet.max_column + 1, "Owner"), "records_column_twice", ""),
    "both": (lambda sheet: sheet.cell(1, sheet.max_column + 1, "owner.nb"), "records_column_twice", ""),
    "unknown": (lambda sheet: row(sheet, 1, owner="Hvem eier"), "toml_unknown_key", "Hvem eier"),
    "no version": (lambda sheet: sheet.cell(2, 2).__setattr__("value", None), "records_version", ""),
    "version": (lambda sheet: sheet.cell(2, 2, "den nyeste"), "records_version", ""),
    "key": (lambda sheet: sheet.cell(2, 1, "m / n"), "records_key", ""),
    "no key": (lambda sheet: sheet.cell(2, 1).__setattr__("value", None), "records_no_key", ""),
    "twice": (lambda sheet: sheet.append([cell.value for cell in sheet[2]]), "records_key_twice", ""),
    "number": (lambda sheet: row(sheet, 2, places="mange"), "toml_value", "places"),
    "point": (lambda sheet: row(sheet, 2, cost_nok="1.200"), "toml_value", "cost_nok"),
    "half": (lambda sheet: row(sheet, 2, places="2,5"), "toml_value", "places"),
    "phone": (lambda sheet: row(sheet, 2, owner="Kari, 412 34 567"), "programme_personal", "owner"),
}  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("named", FAULTS)
def test_a_fault_is_told_at_its_cell_and_nothing_comes_in(filled: Records, tmp_path: Path, named: str) -> None:
    change, code, heading = FAULTS[named]
    file = sent(filled, tmp_path, change)
    (found,) = [each for each in refused(filled, file) if each.code == code]
    assert (found.file, found.sheet) == ("ark.xlsx", "Tiltak")
    if heading:
        sheet = openpyxl.load_workbook(file)["Tiltak"]
        assert found.cell == sheet.cell(2, column(sheet, heading)).coordinate
    else:
        assert found.cell


@pytest.mark.long
def test_all_faults_are_told_at_once_each_at_its_own_row(filled: Records, tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        new(sheet, name="Et tiltak", owner="NAV", places="mange")
        new(sheet, name="Et annet")

    found = refused(filled, sent(filled, tmp_path, change))
    assert [(each.code, each.cell[1:]) for each in found] == [("toml_value", "3"), ("toml_missing", "4")]


@pytest.mark.long
def test_a_sheet_of_another_name_is_told_and_not_left_out(filled: Records, tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet.title = "Tiltakene"

    (found,) = refused(filled, sent(filled, tmp_path, change))
    assert (found.code, found.sheet) == ("records_unknown_sheet", "Tiltakene")
    assert "Gangen i forsøkene" in found.do("nb")
    assert "How experiments go" in found.do("en")


@pytest.mark.long
def test_two_sheets_of_one_kind_are_told(filled: Records, tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet.parent.copy_worksheet(sheet).title = "Measures"

    (found,) = refused(filled, sent(filled, tmp_path, change))
    assert (found.code, found.sheet, found.expected) == ("records_sheet_twice", "Measures", "Tiltak")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("ark.csv", "navn;eier\nJobbskolen;NAV\n".encode("cp1252"), "records_no_workbook"),
        ("ark.xlsx", b"", "empty_file"), ("ark.xlsx", b"PK\x03\x04 og mer", "damaged_workbook"),
        ("ark.csv", "Tiltak;Eier\nBlåfjell;NAV\n".encode("utf-16"), "records_no_workbook"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_told_as_that(
    filled: Records, tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    (tmp_path / name).write_bytes(content)
    assert [each.code for each in refused(filled, tmp_path / name)] == [code]


def test_a_workbook_with_headings_alone_is_told(records: Records, tmp_path: Path) -> None:
    (tmp_path / "tomt.xlsx").write_bytes(as_workbook(records.state(), "nb"))
    assert [each.code for each in refused(records, tmp_path / "tomt.xlsx")] == ["records_no_rows"]


@pytest.mark.long
def test_an_empty_programme_is_filled_from_the_headings_of_its_export(records: Records, tmp_path: Path) -> None:
    """Numbers, dates, lists and months as spreadsheets and people write them; two new rows get a key each."""

    def change(sheet: Any) -> None:
        new(sheet, name=2026, owner="NAV", places="1 200", cost_nok="1 200,5", targets="a, b", example="nei")
        new(sheet, name="Et annet", owner="NAV", places=3.0)

    brought(records, sent(records, tmp_path, change))
    brought(records, sent(records, tmp_path, lambda sheet: new(sheet, date="31.12.2026", body="Styret"), "meeting"))
    month = {"period": dt.datetime(2026, 10, 1), "label": "Lønn", "spent_nok": 10}  # noqa: DTZ001 - as openpyxl has it
    brought(records, sent(records, tmp_path, lambda sheet: new(sheet, **month), "money"))
    state = records.state()
    first, second = (each.value for each in state.of("measure").values())
    assert list(state.of("measure")) == ["measure-1", "measure-2"]
    assert (first.name["nb"], first.places, first.cost_nok, first.targets) == ("2026", 1200, 1200.5, ("a", "b"))
    assert (second.places, second.example) == (3, False)
    assert state.of("meeting")["meeting-1"].value.date == "2026-12-31"
    assert state.of("money")["money-1"].value.period == "2026-10"


@pytest.mark.long
def test_a_new_row_of_a_course_says_which_experiment(records: Records, tmp_path: Path) -> None:
    file = sent(records, tmp_path, lambda sheet: new(sheet, owner="NAV"), "course")
    assert [each.code for each in refused(records, file)] == ["records_no_key"]


@pytest.mark.long
def test_rows_of_an_older_export_are_each_told_at_their_cell_and_nothing_is_written_over(
    filled: Records, tmp_path: Path
) -> None:
    filled.append("measure", "n", MEASURE, who=WHO)

    def change(sheet: Any) -> None:
        row(sheet, 2, owner="NAV")
        row(sheet, 3, owner="NAV")

    file = sent(filled, tmp_path, change)
    for key, seen in (("m", 1), ("n", 2)):
        filled.append("measure", key, {**MEASURE, "places": 30}, who=WHO, seen_version=seen)
    found = refused(filled, file)
    assert [(each.code, each.sheet, each.cell, each.found, each.expected) for each in found] == [
        ("records_stale", "Tiltak", "B2", "1", "3"), ("records_stale", "Tiltak", "B3", "2", "4")
    ]  # fmt: skip


@pytest.mark.long
def test_a_workbook_from_before_a_programme_was_closed_is_refused_and_the_next_ones_own_is_not(
    filled: Records, tmp_path: Path
) -> None:
    facts = toml_table(paths.shipped("programme") / "programme.toml")
    begun = filled.append("programme", "first", facts, who=WHO)
    file = sent(filled, tmp_path, lambda sheet: new(sheet, name="Kafeen", owner="NAV"))
    filled.close("first", who=WHO, reason="Fem år er gått", seen_version=begun.number)
    filled.append("programme", "second", facts, who=WHO)
    book = openpyxl.load_workbook(file)
    book.custom_doc_props = CustomPropertyList()
    book.custom_doc_props.append(FloatProperty(name=CLOSED, value=0.0))
    for change in (lambda: None, lambda: book.save(file)):  # as another program saves it
        change()
        found = refused(filled, file)
        assert [(each.code, each.found) for each in found] == [("records_of_closed", "first")]
    own = sent(filled, tmp_path, lambda sheet: new(sheet, name="Kafeen", owner="NAV"))
    brought(filled, own)
    assert [each.table["name"] for each in filled.state().of("measure").values()] == ["Kafeen"]


@pytest.mark.long
def test_a_self_assessment_is_a_row_with_a_column_for_each_answer(records: Records, tmp_path: Path) -> None:
    answers = {
        f"item.{line}.{name}": said for line in ("what", "who", "system", "use", "refine")
        for name, said in (("value", "3"), ("by", "Programleder"), ("reason", "Slik er det nå"))
    }  # fmt: skip
    wrong = sent(
        records, tmp_path, lambda sheet: new(sheet, date="30.11.2026", **answers | {"item.who.value": 9}), "maturity"
    )
    (found,) = refused(records, wrong)
    heading = column(openpyxl.load_workbook(wrong)["Modenhet"], "item.who.value")
    assert found.cell == openpyxl.Workbook().active.cell(2, heading).coordinate
    assert [
        each.code for each in refused(records, sent(records, tmp_path, lambda sheet: new(sheet, **answers), "maturity"))
    ] == ["toml_missing"]
    brought(records, sent(records, tmp_path, lambda sheet: new(sheet, date="30.11.2026", **answers), "maturity"))
    value = records.state().of("maturity")["maturity-1"].value
    assert (value.date, [each.value for each in value.items]) == ("2026-11-30", [3.0] * 5)
    again = sent(records, tmp_path, lambda sheet: None, "maturity")
    assert bring(records, rows_of_workbook(again, records.state()), who=WHO, reason="").same == 1
