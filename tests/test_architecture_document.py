"""The document on the architecture names files, folders and functions that are there."""

import ast
import re

from tests.architecture import tree

DOCUMENT = (tree.ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
PLACE = re.compile(r"`([\w.-]+(?:/[\w.-]+)*/|[\w/.-]+\.(?:py|md|csv|toml))`")
STEP = re.compile(r"^\|[^|]+\| `([\w/]+\.py)` \| `(\w+)` \|$", re.MULTILINE)


def test_every_place_the_document_names_is_there() -> None:
    named = set(PLACE.findall(DOCUMENT)) - {"texts/"}
    assert len(named) > 40
    assert sorted(place for place in named if not (tree.ROOT / place).exists()) == []


def test_every_step_names_a_function_of_its_module() -> None:
    steps = STEP.findall(DOCUMENT)
    assert len(steps) >= 26
    gone = [f"{path} {name}" for path, name in steps if name not in functions_of(path)]
    assert gone == []


def functions_of(path: str) -> set[str]:
    """Return the functions a module defines; none where it is not there."""
    file = tree.ROOT / path
    body = tree.syntax(file).body if file.is_file() else []
    return {node.name for node in body if isinstance(node, ast.FunctionDef)}


def test_every_room_is_told_of() -> None:
    rooms = {
        f"{path.relative_to(tree.ROOT).parts[0]}/{path.relative_to(tree.ROOT).parts[1]}/"
        for layer in tree.LAYERS
        for path in tree.in_folder(layer)
        if len(path.relative_to(tree.ROOT).parts) > 2
    }
    assert sorted(room for room in rooms if f"`{room}`" not in DOCUMENT) == []
