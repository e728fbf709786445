"""Text tables of FHI, IMDi and Udir, and Innenfor's own, as a spreadsheet saves them again (synthetic layout)."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from data.deliveries.contents import contents
from data.ingest.contract import Delivery, Problems
from data.sources import canonical_table, parse
from tests.data.layouts import found, udir, workbook

FHI = ["Geografi", "År", "Kjønn", "Alder", "Plagegrad", "Sosioøkonomiske ressurser (SØR)", "Måltall", "value"]
UDIR = ["EnhetNivaa", "Nasjonaltkode", "Fylkekode", "Organisasjonsnummer", "Nasjonalt", "Fylke", "EnhetNavn",
        "2031-32.Alle eierformer.Alle trinn.Begge kjønn.Andel sluttet",
        "2032-33.Alle eierformer.Alle trinn.Begge kjønn.Andel sluttet"]  # fmt: skip
OWN = ["indicator", "region_code", "period", "age_group", "sex", "count", "population", "value", "status",
       "parts_missing"]  # fmt: skip
Table = Sequence[Sequence[object]]


def fhi(nation: object, girls: object) -> list[list[object]]:
    return [["Hele landet", "2031", "kjønn samlet", "8-10.trinn", "plaget", "Total SØR", "andel (prosent)", nation],
            ["Agder", "2031", "jenter", "8-10.trinn", "plaget", "Total SØR", "andel (prosent)", girls]]  # fmt: skip


def imdi(number: str, percent: str) -> str:
    heads = ["Region;Navn;" + ";".join(["Bakgrunn: Hele befolkningen"] * 2), ";;Kjønn: Alle;Kjønn: Alle",
             ";;Enhet: Personer;Enhet: Prosent", ";;År: 2031;År: 2031"]  # fmt: skip
    return "\r\n".join([*heads, f"F09;Aust-Agder;{number};{percent}"])


def saved(path: Path, table: Table, delimiter: str = ";") -> Path:
    path.write_text("\r\n".join(delimiter.join(map(str, row)) for row in table), encoding="utf-8")
    return path


def shares(delivery: Delivery) -> list[float | None]:
    return delivery.rows["share"].to_list()


@pytest.mark.parametrize("written", [("11,5", "17,8"), ("11.5 %", "17.8 %"), ("11,5%", "17,8%"), ("11.5", "17.8")])
def test_fhis_figures_are_read_however_they_are_written(tmp_path: Path, written: tuple[str, str]) -> None:
    delivery = parse(saved(tmp_path / "a.csv", [FHI, *fhi(*written)]), "fhi")
    assert shares(delivery) == [pytest.approx(0.115), pytest.approx(0.178)]
    assert delivery.rows["region_code"].to_list() == ["0", "42"]


def test_commas_and_points_in_one_column_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Problems) as caught:
        parse(saved(tmp_path / "a.csv", [FHI, *fhi("11,5", "17.8")]), "fhi")
    assert found(caught.value) == [("bad_share", "", "H2")]


def test_a_text_table_saved_as_a_workbook_is_read(tmp_path: Path) -> None:
    assert shares(parse(workbook(tmp_path / "a.xlsx", {"Ark1": [FHI, *fhi(11.5, 17.8)]}), "fhi")) == [
        pytest.approx(0.115), pytest.approx(0.178),
    ]  # fmt: skip
    rows = [[1, "I", None, None, "Hele landet", None, "Hele landet", 3.9, None],
            [2, "I", "42", None, "Hele landet", "Agder", "Agder", 3.5, 3]]  # fmt: skip
    county = parse(workbook(tmp_path / "b.xlsx", {"Ark1": [UDIR, *rows]}), "county")
    assert shares(county) == [pytest.approx(0.039), None, pytest.approx(0.035), pytest.approx(0.03)]


def test_a_percentage_that_excel_may_keep_as_a_fraction_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Problems) as caught:
        parse(workbook(tmp_path / "a.xlsx", {"Ark1": [FHI, *fhi(0.115, 0.178)]}), "fhi")
    assert found(caught.value) == [("percent_undecided", "", "H2")]


def test_a_workbook_of_several_sheets_is_none_of_these(tmp_path: Path) -> None:
    table = [FHI, *fhi(11.5, 17.8)]
    with pytest.raises(Problems):
        parse(workbook(tmp_path / "a.xlsx", {"Ark1": table, "Ark2": table}), "fhi")


def test_a_column_we_do_not_know_with_nothing_in_it_is_no_division(tmp_path: Path) -> None:
    flagged = [[*FHI, "flag"], *([*row, ""] for row in fhi("11.5", "17.8"))]
    assert len(shares(parse(saved(tmp_path / "a.csv", flagged, ","), "fhi"))) == 2
    flagged[1][-1] = "x"
    with pytest.raises(Problems) as caught:
        parse(saved(tmp_path / "b.csv", flagged, ","), "fhi")
    assert found(caught.value) == [("fhi_dimension", "", "I1")]


@pytest.mark.parametrize(("number", "percent"), [("1 200", "70,5"), ("1\u00a0200", "70.5 %"), ("1200", "70.5")])
def test_imdis_figures_are_read_however_they_are_written(tmp_path: Path, number: str, percent: str) -> None:
    (tmp_path / "a.csv").write_text(imdi(number, percent), encoding="iso-8859-1")
    assert parse(tmp_path / "a.csv", "imdi").rows.select("count", "share").row(0) == (1200, pytest.approx(0.705))


@pytest.mark.parametrize(("first", "second"), [("3,9", "4,1"), ("3,9 %", "4,1 %"), ("3.9", "4.1")])
def test_udirs_figures_are_read_however_they_are_written(tmp_path: Path, first: str, second: str) -> None:
    row = ["1", "I", "", "", "Hele landet", "", "Hele landet", first, second]
    delivery = parse(udir(tmp_path / "a.csv", [row], heads=UDIR), "county")
    assert shares(delivery) == [pytest.approx(0.039), pytest.approx(0.041)]


@pytest.mark.parametrize(("delimiter", "value"), [(",", "0.1"), (";", "0,1"), ("\t", "0,1"), (";", "0.1")])
def test_our_own_layout_may_have_any_delimiter(tmp_path: Path, delimiter: str, value: str) -> None:
    row = ["neet_register", "4204", "2030", "15-29", "both", "", "", value, "final", "0"]
    file = saved(tmp_path / "a.csv", [OWN, row], delimiter)
    assert canonical_table.recognises(file)
    assert contents(file, "ssb").rows.select("region_code", "value").row(0) == ("4204", 0.1)


@pytest.mark.parametrize("value", ["8.5 %", "8,5", "8.5"])
def test_a_percentage_where_a_share_is_meant_is_refused(tmp_path: Path, value: str) -> None:
    row = ["neet_register", "4204", "2030", "15-29", "both", "", "", value, "final", "0"]
    with pytest.raises(Problems):
        contents(saved(tmp_path / "a.csv", [OWN, row]), "ssb")
