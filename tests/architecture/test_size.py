"""Small things with names: how long a function, a module and a page may be (design §9, style.md)."""

import statistics

import pytest

from tests.architecture import tree

LONGEST_FUNCTION, MEDIAN_FUNCTION, LONGEST_MODULE, LONGEST_PAGE = 40, 10, 250, 40


def lines(path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


@pytest.mark.long
def test_no_function_is_longer_than_one_look() -> None:
    measured = [(path, function) for path in tree.files() if path.suffix == ".py" for function in tree.functions(path)]
    long = [
        f"{tree.name(path)} {f.name}: {tree.length(f)}" for path, f in measured if tree.length(f) > LONGEST_FUNCTION
    ]
    assert long == []


@pytest.mark.parametrize("layer", tree.LAYERS)
def test_most_functions_of_a_layer_are_short(layer: str) -> None:
    measured = [tree.length(function) for path in tree.in_folder(layer) for function in tree.functions(path)]
    assert statistics.median(measured or [0]) <= MEDIAN_FUNCTION


def test_no_module_is_longer_than_can_be_kept_in_mind() -> None:
    measured = {tree.name(path): lines(path) for path in tree.files() if path.suffix == ".py"}
    assert {name: count for name, count in measured.items() if count > LONGEST_MODULE} == {}


def test_a_page_only_tells_the_story() -> None:
    pages = [path for path in tree.in_folder("pages") if path.parent == tree.ROOT / "pages"]
    assert {tree.name(path): lines(path) for path in pages if lines(path) > LONGEST_PAGE} == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}
    assert [tree.name(path) for path in tree.product() if empty & set(path.with_suffix("").parts)] == []
