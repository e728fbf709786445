"""There is one writer of numbers (`data.format`): nothing else turns a number into words for a reader."""

import ast
import re

import pytest

from tests.architecture import tree

WRITER = "data/format/"
WRITTEN = frozenset(("number", "signed", "percent", "percent_interval", "points", "per_hundred", "signed_per_hundred"))
WRITTEN |= {"rate", "ratio", "nok", "nok_million", "millions", "signed_millions", "persons", "trimmed", "sized"}
WRITTEN |= {"whole_percent", "p_value"}
MACHINES = {
    "pages/plots/choropleth.py": "the path of an SVG",
    "pages/svg/markup.py": "the places of an SVG",
    "pages/views/gains/sliders.py": "the code of a stop in a link",
}
COMMANDS = {"pages/views/experiments/planner.py": "a command to copy has a point in its decimals"}
_SPEC = re.compile(r"[,_]?\.?\d*[eEfFgGn%]$|,")
_EXACT = re.compile(r"g$")


def formatted(module: ast.AST, *, exact: bool) -> list[str]:
    """Return what a module formats as a number by itself; `exact`: also `:g`, by which a message quotes a file."""
    found = []
    for node in tree.nodes(module):
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            spec = "".join(str(part.value) for part in node.format_spec.values if isinstance(part, ast.Constant))
            if any(isinstance(part, ast.FormattedValue) for part in node.format_spec.values):
                spec += ".0f" if "." in spec or "," in spec else ""
            if _SPEC.search(spec) and (exact or not _EXACT.fullmatch(spec)):
                found.append(f"{ast.unparse(node.value)}:{spec}")
        if isinstance(node, ast.Call) and _changes_decimal_sign(node):
            found.append(ast.unparse(node))
    return found


def _changes_decimal_sign(call: ast.Call) -> bool:
    """Whether a call puts a comma where a point was: reading a file does the opposite."""
    given = [each.value for each in call.args if isinstance(each, ast.Constant)]
    return isinstance(call.func, ast.Attribute) and call.func.attr == "replace" and given[:2] == [".", ","]


def prepared(module: ast.AST) -> list[str]:
    """Return numbers rounded or multiplied on their way to the writer: that is a second rounding."""
    return [
        ast.unparse(call)
        for call in tree.nodes(module)
        if isinstance(call, ast.Call) and _name(call.func) in WRITTEN and any(map(_rounds, call.args))
    ]


def _rounds(node: ast.AST) -> bool:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        return any(isinstance(side, ast.Constant) and side.value == 100 for side in (node.left, node.right))
    return isinstance(node, ast.Call) and _name(node.func) == "round"


def _name(function: ast.AST) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def spoken() -> list[tuple[str, ast.Module]]:
    paths = [path for layer in ("data", "analytics", "benefits", "pages") for path in tree.in_folder(layer)]
    return [(tree.name(path), tree.syntax(path)) for path in paths if not tree.name(path).startswith(WRITER)]


def test_nothing_but_the_writer_turns_numbers_into_words() -> None:
    found = {
        name: own
        for name, module in spoken()
        if name not in MACHINES | COMMANDS and (own := formatted(module, exact=name.startswith("pages/")))
    }
    assert found == {}


def test_nothing_is_rounded_or_multiplied_on_its_way_to_the_writer() -> None:
    assert {name: own for name, module in spoken() if (own := prepared(module))} == {}


def test_the_exceptions_are_needed() -> None:
    modules = dict(spoken())
    assert [name for name in MACHINES | COMMANDS if not formatted(modules[name], exact=True)] == []


@pytest.mark.parametrize(
    "code",
    ['f"{x:,.1f}"', 'f"{x:.0f}"', 'f"{x:,}"', 'f"{x:.1%}"', 'f"{x:.3g}"', 'f"{x:,.{n}f}"', 'text.replace(".", ",")'],
)
def test_the_search_knows_a_second_writer(code: str) -> None:
    assert formatted(ast.parse(code), exact=False)


@pytest.mark.parametrize("code", ['f"{x}"', 'f"{name:<36}"', 'f"{x:g}"', 'text.replace(",", ".")', 'f"{month:02}"'])
def test_the_search_leaves_other_texts_alone(code: str) -> None:
    assert formatted(ast.parse(code), exact=False) == []


@pytest.mark.parametrize("code", ["number(round(x, 1))", "number(100 * share, 1)", "written.signed(x * 100)"])
def test_the_search_knows_a_second_rounding(code: str) -> None:
    assert prepared(ast.parse(code))
    assert prepared(ast.parse("number(share, 1)")) == []
