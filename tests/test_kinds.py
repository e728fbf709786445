"""A test's kind is read off its place and its means, so that the fast ones stay fast without anyone marking them."""

import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

import run
from tests.kinds import FOLDERS, ROOT, kinds
from tests.pages import experiments_page

MARKERS = tomllib.loads((ROOT.parent / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"]


def plain() -> None:
    return None


@given(st.integers())
def for_any(number: int) -> None:
    return None


@pytest.mark.parametrize(
    ("path", "function", "module", "expected"),
    [
        ("data/test_x.py", plain, {}, ["unit"]),
        ("test_x.py", plain, {}, ["unit"]),
        ("analytics/cohorts/test_x.py", for_any, {}, ["unit", "property"]),
        ("pages/test_x.py", plain, {"AppTest": AppTest}, ["pages", "walk"]),
        ("pages/test_x.py", plain, {"opened": experiments_page.opened}, ["pages", "walk"]),
        *((f"{folder}/test_x.py", plain, {}, [folder]) for folder in FOLDERS),
    ],
)
def test_a_kind_follows_from_folder_and_means(path, function, module, expected) -> None:
    assert kinds(ROOT / Path(path), SimpleNamespace(**module), function) == expected


def test_every_kind_and_every_choice_of_run_py_is_a_known_marker() -> None:
    known = {marker.split(":")[0] for marker in MARKERS["ini_options"]["markers"]}
    chosen = set(" ".join(run.KINDS.values()).replace("(", " ").replace(")", " ").split()) - {"not", "or"}
    assert {*FOLDERS, "unit", "property", "walk"} | chosen <= known


def test_this_file_imports_what_walks_and_is_marked_for_it(request) -> None:
    assert request.node.get_closest_marker("walk") is not None
