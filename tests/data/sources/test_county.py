from pathlib import Path

import polars as pl
import pytest

from data.ingest.contract import Problems
from data.sources import parse
from tests.data.layouts import found, udir
from tests.shared_files import shared

NATION = [1, "I", "", "I ", "Hele landet", "Alle fylker", "Hele landet", "", "4,2", "3"]
AGDER = [2, "I", "42", "42", "Hele landet", "Agder", "Agder", "Ny telling.", "", "2,9"]
ROGALAND = [2, "I", "11", "11", "Hele landet", "Rogaland", "Rogaland", "Ny telling.", "*", "0,0"]
SCHOOL = [3, "I", "42", "974573873", "Hele landet", "Agder", "En skole", "Ny telling.", "*", "5,1"]
ABROAD = [2, "U", "25", "25", "Utlandet", "Utlandet", "Utlandet", "", "4,4", "1,0"]


def _refused(path: Path) -> list[tuple[str, str, str]]:
    with pytest.raises(Problems) as caught:
        parse(path, "county")
    return found(caught.value)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16", "utf-8-sig", "iso-8859-1"])
def test_nation_and_counties_are_kept_and_schools_counted(tmp_path: Path, encoding: str) -> None:
    delivery = parse(udir(tmp_path / "a.csv", [SCHOOL, ROGALAND, ABROAD, AGDER, NATION, SCHOOL], encoding=encoding))
    rows = delivery.rows.sort("region_code", "period").select("region_code", "period", "share", "status", "sex")
    assert rows.rows() == [
        ("0", "2031-32", pytest.approx(0.042), "final", "both"),
        ("0", "2032-33", pytest.approx(0.03), "final", "both"),
        ("11", "2031-32", None, "suppressed", "both"),
        ("11", "2032-33", 0.0, "final", "both"),
        ("42", "2031-32", None, "missing", "both"),
        ("42", "2032-33", pytest.approx(0.029), "final", "both"),
    ]
    assert [(n.reason, n.what, n.number) for n in delivery.notes] == [
        ("unknown_region", "Utlandet", 1),
        ("schools", "Agder", 2),
        ("break", "2031-32: Ny telling.", 1),
    ]


def test_the_cell_of_a_figure_counts_the_line_that_declares_the_delimiter(tmp_path: Path) -> None:
    rows = parse(udir(tmp_path / "a.csv", [NATION])).rows
    assert rows["cell"].to_list() == ["I3", "J3"]


@pytest.mark.parametrize(
    ("row", "problems"),
    [
        ([*AGDER[:8], "4.2", "101"], [("bad_share", "", "I3"), ("share_above_one", "", "J3")]),
        ([*AGDER[:8], "-1,0", "…?"], [("bad_share", "", "J3"), ("negative_share", "", "I3")]),
        ([*AGDER, "7"], [("value_without_heading", "", "K3")]),
    ],
)
def test_each_bad_cell_of_the_export_is_named(tmp_path: Path, row: list[object], problems: list[object]) -> None:
    assert _refused(udir(tmp_path / "a.csv", [row, NATION])) == problems


def test_a_county_that_stands_twice_is_refused(tmp_path: Path) -> None:
    assert [code for code, _, _ in _refused(udir(tmp_path / "a.csv", [AGDER, NATION, AGDER]))] == ["duplicate_row"] * 2


def test_a_missing_column_and_an_unknown_measure_are_named_together(tmp_path: Path) -> None:
    heads = ["EnhetNivaa", "Nasjonaltkode", "Organisasjonsnummer", "EnhetNavn", "2031-32.Alle trinn.Gutter.Andel glade"]
    path = udir(tmp_path / "a.csv", [[1, "I", "I", "Hele landet", "4,2"]], heads=heads)
    assert _refused(path) == [("missing_column", "", "A2"), ("unknown_measure", "", "E2")]


def test_sex_and_other_parts_of_a_heading_are_kept(tmp_path: Path) -> None:
    heads = [
        "EnhetNivaa",
        "Fylkekode",
        "EnhetNavn",
        "2031-32.Privat.Vg1.Jenter.Andel sluttet",
        "2031-32.Privat.Vg1.Jenter.Antall sluttet",
    ]
    rows = parse(udir(tmp_path / "a.csv", [[1, "", "Hele landet", "4,2", "*"]], heads=heads)).rows
    assert rows.select("sex", "dimensions", "count", "share", "status").row(0) == (
        "female",
        "del1=Privat;del2=Vg1",
        None,
        None,
        "suppressed",
    )


@pytest.mark.long
def test_the_real_export_gives_every_published_figure() -> None:
    delivery = parse(shared("fixtures/udir/20220505-1453_Slutta_VGO_utf16_tab.csv"))
    figures = pl.read_csv(shared("figures/upper_secondary_quit_udir.csv"), schema_overrides={"region_code": pl.String})
    mine = delivery.rows.filter(pl.col("status") == "final").select(
        "region_code", school_year="period", quit_percent=(pl.col("share") * 100).round(6)
    )
    key = ["region_code", "school_year"]
    assert mine.sort(key).equals(figures.select(*key, "quit_percent").sort(key))
    agder = delivery.rows.filter(pl.col("region_code") == "42").sort("period")
    assert agder["status"].to_list() == ["missing"] * 8 + ["final"] * 2
    assert sum(note.number for note in delivery.notes if note.reason == "schools") > 700
