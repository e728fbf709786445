"""The house stays in order: few modules a room, one name for one thing, and what is delicate has one home each."""

import ast
from pathlib import Path

from tests.architecture import tree

MOST = {"pages/plots": 23}  # else 20
NAMELESS = ("api", "common", "utils", "util", "helpers", "misc")
PLOTS = tree.ROOT / "pages" / "plots"
CACHE = tree.ROOT / "pages" / "frame" / "cache.py"
CACHES = ("cache_data", "cache_resource", "experimental_memo", "experimental_singleton")


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
        for node in ast.walk(tree.syntax(path)):
            if isinstance(node, ast.ClassDef):
                found.setdefault(node.name, []).append(tree.name(path))
    return found


def caching(module: ast.AST) -> list[int]:
    """Return the lines where Streamlit's caches are named."""
    return [node.lineno for node in ast.walk(module) if isinstance(node, ast.Attribute) and node.attr in CACHES]


def test_no_room_holds_more_modules_than_one_can_look_over() -> None:
    full = {room: len(found) for room, found in rooms(tree.product()).items() if len(found) > MOST.get(room, 20)}
    assert full == {}


def test_a_module_has_a_name_of_its_own_that_says_something() -> None:
    found = rooms(tree.product())
    assert {room: names for room, names in found.items() if len(names) != len(set(names))} == {}
    assert {room: bad for room, names in found.items() if (bad := [name for name in names if name in NAMELESS])} == {}


def test_one_class_name_means_one_thing() -> None:
    assert {name: places for name, places in classes(tree.product()).items() if len(places) > 1} == {}


def test_a_plot_knows_no_streamlit() -> None:
    hits = [(path, module) for path in tree.in_folder("pages/plots") for module, _ in tree.imports(path)]
    assert [f"{tree.name(path)} {module}" for path, module in hits if tree.is_of(module, ("streamlit",))] == []


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
