"""NAV's files in the shapes of 2025 and 2026, and what they must never be taken for (synthetic layout)."""

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from data.ingest.contract import Delivery, Problems
from data.ingest.open_file import open_file
from data.sources import nav, parse
from data.sources.layouts.description import described
from data.sources.layouts.month_words import years_of
from data.sources.layouts.sheet_reader import SheetReader
from tests.data.layouts import found, hl060, order, person, workbook
from tests.shared_files import shared

STATUSES = {
    "Helt ledige": "fully_unemployed",
    "Delvis ledige": "partly_unemployed",
    "Arbeidssøkere på tiltak": "on_measures",
}
MONTHS = ["Januar", "Februar"]


def _refused(path: Path) -> list[tuple[str, str, str]]:
    with pytest.raises(Problems) as caught:
        nav.parse(path)
    return found(caught.value)


def _cell(delivery: Delivery, **where: str) -> tuple[object, ...]:
    rows = delivery.rows.filter(*(pl.col(name) == value for name, value in where.items()))
    return rows.select("count", "share", "status").row(0) if len(rows) == 1 else ("rows", len(rows))


def unemployed(
    level: str | None, place: str = "Nåværende Fylke Nr Navn", rows: tuple[tuple[str, str], ...] = ()
) -> list:
    """A sheet of the monthly order of job seekers: an empty column, then sexes to the left and both to the right."""
    heads = ["År", "År-måned", level, place, "Arbeidsmarkedsstatus hovedgruppe", "Kjønn", "Beh personer i mnd",
             "% av arbeidsstyrken"]  # fmt: skip
    left = [
        [2031, 203105, *each, status, sex, 600 + 10 * number + len(sex), 1.2 + number]
        for each in rows for number, status in enumerate(STATUSES) for sex in ("Kvinner", "Menn")
    ]  # fmt: skip
    right = [[2031, 203105, *each, status, "Begge kjønn", 1300 + number, 1.5 + number] for each in rows
             for number, status in enumerate(STATUSES)]  # fmt: skip
    return [[], [None, *heads, None, *heads], *([None, *one, None, *(right[i] if i < len(right) else [])]
                                                for i, one in enumerate(left))]  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("level", ["Fylker", "Landet", None, "Nivå"])
def test_the_monthly_order_of_job_seekers_is_read_whatever_its_column_of_levels_is_called(
    tmp_path: Path, level: str | None
) -> None:
    sheets = {
        "Fylker": unemployed(level, rows=(("Fylker", "03 Oslo"), ("Fylker", "42 Agder"))),
        "Landet": unemployed(level, rows=(("Landet", "Landet"),)),
        "Agder": unemployed(level, "Nåværende Kommune Nr Navn", (("Agder kommuner", "4204 Kristiansand"),)),
    }
    delivery = parse(workbook(tmp_path / "a.xlsx", sheets), "nav")
    assert set(delivery.rows["measure"]) == set(STATUSES.values())
    assert set(delivery.rows["region_code"]) == {"0", "03", "42", "4204"}
    where = {"period": "2031-05", "region_code": "42", "age_group": "all"}
    assert _cell(delivery, **where, measure="partly_unemployed", sex="male") == (614, pytest.approx(0.022), "final")
    assert _cell(delivery, **where, measure="on_measures", sex="both") == (1302, pytest.approx(0.035), "final")
    assert len(delivery.rows) == 4 * 3 * 3


def test_a_number_with_the_name_of_another_region_is_refused(tmp_path: Path) -> None:
    sheet = unemployed("Fylker", rows=(("Fylker", "03 Agder"),))
    assert {code for code, *_ in _refused(workbook(tmp_path / "a.xlsx", {"Fylker": sheet}))} == {"unknown_region"}


def test_a_status_nobody_has_catalogued_is_named_with_its_cell(tmp_path: Path) -> None:
    sheet = unemployed("Fylker", rows=(("Fylker", "03 Oslo"),))
    sheet[2][5] = "Permitterte"
    refused = _refused(workbook(tmp_path / "a.xlsx", {"Fylker": sheet}))
    assert ("other_subject", "Fylker", "E3") in refused


def recipients(unit: str, line: str, body: list[list[object]], title: str) -> list[list[object]]:
    return [[None, f"{title} {unit}"], [None, "Kilde: Nav"], [None, line], [None, None, *MONTHS], *body]


@pytest.mark.parametrize("heads", [("2031 01", "2031 02"), ("01.2031", "02.2031"), ("2031M01", "2031M02")])
def test_months_may_stand_over_the_columns_as_numbers(tmp_path: Path, heads: tuple[str, str]) -> None:
    title = "AAP155 Mottakere av arbeidsavklaringspenger. Kommune. Antall"
    body = [[None, "4204 Kristiansand", 3200, 203102], [None, "4203 Arendal", 203101, "*"]]  # as large as a month reads
    sheet = [[None, title], [None, "Kilde: Nav"], [None, None, *heads], *body]
    rows = parse(workbook(tmp_path / "a.xlsx", {"Antall": sheet})).rows
    assert rows.select("region_code", "period", "count").rows() == [
        ("4204", "2031-01", 3200), ("4204", "2031-02", 203102), ("4203", "2031-01", 203101), ("4203", "2031-02", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "measure", "line"),
    [
        ("AAP155 Mottakere av arbeidsavklaringspenger. Kommune. Tidsserie måned.", "aap_recipients",
         "Periode: 2031 01 - 2031 02"),
        ("PST302 Mottakere av uføretrygd. Kommune og bydel.", "disability_benefit", "2031 : "),
    ],
)  # fmt: skip
def test_recipients_are_read_in_the_shape_of_2026(tmp_path: Path, title: str, measure: str, line: str) -> None:
    counts = [[None, "I alt 11 Rogaland", 900, 901], [None, "1103 Stavanger", 436, "*"], [None, "110301 Hundvåg", 5, 6],
              [None, "42 Agder"], [None, None, *MONTHS], [None, "4204 Kristiansand", 3200, 3210],
              [None, "Ukjent", 15, 16]]  # fmt: skip
    shares = [[None, "1103 Stavanger", 4.6, "*"], [None, None, *MONTHS], [None, "4204 Kristiansand", 4.4, 4.5]]
    sheets = {
        "0. Om tabellene": [[None, title]],
        "1. Kommune. Antall": recipients("Antall", line, counts, title),
        "2. Kommune. Andel": recipients("Andel av befolkningen 18-67 år", line, shares, title),
    }
    delivery = parse(workbook(tmp_path / "a.xlsx", sheets), "nav")
    where = {"measure": measure, "age_group": "all"}
    assert _cell(delivery, **where, region_code="4204", period="2031-02") == (3210, pytest.approx(0.045), "final")
    assert _cell(delivery, **where, region_code="1103", period="2031-02") == (None, None, "suppressed")
    assert len(delivery.rows) == 4
    assert {(n.reason, n.what) for n in delivery.notes if n.reason != "foreign_sheet"} == {
        ("total", "I alt 11 Rogaland"), ("unknown_region", "110301 Hundvåg"), ("unknown_region", "Ukjent"),
    }  # fmt: skip


def test_the_ages_of_a_title_are_those_it_counts_not_those_it_is_a_share_of(tmp_path: Path) -> None:
    title = "Mottakere av arbeidsavklaringspenger under 30 år. Kommune."
    sheets = {"Antall": recipients("Antall", "2031", [[None, "4204 Kristiansand", 320, 321]], title)}
    assert set(parse(workbook(tmp_path / "a.xlsx", sheets)).rows["age_group"]) == {"18-29"}


def test_the_period_of_a_file_is_read_in_its_newer_forms() -> None:
    sheets = described("nav")
    assert years_of(sheets, "Periode: 2025 11 - 2026 01") == {11: "2025", 12: "2025", 1: "2026"}
    assert years_of(sheets, "2026 : ")[8] == "2026"
    assert years_of(sheets, "Periode: 2026 01 - 2027 08") == {}
    assert years_of(sheets, "Periode: 2026 13 - 2026 14") == {}


def test_a_back_series_in_the_counties_of_today_is_read_as_they_are_today(tmp_path: Path) -> None:
    """Agder is younger than its figures: then Troms, which has a number of then and one of today, is of today too."""
    rows = [[1, 2011, "Fylker", name, "Begge kjønn", "Under 30 år", 3000, 7.1, 201101] for name in ("Agder", "Troms")]
    delivery = parse(workbook(tmp_path / "a.xlsx", {"Nedsatt 18 - 29 år": order(rows)}))
    assert delivery.rows["region_code"].to_list() == ["42", "55"]
    then = parse(workbook(tmp_path / "b.xlsx", {"Nedsatt 18 - 29 år": order(rows[1:])}))
    assert then.rows["region_code"].to_list() == ["19"]


@pytest.mark.parametrize(
    ("level", "place", "code"), [("Akershus kommuner", "Bærum", "3201"), ("Agders kommuner", "Bykle", "4222")]
)
def test_a_county_whose_name_ends_with_s_is_not_in_the_genitive(
    tmp_path: Path, level: str, place: str, code: str
) -> None:
    rows = order([[1, 2025, level, place, "Menn", "Under 30 år", 300, 7.1, 202501]])
    assert parse(workbook(tmp_path / "a.xlsx", {"Nedsatt": rows})).rows["region_code"].to_list() == [code]


@pytest.mark.long
def test_a_slip_in_a_back_series_is_the_only_problem_told(tmp_path: Path) -> None:
    rows = [[1, 2011, "Fylker", name, "Begge kjønn", "Under 30 år", 3000, 7.1, 201101] for name in ("Agder", "Trøms")]
    refused = _refused(workbook(tmp_path / "a.xlsx", {"Nedsatt 18 - 29 år": order(rows)}))
    assert refused == [("unknown_region", "Nedsatt 18 - 29 år", "D4")]


@pytest.mark.parametrize(
    "sheet",
    ["Sosialhjelp under 30", "Sykmeldte", "Sykmeldte, nedsatt arbeidsevne", "Nedsatt arbeidsevne på tiltak",
     "Gjeldsrådgivning 18 - 29 år"],
)  # fmt: skip
def test_a_sheet_that_names_another_subject_is_refused_by_name(tmp_path: Path, sheet: str) -> None:
    path = workbook(tmp_path / "nedsatt.xlsx", {sheet: order([person("Agder", "Menn", 30, 8.1)])})
    with pytest.raises(Problems) as caught:
        parse(path)
    [problem] = caught.value.exceptions
    assert (problem.code, problem.found) == ("other_subject", sheet)
    for lang, words in (("nb", "nedsatt arbeidsevne"), ("en", "reduced work capacity")):
        assert words in problem.line(lang)


@pytest.mark.long
def test_a_subject_is_never_guessed(tmp_path: Path) -> None:
    rows = order([person("Agder", "Menn", 30, 8.1)])
    assert [code for code, *_ in _refused(workbook(tmp_path / "a.xlsx", {"Ark1": rows}))] == ["no_subject"]
    beside = workbook(
        tmp_path / "b.xlsx", {"Nedsatt 18 - 29 år": rows, "Fylker 2024": order([person("Oslo", "Menn", 30, 8)])}
    )
    assert set(parse(beside).rows["measure"]) == {"reduced_work_capacity"}
    both = {"Helt ledige": rows, "Nedsatt": rows, "Fylker": order([person("Oslo", "Menn", 30, 8.1)])}
    assert [code for code, *_ in _refused(workbook(tmp_path / "c.xlsx", both))] == ["no_subject"]


def test_a_new_layout_is_a_description_and_no_code(tmp_path: Path) -> None:
    sheets = described("nav")
    order_layout = next(layout for layout in sheets.layouts if layout.name == "nav_order")
    headings = {"region": "^sted", "level": "^trinn", "count": "^mottakere$", "year_month": "^termin", "sex": "^kj"}
    mine = replace(order_layout, name="mine", headings=headings, contents={})
    rows = [["Trinn", "Sted", "Kj.", "Mottakere", "Termin"], ["Fylker", "Agder", "Menn", 44, 203104]]
    book = open_file(workbook(tmp_path / "a.xlsx", {"Mottakere av AAP": rows}))
    reader = SheetReader(sheets, mine)
    assert reader.recognises(book)
    [record] = reader.read(book).table.select("measure", "region_code", "period", "count").rows()
    assert record == ("aap_recipients", "42", "2031-04", "44")


@pytest.mark.long
def test_the_real_orders_of_job_seekers_and_the_back_series_are_read() -> None:
    seekers = nav.parse(shared("fixtures/cases/nav_order_unemployment_2025-05.xlsx"))
    where = {"region_code": "0", "period": "2025-05", "sex": "both", "measure": "fully_unemployed"}
    assert _cell(seekers, **where) == (59566, pytest.approx(0.02), "final")
    series = nav.parse(shared("fixtures/cases/nav_order_reduced_back_series_first_rows.xlsx")).rows
    figures = pl.read_csv(shared("figures/reduced_work_capacity_nav.csv"), schema_overrides={"region_code": pl.String})
    key = ["region_code", "age_group", "sex", "period"]
    mine = series.filter(pl.col("region_code").str.len_chars() < 3)
    theirs = mine.join(figures.rename({"month": "period"}), on=key, how="left")
    assert theirs["persons"].cast(pl.Int64).equals(mine["count"].rename("persons"))


def test_a_workbook_of_one_month_has_a_line_with_that_month_alone(tmp_path: Path) -> None:
    block = (["Januar"], [["4204 Kristiansand", 40]])
    file = workbook(tmp_path / "a.xlsx", {"Tall": hl060("Antall", {"Agder": block}, line="Januar 2022")})
    assert _cell(nav.parse(file), region_code="4204", period="2022-01") == (40, None, "final")


@pytest.mark.long
@pytest.mark.parametrize("sum_row", [[None, None, "Sum"], [3, 2024, "I alt"]])
def test_a_sum_is_left_out_by_name_wherever_its_name_stands(tmp_path: Path, sum_row: list[object]) -> None:
    rows = [person("Agder", "Menn", 777, 5.1), [*sum_row, *[None] * (6 - len(sum_row)), 777]]
    delivery = nav.parse(workbook(tmp_path / "a.xlsx", {"Nedsatt 18 - 29 år fylker": order(rows)}))
    assert _cell(delivery, region_code="42") == (777, 0.051, "final")
    assert [(note.reason, note.what) for note in delivery.notes] == [("total", str(sum_row[2]))]


@pytest.mark.long
def test_figures_beside_no_region_stay_refused_where_their_sex_is_called_total(tmp_path: Path) -> None:
    rows = [person("Agder", "Menn", 777, 5.1), [3, 2024, "Fylker", None, "Totalt", "Under 30 år", 1577, 5.2, 202403]]
    file = workbook(tmp_path / "a.xlsx", {"Nedsatt 18 - 29 år fylker": order(rows)})
    assert [code for code, *_ in _refused(file)] == ["region_empty"]
