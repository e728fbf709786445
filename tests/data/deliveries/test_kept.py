"""A file is read once: what was read when it was checked is loaded, and never for another file."""

from pathlib import Path

import pytest

from data.ingest import open_file
from data.sources import adapter
from tests.data.door_ground import TABLE, own, said, table
from tests.data.layouts import order, person, workbook

__all__ = ["own"]  # a fixture
pytestmark = pytest.mark.long


def order_of_nav(path: Path) -> Path:
    rows = [person("Agder", "Menn", 777, None), person("Agder", "Begge kjønn", 1555, None)]
    return workbook(path.with_suffix(".xlsx"), {"Nedsatt 18 - 29 år fylker": order(rows)})


def test_a_file_that_was_checked_is_not_read_again_when_it_is_loaded(
    own: Path, tmp_path: Path, capsys, monkeypatch
) -> None:
    file, kept = order_of_nav(tmp_path / "brought"), tmp_path / "kept"
    asked = ("add", str(file), "--source", "nav", f"--kept={kept}")
    assert said(capsys, *asked, "--dry-run")[0] == 0
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(open_file, "open_file", unread)
        meanwhile.setattr(adapter, "open_file", unread)
        code, told = said(capsys, *asked, "--yes")
    assert (code, told["indicators"], told["rows"]) == (0, ["reduced_work_capacity"], 2)
    again = said(capsys, "check", str(file), "--source", "nav")[1]
    same = ("rows", "regions", "periods", "notes")
    assert {key: again[key] for key in same} == {key: told[key] for key in same}


def unread(path: Path) -> None:
    raise AssertionError(f"{path.name} is read again")


@pytest.mark.parametrize("spoil", ["another file", "another source", "broken"])
def test_what_was_kept_of_another_file_is_not_taken_for_this_one(own: Path, tmp_path: Path, capsys, spoil: str) -> None:
    file, kept = table(tmp_path / "a"), tmp_path / "kept"
    assert said(capsys, "add", str(file), "--source", "ssb", f"--kept={kept}", "--dry-run")[0] == 0
    if spoil == "broken":
        kept.write_bytes(kept.read_bytes()[:-50])
    other = table(tmp_path / "b", TABLE.replace("2345", "2346")) if spoil == "another file" else file
    source = "nav" if spoil == "another source" else "ssb"
    told = said(capsys, "add", str(other), "--source", source, f"--kept={kept}", "--yes")[1]
    shown = said(capsys, "show", "neet_register", "--region", "4204")[1]["rows"]
    assert [row["count"] for row in shown if row["edition"] == told["edition"]] == [
        2346 if spoil == "another file" else 2345
    ]
