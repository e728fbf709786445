"""HTML is made and escaped in one module, SVG in one room; elsewhere there are no tags but those of Plotly's labels."""

import ast
import re

import pytest

from tests.architecture import tree

HTML, SVG = "pages/format/html.py", "pages/svg/"
READS_STREAMLITS_OWN = "pages/frame/streamlit_internals.py"
TAG = re.compile(r"</?[a-z][a-z0-9]*(?=[\s>/]|$)")
OF_PLOTLY = {"<b", "</b", "<i", "</i", "<br", "<extra", "</extra"}


def tags(module: ast.Module) -> set[str]:
    """The tags that stand in a module's strings, docstrings left out."""
    kept = tree.docstrings(module)
    words = [node.value for node in tree.nodes(module) if isinstance(node, ast.Constant) and node not in kept]
    return {found for each in words if isinstance(each, str) for found in TAG.findall(each)} - OF_PLOTLY


def escapes(module: ast.Module) -> bool:
    """Whether a module escapes words by itself."""
    return any(isinstance(node, ast.ImportFrom) and node.module == "html" for node in tree.nodes(module))


def outside() -> list:
    return [
        path for path in tree.in_folder("pages")
        if tree.name(path) not in (HTML, READS_STREAMLITS_OWN) and not tree.name(path).startswith(SVG)
    ]  # fmt: skip


def test_no_other_module_writes_a_tag() -> None:
    assert {tree.name(path): found for path in outside() if (found := tags(tree.syntax(path)))} == {}


def test_no_other_module_escapes() -> None:
    assert [tree.name(path) for path in outside() if escapes(tree.syntax(path))] == []


def test_nothing_is_shown_as_html_past_streamlits_own_door() -> None:
    opened = [tree.name(path) for path in tree.in_folder("pages") if "unsafe_allow" in path.read_text(encoding="utf-8")]
    assert opened == []


@pytest.mark.parametrize("source", ["f'<p>{words}</p>'", "'<ul>' + ''", "f'</div>'", "x = '<a href=\"\">'"])
def test_a_tag_is_seen(source: str) -> None:
    assert tags(ast.parse(source))


def test_a_docstring_and_a_label_of_plotly_are_none() -> None:
    assert tags(ast.parse('"""The `<p>` of a page."""\nlabel = f"<b>{name}</b><br>"')) == set()


def test_an_escape_is_seen() -> None:
    assert escapes(ast.parse("from html import escape"))
    assert not escapes(ast.parse("from pages.format.html import tag"))
