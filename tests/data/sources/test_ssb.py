from pathlib import Path

import polars as pl
import pytest

from data.ingest.contract import Delivery, Problems
from data.sources import parse
from data.sources.ssb.vocabulary import age_of, period_of, quantity_of, region_code, region_of
from tests.data.layouts import found, jsonstat, workbook
from tests.shared_files import shared

TITLE = "88888: Bosatte, etter region, statistikkvariabel, år og kjønn"


def _refused(path: Path) -> list[tuple[str, str, str]]:
    with pytest.raises(Problems) as caught:
        parse(path, "ssb")
    return found(caught.value)


def _cell(delivery: Delivery, **where: str) -> tuple[object, ...]:
    rows = delivery.rows.filter(*(pl.col(name) == value for name, value in where.items()))
    return rows.select("count", "share", "value", "status").row(0) if len(rows) == 1 else ("rows", len(rows))


def test_cells_run_with_the_last_dimension_fastest_and_symbols_keep_their_meaning(tmp_path: Path) -> None:
    delivery = parse(jsonstat(tmp_path / "a.json"))
    assert _cell(delivery, measure="Personer", region_code="4204", period="2029") == (0, None, None, "final")
    assert _cell(delivery, measure="Personer", region_code="4204", period="2031") == (None, None, None, "suppressed")
    assert _cell(delivery, measure="Andel", region_code="4204", period="2030") == (None, 0.02, None, "final")
    assert _cell(delivery, measure="Personer", region_code="0", period="2031") == (902, None, None, "preliminary")
    assert _cell(delivery, measure="Andel", region_code="0", period="2030") == (None, None, None, "missing")
    assert (delivery.table_id, delivery.updated, delivery.publisher) == ("99999", "2031-02-03", "SSB")
    assert [note.what for note in delivery.notes] == ["Tallene er avrundet."]


def test_a_sparse_object_gives_the_same_rows_as_a_list(tmp_path: Path) -> None:
    whole = parse(jsonstat(tmp_path / "a.json"))
    sparse = {
        str(i): v for i, v in enumerate([0, 12, None, 1.5, 2, None, 900, 901, 902, 50, None, 52]) if v is not None
    }
    assert parse(jsonstat(tmp_path / "b.json", value=sparse)).rows.equals(whole.rows)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"value": [1, 2, 3]}, ["size_mismatch"]),
        ({"size": [2, 2, 4]}, ["size_mismatch"]),
        ({"size": [2, 2]}, ["size_mismatch"]),
        ({"id": ["Region", "ContentsCode", "Alder"]}, ["missing_dimension"]),
        ({"value": ["0", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], "status": {}}, ["bad_number"]),
        (
            {"value": [-1, 1.5, None, 101, 2, None, 900, 901, 902, 50, None, 52], "status": {}},
            ["bad_count", "negative_count"],
        ),
        ({"status": {"1": "..", "99": ":", "2": "?"}}, ["size_mismatch", "status_conflict", "unknown_symbol"]),
    ],
)
def test_all_problems_of_a_damaged_answer_are_named_at_once(
    tmp_path: Path, changes: dict[str, object], codes: list[str]
) -> None:
    assert [code for code, _, _ in _refused(jsonstat(tmp_path / "a.json", **changes))] == codes


def test_metadata_without_values_is_refused() -> None:
    assert _refused(shared("fixtures/pxweb/scb_TAB6471_metadata.json")) == [("no_values", "", "")]


def test_the_real_answer_has_28_cells_without_a_number() -> None:
    rows = parse(shared("fixtures/pxweb/ssb_v1_jsonstat2_05300.json")).rows
    assert dict(rows["status"].value_counts().iter_rows()) == {"final": 404, "not_applicable": 20, "missing": 8}
    first = rows.filter(pl.col("cell") == "9").row(0, named=True)
    assert (first["dimensions"], first["period"], first["share"]) == ("Avstand1=01;Kulturtilbud=02", "1991", 0.07)


def test_ages_and_sexes_of_a_sister_office_are_read() -> None:
    delivery = parse(shared("fixtures/pxweb/scb_TAB6471_data.json"))
    where = {"region_code": "01", "age_group": "0-9", "period": "2026-01"}
    assert [_cell(delivery, **where, sex=sex)[0] for sex in ("both", "male", "female")] == [245284, 125373, 119906]
    assert "100+" in delivery.rows["age_group"].to_list()
    assert delivery.publisher == "SCB"


@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "utf-8-sig"), (",", "iso-8859-1"), ("\t", "utf-8")])
def test_a_statbank_text_is_read_in_every_dress(tmp_path: Path, delimiter: str, encoding: str) -> None:
    rows = (
        [TITLE],
        [],
        ["region", "kjønn", "Bosatte 2029", "Bosatte 2030"],
        ["K-3803 Tønsberg", "Kvinner", "31", "-"],
        ["K-3803 Tønsberg", "Menn", ":", ".."],
        ["", "Begge kjønn", "7", "8*"],
    )
    path = tmp_path / "a.csv"
    path.write_bytes("\r\n".join(delimiter.join(row) for row in rows).encode(encoding))
    delivery = parse(path)
    where = {"region_code": "3803", "measure": "Bosatte"}
    assert _cell(delivery, **where, sex="female", period="2029") == (31, None, None, "final")
    assert _cell(delivery, **where, sex="female", period="2030") == (0, None, None, "final")
    assert _cell(delivery, **where, sex="male", period="2029") == (None, None, None, "suppressed")
    assert _cell(delivery, **where, sex="male", period="2030") == (None, None, None, "missing")
    assert _cell(delivery, **where, sex="both", period="2030") == (8, None, None, "preliminary")
    assert delivery.table_id == "88888"


def test_years_may_stand_in_a_column_and_decimals_have_commas(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{TITLE}\n\nregion;år;Andel (prosent)\n42 Agder;2030;10,3\n42 Agder;2031;9,9\n", encoding="utf-8")
    assert _cell(parse(path), region_code="42", period="2031") == (None, pytest.approx(0.099), None, "final")


def test_the_real_statbank_text_gives_its_numbers() -> None:
    delivery = parse(shared("fixtures/ssb/statbank_11616_utf8bom_semikolon_tittel.csv"))
    measure = "Sysselsatte personer bosatt i regionen"
    assert _cell(delivery, region_code="3803", measure=measure, period="2021") == (29491, None, None, "final")
    assert (len(delivery.rows), delivery.table_id) == (23 * 4, "11616")


@pytest.mark.long
def test_the_real_statbank_workbook_is_read_and_the_analysts_sheets_are_named() -> None:
    delivery = parse(shared("fixtures/ssb/statbank_13563_arbeidsmarkedstilknytning_2021.xlsx"))
    where = {"measure": "Bosatte", "period": "2021", "age_group": "15+"}
    andre = "prioritert arbeidsstyrkestatus=Andre"
    assert _cell(delivery, **where, region_code="3801", dimensions=andre) == (1096, None, None, "preliminary")
    assert _cell(delivery, **where, region_code="42", dimensions=andre) == (10082, None, None, "preliminary")
    assert len(delivery.rows) == (23 + 1 + 11) * 8
    foreign = [note.sheet for note in delivery.notes if note.reason == "foreign_sheet"]
    assert foreign == ["Telemark", "Viz1 Telemark", "Vestfold", "Viz1 Vestfold"]
    assert delivery.updated == "2022-08-31"


def test_headings_over_several_rows_are_filled_from_the_left(tmp_path: Path) -> None:
    table = [
        [TITLE],
        ["https://www.ssb.no/statbank/sq/1"],
        [None, "Bosatte", None, None, None],
        [None, "2029", None, "2030", None],
        [None, "Kvinner", "Menn", "Kvinner", "Menn"],
        ["K-4204 Kristiansand", 1, 2, 3, 4],
        ["0 Hele landet", 5, 6, 7, "."],
        [None],
        ["Kilde:"],
        ["ola@ssb.no"],
    ]
    delivery = parse(workbook(tmp_path / "a.xlsx", {"Et navn": table}))
    assert _cell(delivery, region_code="4204", period="2030", sex="female") == (3, None, None, "final")
    assert _cell(delivery, region_code="0", period="2030", sex="male") == (None, None, None, "not_applicable")
    assert delivery.rows.filter(pl.col("count") == 4)["cell"].item() == "Et navn!E6"


def test_formulas_without_values_and_columns_without_headings_are_named(tmp_path: Path) -> None:
    table = [
        [TITLE],
        [None, "Bosatte"],
        [None, "2029"],
        [None, "Kvinner"],
        ["K-4204 Kristiansand", "=SUM(B9:B10)"],
        ["K-4203 Arendal", "2,5"],
        ["0 Hele landet", 1],
    ]
    assert _refused(workbook(tmp_path / "a.xlsx", {"A": table})) == [
        ("bad_count", "A", "B6"),
        ("formula_without_value", "A", "B5"),
    ]


def test_the_same_rows_on_two_sheets_are_read_once_and_conflicting_ones_refused(tmp_path: Path) -> None:
    def table(number: int) -> list[list[object]]:
        return [
            [TITLE],
            [None, "Bosatte"],
            [None, "2029"],
            [None, "Kvinner"],
            ["K-4204 Kristiansand", 4],
            ["0 Hele landet", number],
        ]

    same = parse(workbook(tmp_path / "a.xlsx", {"A": table(9), "B": table(9)}))
    assert len(same.rows) == 2
    assert [note.number for note in same.notes if note.reason == "repeated_rows"] == [2]
    assert _refused(workbook(tmp_path / "b.xlsx", {"A": table(9), "B": table(8)})) == [("duplicate_row", "B", "B6")]


def test_headings_without_a_year_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{TITLE}\n\nregion;Bosatte\n42 Agder;7\n0 Hele landet;8\n", encoding="utf-8")
    assert _refused(path) == [("missing_period", "", "B3")]


def test_words_of_the_publisher_are_understood() -> None:
    assert [period_of(t) for t in ("2024", "2022M03", "2021K4", "2020-2021", "2021U46", "våren")] == [
        "2024",
        "2022-03",
        "2021-Q4",
        "2020-21",
        "2021-W46",
        "",
    ]
    assert [age_of(t) for t in ("15-29 år", "15 år eller eldre", "23 år", "I alt", "ung")] == [
        "15-29",
        "15+",
        "23",
        "all",
        "",
    ]
    assert region_of("K-3801 Horten") == ("3801", "Horten")
    assert [region_code(t) for t in ("K-3801", "03", "K.Rest", "0301a")] == ["3801", "03", "", ""]
    assert [quantity_of(u, "x") for u in ("personer", "prosent", "kroner")] == ["count", "share", "value"]
    assert quantity_of("prosent", "Endring siste år (prosent)") == "value"


def test_one_number_a_line_and_headings_of_contents_and_year_are_read_alike(tmp_path: Path) -> None:
    long, wide = tmp_path / "long.csv", tmp_path / "wide.csv"
    title = "88888: Bosatte, etter region, statistikkvariabel og år"
    long.write_text(f"{title}\n\nregion;statistikkvariabel;år;verdi\n42 Agder;Personer;2030;7\n", encoding="utf-8")
    wide.write_text(
        '"88888: Bosatte, etter region og år"\n\n"region","Personer 2030"\n"42 Agder",7\n', encoding="utf-8"
    )
    for path in (long, wide):
        assert _cell(parse(path), region_code="42", measure="Personer", period="2030") == (7, None, None, "final")


@pytest.mark.long
def test_a_table_as_large_as_the_interface_gives_is_read(tmp_path: Path) -> None:
    years = {str(2000 + i): i for i in range(20)}
    regions = [f"{code:04}" for code in range(1000, 1100)]
    dimension = {
        "Region": {"category": {"index": regions}},
        "Tid": {"category": {"index": years}},
        "Utgave": {"category": {"index": [str(i) for i in range(20)]}},
    }
    body = {
        "id": ["Region", "Utgave", "Tid"],
        "size": [100, 20, 20],
        "dimension": dimension,
        "status": {},
        "value": list(range(40_000)),
    }
    rows = parse(jsonstat(tmp_path / "a.json", **body)).rows
    last = rows.filter(pl.col("cell") == "39999").row(0, named=True)
    assert (last["region_code"], last["period"], last["dimensions"], last["count"]) == (
        "1099",
        "2019",
        "Utgave=19",
        39_999,
    )
