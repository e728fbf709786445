"""The file that keeps what small cells were told as: read by the next cube, refused unless ours, never let out."""

import json
import shutil
import stat
import zipfile
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest

from data import home_copy, paths
from data.__main__ import main
from tests.data.spells import ground

_GROUP = ["region_code", "age_group", "sex"]
KEYS = {
    "rates": ["indicator", "period", *_GROUP],
    "flows": ["measure", "cohort", "origin", "destination", "months", *_GROUP],
}
SPAN = ("--from", "2018-12", "--until", "2020-03")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kept") / "records"
    words = ["--persons", "1500", "--seed", "8", "--area", "42", "--out", str(folder)]
    assert main(["spells", "generate", *words]) == 0
    return folder


def run(made: Path, out: Path, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, str]:
    words = [str(made / "spells"), str(made / "persons"), "--area", "42", *SPAN, "--out", str(out), "--example", *more]
    code = main(["spells", "build", *words, "--lang", "en"])
    return code, capsys.readouterr().out


def without_some(made: Path, folder: Path) -> Path:
    """Return the records without fifty persons: what a correction of the register may do."""
    shutil.copytree(made, folder)
    for name in ("spells", "persons"):
        rows = pl.read_parquet(made / name / "*.parquet")
        gone = sorted(pl.read_parquet(made / "persons" / "*.parquet")["person"].unique())[::30]
        for old in (folder / name).glob("*.parquet"):
            old.unlink()
        rows.filter(~pl.col("person").is_in(gone)).write_parquet(folder / name / "all.parquet")
    return folder


def cells(cube: Path, name: str) -> pl.DataFrame:
    (file,) = cube.glob(f"{name}-*.csv")
    return pl.read_csv(file, infer_schema=False)


@pytest.mark.long
def test_a_later_cube_is_told_as_the_first_but_where_a_count_was_corrected(made, tmp_path, capsys) -> None:
    code, said = run(made, tmp_path / "first", capsys)
    assert code == 0
    assert "rounded for the first time" in said
    file = tmp_path / "cubes.rounding"
    assert str(file) in said
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert run(made, tmp_path / "again", capsys)[1].count("told before and are rounded as then") == 1
    for path in sorted((tmp_path / "first").rglob("*.csv")):
        assert path.read_bytes() == (tmp_path / "again" / path.relative_to(tmp_path / "first")).read_bytes()
    other = without_some(made, tmp_path / "corrected")
    run(other, tmp_path / "later", capsys)
    run(other, tmp_path / "elsewhere", capsys, "--kept", str(tmp_path / "other" / "new.rounding"))
    for name, keys in KEYS.items():
        first = cells(tmp_path / "first", name)
        now = [first.join(cells(tmp_path / cube, name), on=keys, suffix="_now") for cube in ("later", "elsewhere")]
        moved = [both.filter(pl.col("count") != pl.col("count_now")).height / first.height for both in now]
        assert 0 < moved[0] < 0.6 * moved[1], (name, moved)


def altered(file: Path, how: str) -> None:
    whole = file.read_bytes()
    if how == "cut off":
        file.write_bytes(whole[: len(whole) // 2])
    elif how == "a bit":
        place = len(whole) // 3
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
    elif how == "text":
        file.write_text("place,count\n", encoding="utf-8")
    elif how == "another zip":
        with zipfile.ZipFile(file, "w") as other:
            other.writestr("a.txt", "b")
    else:
        with zipfile.ZipFile(file, "w") as other:
            other.writestr("contents.json", json.dumps({"form": 9}))


@pytest.fixture
def small(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[Path, Path]:
    spells, persons = ground.write_records(tmp_path / "own")
    assert built(spells, persons, tmp_path / "one", capsys)[0] == 0
    return spells, persons


def built(spells: Path, persons: Path, out: Path, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, str]:
    words = [str(spells), str(persons), "--area", "42", "--from", "2019-02", "--until", "2019-04", "--out", str(out)]
    code = main(["spells", "build", *words, *more, "--lang", "en"])
    return code, capsys.readouterr().out


@pytest.mark.parametrize("how", ["cut off", "a bit", "text", "another zip", "another form"])
def test_a_damaged_file_is_told_and_nothing_is_built(how: str, small, tmp_path: Path, capsys) -> None:
    file = tmp_path / "cubes.rounding"
    altered(file, how)
    left = file.read_bytes()
    code, said = built(*small, tmp_path / "two", capsys)
    assert code == 1
    assert "cubes.rounding, which keeps how small cells were rounded, is not whole" in said
    assert "Traceback" not in said
    assert not (tmp_path / "two").exists()
    assert file.read_bytes() == left


@pytest.mark.parametrize("more", [("--source", "county"), ("--example",)])
def test_a_file_of_other_cubes_is_told(more: Sequence[str], small, tmp_path: Path, capsys) -> None:
    code, said = built(*small, tmp_path / "two", capsys, *more)
    assert code == 1
    assert "keeps the rounding of other cubes (threshold and source: 5, nav)" in said
    assert not (tmp_path / "two").exists()


def test_it_lies_in_no_place_that_is_copied_served_or_let_out(small, tmp_path: Path, capsys) -> None:
    for place in (paths.home() / "x", paths.var() / "x", tmp_path / "two" / "x", tmp_path / "two.work" / "x"):
        code, said = built(*small, tmp_path / "two", capsys, "--kept", str(place))
        assert code == 1
        assert "which is copied, served or let out" in said
        assert not place.exists()
        assert not (tmp_path / "two").exists()


def test_a_copy_of_the_home_and_the_image_are_without_it(small, tmp_path: Path, monkeypatch, capsys) -> None:
    """Though somebody puts it where it must not lie."""
    monkeypatch.setenv("INNENFOR_HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    shutil.copy(tmp_path / "cubes.rounding", tmp_path / "home" / "cubes.rounding")
    (tmp_path / "home" / "settings.toml").write_text("", encoding="utf-8")
    home_copy.backup(tmp_path / "copy.zip")
    with zipfile.ZipFile(tmp_path / "copy.zip") as copy:
        assert [name for name in copy.namelist() if "rounding" in name] == []
        assert "home/settings.toml" in copy.namelist()
    assert main(["add", str(tmp_path / "cubes.rounding"), "--source", "nav", "--yes", "--lang", "en"]) == 1
    assert "Traceback" not in capsys.readouterr().out
    for name in (".gitignore", ".dockerignore"):
        assert any(line.endswith("*.rounding*") for line in (paths.ROOT / name).read_text(encoding="utf-8").split())


def test_no_row_and_no_count_of_a_person_stands_in_it(small, tmp_path: Path) -> None:
    """Of each cell a limit from 1 to the threshold, no more."""
    with zipfile.ZipFile(tmp_path / "cubes.rounding") as kept:
        tables = [pl.read_parquet(kept.read(name)) for name in kept.namelist() if name.endswith(".parquet")]
    assert tables
    for table in tables:
        assert table.columns[-1] == "up_from"
        assert {*table.columns[:-1]} <= {"place", "age_group", "sex", "state", "origin", "destination", "months"}
        assert table["up_from"].is_between(1, 5).all()
