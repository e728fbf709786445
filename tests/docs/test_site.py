"""The documentation builds without a warning, is complete, and asks nothing of any other machine."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import study
from tests.architecture import tree

pytestmark = pytest.mark.long

FETCHED = re.compile(r"<(?:script|link|img)[^>]+(?:src|href)=\"(?:https?:)?//[^\"]+")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("docs") / "site"
    answer = subprocess.run(
        [sys.executable, "-m", *study.sphinx_words(out)], cwd=tree.ROOT, capture_output=True, encoding="utf-8",
        check=False,
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr[-3000:]
    return out


def test_every_page_is_there(site: Path) -> None:
    pages = [path.relative_to(tree.ROOT / "docs").with_suffix(".html") for path in tree.in_folder("docs", ".md")]
    assert [str(page) for page in [*pages, Path("functions.html")] if not (site / page).is_file()] == []


def test_a_formula_is_drawn_without_a_script(site: Path) -> None:
    text = (site / "methods.html").read_text(encoding="utf-8")
    assert "<math" in text
    assert "MathJax" not in text


def test_a_function_stands_with_what_it_returns_and_where(site: Path) -> None:
    text = re.sub(r"<[^>]+>", "", (site / "functions.html").read_text(encoding="utf-8"))
    assert "wilson_interval(" in text
    assert "analytics/statistics/intervals.py" in text


def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    found = {path.name: FETCHED.findall(path.read_text(encoding="utf-8")) for path in site.glob("**/*.html")}
    assert {name: hits for name, hits in found.items() if hits} == {}


@pytest.mark.parametrize("lock", [study.DOCS_LOCK, study.NOTEBOOK_LOCK], ids=lambda lock: lock.name)
def test_a_lock_moves_no_version_of_the_app_or_the_tests(lock: Path) -> None:
    def versions(path: Path) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for name, version in re.findall(r"^([\w.-]+)(?:\[.*?\])?==([\w.]+)", path.read_text(encoding="utf-8"), re.M):
            found.setdefault(name.lower(), set()).add(version)
        return found

    own = versions(lock)
    assert own
    for other in (tree.ROOT / "requirements.txt", tree.ROOT / "requirements-dev.txt"):
        theirs = versions(other)
        assert {name: own[name] for name in own.keys() & theirs.keys() if not own[name] <= theirs[name]} == {}
