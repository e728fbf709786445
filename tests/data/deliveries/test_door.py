"""The door: what comes in gives the number it held, a refusal leaves no trace, what is taken out can come back."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from analytics.__main__ import main as analytics_main
from data import paths
from data.__main__ import main
from data.deliveries import door
from data.deliveries.read import sidecars
from data.i18n import LANGUAGES
from data.ingest.contract import Problem
from data.warehouse import build, connection, pointer
from tests.data.door_ground import files, own, said, table
from tests.data.raw_ground import HEADER, deliver
from tests.own_home import written

__all__ = ["own"]  # a fixture
pytestmark = pytest.mark.long


@pytest.mark.parametrize("ending", [".CSV", ".Csv"])
def test_an_ending_in_capitals_is_the_same_ending(own: Path, tmp_path: Path, capsys, ending: str) -> None:
    file = table(tmp_path / "brought").rename(tmp_path / f"brought{ending}")
    code, told = said(capsys, "add", str(file), "--source", "ssb", "--yes")
    assert (code, told["state"], Path(told["place"]).suffix) == (0, "added", ".csv")
    by_hand = own / "raw" / "ssb" / told["edition"] / "brought.csv"
    by_hand.rename(by_hand.with_suffix(ending))
    assert main(["build"]) == 0
    assert said(capsys, "remove", told["edition"], "--yes")[0] == 0


def test_the_analysis_reads_the_same_number(own: Path, tmp_path: Path, capsys) -> None:
    places = ("4204", "4203", "42", "0")
    text = "\n".join([HEADER, *(f"neet_register,{code},2032,15-29,both,3000,20000,,final,0" for code in places), ""])
    assert main(["add", str(table(tmp_path / "brought", text)), "--source", "ssb", "--yes"]) == 0
    capsys.readouterr()
    assert analytics_main(["rate", "neet_register", "--region", "4204", "--period", "2032", "--age", "15-29"]) == 0
    assert "0.15" in capsys.readouterr().out


@pytest.mark.parametrize(("published", "codes"), [("2026-03", ["corrected", "finalised"]), ("2025-10", [])])
def test_what_a_delivery_corrects_or_makes_final_is_noted_beside_it(
    own: Path, tmp_path: Path, capsys, published: str, codes: list[str]
) -> None:
    text = f"{HEADER}\nneet_register,4204,2023,15-29,both,2411,24000,,final,0\n"
    first = said(capsys, "add", str(early(tmp_path)), "--source", "ssb", "--published", "2026-01", "--yes")[1]
    text += "neet_register,4203,2031,15-29,both,70,700,,final,0\n"
    file, asked = str(table(tmp_path / "b", text)), ("--source", "ssb", "--published", published, "--yes")
    code, told = said(capsys, "add", file, *asked)
    assert (code, told["changes"]["differing"][first["edition"]]) == (0, {"finalised": 1})
    notices = connection.query("notices").filter(new_edition=told["edition"])
    assert sorted(notices["code"]) == codes
    assert all(notices["figures"] == 1)
    code, taken = said(capsys, "remove", told["edition"], "--yes")
    place = str(own / taken["place"].removeprefix("$INNENFOR_HOME/"))
    assert said(capsys, "add", place, "--source", "ssb", "--yes")[1]["build"] == told["build"]


def early(folder: Path) -> Path:
    return table(folder / "a", f"{HEADER}\nneet_register,4203,2031,15-29,both,60,700,,preliminary,0\n")


def test_a_build_that_stops_takes_the_delivery_out_again(own: Path, tmp_path: Path, capsys) -> None:
    before = pointer.current_build()
    deliver(own / "raw", "neet_register,9998,2023,15-29,both,11,10,,final,0", edition="bad")
    there = files(own)
    assert main(["add", str(table(tmp_path / "brought")), "--source", "ssb", "--yes"]) == 1
    assert "bad" not in capsys.readouterr().out.split("neet.csv")[0]
    assert (files(own), pointer.current_build()) == (there, before)


def test_what_was_taken_out_can_be_put_back_to_the_same_database(own: Path, tmp_path: Path, capsys) -> None:
    before = pointer.current_build()
    added = said(capsys, "add", str(table(tmp_path / "brought")), "--source", "ssb", "--yes")[1]
    code, removed = said(capsys, "remove", added["edition"], "--yes")
    assert (code, removed["state"], removed["build"]) == (0, "removed", before and before.hash)
    assert not (own / "raw").exists()
    place = own / removed["place"].removeprefix("$INNENFOR_HOME/")
    back = said(capsys, "add", str(place), "--source", "ssb", "--yes")[1]
    assert (back["edition"], back["build"]) == (added["edition"], added["build"])


def test_an_edition_that_shares_its_folder_is_taken_out_alone(own: Path) -> None:
    deliver(own / "raw", edition="a")
    kept = own / "raw" / "ssb" / "a"
    shutil.copytree(kept, tmp := own / "raw" / "ssb" / "b")
    for path in tmp.iterdir():
        path.rename(kept / path.name.replace("neet", "other"))
    tmp.rmdir()
    text = (kept / "other.toml").read_text(encoding="utf-8").replace('"a"', '"b"')
    (kept / "other.toml").write_text(text, encoding="utf-8")
    assert door.take_out("b") == own / "removed" / "ssb" / "a" / "other.csv"
    assert files(kept) == ["neet.csv", "neet.toml"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("edition", "code"), [("first", "edition_not_own"), ("gone", "edition_unknown")])
def test_only_what_lies_in_the_home_can_be_taken_out(own: Path, edition: str, code: str, lang: str) -> None:
    with pytest.raises(Problem) as refusal:
        door.take_out(edition)
    assert refusal.value.code == code
    assert edition in refusal.value.says(lang)


@contextmanager
def reaching(moment: str, file: Path, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that brings a file in, and has come as far as a moment."""
    apart = str(Path(__file__).with_name("door_apart.py"))
    command = [sys.executable, apart, str(tmp_path / "shipped"), str(file), moment]
    environment = {**os.environ, "PYTHONPATH": str(paths.ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=paths.ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == moment
        yield process


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal to send")
@pytest.mark.parametrize("moment", ["copied", "building"])
def test_an_addition_that_is_told_to_end_takes_back_what_it_has_half_done(own: Path, tmp_path: Path, moment) -> None:
    with reaching(moment, table(tmp_path / "brought"), tmp_path) as process:
        process.terminate()
    assert process.returncode == 143
    assert files(own) == []


@pytest.mark.parametrize("moment", ["copied", "placed"])
def test_an_addition_that_is_killed_leaves_the_home_clean_or_whole(own: Path, tmp_path: Path, capsys, moment) -> None:
    file = table(tmp_path / "brought")
    with reaching(moment, file, tmp_path) as process:
        process.kill()
    found, problems = sidecars()
    assert problems == []
    assert {each.edition for each in found} == ({"first", "cut-off"} if moment == "placed" else {"first"})
    code, told = said(capsys, "add", str(file), "--source", "ssb", "--yes", "--edition", "cut-off")
    assert (code, told["state"]) == (0, "there" if moment == "placed" else "added")
    assert files(own) == ["raw/ssb/cut-off/brought.csv", "raw/ssb/cut-off/brought.toml"]
    assert said(capsys, "show", "neet_register", "--region", "4204")[1]["rows"][-1]["count"] == 2345


@pytest.mark.parametrize("moment", ["copied", "placed"])
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal to send")
def test_nothing_is_left_of_an_addition_that_was_killed_and_taken_back(own: Path, tmp_path: Path, moment) -> None:
    before = pointer.current_build()
    with reaching(moment, table(tmp_path / "brought"), tmp_path) as process:
        process.kill()
    assert main(["remove", "cut-off", "--forget"]) == (0 if moment == "placed" else 1)
    assert (files(own), pointer.current_build()) == ([], before)


def test_a_removal_that_was_cut_off_before_the_build_is_finished_by_the_same_command(
    own: Path, tmp_path: Path, capsys
) -> None:
    before = pointer.current_build()
    added = said(capsys, "add", str(table(tmp_path / "brought")), "--source", "ssb", "--yes")[1]
    door.take_out(added["edition"])
    for _ in range(2):
        code, told = said(capsys, "remove", added["edition"], "--yes")
        assert (code, told["state"], told["build"]) == (0, "removed", before and before.hash)
        assert told["place"] == f"$INNENFOR_HOME/removed/ssb/{added['edition']}/brought.csv"


def test_two_at_once_the_second_is_told_to_wait(own: Path) -> None:
    with door.alone(), pytest.raises(build.BuildRunning):
        door.take_out("first")


def test_a_home_that_cannot_be_written_is_said(own: Path, tmp_path: Path, capsys) -> None:
    written(own, "in the way")
    assert said(capsys, "add", str(table(tmp_path / "brought")), "--source", "ssb", "--yes")[0] == 1
