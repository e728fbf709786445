import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from data.i18n import speaking
from pages.components import data_table
from pages.components.data_table import TableColumn

FRAME = pl.DataFrame(
    {"place": ["Åseral <x>", "Oslo"], "period": ["2022-03", "2024"], "share": [None, 0.0993], "n": [0, 2465]}
)
COLUMNS = (
    TableColumn("place", "Sted"),
    TableColumn("period", "Tid", "period"),
    TableColumn("share", "Andel", "share"),
    TableColumn("n", "Antall", "count"),
)


@pytest.mark.parametrize(
    ("kind", "value", "nb"),
    [
        ("share", 0.0993, "9,9\u00a0%"),
        ("count", 2465, "2\u00a0465"),
        ("rate", 12.34, "12,3"),
        ("points", -0.012, "−1,2\u00a0prosentpoeng"),
        ("nok", 1000, "1\u00a0000\u00a0kr"),
        ("nok_million", 1_500_000, "1,5\u00a0mill.\u00a0kr"),
        ("status", "preliminary", "foreløpig"),
        ("period", "2022-03", "mars 2022"),
        ("text", "x", "x"),
        ("p", 0.00001, "< 0,001"),
    ],
)
def test_a_cell_is_written_by_the_kind_of_its_column(kind, value, nb) -> None:
    assert data_table.cell(value, TableColumn("c", "C", kind), "nb") == nb
    assert data_table.cell(None, TableColumn("c", "C", kind), "nb") == "–"


def test_a_table_has_a_caption_and_headers_for_rows_and_columns() -> None:
    with speaking("en"):
        page = data_table.html(FRAME, COLUMNS, "A <finding>")
    assert "<caption>A &lt;finding&gt;</caption>" in page
    assert page.count('<th scope="col"') == 4
    assert '<th scope="row">Åseral &lt;x&gt;</th><td>March 2022</td><td class="number">–</td>' in page
    assert '<td class="number">9.9%</td><td class="number">2,465</td>' in page
    assert 'tabindex="0"' in page


def test_a_table_that_tells_says_what_its_parts_are_and_heads_each_cell() -> None:
    """A phone shows such a table's rows as blocks, which a screen reader takes for no table unless it is told."""
    frame = pl.DataFrame({"to": ["KS"], "why": ["Ingen <midler>"], "n": [2]})
    columns = (
        TableColumn("to", "Spurt", "prose"),
        TableColumn("why", "Hvorfor", "prose"),
        TableColumn("n", "N", "count"),
    )
    page = data_table.html(frame, columns, "x")
    assert 'class="innenfor-table telling"' in page
    assert '<table role="table">' in page
    assert '<th role="rowheader" scope="row" class="prose">KS</th>' in page
    assert '<td role="cell" class="prose" data-label="Hvorfor">Ingen &lt;midler&gt;</td>' in page
    assert (page.count('role="columnheader"'), page.count('role="row"'), page.count('role="rowgroup"')) == (3, 2, 2)
    assert "telling" not in data_table.html(frame, columns[1:], "x")


def test_zero_and_unknown_are_different_cells() -> None:
    page = data_table.html(FRAME, COLUMNS, "x")
    assert '<td class="number">–</td><td class="number">0</td>' in page


def shown(rows: int, unknown: bool) -> AppTest:
    def script(rows: int, unknown: bool) -> None:
        import polars as pl

        from pages.components import data_table

        frame = pl.DataFrame({"n": [None if unknown else 1] * rows}, schema={"n": pl.Int64})
        data_table.show(frame, [data_table.TableColumn("n", "N", "count")], "x")

    return AppTest.from_function(script, args=(rows, unknown)).run()


def test_a_hundred_rows_are_shown_and_more_are_left_to_the_files() -> None:
    assert len(shown(100, unknown=False).get("html")) == 1
    long = shown(1001, unknown=False)
    assert not long.get("html")
    assert "1\u00a0001 rader" in long.markdown[0].value


def test_a_table_with_a_dash_says_that_it_is_not_zero() -> None:
    assert "aldri null" in shown(1, unknown=True).caption[0].value
    assert not shown(1, unknown=False).caption
