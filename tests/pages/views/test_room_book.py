"""The secretary takes the spreadsheet out and brings it in: told before it is put in, all of it or none."""

import io
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from data.problems import Problems
from data.records import Records, Who
from data.records.spreadsheet import as_workbook
from data.records.spreadsheet.headings import name_of, sheet_name
from pages.frame import sign_in, upload
from pages.frame.upload import Upload
from pages.views.programme.room import book, writer
from tests.architecture.tree import ROOT
from tests.ground import opened

WHO = Who("u-1", "editor")


def page() -> None:
    from analytics.programme.room import Records
    from pages.views.programme.room import book

    book.show(Records.open().state())


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INNENFOR_HOME", str(tmp_path))
    monkeypatch.setattr(writer, "who", lambda: WHO)
    monkeypatch.setattr(writer, "may_write", lambda: True)


def changed(name: str, *, kind: str = "measure") -> Upload:
    """Return the spreadsheet with one new row."""
    sheet_book = openpyxl.load_workbook(io.BytesIO(as_workbook(Records.open().state(), "nb")))
    sheet = sheet_book[sheet_name(kind, "nb")]
    headings = [name_of(kind, str(cell.value)) for cell in sheet[1]]
    sheet.cell(sheet.max_row + 1, headings.index("name") + 1, name)
    sheet.cell(sheet.max_row, headings.index("owner") + 1, "NAV Agder")
    content = io.BytesIO()
    sheet_book.save(content)
    return Upload("1", "ark.xlsx", content.getvalue())


def test_it_is_told_what_comes_in_and_put_in_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    brought = changed("Jobbskolen")
    monkeypatch.setattr(upload, "file", lambda _box: brought)
    app = AppTest.from_function(page, default_timeout=60).run()
    assert not app.exception
    assert "1 nye og 0 endrede" in " ".join(each.value for each in app.markdown)
    assert Records.open().events() == ()
    app.button(key="room-book-put-in").click().run()
    assert app.success[0].value
    (event,) = Records.open().events()
    assert (event.who, event.table["name"], event.reason) == ("u-1", "Jobbskolen", "Fra regneark")


def test_what_is_wrong_is_told_and_there_is_nothing_to_press(monkeypatch: pytest.MonkeyPatch) -> None:
    brought = changed("Ring Kari på 412 34 567")
    monkeypatch.setattr(upload, "file", lambda _box: brought)
    told: list[str] = []
    monkeypatch.setattr(upload, "refused", lambda *found: told.extend(each.line("nb") for each in found))
    app = AppTest.from_function(page, default_timeout=60).run()
    assert not app.exception
    assert "room-book-put-in" not in {each.key for each in app.button}
    assert "Tiltak" in told[0]
    assert "412" not in told[0]


def test_the_rows_of_files_go_out_too_and_come_in_as_nothing_new() -> None:
    out = Upload("1", "ark.xlsx", book._written(Records.open().state()))
    names = {cell.value for cell in openpyxl.load_workbook(io.BytesIO(out.content))["Overtakelse"]["A"]}
    assert "varodd" in names
    found = book.put(out, dry=True)
    assert (found.new, found.changed) == ((), ())
    assert found.same >= 9


def test_a_row_somebody_changed_meanwhile_is_told_before_it_is_put_in() -> None:
    records = Records.open()
    records.append("measure", "m", {"name": "A", "owner": "B"}, who=WHO)
    stale = changed("Ny")
    file = openpyxl.load_workbook(io.BytesIO(stale.content))
    headings = [name_of("measure", str(cell.value)) for cell in file["Tiltak"][1]]
    file["Tiltak"].cell(2, headings.index("name") + 1, "Min")
    content = io.BytesIO()
    file.save(content)
    records.append("measure", "m", {"name": "Din", "owner": "B"}, who=WHO, seen_version=1)
    with pytest.raises(Problems) as refused:
        book.put(Upload("2", "ark.xlsx", content.getvalue()), dry=True)
    (told,) = refused.value.exceptions
    assert (told.sheet, told.cell) == ("Tiltak", "B2")


@pytest.mark.parametrize(("role", "seen"), [("reader", True), ("", False)])
def test_the_part_is_for_those_inside_alone(monkeypatch: pytest.MonkeyPatch, role: str, *, seen: bool) -> None:
    opened(monkeypatch)
    monkeypatch.setattr(sign_in, "role", lambda: role)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run().switch_page("pages/programme.py")
    app.query_params.clear()
    app.query_params["part"] = "book"
    app.run()
    assert not app.exception
    assert any("Ett ark for hver liste" in each.value for each in app.markdown) == seen
