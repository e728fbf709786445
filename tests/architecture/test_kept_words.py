"""What is kept for readers of every language holds no words of one: `cached_value` does not tell languages apart."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture import tree

WORDS = {"text", "labels", "listed", "language", "place", "number", "percent", "nok", "period", "lead", "counted_words"}


def kept(module: ast.Module) -> Iterator[ast.FunctionDef]:
    """The functions of a module whose answers are kept whatever the language."""
    named = {
        call.args[0].id
        for call in tree.nodes(module)
        if isinstance(call, ast.Call) and _is_keeper(call.func) and call.args and isinstance(call.args[0], ast.Name)
    }
    for node in tree.nodes(module):
        if isinstance(node, ast.FunctionDef) and (any(map(_is_keeper, node.decorator_list)) or node.name in named):
            yield node


def _is_keeper(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "cached_value"


def words_in(function: ast.FunctionDef) -> set[str]:
    if "lang" in {each.arg for each in function.args.args}:
        return set()  # the language is part of the question
    calls = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
    return WORDS & {each.id if isinstance(each, ast.Name) else getattr(each, "attr", "") for each in calls}


def test_nothing_kept_for_all_languages_is_worded_in_one() -> None:
    found = [(path, each) for path in tree.in_folder("pages") for each in kept(tree.syntax(path))]
    assert len(found) > 5
    assert [f"{tree.name(path)}: {each.name}" for path, each in found if words_in(each)] == []


@pytest.mark.parametrize("how", ["@cached_value\ndef f():\n    {}", "def f():\n    {}\ng = cached_value(f)"])
def test_a_worded_answer_is_found(how: str) -> None:
    (function,) = kept(ast.parse(how.format("return text('a')")))
    assert words_in(function) == {"text"}
    (function,) = kept(ast.parse(how.format("return 1")))
    assert not words_in(function)
