"""Files written by hand are followed: a change of any kind is seen, and the programme is read again."""

import os
import shutil
from pathlib import Path

import pytest

from analytics import provenance
from data import paths
from data.curated import fingerprint
from data.curated.programme.read import programme
from tests.ground import opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "inner").mkdir()
    (tmp_path / "a.toml").write_text("a = 1", encoding="utf-8")
    (tmp_path / "inner" / "b.csv").write_text("b", encoding="utf-8")
    return tmp_path


def test_what_is_not_changed_has_the_same_stamp(folder: Path) -> None:
    assert fingerprint.stamp(folder) == fingerprint.stamp(folder)
    assert fingerprint.stamp(folder, folder / "gone") == fingerprint.stamp(folder)


def test_every_kind_of_change_gives_another_stamp(folder: Path) -> None:
    stamps = [fingerprint.stamp(folder)]
    (folder / "inner" / "c.toml").write_text("c = 1", encoding="utf-8")
    stamps.append(fingerprint.stamp(folder))
    (folder / "a.toml").write_text("a = 12", encoding="utf-8")
    stamps.append(fingerprint.stamp(folder))
    os.utime(folder / "a.toml", (1, 1))
    stamps.append(fingerprint.stamp(folder))
    (folder / "a.toml").rename(folder / "d.toml")
    stamps.append(fingerprint.stamp(folder))
    (folder / "inner" / "b.csv").unlink()
    stamps.append(fingerprint.stamp(folder))
    assert len(set(stamps)) == len(stamps)


@pytest.mark.long
def test_the_programme_is_read_again_when_its_file_has_changed(tmp_path: Path) -> None:
    mine = tmp_path / "programme"
    shutil.copytree(paths.shipped("programme"), mine)
    before = programme(mine)
    assert programme(mine) is before
    file = mine / "programme.toml"
    file.write_text(file.read_text(encoding="utf-8").replace(before.name["nb"], "Et annet navn"), encoding="utf-8")
    assert programme(mine).name["nb"] == "Et annet navn"


@pytest.mark.long
def test_results_are_kept_for_the_build_and_for_the_files_by_hand(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(monkeypatch)
    monkeypatch.setattr(fingerprint, "folders", lambda: (folder,))
    before = provenance.state()
    assert before.startswith(provenance.build_hash())
    (folder / "a.toml").unlink()
    assert provenance.state() != before
