"""Tests about the tests: each can fail, and none waits for a clock."""

import ast

import pytest

from tests.architecture import tree

RAISING = ("raises", "warns", "fail", "expect")


def found_in(module: ast.Module) -> list[ast.FunctionDef]:
    return [node for node in tree.nodes(module) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]


def is_claim(node: ast.AST, claimers: set[str]) -> bool:
    """Whether a node can fail a test: an assertion about something, an expected error, or a helper that claims."""
    if isinstance(node, ast.Assert):
        return not isinstance(node.test, ast.Constant | ast.Tuple)
    called = ast.unparse(node.func).split(".")[-1] if isinstance(node, ast.Call) else ""
    return called in RAISING or called in claimers or called.startswith("assert")


def claimless(module: ast.Module) -> list[str]:
    helpers = [
        node for node in tree.nodes(module) if isinstance(node, ast.FunctionDef) and not node.name.startswith("test_")
    ]
    claimers = {helper.name for helper in helpers if any(is_claim(node, set()) for node in ast.walk(helper))}
    return [test.name for test in found_in(module) if not any(is_claim(node, claimers) for node in ast.walk(test))]


@pytest.mark.long
def test_every_test_can_fail() -> None:
    paths = [path for path in tree.in_folder("tests") if path.name.startswith("test_")]
    assert {tree.name(path): idle for path in paths if (idle := claimless(tree.syntax(path)))} == {}


@pytest.mark.long
def test_no_two_tests_of_a_file_share_a_name() -> None:
    names = {tree.name(path): [test.name for test in found_in(tree.syntax(path))] for path in tree.in_folder("tests")}
    assert {path: found for path, found in names.items() if len(found) != len(set(found))} == {}


@pytest.mark.parametrize("body", ["pass", "assert True", "assert (x, 'said')", "x = 1"])
def test_the_search_for_idle_tests_knows_one(body: str) -> None:
    assert claimless(ast.parse(f"def test_x():\n    {body}")) == ["test_x"]


@pytest.mark.parametrize("body", ["assert x", "with pytest.raises(E): f()", "assert_frame_equal(a, b)", "agrees(x)"])
def test_the_search_for_idle_tests_leaves_a_real_one_alone(body: str) -> None:
    assert claimless(ast.parse(f"def agrees(x):\n    assert x\ndef test_x():\n    {body}")) == []
