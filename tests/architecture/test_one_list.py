"""One list a page says what can be chosen there: no view names a parameter, checks a link or draws a choice itself."""

import ast
from pathlib import Path

import pytest

from tests.architecture import tree

FRAME = tree.ROOT / "pages" / "frame"
BY_HAND = {"UrlParameter", "one_of", "several", "linked", "open_page"}
NUMBERS = {"pages/views/gains/sliders.py": {"UrlParameter"}}
"""Numbers between two ends are no list of codes: the sliders say which a scenario has."""


def by_hand(module: ast.Module) -> set[str]:
    """The ways past the list that a module uses, `UrlParameter` as a class of its own, too."""
    calls = {node.func for node in tree.nodes(module) if isinstance(node, ast.Call)}
    bases = {base for node in tree.nodes(module) if isinstance(node, ast.ClassDef) for base in node.bases}
    of_frame = {name for name in (_from_frame(each) for each in calls) if name}
    return BY_HAND & (of_frame | {each.id for each in calls | bases if isinstance(each, ast.Name)})


def _from_frame(call: ast.expr) -> str:
    whose = call.value if isinstance(call, ast.Attribute) else None
    named = isinstance(whose, ast.Name) and whose.id in ("widgets", "parameters", "shell")
    return call.attr if named and isinstance(call, ast.Attribute) else ""


def outside() -> list[Path]:
    return [path for path in tree.in_folder("pages") if not path.is_relative_to(FRAME)]


def test_only_the_frame_draws_a_choice_or_checks_a_link() -> None:
    found = {tree.name(path): by_hand(tree.syntax(path)) for path in outside()}
    assert {
        name: ways - NUMBERS.get(name, set()) for name, ways in found.items() if ways - NUMBERS.get(name, set())
    } == {}


@pytest.mark.parametrize(
    "source", ["widgets.one_of('a', {}, '', '')", "UrlParameter('a', ())", "class Own(UrlParameter): ...",
               "shell.open_page()", "widgets.linked('a', ())"],
)  # fmt: skip
def test_a_way_past_the_list_is_seen(source: str) -> None:
    assert by_hand(ast.parse(source))


def test_what_goes_by_the_list_is_none() -> None:
    assert by_hand(ast.parse("CHOICES.open()\nCHOICES.draw('sex')\nCHOICES.linked('picture')")) == set()
