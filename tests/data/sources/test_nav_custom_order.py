from pathlib import Path

import openpyxl
import polars as pl
import pytest

from data.ingest.contract import Delivery, Problems
from data.sources import nav, parse
from data.sources.region_names import Level, codes, level_of
from tests.data.layouts import ORDER_HEADS, found, order, person, workbook
from tests.shared_files import shared


def _refused(path: Path, **known: object) -> list[tuple[str, str, str]]:
    with pytest.raises(Problems) as caught:
        nav.parse(path, **known)  # type: ignore[arg-type]
    return found(caught.value)


def _cell(delivery: Delivery, **where: str) -> tuple[object, ...]:
    rows = delivery.rows.filter(*(pl.col(name) == value for name, value in where.items()))
    return rows.select("count", "share", "status").row(0) if len(rows) == 1 else ("rows", len(rows))


LEFT = [
    person("Agder", "Kvinner", 1984, 8.4),
    person("Agder", "Menn", "*", 7.3),
    person("Troms - Romsa - Tromssa ", "Menn", 753, 5.3),
]
RIGHT = [person("Agder", "Begge kjønn", 3819, 7.8), person("Oslo", "Begge kjønn", 0, 0)]


def test_tables_side_by_side_are_read_and_a_hidden_count_hides_its_share(tmp_path: Path) -> None:
    delivery = parse(workbook(tmp_path / "a.xlsx", {"Nedsatt 18 - 29 år fylker": order(LEFT, RIGHT)}))
    where = {"region_code": "42", "period": "2024-03", "age_group": "18-29", "measure": "reduced_work_capacity"}
    assert _cell(delivery, **where, sex="female") == (1984, pytest.approx(0.084), "final")
    assert _cell(delivery, **where, sex="male") == (None, None, "suppressed")
    assert _cell(delivery, **where, sex="both") == (3819, pytest.approx(0.078), "final")
    assert _cell(delivery, region_code="55", sex="male") == (753, pytest.approx(0.053), "final")
    assert _cell(delivery, region_code="03", sex="both") == (0, 0.0, "final")
    assert delivery.rows.filter(pl.col("count") == 3819)["cell"].item() == "Nedsatt 18 - 29 år fylker!Q3"


def test_the_header_may_stand_elsewhere_and_columns_in_another_order(tmp_path: Path) -> None:
    turned = [list(reversed(row)) for row in LEFT]
    sheet = order(turned, heads=list(reversed(ORDER_HEADS)), above=4)
    delivery = parse(workbook(tmp_path / "nedsatt.xlsx", {"Ark1": sheet, "notater": [["hei"]]}))
    assert _cell(delivery, region_code="42", sex="female") == (1984, pytest.approx(0.084), "final")
    assert [(n.reason, n.sheet) for n in delivery.notes] == [("foreign_sheet", "notater")]


def test_what_is_merged_over_rows_is_said_of_each_of_them(tmp_path: Path) -> None:
    """Somebody tidied the sheet: month, level, region and age stand once, in cells merged over the rows."""
    rows = order([person("Agder", "Kvinner", 1984, 8.4), person("Agder", "Menn", 1835, 7.3)])
    file = workbook(tmp_path / "a.xlsx", {"Nedsatt 18 - 29 år fylker": rows})
    book = openpyxl.load_workbook(file)
    for column in "ABCDFI":
        book.active.merge_cells(f"{column}3:{column}4")
    book.save(file)
    assert nav.parse(file).rows.select("region_code", "sex", "period", "count").rows() == [
        ("42", "female", "2024-03", 1984), ("42", "male", "2024-03", 1835),
    ]  # fmt: skip
    book.active.merge_cells("G3:G4")
    book.save(file)
    assert _refused(file) == [("merged_number", "Nedsatt 18 - 29 år fylker", "G4")]


def test_an_empty_share_column_is_no_share(tmp_path: Path) -> None:
    body = order([person("Agder", "Menn", 30, None, age="Alle aldre")])
    delivery = parse(workbook(tmp_path / "b.xlsx", {"Nedsatt 18 - 66 år fylker": body}))
    assert delivery.rows.select("count", "share", "age_group").row(0) == (30, None, "18-66")


@pytest.mark.parametrize(
    ("region", "sex", "month"),
    [
        ("Kristiansand kommune", "K", "03.2031"), ("4204 Kristiansand kommune", "Kvinne", "3/2031"),
        ("kristiansand", "kvinner", "2031 03"), ("Kristiansand (4204)", "Kvinner", "2031.03"),
    ],
)  # fmt: skip
def test_a_place_a_sex_and_a_month_may_be_written_in_more_ways(
    tmp_path: Path, region: str, sex: str, month: str
) -> None:
    heads = ["Nivå", "Region", "Kjønn", "Alder", "Antall", "Prosent av befolkningen", "Måned"]
    rows = [["Agder kommuner", region, sex, "Under 30 år", 812, 9.4, month]]
    file = workbook(tmp_path / "a.xlsx", {"Nedsatt 18 - 29 år": order(rows, heads=heads)})
    assert nav.parse(file).rows.select("region_code", "sex", "period").rows() == [("4204", "female", "2031-03")]


@pytest.mark.long
@pytest.mark.parametrize(
    ("rows", "codes_expected"),
    [
        ([[4, 2024, "Fylker", "Agder", "Menn", "Under 30 år", 30, 8.1, 202403]], ["period_conflict"]),
        ([[3, 2023, "Fylker", "Agder", "Menn", "Under 30 år", 30, 8.1, 202403]], ["period_conflict"]),
        ([[13, 2024, "Fylker", "Agder", "Menn", "Under 30 år", 30, 8.1, 202413]], ["bad_text"]),
        ([person("Atlantis", "Menn", 30, 8.1)], ["unknown_region"]),
        ([person("Agder", "Ukjent", 30, 8.1)], ["bad_text"]),
        ([person("Agder", "Menn", 30, 8.1, level="Planeter")], ["unknown_level"]),
        ([person("Agder", "Menn", 30, 8.1, age="Alle aldre")], ["age_conflict"]),
        ([person("Agder", "Menn", -3, 8.1)], ["negative_count"]),
        ([person("Agder", "Menn", 30, 101)], ["share_above_one"]),
        ([person("Agder", "Menn", "tretti", 8.1)], ["bad_count"]),
        ([person("Agder", "Menn", 30, "8,1"), person("Oslo", "Menn", 31, 8.2)], ["bad_share"]),
        ([person("Agder", "Menn", 30, 8.1), person("Agder", "Menn", 30, 8.1)], ["duplicate_row"]),
    ],
)
def test_each_bad_row_of_an_order_is_named(tmp_path: Path, rows: list[list[object]], codes_expected: list[str]) -> None:
    path = workbook(tmp_path / "a.xlsx", {"Nedsatt 18 - 29 år": order(rows)})
    assert [code for code, _, _ in _refused(path)] == codes_expected


def test_a_missing_column_of_an_order_is_named(tmp_path: Path) -> None:
    heads = [
        "Månednummer",
        None,
        "Nivå",
        "Region",
        "Kjønn",
        "Alder",
        "Merknad",
        "V_Prosent_av_befolkningen",
        "D_År-Måned",
    ]
    path = workbook(tmp_path / "a.xlsx", {"Nedsatt 18 - 29 år": order(LEFT, heads=heads)})
    with pytest.raises(Problems) as caught:
        parse(path)
    [problem] = caught.value.exceptions
    assert (problem.code, problem.expected) == ("missing_column", "heading_count")


def test_rows_that_repeat_for_want_of_a_column_of_sexes_are_one_problem(tmp_path: Path) -> None:
    without = [[cell for place, cell in enumerate(row) if place != 4] for row in LEFT]
    heads = [head for head in ORDER_HEADS if head != "Kjønn"]
    refused = _refused(workbook(tmp_path / "a.xlsx", {"Nedsatt 18 - 29 år fylker": order(without, heads=heads)}))
    assert [code for code, *_ in refused] == ["missing_column"]


def test_percent_and_fraction_are_told_apart_by_what_they_imply(tmp_path: Path) -> None:
    nation = {"level": "Landet", "age": "Under 30 år"}
    fraction = order([person("Landet", "Menn", 25112, 0.058, **nation)])
    tiny = order([person("Landet", "Menn", 2511, 0.58, **nation)])
    assert parse(workbook(tmp_path / "a.xlsx", {"Nedsatt": fraction})).rows["share"].item() == 0.058
    assert parse(workbook(tmp_path / "b.xlsx", {"Nedsatt": tiny})).rows["share"].item() == pytest.approx(0.0058)


def test_a_large_municipality_tells_percent_from_fraction(tmp_path: Path) -> None:
    rows = [
        person("Kristiansand", "Menn", 700, 0.071, level="Agder kommuner"),
        person("Bykle", "Menn", 4, 0.05, level="Agder kommuner"),
    ]
    delivery = parse(workbook(tmp_path / "a.xlsx", {"Nedsatt 18 - 29": order(rows)}))
    assert delivery.rows["share"].to_list() == [0.071, 0.05]


def test_an_undecidable_share_is_refused_unless_the_population_is_known(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx", {"Nedsatt 18 - 29": order([person("Bykle", "Menn", 5, 0.5, level="Agder kommuner")])}
    )
    assert [code for code, _, _ in _refused(path)] == ["share_undecided"]
    assert nav.parse(path, population=lambda *_: 1000).rows["share"].item() == 0.005
    assert nav.parse(path, population=lambda *_: 10).rows["share"].item() == 0.5
    assert [code for code, _, _ in _refused(path, population=lambda *_: 4)] == ["share_undecided"]


@pytest.mark.long
def test_the_real_orders_agree_with_the_published_series() -> None:
    delivery = parse(shared("fixtures/nav/nedsatt_arbeidsevne_2025-11_bestilling.xlsx"))
    figures = pl.read_csv(shared("figures/reduced_work_capacity_nav.csv"), schema_overrides={"region_code": pl.String})
    theirs = figures.filter(pl.col("month") == "2025-11").select(
        "region_code",
        "age_group",
        "sex",
        count=pl.col("persons").cast(pl.Int64),
        percent=pl.col("share_percent").round(1),
    )
    mine = delivery.rows.filter(pl.col("region_code").str.len_chars() < 3)
    key = ["region_code", "age_group", "sex"]
    assert mine.select(*key, "count").sort(key).equals(theirs.select(*key, "count").sort(key))
    joined = mine.join(theirs, on=key)
    assert joined.filter((pl.col("share") * 100 - pl.col("percent")).abs() > 0.0501).is_empty()
    hidden = delivery.rows.filter(pl.col("status") == "suppressed")
    assert hidden.select("region_name", "count", "share").rows() == [("Tokke", None, None)] * 2


@pytest.mark.long
def test_the_real_order_without_shares_is_read() -> None:
    rows = parse(shared("fixtures/nav/nedsatt_arbeidsevne_2025-01_uten_andel.xlsx")).rows
    assert rows["share"].null_count() == len(rows) == 198
    assert set(rows["period"]) == {"2025-01"}


def test_region_names_are_found_within_level_county_and_year() -> None:
    assert level_of("Telemark kommuner") == Level("municipality", "Telemark")
    assert level_of("Planeter") is None
    assert codes("Trøndelag - Trööndelage", Level("county"), "2025") == ["50"]
    assert codes("Troms - Romsa - Tromssa ", Level("county"), "2025") == ["55"]
    assert codes("Kristiansand", Level("municipality", "Agder"), "2025") == ["4204"]
    assert codes("Landet", Level("nation"), "2025") == ["0"]
    assert codes("Kristiansand", Level("municipality", "Rogaland"), "2025") == []


def test_two_regions_of_one_name_are_ambiguous_without_their_county() -> None:
    table = pl.DataFrame(
        {
            "code": ["1111", "2222"],
            "name": ["Våler"] * 2,
            "level": ["municipality"] * 2,
            "county": ["11", "22"],
            "valid_from": ["", "2020"],
            "valid_to": ["", ""],
        }
    )
    assert codes("Våler", Level("municipality"), "2025", table) == ["1111", "2222"]
    assert codes("Våler", Level("municipality"), "2019", table) == ["1111"]
