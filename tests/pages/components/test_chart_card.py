"""What stands around a picture, and what its files hold."""

import io

import openpyxl
from streamlit.testing.v1 import AppTest

from data.i18n import speaking
from pages.components import chart_footer
from pages.format import sentences
from pages.format.texts import text


def framed() -> None:
    import polars as pl

    from pages.components import chart_card
    from pages.components.data_table import TableColumn
    from pages.frame.source_footer import Citation
    from pages.plots.ranking import ranking

    frame = pl.DataFrame({"name": ["A", "B"], "value": [0.1, 0.2]})
    columns = (TableColumn("name", "Sted"), TableColumn("value", "Andel", "share"))
    sources = (Citation("SSB", "T", "2025", "CC BY"),)
    picture = ranking(frame, "A")
    chart_card.show(
        chart_card.Chart(
            "Funnet", "Ord", picture, frame, columns, sources, "s", example=True, note="Merk.", command="run"
        )
    )


def test_a_chart_has_finding_words_source_table_files_and_a_way_to_reproduce_it() -> None:
    app = AppTest.from_function(framed, default_timeout=30).run()
    assert not app.exception
    assert [each.value for each in app.subheader] == ["Funnet"]
    assert app.get("plotly_chart")[0].proto.alt == "Ord"
    assert "EKSEMPEL" in app.get("plotly_chart")[0].proto.spec
    assert [each.value for each in app.caption] == ["**Eksempeldata, ikke resultater**", "Merk. Kilde: SSB (2025)"]
    assert [each.label for each in app.expander] == ["Tabell, filer og deling"]
    assert not app.get("download_button")
    assert not app.code
    app.session_state["read-below-s"] = True
    app.run()
    assert [each.value for each in app.code] == ["EKSEMPEL: Funnet. Kilde: SSB, T (2025).", "run"]
    assert [each.label for each in app.get("download_button")] == ["Tall (CSV)", "Tall (Excel)"]
    picture, table = (each.proto.body for each in app.get("html"))
    assert "<caption>Eksempeldata, ikke resultater. Funnet</caption>" in table
    for words in (
        "Bilde (PNG)",
        "Tegning (SVG)",
        'data-picture=".st-key-picture-s"',
        'data-source="Kilde: SSB, T (2025)"',
    ):
        assert words in picture
    assert 'data-title="Eksempeldata, ikke resultater. Funnet"' in picture, "a picture of an example says so"


def drawn_here() -> None:
    import polars as pl

    from pages.components import chart_card
    from pages.components.data_table import TableColumn
    from pages.svg.row_marks import MarkedRow
    from pages.svg.rows_picture import RowScale, rows_picture

    picture = rows_picture([MarkedRow("A", "10 %", 0.1)], RowScale((0.0, 1.0), ((0.0, "0"),)))
    frame, columns = pl.DataFrame({"name": ["A"]}), (TableColumn("name", "Sted"),)
    chart_card.show(chart_card.Chart("Funnet", "Ord", picture, frame, columns, (), "s", example=True))


def test_a_drawing_of_the_server_stands_where_its_files_are_taken_from_and_is_marked() -> None:
    app = AppTest.from_function(drawn_here, default_timeout=30).run()
    assert not app.exception
    assert not app.get("plotly_chart")
    (shown,) = (each.proto.body for each in app.get("html"))
    assert 'alt="Ord"' in shown
    assert "EKSEMPEL" in shown
    app.session_state["read-below-s"] = True
    app.run()
    assert any('data-picture=".st-key-picture-s"' in each.proto.body for each in app.get("html"))


def test_the_files_of_an_example_say_so(monkeypatch) -> None:
    made: list[bytes] = []
    monkeypatch.setattr(chart_footer.st, "download_button", lambda *_, data, **__: made.append(data()))
    app = AppTest.from_function(framed, default_timeout=30)
    app.session_state["read-below-s"] = True
    assert not app.run().exception
    csv, xlsx = made
    book = openpyxl.load_workbook(io.BytesIO(xlsx))
    with speaking("nb"):
        words = text("chart.example_words")
    assert words in csv.decode("utf-8-sig")
    assert words in [cell.value for row in book.worksheets[1].iter_rows() for cell in row]


def test_beneath_a_picture_stands_what_is_read_at_a_glance_and_the_rest_is_folded_up() -> None:
    short, long = "To ord.", " ".join(["ord"] * 31) + "."
    assert sentences.at_a_glance("") == ("", "")
    assert sentences.at_a_glance(f"{short} {short}") == (f"{short} {short}", "")
    assert sentences.at_a_glance(f"Merk. {long.capitalize()} Og mer.") == ("Merk.", f"{long.capitalize()} Og mer.")
    assert sentences.at_a_glance(long) == (long, "")
    assert sentences.at_a_glance(f"Jf. nr. 4. 2024 er ca. 3 mill. Kroner. {long.capitalize()}")[0].endswith("Kroner.")
