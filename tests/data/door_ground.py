"""A home with a door, few deliveries shipped so that a build is quick, and files to bring in."""

import json
from pathlib import Path

import pytest

from data import paths
from data.__main__ import main
from data.warehouse import build
from tests.data.raw_ground import HEADER, ROWS, deliver
from tests.own_home import written

TABLE = "\n".join([HEADER, "neet_register,4204,2031,15-29,both,2345,23450,,final,0", ""])


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, whose builds lie in a folder of their own; few deliveries are shipped, so builds are quick."""
    shipped = tmp_path / "shipped"
    deliver(shipped, *ROWS, "neet_register,42,2031,15-29,both,500,5000,,final,0")
    monkeypatch.setattr(paths, "shipped", lambda name, was=paths.shipped: shipped if name == "raw" else was(name))
    monkeypatch.setenv("INNENFOR_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("INNENFOR_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("INNENFOR_LANG", "en")
    build.build()
    return tmp_path / "home"


def table(path: Path, text: str = TABLE) -> Path:
    return written(path.with_suffix(".csv"), text)


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict]:
    capsys.readouterr()
    code = main([*words, "--json"])
    return code, json.loads(capsys.readouterr().out)
