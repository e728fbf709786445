"""Another municipality begins: its settings are written once, with the places most like it."""

import tomllib
from pathlib import Path

import pytest

from analytics.__main__ import main
from data import paths


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INNENFOR_VAR", str(paths.var()))
    monkeypatch.setenv("INNENFOR_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.mark.long
def test_a_home_is_written_with_its_number_and_the_places_most_like_it(home: Path, capsys) -> None:
    assert main(["init", "--home", "3203"]) == 0
    written = tomllib.loads((home / "settings.toml").read_text(encoding="utf-8"))
    assert written["home_municipality"] == "3203"
    assert len(set(written["peers"]) - {"3203"}) == 7
    assert '"county": "32"' in capsys.readouterr().out


@pytest.mark.long
def test_settings_that_are_there_are_not_written_over(home: Path, capsys) -> None:
    home.mkdir()
    (home / "settings.toml").write_text('home_municipality = "1103"\n', encoding="utf-8")
    assert main(["init", "--home", "3203"]) == 1
    assert "home_taken" in capsys.readouterr().out
    assert "1103" in (home / "settings.toml").read_text(encoding="utf-8")


@pytest.mark.long
@pytest.mark.parametrize("number", ["9999", "42", "0", "Asker", "../x"])
def test_what_is_no_municipality_of_today_is_refused_and_nothing_is_written(home: Path, capsys, number: str) -> None:
    assert main(["init", "--home", number]) == 1
    assert "not_a_home" in capsys.readouterr().out
    assert not home.exists()
