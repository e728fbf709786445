"""A home that release 0.1.0 filled and built is opened by today's code: nothing of it is lost or another."""

import io
import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from analytics.__main__ import main as analytics
from data import paths
from data.__main__ import main as data
from data.warehouse import pointer
from tests.data.raw_ground import HEADER
from tests.test_another_municipality import said

RELEASE = "842b158740"  # the commit CHANGELOG.md names
FILLED = "from pathlib import Path; from tests import own_home; own_home.furnished(Path({home!r}))"
ASKED = (("neet_register", "2030"), ("summer_jobs", "2023"))

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the code of the release."""
    folder = tmp_path_factory.mktemp("release")
    packed = subprocess.run(["git", "archive", RELEASE], cwd=paths.ROOT, capture_output=True, check=False)
    if packed.returncode:
        pytest.skip("the release is not in this copy of the repository (git archive)")
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder


@pytest.fixture
def home(release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a home with settings, indicator, programme, plan and two deliveries, filled and built by the release."""
    home = tmp_path / "home"
    monkeypatch.setenv("INNENFOR_HOME", str(home))
    monkeypatch.setenv("INNENFOR_VAR", str(tmp_path / "var"))
    monkeypatch.delenv("INNENFOR_RECORDS", raising=False)
    of_release(release, "-c", FILLED.format(home=str(home)))
    own = tmp_path / "own.csv"
    own.write_text(f"{HEADER}\nneet_register,1103,2030,15-29,both,3000,30000,,final,0\n", encoding="utf-8")
    of_release(release, "-m", "data", "add", own, "--source", "ssb", "--title", "Utenfor 2030", "--yes")
    return home


def of_release(release: Path, *words: object) -> str:
    """Run the release's Python code and return what it prints."""
    command = [sys.executable, *map(str, words)]
    done = subprocess.run(command, cwd=release, env=os.environ, capture_output=True, text=True, check=True)
    return done.stdout


def rows(answer: str) -> list[dict[str, object]]:
    facts = ("region_code", "period", "count", "population", "value", "status", "edition")
    return [{fact: row[fact] for fact in facts} for row in json.loads(answer)["rows"]]


def test_what_the_release_built_is_served_and_built_anew_with_the_same_figures(
    release: Path, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = [["rate", indicator, "--region", "1103", "--period", period] for indicator, period in ASKED]
    before = [rows(of_release(release, "-m", "analytics", *question)) for question in questions]
    assert [found[-1]["count"] for found in before] == [3000, 3300]
    files = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}

    def answers() -> list[list[dict[str, object]]]:
        capsys.readouterr()
        return [rows(capsys.readouterr().out) for question in questions if analytics(question) == 0]

    assert answers() == before, "the build of the release, before the first build of today"
    assert data(["check"]) == 0
    assert data(["build"]) == 0
    assert answers() == before
    assert pointer.current_build(tmp_path / "var").sha256  # type: ignore[union-attr]
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == files
    assert "Jobb i nord" in said("programme")
    assert "Stavanger" in said("overview")

    assert data(["records", "import"]) == 0, "what the release's files said goes into the log, which is migrated"
    capsys.readouterr()
    assert data(["records", "verify", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["events"] > 0
    assert data(["backup", str(tmp_path / "copy.zip")]) == 0
