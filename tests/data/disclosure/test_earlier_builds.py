"""What one build hid binds the next: across undoing, rules that change, releases, and a build that cannot be read."""

import shutil
from pathlib import Path

import duckdb
import pytest

from data.deliveries.preview import preview
from data.i18n import LANGUAGES
from data.warehouse import pointer
from data.warehouse.build import Report
from data.warehouse.build import build as built
from tests.data.disclosure.trap_ground import Printed, build, line
from tests.data.disclosure.traps import COLUMNS, STAR, Row, row
from tests.data.door_ground import own, said
from tests.data.raw_ground import HEADER
from tests.own_home import written

__all__ = ["own"]  # a fixture
pytestmark = pytest.mark.long

FIRST = [row("4201", STAR, edition="m"), row("4202", 20, edition="m"), row("4203", 30, edition="m"),
         row("42", 52, edition="m")]  # fmt: skip
CORRECTED = [row("4201", STAR), row("4202", 200), row("4203", 10), row("42", 212)]
SMALL = [row("4201", 4), row("4202", 20), row("4203", 30), row("42", 54)]
BESIDE = [row("4201", 500, age="all", edition="o")]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INNENFOR_HOME", str(tmp_path / "home"))


def ruled(threshold: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Set NAV's limit, in a home of its own: settings are read once."""
    home = tmp_path / f"home-{threshold}"
    monkeypatch.setenv("INNENFOR_HOME", str(home))
    written(home / "settings.toml", f"[disclosure.nav]\nthreshold = {threshold}\nlegend = 3\nzeros_published = true\n")


def places(printed: Printed) -> set[str]:
    return {str(key[0]) for _, key in printed.hidden}


def hidden_in(var: Path) -> list[tuple[str, ...]]:
    with duckdb.connect(str(next(var.glob("innenfor-*.duckdb"))), read_only=True) as connection:
        every = "SELECT edition, region_code, age_group, sex FROM observation WHERE status = 'suppressed' ORDER BY ALL"
        return connection.execute(every).fetchall()


def test_a_rule_that_asks_for_more_lets_nothing_go_and_one_that_asks_for_less_begins_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ruled(6, tmp_path, monkeypatch)
    first = places(build(SMALL, tmp_path))
    assert "4201" in first
    ruled(8, tmp_path, monkeypatch)
    assert places(build(SMALL, tmp_path)) >= first
    assert "asks for less" not in capsys.readouterr().out
    ruled(6, tmp_path, monkeypatch)
    assert places(build(SMALL, tmp_path)) == first, "what the rule of before hid stays, and no more"
    ruled(4, tmp_path, monkeypatch)
    capsys.readouterr()
    assert places(build(SMALL, tmp_path)) == set()
    out = capsys.readouterr().out
    assert "The protection of the source nav asks for less" in out
    assert f"({len(first)} figures)" in out


@pytest.mark.usefixtures("home")
def test_what_was_hidden_stays_so_when_its_delivery_is_taken_out_and_another_comes(tmp_path: Path) -> None:
    hidden = places(build([*FIRST, *BESIDE], tmp_path))
    assert len(hidden) == 2
    shutil.rmtree(tmp_path / "raw" / "nav" / "nav-m")
    assert places(build(BESIDE, tmp_path)) == set()
    assert places(build([*BESIDE, *CORRECTED], tmp_path)) >= hidden


def delivered(rows: list[Row], file: Path) -> Path:
    told = [line(dict(zip(COLUMNS, each, strict=True))) for each in rows]
    return written(file, "\n".join([HEADER, *told, ""]))


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize("later", [CORRECTED, FIRST[:2]])
def test_the_preview_of_a_delivery_hides_what_its_build_hides(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], later: list[Row]
) -> None:
    asked = ("--source", "nav", "--yes", "--published", "2026-01")
    said(capsys, "add", str(delivered(FIRST, tmp_path / "first.csv")), *asked, "--edition", "zz")
    file = delivered([*later, row("4203", 40, sex="male")], tmp_path / "later.csv")
    before = hidden_in(tmp_path / "var")
    found = preview(file, None, "nav").hidden
    said(capsys, "add", str(file), *asked, "--edition", "aa")
    after = hidden_in(tmp_path / "var")
    assert {*before} <= {*after}
    stars = sum(each[3] == STAR for each in later)
    assert found == len(after) - len(before) - stars


def damaged(var: Path) -> None:
    file = next(var.glob("innenfor-*.duckdb"))
    file.write_bytes(file.read_bytes()[:-9])


def gone(var: Path) -> None:
    next(var.glob("innenfor-*.duckdb")).unlink()


def pointing_nowhere(var: Path) -> None:
    (var / pointer.POINTER).write_text("{", encoding="utf-8")


@pytest.mark.usefixtures("own")
def test_the_preview_knows_what_a_delivery_that_was_taken_out_hid(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("--source", "nav", "--yes", "--published", "2026-01")
    said(capsys, "add", str(delivered(FIRST, tmp_path / "first.csv")), *asked, "--edition", "zz")
    hidden = len(hidden_in(tmp_path / "var"))
    said(capsys, "remove", "zz", "--yes")
    assert hidden_in(tmp_path / "var") == []
    file = delivered(FIRST[1:], tmp_path / "later.csv")  # the star is not in it
    found = preview(file, None, "nav").hidden
    said(capsys, "add", str(file), *asked, "--edition", "aa")
    assert found == len(hidden_in(tmp_path / "var")) == hidden - 1


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("break_it", [damaged, gone, pointing_nowhere])
def test_an_earlier_build_that_cannot_be_read_is_told_in_words(tmp_path: Path, break_it) -> None:
    build(FIRST, tmp_path)
    break_it(tmp_path / "var")
    note, *more = built(tmp_path / "raw", tmp_path / "var").notes
    assert (note.reason, more) == ("earlier_unreadable", [])
    for lang, words in zip(LANGUAGES, ("kunne ikke leses", "could not be read"), strict=True):
        assert words in note.says(lang)
        assert note.what[:8] in note.says(lang)  # the rest may look like an identity number, and is masked then


def of_an_older_release(var: Path) -> None:
    """Take out of a build what older releases did not keep."""
    file = next(var.glob("innenfor-*.duckdb"))
    with duckdb.connect(str(file)) as connection:
        connection.execute("DROP TABLE remembered_cell")
    found = pointer.current_build(var)
    assert found
    pointer.point_to(var, pointer.Build(found.hash, found.file, found.built_at, pointer.checksum(file)))


@pytest.mark.usefixtures("home")
def test_what_a_build_of_an_older_release_hid_stays_hidden(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hidden = places(build([*FIRST, *BESIDE], tmp_path))
    of_an_older_release(tmp_path / "var")
    capsys.readouterr()
    assert places(build([*BESIDE, *CORRECTED, *FIRST], tmp_path)) >= hidden
    assert f"What it hid ({len(hidden)} figures) stays hidden" in capsys.readouterr().out
    build([*BESIDE, *CORRECTED], tmp_path)
    assert "older version" not in capsys.readouterr().out


@pytest.mark.usefixtures("home")
def test_the_same_deliveries_after_the_same_build_give_the_same_figures(tmp_path: Path) -> None:
    build(FIRST, tmp_path)
    shutil.copytree(tmp_path / "var", tmp_path / "other")
    build([*FIRST, *CORRECTED], tmp_path)
    report = built(tmp_path / "raw", tmp_path / "other")
    assert tables(tmp_path / "var") == tables(tmp_path / "other")
    assert unchanged(built(tmp_path / "raw", tmp_path / "other"), report)


def unchanged(now: Report, then: Report) -> bool:
    return not now.fresh and now.build == then.build


def tables(var: Path) -> list[list[tuple[object, ...]]]:
    with duckdb.connect(str(next(var.glob("innenfor-*.duckdb"))), read_only=True) as connection:
        names = ("observation", "transition", "remembered_cell")
        return [connection.execute(f"SELECT * FROM {name}").fetchall() for name in names]
