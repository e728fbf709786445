"""The house stays in order: few modules a room, one name for one thing, and what is delicate has one home each."""

import ast
import importlib.util
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from tests.architecture import tree

MOST = {"pages/plots": 23}  # else 20
NAMELESS = ("api", "common", "utils", "util", "helpers", "misc")
FRAME, PLOTS, VIEWS = (tree.ROOT / "pages" / room for room in ("frame", "plots", "views"))
INTERNALS, CACHE = FRAME / "streamlit_internals.py", FRAME / "cache.py"
CONTEXTS = (FRAME, tree.ROOT / "data" / "i18n.py")
CACHES = ("cache_data", "cache_resource", "experimental_memo", "experimental_singleton")
PUBLIC = {  # promised to others, or shown in the README; nothing of the product needs them itself
    "analytics.exclusion.comparisons.view_of",
    "analytics.experiments.portfolio.meta_analysis.Portfolio",
    "analytics.statistics.intervals.rate_interval",
    "benefits.rules.taxes.income_tax",
    "benefits.rules.transfers.ufoeretrygd_base",
    "benefits.valuation.simulation.simulate",
    "data.sources.recognised",
}
PUBLIC_STREAMLIT = ("streamlit", "streamlit.testing.v1", "streamlit.components.v1")


def rooms(paths: list[Path]) -> dict[str, list[str]]:
    """Return the modules of each folder, `__init__` and `__main__` left out."""
    found: dict[str, list[str]] = {}
    for path in paths:
        if not path.stem.startswith("__"):
            found.setdefault(tree.name(path.parent), []).append(path.stem)
    return found


def classes(paths: list[Path]) -> dict[str, list[str]]:
    """Return where each class stands, by its name."""
    found: dict[str, list[str]] = {}
    for path in paths:
        for node in tree.nodes(tree.syntax(path)):
            if isinstance(node, ast.ClassDef):
                found.setdefault(node.name, []).append(tree.name(path))
    return found


def naming(module: ast.AST, name: str) -> bool:
    """Whether a module uses a name, alone or behind a point."""
    nodes = tree.nodes(module)
    return any(name == getattr(node, "attr", None) or name == getattr(node, "id", None) for node in nodes)


def streamlit_inside(path: Path) -> list[str]:
    """Return what a module imports from within Streamlit."""
    found = [module for module, _ in tree.imports(path) if tree.is_of(module, ("streamlit",))]
    return [
        m for m in found if m not in PUBLIC_STREAMLIT and (m.rpartition(".")[0] not in PUBLIC_STREAMLIT or is_module(m))
    ]


def is_module(name: str) -> bool:
    """Whether a dotted name is a module: `streamlit.config` is one, `streamlit.button` is not."""
    return importlib.util.find_spec(name) is not None


def caching(module: ast.AST) -> list[int]:
    """Return the lines where Streamlit's caches are named."""
    return [node.lineno for node in tree.nodes(module) if isinstance(node, ast.Attribute) and node.attr in CACHES]


def public(path: Path) -> list[ast.FunctionDef | ast.ClassDef]:
    """Return a module's own functions and classes; one that a call registers (`@estimator("name")`) is used by it."""
    kinds = (ast.FunctionDef, ast.ClassDef)
    named = [node for node in tree.syntax(path).body if isinstance(node, kinds) and not node.name.startswith("_")]
    return [node for node in named if not (isinstance(node, ast.FunctionDef) and registered(node))]


def registered(function: ast.FunctionDef) -> bool:
    """Whether a decorator that is called with a name takes the function in."""
    return any(isinstance(each, ast.Call) and each.args for each in function.decorator_list)


def loaded(nodes: Iterable[ast.AST]) -> set[str]:
    """Return the names that some code reads, alone or behind a point, each behind a point with the point."""
    parts = [part for node in nodes for part in ast.walk(node)]
    alone = {part.id for part in parts if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load)}
    return alone | {f".{part.attr}" for part in parts if isinstance(part, ast.Attribute)}


def taken(path: Path) -> set[str]:
    """Return the names a module imports and reads; one that is only handed on, as a package's door does, is not."""
    return {module.rpartition(".")[2] for module, _ in tree.imports(path)} & loaded([tree.syntax(path)])


@cache
def read_in(path: Path) -> list[tuple[ast.stmt, set[str]]]:
    """Return the names that each statement of a module reads."""
    return [(each, loaded([each])) for each in tree.syntax(path).body]


def uncalled(paths: list[Path]) -> set[str]:
    """Return the public functions and classes, as `module.name`, that neither their module nor another one uses."""
    elsewhere = {name for path in paths for name in taken(path)}
    behind = {name for path in paths for name in loaded([tree.syntax(path)]) if name.startswith(".")}
    found: set[str] = set()
    for path in paths:
        for node in public(path):
            names = {node.name, f".{node.name}"}
            here = any(names & read for each, read in read_in(path) if each is not node)
            if not here and not names & (elsewhere | behind):
                found.add(f"{tree.module_of(path)}.{node.name}")
    return found


def view_of(module: str) -> str:
    """Return the page whose view a dotted name lies in ("" for none)."""
    parts = module.split(".")
    return parts[2] if parts[:2] == ["pages", "views"] and len(parts) > 2 else ""


def test_no_room_holds_more_modules_than_one_can_look_over() -> None:
    full = {room: len(found) for room, found in rooms(tree.product()).items() if len(found) > MOST.get(room, 20)}
    assert full == {}


def test_a_module_has_a_name_of_its_own_that_says_something() -> None:
    found = rooms(tree.product())
    assert {room: names for room, names in found.items() if len(names) != len(set(names))} == {}
    assert {room: bad for room, names in found.items() if (bad := [name for name in names if name in NAMELESS])} == {}


@pytest.mark.long
def test_one_class_name_means_one_thing() -> None:
    assert {name: places for name, places in classes(tree.product()).items() if len(places) > 1} == {}


@pytest.mark.long
def test_every_public_name_is_used_or_is_promised_to_others() -> None:
    assert uncalled(tree.product()) - PUBLIC == set()


@pytest.mark.long
def test_only_the_frame_touches_the_session() -> None:
    others = [path for path in tree.product() if not path.is_relative_to(FRAME)]
    assert [tree.name(path) for path in others if naming(tree.syntax(path), "session_state")] == []


def test_one_module_alone_reaches_inside_streamlit() -> None:
    others = [path for path in tree.product() if path != INTERNALS]
    assert {tree.name(path): found for path in others if (found := streamlit_inside(path))} == {}


def test_no_view_imports_a_view_of_another_page() -> None:
    own = [(path, path.relative_to(VIEWS).parts[0]) for path in tree.in_folder("pages/views")]
    hits = [
        (path, module) for path, page in own for module, _ in tree.imports(path) if view_of(module) not in ("", page)
    ]
    assert [f"{tree.name(path)} {module}" for path, module in hits] == []


def test_no_view_imports_the_report() -> None:
    hits = [(path, module) for path in tree.in_folder("pages/views") for module, _ in tree.imports(path)]
    assert [f"{tree.name(path)} {module}" for path, module in hits if tree.is_of(module, ("pages.report",))] == []


def test_a_plot_knows_no_streamlit() -> None:
    hits = [(path, module) for path in tree.in_folder("pages/plots") for module, _ in tree.imports(path)]
    assert [f"{tree.name(path)} {module}" for path, module in hits if tree.is_of(module, ("streamlit",))] == []


@pytest.mark.long
def test_hidden_state_lives_in_the_frame_and_the_language_alone() -> None:
    others = [path for path in tree.product() if not any(path.is_relative_to(home) for home in CONTEXTS)]
    assert [tree.name(path) for path in others if naming(tree.syntax(path), "ContextVar")] == []


def test_streamlits_caches_have_one_home() -> None:
    others = [path for path in tree.product() if path != CACHE]
    assert {tree.name(path): lines for path in others if (lines := caching(tree.syntax(path)))} == {}


def written(tmp_path: Path, **sources: str) -> list[Path]:
    for name, source in sources.items():
        (tmp_path / f"{name}.py").write_text(source, encoding="utf-8")
    return [tmp_path / f"{name}.py" for name in sources]


def test_the_search_for_two_things_of_one_name_finds_them(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(tree, "ROOT", tmp_path)
    paths = written(tmp_path, a="class Flow: ...", b="def f():\n    class Flow: ...")
    assert classes(paths) == {"Flow": ["a.py", "b.py"]}
    assert rooms(paths) == {".": ["a", "b"]}


def test_the_search_for_names_without_a_caller_finds_them(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(tree, "ROOT", tmp_path)
    kept = "def used(): ...\ndef behind(): ...\n@enter('x')\ndef entered(): ...\ndef _own(): ..."
    left = "class Own: ...\ndef alone(): alone()\nprint(Own)"
    paths = written(tmp_path, a=kept, b=left, c="from a import used\nimport a\na.behind(used)")
    assert uncalled(paths) == {"b.alone"}


@pytest.mark.parametrize(
    ("source", "inside"),
    [
        ("import streamlit as st", False),
        ("from streamlit import session_state", False),
        ("from streamlit.testing.v1 import AppTest", False),
        ("from streamlit.runtime.scriptrunner import get_script_run_ctx", True),
        ("import streamlit.web.server", True),
        ("from streamlit import config, file_util", True),
        ("from streamlit.navigation.page import StreamlitPage", True),
    ],
)
def test_the_search_inside_streamlit_leaves_its_front_door_alone(source, inside, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(tree, "ROOT", tmp_path)
    assert bool(streamlit_inside(written(tmp_path, a=source)[0])) is inside


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("st.session_state['a'] = 1", "session_state"),
        ("from contextvars import ContextVar\nx = ContextVar('x')", "ContextVar"),
    ],
)
def test_the_search_for_hidden_state_sees_both_ways_to_name_it(source, name) -> None:
    assert naming(ast.parse(source), name)
    assert caching(ast.parse("@st.cache_data(max_entries=1)\ndef f(): ...")) == [1]
    assert [view_of(module) for module in ("pages.views.gains.view", "pages.plots.axes")] == ["gains", ""]
