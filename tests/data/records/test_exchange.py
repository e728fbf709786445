"""Files, spreadsheets and the log itself go out and come in again with nothing lost."""

import openpyxl
import pytest

from data import paths
from data.curated.experiment.read import records as experiments_in
from data.curated.plan.read import plan_in_use
from data.curated.programme.read import programme
from data.home import own_over_shipped
from data.problems import Problems
from data.records import Records, RecordsAltered, RecordsNotWritten, Who
from data.records.exchange import bring, bring_log, lines
from data.records.files import rows_of_files, write_files
from data.records.spreadsheet import as_workbook, rows_of_workbook
from data.records.spreadsheet.headings import kind_of, name_of
from data.records.verify import verify

WHO = Who("u-1", "approver")
MEASURE = {
    "name": "=SUM(1;1)",
    "owner": "NAV Agder",
    "places": 20,
    "cost_nok": 1.5,
    "targets": ["pupils"],
    "source": "",
}


@pytest.fixture
def records(tmp_path) -> Records:
    return Records(f"sqlite:///{tmp_path / 'r.sqlite'}", "4204")


@pytest.fixture
def filled(records, monkeypatch) -> Records:
    """The records with everything the demo's files hold: all kinds of files, made up."""
    monkeypatch.setenv("INNENFOR_HOME", str(paths.ROOT / "demo"))
    bring(records, rows_of_files(), who=WHO, reason="")
    records.append("measure", "m", MEASURE, who=WHO)
    return records


def test_the_files_in_use_come_in_whole_and_once(filled) -> None:
    state = filled.state()
    kinds = (
        "programme",
        "knot_scale",
        "knot",
        "task",
        "stakeholder",
        "voice",
        "hand_over",
        "baseline",
        "maturity",
        "plan",
        "gain",
    )
    assert [kind for kind in (*kinds, "experiment", "registration") if not state.of(kind)] == []
    again = bring(filled, rows_of_files(), who=WHO, reason="")
    assert (again.new, again.changed) == ((), ())
    assert again.same == sum(len(state.of(kind)) for kind in (*kinds, "experiment", "registration"))
    assert verify(filled).faults == ()


@pytest.mark.long
def test_what_comes_out_as_files_is_read_as_what_went_in(filled, tmp_path) -> None:
    write_files(filled.state(), tmp_path / "home")
    home = paths.home()
    assert programme(tmp_path / "home" / "programme") == programme()
    assert plan_in_use(tmp_path / "home" / "plan").plan.rows == plan_in_use(home / "plan").plan.rows
    written = {each.key: (each.hash, each.title) for each in experiments_in(tmp_path / "home" / "experiments")}
    assert written == {each.key: (each.hash, each.title) for each in experiments_in(home / "experiments")}
    ledger = tmp_path / "home" / "experiments" / "ledger.csv"
    assert ledger.read_bytes() == (home / "experiments" / "ledger.csv").read_bytes()
    assert own_over_shipped("experiments")


@pytest.mark.long
def test_the_log_itself_comes_out_and_in_byte_for_byte(filled, tmp_path) -> None:
    note = {"month": "2026-10", "purpose": "month", "lang": "nb", "name": "n.pdf", "version": "1", "editions": [],
            "parameters": "p"}  # fmt: skip
    filled.keep_note("note-1", note, b"\x00pdf", who=WHO)
    text = "\n".join(lines(filled))
    other = Records(f"sqlite:///{tmp_path / 'other.sqlite'}", "4204")
    assert bring_log(other, text) == len(filled.events())
    assert other.events() == filled.events()
    assert other.kept(other.state().of("note")["note-1"].value.sha256) == b"\x00pdf"
    other.append("measure", "n", MEASURE, who=WHO)
    assert verify(other).faults == ()
    with pytest.raises(RecordsNotWritten):
        bring_log(other, text)


@pytest.mark.parametrize("change", [("4204", "4203"), ('"role": "approver"', '"role": "reader"'), ("{", "[")])
def test_an_altered_log_does_not_come_in(filled, tmp_path, change) -> None:
    other = Records(f"sqlite:///{tmp_path / 'other.sqlite'}", "4204")
    with pytest.raises(RecordsAltered):
        bring_log(other, "\n".join(lines(filled)).replace(*change))
    assert other.events() == ()


@pytest.mark.long
def test_a_spreadsheet_goes_out_and_in_unchanged(filled, tmp_path) -> None:
    file = tmp_path / "out.xlsx"
    file.write_bytes(as_workbook(filled.state(), "nb"))
    found = bring(filled, rows_of_workbook(file, filled.state()), who=WHO, reason="")
    assert (found.new, found.changed) == ((), ())
    assert found.same > 20


def edited(file, heading, value) -> None:
    """Change a cell of the measure, under a heading."""
    book = openpyxl.load_workbook(file)
    sheet = next(each for each in book.worksheets if kind_of(each.title) == "measure")
    place = next(cell.column for cell in sheet[1] if name_of("measure", str(cell.value)) == heading)
    sheet.cell(2, place, value)
    book.save(file)


@pytest.mark.long
def test_what_was_changed_in_the_spreadsheet_is_changed_and_nothing_else(filled, tmp_path) -> None:
    file = tmp_path / "out.xlsx"
    file.write_bytes(as_workbook(filled.state(), "en"))
    edited(file, "name", "Jobbskolen")
    found = bring(filled, rows_of_workbook(file, filled.state()), who=WHO, reason="Fra regnearket")
    assert (found.new, found.changed) == ((), ("measure/m",))
    assert filled.state().of("measure")["m"].table["name"] == "Jobbskolen"


@pytest.mark.long
def test_a_row_that_was_changed_meanwhile_is_refused_and_nothing_comes_in(filled, tmp_path) -> None:
    file, version = tmp_path / "out.xlsx", filled.state().of("measure")["m"].version
    file.write_bytes(as_workbook(filled.state(), "nb"))
    filled.append("measure", "m", MEASURE | {"places": 30}, who=WHO, seen_version=version)
    edited(file, "name", "Jobbskolen")
    before = len(filled.events())
    with pytest.raises(Problems) as refused:
        bring(filled, rows_of_workbook(file, filled.state()), who=WHO, reason="")
    assert [each.code for each in refused.value.exceptions] == ["records_stale"]
    assert len(filled.events()) == before


@pytest.mark.long
def test_a_formula_and_personal_data_do_not_come_in(filled, tmp_path) -> None:
    file = tmp_path / "out.xlsx"
    for value in ("=1+1", "kari@eksempel.no", "01010100131"):
        file.write_bytes(as_workbook(filled.state(), "nb"))
        edited(file, "owner", value)
        with pytest.raises(Problems):
            rows_of_workbook(file, filled.state())


def test_a_workbook_without_any_such_sheet_is_told_their_names(filled, tmp_path) -> None:
    openpyxl.Workbook().save(tmp_path / "other.xlsx")
    with pytest.raises(Problems) as told:
        rows_of_workbook(tmp_path / "other.xlsx", filled.state())
    assert "Gevinster" in told.value.exceptions[0].do("nb")


@pytest.mark.long
def test_one_wrong_row_keeps_all_rows_out(records, monkeypatch) -> None:
    monkeypatch.setenv("INNENFOR_HOME", str(paths.ROOT / "demo"))
    rows = rows_of_files()
    wrong = [type(rows[0])("decision", "d", {"title": "Uten dato", "body": "Styret"}), *rows]
    with pytest.raises(Problems):
        bring(records, wrong, who=WHO, reason="")
    assert records.events() == ()


@pytest.mark.long
def test_a_list_comes_back_as_a_list(records, tmp_path) -> None:
    monkeyed = {"name": "Et tiltak", "owner": "NAV", "targets": ["a", "b"]}
    records.append("measure", "m", monkeyed, who=WHO)
    file = tmp_path / "o.xlsx"
    file.write_bytes(as_workbook(records.state(), "nb"))
    assert rows_of_workbook(file, records.state())[0].table == monkeyed
