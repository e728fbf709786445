"""Every picture has the one frame: title, source, place, group, time, size and files; no page draws past it."""

import ast

import pytest

from tests.architecture import tree

CARD, SERVER_DRAWN = "pages/components/chart_card.py", "pages/components/picture_files.py"
CHARTS = {"plotly_chart", "altair_chart", "vega_lite_chart", "pyplot", "image", "line_chart", "bar_chart", "area_chart",
          "scatter_chart", "map", "pydeck_chart", "graphviz_chart"}  # fmt: skip


def drawn_by_streamlit(module: ast.Module) -> set[str]:
    """The elements of Streamlit that are pictures, as a module calls them."""
    calls = [node.func for node in tree.nodes(module) if isinstance(node, ast.Call)]
    of_st = [f for f in calls if isinstance(f, ast.Attribute) and isinstance(f.value, ast.Name) and f.value.id == "st"]
    return {each.attr for each in of_st} & CHARTS


def images(path) -> bool:
    """Whether a module makes the HTML of an image."""
    return any(module == "pages.format.html.image" for module, _ in tree.imports(path)) or any(
        isinstance(node, ast.Attribute) and node.attr == "image" and ast.unparse(node.value) == "html"
        for node in tree.nodes(tree.syntax(path))
    )


def sized(module: ast.Module) -> bool:
    """Whether a module that begins a picture of Plotly's also sets its height, margin, look and language."""
    called = {ast.unparse(node.func).rpartition(".")[2] for node in tree.nodes(module) if isinstance(node, ast.Call)}
    return not called & {"Canvas", "make_subplots"} or bool(called & {"frame", "framed", "rows_frame"})


def test_a_chart_is_shown_by_its_card_alone() -> None:
    found = {tree.name(path): drawn_by_streamlit(tree.syntax(path)) for path in tree.in_folder("pages")}
    assert {name: shown for name, shown in found.items() if shown} == {CARD: {"plotly_chart"}}


def test_a_picture_of_the_server_is_shown_with_its_files_alone() -> None:
    assert [tree.name(path) for path in tree.in_folder("pages") if images(path)] == [SERVER_DRAWN]


@pytest.mark.long
def test_every_picture_that_is_begun_gets_its_frame() -> None:
    assert [tree.name(path) for path in tree.in_folder("pages") if not sized(tree.syntax(path))] == []


@pytest.mark.parametrize("source", ["st.plotly_chart(figure)", "st.image('a.png')", "st.bar_chart(rows)"])
def test_a_picture_past_the_card_is_seen(source: str) -> None:
    assert drawn_by_streamlit(ast.parse(source))


def test_a_picture_without_a_frame_is_seen() -> None:
    assert not sized(ast.parse("figure = drawing.Canvas()\nfigure.drawn()"))
    assert sized(ast.parse("figure = drawing.Canvas()\ndrawing.frame(figure, 300, (0, 0, 0, 0))"))
