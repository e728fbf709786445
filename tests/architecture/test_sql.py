"""A query lives in a `.sql` file, is named by it, and takes its values as parameters."""

import ast
import re

import pytest

from tests.architecture import tree

LOUD = (
    r"\b(SELECT|INSERT INTO|DELETE FROM|CREATE (OR REPLACE )?(TEMP(ORARY)? )?(TABLE|VIEW)|DROP (TABLE|VIEW)|GROUP BY)\b"
)
QUIET = (
    r"(?is)^\s*(select\s.+\sfrom\s|with\s.+\sas\s*\(|insert into\s|delete from\s|create (or replace )?(table|view)\s)"
)
ASKERS = ("sql", "execute", "executemany", "query")


def is_query(text: str) -> bool:
    return bool(re.search(LOUD, text) or re.search(QUIET, text))


def is_composed(node: ast.AST) -> bool:
    """Whether an expression puts a text together: an f-string, + or %, or .format."""
    built = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("format", "join")
    return built or isinstance(node, ast.JoinedStr | ast.BinOp)


def composed_queries(module: ast.Module) -> list[int]:
    calls = [node for node in tree.nodes(module) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    return [call.lineno for call in calls if call.func.attr in ASKERS and any(map(is_composed, call.args))]  # type: ignore[attr-defined]


def query_texts(module: ast.Module) -> list[int]:
    said = tree.docstrings(module)
    texts = [node for node in tree.nodes(module) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [text.lineno for text in texts if text not in said and is_query(str(text.value))]


@pytest.mark.long
def test_no_query_is_written_in_python() -> None:
    assert [f"{tree.name(path)}:{line}" for path in tree.product() for line in query_texts(tree.syntax(path))] == []


def test_no_query_is_put_together_from_pieces() -> None:
    assert [
        f"{tree.name(path)}:{line}" for path in tree.product() for line in composed_queries(tree.syntax(path))
    ] == []


def test_a_query_file_holds_one_statement() -> None:
    def statements(text: str) -> list[str]:
        bare = re.sub(r"--[^\n]*|/\*.*?\*/|'[^']*'", "", text, flags=re.DOTALL)
        return [part for part in bare.split(";") if part.strip()]

    texts = {tree.name(path): path.read_text(encoding="utf-8") for path in tree.in_folder("data", ".sql")}
    assert {name: len(statements(text)) for name, text in texts.items() if len(statements(text)) != 1} == {}


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("rows = 'SELECT 1'", [1]),
        ("rows = f'''\nselect * from {table}'''", [1]),
        ("def f():\n    '''SELECT nothing.'''", []),
        ("text = 'Select a municipality from the list'", [1]),
        ("text = 'created from the list'", []),
    ],
)
def test_the_search_for_queries_knows_one_when_it_sees_it(source: str, lines: list[int]) -> None:
    assert query_texts(ast.parse(source)) == lines


@pytest.mark.parametrize("argument", ["f'{t}'", "'a' + t", "'%s' % t", "'{}'.format(t)", "' '.join(t)"])
def test_the_search_for_pieces_knows_every_way_to_join_them(argument: str) -> None:
    assert composed_queries(ast.parse(f"c.sql({argument})")) == [1]
