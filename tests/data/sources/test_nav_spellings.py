"""NAV's figures as others write them down: saved as text, with signs, spaces, dates (synthetic layout)."""

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from data.ingest.contract import Delivery, Problem, Problems
from data.sources import nav, parse
from tests.data.layouts import ORDER_HEADS, found, hl060, order, workbook

TITLE = "Nedsatt 18 - 29 år fylker"
PLACES = {"Agder": ("42", 1000), "Rogaland": ("11", 2000)}
SEXES = {"Kvinner": ("female", 300, "6.1"), "Menn": ("male", 288, "5.6")}
HEADS = ["År-måned", "Nivå", "Fylke", "Kjønn", "Alder", "Antall", "Prosent"]
Cell = Callable[[str], object]
AS_IT_IS: Cell = float


def rows(count: Cell = int, share: Cell = AS_IT_IS, month: object = 202511) -> list[list[object]]:
    return [
        [month, "Fylker", place, sex, "18-29 år", count(str(base + persons)), share(percent)]
        for place, (_, base) in PLACES.items()
        for sex, (_, persons, percent) in SEXES.items()
    ]


EXPECTED = [
    (code, sex, base + persons, pytest.approx(float(percent) / 100))
    for code, base in PLACES.values()
    for sex, persons, percent in SEXES.values()
]


def figures(delivery: Delivery) -> list[tuple[object, ...]]:
    assert set(delivery.rows["period"]) == {"2025-11"}
    assert set(delivery.rows["measure"]) == {"reduced_work_capacity"}
    assert set(delivery.rows["age_group"]) == {"18-29"}
    return delivery.rows.select("region_code", "sex", "count", "share").rows()


def book(path: Path, table: Sequence[Sequence[object]], name: str = TITLE, **others: list[list[object]]) -> Path:
    return workbook(path / "a.xlsx", {name: table, **others})


def refused(path: Path) -> list[tuple[str, str, str]]:
    with pytest.raises(Problems) as caught:
        nav.parse(path)
    return found(caught.value)


def comma(text: str) -> str:
    return text.replace(".", ",")


def text_file(path: Path, table: Sequence[Sequence[object]], delimiter: str = ";", encoding: str = "cp1252") -> Path:
    lines = [delimiter.join("" if cell is None else str(cell) for cell in row) for row in table]
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


@pytest.mark.parametrize(
    ("name", "above", "delimiter", "share", "encoding"),
    [
        ("Nedsatt arbeidsevne 18-29 år.csv", [], ";", comma, "cp1252"),
        ("a.csv", [["Nedsatt arbeidsevne, 18-29 år, fylker", *[""] * 6], [""] * 7], ";", comma, "utf-8-sig"),
        ("nedsatt.csv", [], ",", str, "utf-8"),
        ("nedsatt.txt", [], "\t", lambda text: f"{comma(text)} %", "utf-16"),
    ],
)
def test_an_order_saved_as_text_is_read_by_the_description_of_the_workbook(
    tmp_path: Path, name: str, above: list[list[str]], delimiter: str, share: Cell, encoding: str
) -> None:
    path = text_file(tmp_path / name, [*above, HEADS, *rows(share=share)], delimiter, encoding)
    delivery = parse(path)
    assert delivery.layout == "nav_order"
    assert figures(delivery) == EXPECTED


def test_an_order_saved_as_text_that_does_not_say_what_is_counted_is_refused(tmp_path: Path) -> None:
    assert refused(text_file(tmp_path / "a.csv", [HEADS, *rows(share=comma)])) == [("no_subject", "", "A1")]
    other = text_file(tmp_path / "nedsatt.csv", [["Sykmeldte", *[""] * 6], HEADS, *rows(share=comma)])
    assert refused(other) == [("other_subject", "", "A2")]


def test_a_sheet_of_the_monthly_workbook_saved_as_text_is_read(tmp_path: Path) -> None:
    months = (["Januar", "Februar", "Mars"], [["4204 Kristiansand", "1,8", "1,9", "2,2"]])
    table = [[*row, *[""] * (5 - len(row))] for row in hl060("Prosent av arbeidsstyrken", {"Agder": months})]
    delivery = parse(text_file(tmp_path / "a.csv", table))
    assert delivery.rows.select("region_code", "period", "share").rows()[2] == ("4204", "2019-03", pytest.approx(0.022))


@pytest.mark.long
@pytest.mark.parametrize(
    "share", [comma, lambda text: f"{text} %", lambda text: f"{comma(text)}%", lambda text: float(text) / 100]
)
def test_a_share_is_read_however_its_number_is_written(tmp_path: Path, share: Cell) -> None:
    assert figures(nav.parse(book(tmp_path, [HEADS, *rows(share=share)]))) == EXPECTED


def test_a_per_cent_sign_in_some_cells_alone_or_on_a_count_is_refused(tmp_path: Path) -> None:
    mixed = rows()
    mixed[0][6] = "6.1 %"
    assert refused(book(tmp_path, [HEADS, *mixed])) == [("share_undecided", TITLE, "G2")]
    wrong = rows(count=lambda text: f"{text} %" if text == "1300" else int(text))
    assert refused(book(tmp_path, [HEADS, *wrong])) == [("percent_sign", TITLE, "F2")]


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f"])
def test_spaces_between_thousands_are_none(tmp_path: Path, space: str) -> None:
    table = [HEADS, *rows(count=lambda text: f"{int(text):,}".replace(",", space))]
    assert figures(nav.parse(book(tmp_path, table))) == EXPECTED


@pytest.mark.parametrize("separator", [".", ","])
def test_thousands_divided_by_a_decimal_sign_are_refused(tmp_path: Path, separator: str) -> None:
    table = [HEADS, *rows(count=lambda text: f"{text[0]}{separator}000")]
    assert {code for code, *_ in refused(book(tmp_path, table))} == {"bad_count"}


@pytest.mark.long
@pytest.mark.parametrize("few", ["<4", "< 4", "Under 4", "færre enn 4", ":", "*"])
def test_a_count_said_to_be_few_is_hidden_with_its_share(tmp_path: Path, few: str) -> None:
    table = rows()
    table[1][5] = few
    hidden = nav.parse(book(tmp_path, [HEADS, *table])).rows
    assert hidden.select("count", "share", "status").rows()[1] == (None, None, "suppressed")
    assert hidden["count"].to_list()[2:] == [2300, 2288]


@pytest.mark.long
@pytest.mark.parametrize(
    "month",
    [dt.date(2025, 11, 1), dt.date(2025, 11, 30), "November 2025", "nov. 2025", "nov.25", "2025-11", "30.11.2025"],
)  # fmt: skip
def test_a_month_may_be_a_date_or_words(tmp_path: Path, month: object) -> None:
    assert figures(nav.parse(book(tmp_path, [HEADS, *rows(month=month)]))) == EXPECTED
    heads = ["Måned", *HEADS[1:]]
    assert figures(nav.parse(book(tmp_path, [heads, *rows(month=month)]))) == EXPECTED


def test_a_day_within_a_month_is_no_month(tmp_path: Path) -> None:
    problems = refused(book(tmp_path, [HEADS, *rows(month=dt.date(2025, 11, 15))]))
    assert {code for code, *_ in problems} == {"bad_text"}


def test_the_heading_over_the_regions_says_their_level_where_no_column_does(tmp_path: Path) -> None:
    without = [[cell for place, cell in enumerate(row) if place != 1] for row in (HEADS, *rows())]
    assert figures(nav.parse(book(tmp_path, without))) == EXPECTED


@pytest.mark.parametrize("number", ["4204", 4204])
def test_number_and_name_of_a_region_may_stand_apart(tmp_path: Path, number: object) -> None:
    heads = ["År-måned", "Kommunenr", "Kommune", "Kjønn", "Alder", "Antall"]
    table = [heads, [202511, number, "Kristiansand", "Menn", "18-29 år", 300]]
    assert nav.parse(book(tmp_path, table)).rows["region_code"].item() == "4204"
    table[1][2] = "Arendal"
    assert {code for code, *_ in refused(book(tmp_path, table))} >= {"region_misnamed"}


def test_tables_below_each_other_under_the_same_headings_are_one(tmp_path: Path) -> None:
    later = [[cell if cell != "Agder" else "Oslo" for cell in row] for row in rows()[:2]]
    delivery = nav.parse(book(tmp_path, [HEADS, *rows(), [], HEADS, *later]))
    assert delivery.rows["region_code"].to_list() == ["42", "42", "11", "11", "03", "03"]
    assert delivery.notes == ()


def test_figures_beside_no_region_are_never_passed_over(tmp_path: Path) -> None:
    merged = rows()
    merged[1][2] = None
    assert refused(book(tmp_path, [HEADS, *merged])) == [("region_empty", TITLE, "C3")]


def test_changes_and_residents_are_no_counts(tmp_path: Path) -> None:
    heads = [*HEADS[:5], "Personer i befolkningen", "Endring i prosent", *HEADS[5:]]
    table = [[*row[:5], 50000, 2.1, *row[5:]] for row in rows()]
    delivery = nav.parse(book(tmp_path, [heads, *table]))
    assert figures(delivery) == EXPECTED
    assert [note.what for note in delivery.notes] == ["Personer i befolkningen", "Endring i prosent"]


def test_a_month_of_a_year_in_a_title_is_no_age_group(tmp_path: Path) -> None:
    blank = [[*row[:4], None, *row[5:]] for row in rows()]
    assert {code for code, *_ in refused(book(tmp_path, [HEADS, *blank], "Nedsatt 25-11"))} == {"age_conflict"}


def test_nynorsk_is_read(tmp_path: Path) -> None:
    heads = ["År-månad", "Nivå", "Fylke", "Kjønn", "Alder", "Tal på personar", "Del av folketalet i prosent"]
    assert figures(nav.parse(book(tmp_path, [heads, *rows()], "Nedsett arbeidsevne"))) == EXPECTED


def test_a_hidden_sheet_is_named_and_left_out(tmp_path: Path) -> None:
    import openpyxl

    path = book(tmp_path, [HEADS, *rows()], gammelt=[HEADS, *rows(count=lambda text: int(text) + 5)])
    opened = openpyxl.load_workbook(path)
    opened["gammelt"].sheet_state = "veryHidden"
    opened.save(path)
    delivery = nav.parse(path)
    assert figures(delivery) == EXPECTED
    assert [(note.reason, note.sheet) for note in delivery.notes] == [("hidden_sheet", "gammelt")]


@pytest.mark.parametrize(
    ("heads", "line"),
    [
        (["jan 2019", "feb 2019", "mar 2019"], "2019"),
        (["jan.19", "feb.19", "mar.19"], "tall fra NAV"),
        ([dt.date(2019, month, 1) for month in (1, 2, 3)], "tall fra NAV"),
    ],
)
def test_headings_of_months_may_have_their_year(tmp_path: Path, heads: list[object], line: str) -> None:
    sheet = hl060("Antall", {"Agder": (heads, [["4204 Kristiansand", 40, 41, 42]])}, line=line)  # type: ignore[dict-item]
    delivery = nav.parse(workbook(tmp_path / "a.xlsx", {"Tall": sheet}))
    assert delivery.rows.select("period", "count").rows() == [("2019-01", 40), ("2019-02", 41), ("2019-03", 42)]


def test_a_heading_of_another_year_than_the_title_is_refused(tmp_path: Path) -> None:
    sheet = hl060("Antall", {"Agder": (["Januar 2020"], [["4204 Kristiansand", 40]])})
    assert refused(workbook(tmp_path / "a.xlsx", {"Tall": sheet})) == [("month_outside_period", "Tall", "C7")]


def test_a_number_beside_another_regions_name_is_refused(tmp_path: Path) -> None:
    sheet = hl060("Antall", {"Agder": (["Januar"], [["4203 Kristiansand", 40]])})
    path = workbook(tmp_path / "a.xlsx", {"Tall": sheet})
    assert refused(path) == [("region_misnamed", "Tall", "C8")]
    with pytest.raises(Problems) as caught:
        nav.parse(path)
    (problem,) = caught.value.exceptions
    assert isinstance(problem, Problem)
    assert (problem.expected, problem.found) == ("4203", "Kristiansand")


def test_a_slip_in_a_count_is_placed_on_the_sheet_of_the_counts(tmp_path: Path) -> None:
    months = ["Januar", "Februar"]
    sheets = {
        "Tall": hl060("Antall", {"Agder": (months, [["4204 Kristiansand", 40, "feil"]])}),
        "Andeler": hl060("Prosent av arbeidsstyrken", {"Agder": (months, [["4204 Kristiansand", "feil", 1.2]])}),
    }
    assert refused(workbook(tmp_path / "a.xlsx", sheets)) == [
        ("bad_count", "Tall", "D8"),
        ("bad_share", "Andeler", "C8"),
    ]


def test_an_order_of_before_is_read_as_before(tmp_path: Path) -> None:
    old = [[11, 2025, "Fylker", place, sex, "Under 30 år", base + persons, float(percent), 202511]
           for place, (_, base) in PLACES.items() for sex, (_, persons, percent) in SEXES.items()]  # fmt: skip
    assert figures(nav.parse(book(tmp_path, order(old, heads=ORDER_HEADS)))) == EXPECTED
