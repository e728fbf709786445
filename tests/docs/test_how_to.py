"""What the documentation says one must do to add something is done here, to the letter."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import ground
from tests.architecture import tree

pytestmark = pytest.mark.long

HOW_TO = tree.ROOT / "docs" / "how_to"
BLOCK = re.compile(r"^~~~(\w*)\n(.*?)^~~~$", re.DOTALL | re.MULTILINE)
FILE = re.compile(r"`([\w/.-]+\.(?:toml|csv|py))`")
CODE = ("data", "analytics", "benefits", "pages", "app.py", ".streamlit")


def steps(name: str) -> tuple[dict[str, str], list[str]]:
    """Return the files a page tells to write (the first one named since the last block), and the commands it prints."""
    text = (HOW_TO / f"{name}.md").read_text(encoding="utf-8")
    files: dict[str, str] = {}
    commands: list[str] = []
    at = 0
    for block in BLOCK.finditer(text):
        if block[1]:
            files[FILE.findall(text[at : block.start()])[-1]] = block[2]
        else:
            commands += block[2].splitlines()
        at = block.end()
    return files, commands


def followed(name: str, folder: Path, **variables: str) -> list[subprocess.CompletedProcess[str]]:
    """Write the files and run the commands in a folder; AssertionError where one fails."""
    files, commands = steps(name)
    for place, content in files.items():
        written = folder / place
        written.parent.mkdir(parents=True, exist_ok=True)
        mark = hashlib.sha256(written.with_suffix(".csv").read_bytes()).hexdigest() if "SHA256" in content else ""
        written.write_text(content.replace("SHA256", mark), encoding="utf-8", newline="\n")
    return [ran(command, folder, **variables) for command in commands]


def ran(command: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    words = command.split()
    assert words[:2] == ["python", "-m"]
    where = {"INNENFOR_HOME": str(folder / "home"), "INNENFOR_LANG": "en", "PYTHONUTF8": "1", **variables}
    answer = subprocess.run(
        [sys.executable, *words[1:]], cwd=folder, env={**os.environ, **where}, capture_output=True, encoding="utf-8",
        check=False,
    )  # fmt: skip
    assert answer.returncode == 0, f"{command}: {answer.stdout[-1000:]}{answer.stderr[-1000:]}"
    return answer


@pytest.fixture
def code(tmp_path: Path) -> Path:
    """A copy of the code that may be changed."""
    unread = shutil.ignore_patterns("__pycache__")
    for name in CODE:
        source = tree.ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(
            source, tmp_path / name, **({"ignore": unread} if source.is_dir() else {})
        )
    return tmp_path


def test_an_indicator(tmp_path: Path) -> None:
    answers = followed("indicator", tmp_path, PYTHONPATH=str(tree.ROOT), INNENFOR_VAR=str(tmp_path / "var"))
    assert "summer_jobs,4204,2024" in answers[-1].stdout.replace('"', "") or "3300" in answers[-1].stdout


def test_a_layout(tmp_path: Path) -> None:
    answers = followed("layout", tmp_path, PYTHONPATH=str(tree.ROOT))
    assert "pupils_waiting" in answers[-1].stdout


def test_an_estimator(code: Path) -> None:
    registry = code / "analytics" / "experiments" / "reporting" / "evaluation.py"
    text = registry.read_text(encoding="utf-8")
    line = "from analytics.experiments.estimators import median_difference\n"
    registry.write_text(text.replace("from analytics.", f"{line}from analytics.", 1), encoding="utf-8")
    (answer,) = followed("estimator", code, INNENFOR_VAR=str(ground.built()))
    assert '"value": 15.0' in answer.stdout
    assert "medians" in answer.stdout


def test_a_parameter(code: Path) -> None:
    (answer,) = followed("parameter", code, INNENFOR_VAR=str(ground.built()))
    assert "innenfor.pilots.pilot_length" in answer.stdout


OPENED = """
import sys
from streamlit.testing.v1 import AppTest
for lang in ("nb", "en"):
    app = AppTest.from_file("app.py", default_timeout=120)
    app.query_params["lang"] = lang
    app.run()
    app.switch_page("pages/hello.py")
    app.query_params["lang"] = lang
    app.run()
    assert not app.exception, app.exception
    print(*(each.value for each in app.markdown))
"""


def test_a_page(code: Path) -> None:
    assert followed("page", code) == []
    where = {"INNENFOR_HOME": str(code / "home"), "INNENFOR_VAR": str(ground.built()), "PYTHONPATH": str(code)}
    answer = subprocess.run(
        [sys.executable, "-c", OPENED], cwd=code, env={**os.environ, **where}, capture_output=True, encoding="utf-8",
        check=False,
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr[-2000:]
    assert "mål." in answer.stdout
    assert "indicators." in answer.stdout


def test_every_page_of_this_kind_is_followed() -> None:
    followed_here = {name.removeprefix("test_").partition("_")[2] for name in globals() if name.startswith("test_a")}
    assert {path.stem for path in HOW_TO.glob("*.md")} == followed_here
