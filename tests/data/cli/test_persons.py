"""Persons never come in: through the command and the browser's process nothing is loaded, kept or repeated."""

import tempfile
from pathlib import Path

import openpyxl
import pytest

from data.__main__ import main
from data.i18n import LANGUAGES
from pages.server.data_process import BroughtFile, DataProcess
from tests.data.door_ground import files, own
from tests.data.ingest.test_spellings import DATE, FIVE, PLACES, SPELLINGS
from tests.own_home import written
from tests.pages.server.test_data_process import ended

__all__ = ["own"]  # a fixture
pytestmark = pytest.mark.long
COMMANDS = (("check",), ("add", "--yes"), ("add", "--dry-run"), ("catalogue", "--dry-run"))


def unsaid(said: str) -> None:
    assert DATE not in said
    assert FIVE not in said


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_spelling_comes_in_through_a_command_or_is_repeated(
    own: Path, tmp_path: Path, capsys, command: tuple[str, ...]
) -> None:
    capsys.readouterr()
    for number, spelling in enumerate(SPELLINGS):
        cell = spelling.replace('"', '""')
        file = written(tmp_path / f"tall{number}.csv", f'Region;Merknad\n4204 Kristiansand;"{cell}"\n4203 Arendal;9\n')
        for lang, form in zip(LANGUAGES, ((), ("--json",)), strict=True):
            assert main([command[0], str(file), *command[1:], "--source", "nav", "--lang", lang, *form]) == 1
            out, err = capsys.readouterr()
            unsaid(out + err)
            assert "tall" in out
    assert not own.exists()


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
def test_no_place_in_a_workbook_comes_in_through_the_process_of_the_browser(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "Region"
    PLACES[place](book)
    book.save(tmp_path / "a.xlsx")
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    file = BroughtFile("a.xlsx", (tmp_path / "a.xlsx").read_bytes())
    for words in (("add", "--dry-run"), ("add", "--source=nav", "--yes")):
        process = ended(DataProcess(words, 60, file, left=True))
        assert {each["code"] for each in process.answer["problems"]} == {"identity_number"}
        unsaid(str(process.answer))
        assert (process.kept, files(tmp_path / "temporary"), own.exists()) == (None, [], False)
