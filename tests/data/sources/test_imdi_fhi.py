"""IMDi's headings and FHI's csv2: look-alikes (synthetic layout, invented numbers) and the real files."""

from pathlib import Path

import polars as pl
import pytest

from data import paths
from data.ingest.contract import Problems
from data.sources import parse
from tests.data.layouts import found
from tests.shared_files import shared

WHOLE, OTHER = "Bakgrunn: Hele befolkningen", "Bakgrunn: Innvandrere"
HEADINGS = [
    ["Region", "Navn", WHOLE, WHOLE, WHOLE, OTHER],
    ["", "", "Kjønn: Kvinner", "Kjønn: Kvinner", "Kjønn: Alle", "Kjønn: Alle"],
    ["", "", "Enhet: Personer", "Enhet: Prosent", "Enhet: Prosent", "Enhet: Personer"],
    ["", "", "År: 2031", "År: 2031", "År: 2032", "År: 2031"],
]
AGDER = ["F42", "Agder", "400", "70.5", "71", ":"]
COLUMNS = "Geografi,År,Kjønn,Alder,Plagegrad,Sosioøkonomiske ressurser (SØR),Måltall,value"
PUPILS = '8-10.trinn,plaget,Total SØR,"andel (prosent, standardisert)"'


def _imdi(
    path: Path, rows: list[list[str]], headings: list[list[str]] = HEADINGS, encoding: str = "iso-8859-1"
) -> Path:
    path.write_bytes("\r\n".join(";".join(row) for row in [*headings, *rows]).encode(encoding))
    return path


def _fhi(path: Path, lines: list[str], columns: str = COLUMNS) -> Path:
    path.write_bytes("\n".join([columns, *lines]).encode("utf-8-sig"))
    return path


def _refused(path: Path, source: str) -> list[tuple[str, str]]:
    with pytest.raises(Problems) as caught:
        parse(path, source)
    return [(code, cell) for code, _, cell in found(caught.value)]


@pytest.mark.parametrize("encoding", ["iso-8859-1", "utf-8-sig", "utf-16"])
def test_count_and_percent_under_four_headings_become_one_row(tmp_path: Path, encoding: str) -> None:
    rows = parse(
        _imdi(tmp_path / "a.csv", [AGDER, ["K4204", "Kristiansand", "", "", "0", "7"]], encoding=encoding)
    ).rows
    kept = rows.filter(pl.col("dimensions").is_null() | (pl.col("dimensions") == ""))
    assert kept.select("region_code", "sex", "period", "count", "share", "status").rows() == [
        ("42", "female", "2031", 400, pytest.approx(0.705), "final"),
        ("42", "both", "2032", None, pytest.approx(0.71), "final"),
        ("4204", "female", "2031", None, None, "missing"),
        ("4204", "both", "2032", None, 0.0, "final"),
    ]


def test_one_background_is_kept_apart_from_the_whole_population(tmp_path: Path) -> None:
    rows = parse(_imdi(tmp_path / "a.csv", [AGDER])).rows
    immigrants = rows.filter(pl.col("dimensions") == "background=Innvandrere")
    assert immigrants.select("count", "status").rows() == [(None, "suppressed")]


@pytest.mark.parametrize(
    ("row", "column", "text", "problem"),
    [
        (1, 3, "Kjønn: Ukjent", ("header_rows", "D2")),
        (2, 3, "Enhet: Kroner", ("header_rows", "D3")),
        (3, 3, "2031", ("header_rows", "D4")),
        (0, 3, "Kjønn: Menn", ("header_rows", "D1")),
    ],
)
def test_a_heading_that_is_not_understood_is_named(
    tmp_path: Path, row: int, column: int, text: str, problem: tuple[str, str]
) -> None:
    headings = [list(one) for one in HEADINGS]
    headings[row][column] = text
    assert _refused(_imdi(tmp_path / "a.csv", [AGDER], headings), "imdi") == [problem]


@pytest.mark.long
def test_two_columns_under_one_heading_are_refused(tmp_path: Path) -> None:
    headings = [[*row, row[2]] for row in HEADINGS]
    assert _refused(_imdi(tmp_path / "a.csv", [[*AGDER, "401"]], headings), "imdi") == [("duplicate_row", "G4")]


def test_all_bad_cells_of_imdi_are_told_at_once(tmp_path: Path) -> None:
    rows = [["F42", "Agder", "4x", "101", "71", "1"], ["Agder", "Agder", "1", "1", "1", "1"]]
    assert sorted(_refused(_imdi(tmp_path / "a.csv", rows), "imdi")) == [
        ("bad_count", "C5"), ("bad_text", "A6"), ("share_above_one", "D5"),
    ]  # fmt: skip


def test_fhi_s_labels_become_codes(tmp_path: Path) -> None:
    lines = [f"Hele landet,2025,kjønn samlet,{PUPILS},11.5154042054495", f"Agder,2025,jenter,{PUPILS},:"]
    rows = parse(_fhi(tmp_path / "a.csv", [*lines, f"Kristiansand,2025,gutter,{PUPILS},."])).rows
    assert rows.select("measure", "region_code", "age_group", "sex", "share", "status").rows() == [
        ("mental_distress", "0", "13-15", "both", pytest.approx(0.115154042), "final"),
        ("mental_distress", "42", "13-15", "female", None, "suppressed"),
        ("mental_distress", "4204", "13-15", "male", None, "not_applicable"),
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (f"Atlantis,2025,jenter,{PUPILS},1", ("unknown_name", "A2")),
        (f"Herøy,2025,jenter,{PUPILS},1", ("ambiguous_region", "A2")),
        (f"Agder,2025,ukjent,{PUPILS},1", ("fhi_dimension", "C2")),
        (f"Agder,2025,jenter,{PUPILS.replace('8-10.trinn', 'voksne')},1", ("fhi_dimension", "D2")),
        (f"Agder,2025,jenter,{PUPILS.replace('Total SØR', 'Lav SØR')},1", ("fhi_dimension", "F2")),
        (f"Agder,2025,jenter,{PUPILS.replace('andel (prosent', 'rate (per 1000')},1", ("fhi_dimension", "G2")),
        (f"Agder,2025,jenter,{PUPILS},101", ("share_above_one", "H2")),
        (f"Agder,2025,jenter,{PUPILS},elleve", ("bad_share", "H2")),
    ],
)
def test_what_fhi_s_reader_does_not_know_is_named_with_its_cell(
    tmp_path: Path, line: str, problem: tuple[str, str]
) -> None:
    assert problem in _refused(_fhi(tmp_path / "a.csv", [line]), "fhi")


def test_a_column_fhi_s_reader_does_not_know_is_refused(tmp_path: Path) -> None:
    path = _fhi(tmp_path / "a.csv", [f"Agder,2025,jenter,{PUPILS},1,ja"], COLUMNS + ",Landbakgrunn")
    assert ("fhi_dimension", "I1") in _refused(path, "fhi")


@pytest.mark.long
def test_the_real_imdi_file_is_read_whole() -> None:
    rows = parse(shared("fixtures/imdi/videregaende_fullfort_fylker_2009-2019_latin1_4hdr.csv"), "imdi").rows
    vest = rows.filter(pl.col("region_code") == "10", pl.col("dimensions").is_null() | (pl.col("dimensions") == ""))
    last = vest.filter(pl.col("period") == "2019", pl.col("sex") == "both").row(0, named=True)
    assert (last["count"], last["share"]) == (2056, pytest.approx(0.795))
    assert rows.height == 20 * 5 * 3 * 11


@pytest.mark.long
def test_the_real_fhi_file_is_read_whole_and_is_what_we_ship() -> None:
    rows = parse(shared("fixtures/fhi/ungdata_psykiske_plager_csv2.csv"), "fhi").rows
    ours = pl.read_csv(
        paths.shipped("raw") / "fhi/2025-12/mental_distress.csv",
        schema_overrides={"region_code": pl.String, "period": pl.String},
    )
    key = ["region_code", "period", "sex"]
    both = rows.join(ours, on=key, how="inner", validate="1:1")
    assert both.height == rows.height == ours.height
    shown = both.filter(pl.col("share").is_not_null())
    assert shown.select((pl.col("share") - pl.col("value_right")).abs().max()).item() <= 0.00005


def test_a_row_that_is_cut_off_is_named_and_not_read_as_missing(tmp_path: Path) -> None:
    whole = ["K4204", "Kristiansand", "10", "50", "60", "7"]
    assert _refused(_imdi(tmp_path / "a.csv", [AGDER, whole[:-2]]), "imdi") == [("ragged_row", "A6")]
    longer = _imdi(tmp_path / "b.csv", [AGDER, [*whole, "8"]])
    assert _refused(longer, "imdi") == [("value_without_heading", "G6")]


def test_a_heading_without_rows_has_no_rows_and_no_missing_column(tmp_path: Path) -> None:
    assert _refused(_fhi(tmp_path / "a.csv", []), "fhi") == [("no_rows", "")]
