"""SSB's tables as people save them again: each number in the database is the one in the file (synthetic layout)."""

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import pytest

from data.deliveries.contents import contents
from data.sources.ssb.vocabulary import period_of, region_of
from data.warehouse import build
from tests.data.layouts import workbook
from tests.data.raw_ground import sidecar
from tests.data.sources.test_ssb_arrangements import HEADS, body, expected, refused, saved
from tests.data.ssb_dresses import DRESSES, STATUSES, TITLE, YEARS, Row, both_years, labels, number, rows

Table = Sequence[Sequence[object]]
SEXES = {"0": "Begge kjønn", "2": "Kvinner"}
WHOLE = [row for row in rows() if row[2] == "0"]


def text(table: Table) -> Callable[[Path], Path]:
    return lambda folder: saved(folder, table)


def book(table: Table) -> Callable[[Path], Path]:
    return lambda folder: workbook(folder / "13556.xlsx", {"13556": table})


def over(*heads: Sequence[object], stubs: int = 4) -> list[list[object]]:
    return [[TITLE], *([*[None] * stubs, *each] for each in heads)]


def long(year: Callable[[str], object]) -> Table:
    heads = [*HEADS[:4], "statistikkvariabel", "år", "value"]
    return [heads] + [
        [*labels(row), "Bosatte", year(each), number(row[0], row[2], row[3], each)] for row in rows() for each in YEARS
    ]


def named(region: Callable[[str, str], object]) -> Table:
    return [[TITLE], [], HEADS] + [
        [region(labels(row)[0][2:6], labels(row)[0][7:]), *labels(row)[1:], *both_years(row)] for row in rows()
    ]


def written(value: Callable[[int], str]) -> Table:
    return [[TITLE], [], HEADS, *([*labels(row), *map(value, both_years(row))] for row in rows())]


def without_sex(row: Row) -> list[object]:
    return [labels(row)[0], labels(row)[1], labels(row)[3]]


def by_sex(row: Row, years_first: bool) -> list[int]:
    pairs = [(sex, year) for year in YEARS for sex in SEXES] if years_first else [(s, y) for s in SEXES for y in YEARS]
    return [number(row[0], sex, row[3], year) for sex, year in pairs]


STUBS = [*HEADS[:2], HEADS[3]]
SIXES = [[*without_sex(row), *by_sex(row, years_first=False)] for row in WHOLE]
FIRST_YEARS = [[*without_sex(row), *by_sex(row, years_first=True)] for row in WHOLE]
A_YEAR = [[*without_sex(row), y, *(number(row[0], s, row[3], y) for s in SEXES)] for row in WHOLE for y in YEARS]
APART = [[labels(row)[0][2:6], labels(row)[0][7:], *labels(row)[1:], *both_years(row)] for row in rows()]
DAYS = [f"Bosatte {year}-01-01" for year in YEARS]
BY_HAND: dict[str, Callable[[Path], Path]] = {
    "years_as_numbers": book([*over(["Bosatte", None], [2030, 2031]), *body()]),
    "years_as_fractions": book([*over(["Bosatte", None], ["2030.0", "2031.0"]), *body()]),
    "years_as_days": book([*over(["Bosatte", None], [dt.date(2030, 1, 1), dt.date(2031, 1, 1)]), *body()]),
    "years_as_days_in_a_column": book(long(lambda year: dt.date(int(year), 1, 1))),
    "years_as_days_in_a_text": text(long(lambda year: f"{year}-01-01")),
    "years_as_norwegian_days": text(long(lambda year: f"01.01.{year}")),
    "years_as_fractions_in_a_text": text(long(lambda year: f"{year}.0")),
    "years_as_days_in_joined_headings": text([[TITLE], [], [*HEADS[:4], *DAYS], *body()]),
    "years_above_the_contents": book([*over([*YEARS], ["Bosatte", "Bosatte"]), *body()]),
    "names_of_columns_over_the_years": book([[TITLE], [*HEADS[:4], "Bosatte"], [*[None] * 4, *YEARS], *body()]),
    "sexes_over_the_years": book([*over(["Bosatte"], ["Begge kjønn", None, "Kvinner"], [*YEARS] * 2, stubs=3), *SIXES]),
    "years_over_the_sexes": book([*over(["2030", None, "2031"], [*SEXES.values()] * 2, stubs=3), *FIRST_YEARS]),
    "sexes_beside_the_years": text([[TITLE], [], [*STUBS, "år", *SEXES.values()], *A_YEAR]),
    "sexes_in_joined_headings": text(
        [[TITLE], [], [*STUBS, *(f"Bosatte {sex} {year}" for sex in SEXES.values() for year in YEARS)], *SIXES]
    ),
    "sexes_and_years_alone": text(
        [[TITLE], [], [*STUBS, *(f"{sex} {year}" for sex in SEXES.values() for year in YEARS)], *SIXES]
    ),
    "regions_with_a_letter": text(named(lambda code, _: f"K-{code}")),
    "regions_as_text": text(named(lambda code, name: f"{code} {name}")),
    "regions_with_a_dash": text(named(lambda code, name: f"{code} - {name}")),
    "regions_with_a_dash_alone": text(named(lambda code, name: f"{code}-{name}")),
    "regions_with_their_number_after": text(named(lambda code, name: f"{name} ({code})")),
    "regions_as_numbers": book(named(lambda code, _: int(code))),
    "numbers_and_names_of_regions_apart": text([[TITLE], [], ["kommunenummer", *HEADS], *APART]),
    "thousands_with_spaces": text(written(lambda value: f"{value:,}".replace(",", " "))),
    "thousands_with_narrow_spaces": text(written(lambda value: f"{value:,}".replace(",", "\u202f"))),
    "thousands_and_noughts_after_a_comma": text(written(lambda value: f"{value:,}".replace(",", " ") + ",0")),
    "noughts_after_a_point": text(written(lambda value: f"{value}.0")),
}  # fmt: skip


@pytest.mark.long
def test_each_number_in_the_database_is_the_one_in_the_file(tmp_path: Path) -> None:
    """Every table of these is delivered, all are built at once, and each edition is held against the plain file."""
    dresses = DRESSES | BY_HAND
    for name, dress in dresses.items():
        made, folder = tmp_path / "made" / name, tmp_path / "raw" / "ssb" / name
        made.mkdir(parents=True)
        folder.mkdir(parents=True)
        file = dress(made)
        sidecar(file.rename(folder / file.name), adapter="ssb", edition=name)
    report = build.build(tmp_path / "raw", tmp_path / "var")
    question = "SELECT edition, region_code, sex, age_group, period, count, population FROM observation"
    with duckdb.connect(str(tmp_path / "var" / report.build.file), read_only=True) as connection:
        found = connection.execute(question).fetchall()
    assert len(dresses) > 40
    for name in dresses:
        assert {row[1:] for row in found if row[0] == name} == expected(), name


@pytest.mark.parametrize(
    ("text", "period"),
    [
        *(("2024", "2024"), ("2024.0", "2024"), ("202401", "2024-01"), ("2024M01", "2024-01")),
        ("jan. 2024", "2024-01"),
        *(("januar 2024", "2024-01"), ("2024 mai", "2024-05"), ("Oktober 2024*", "2024-10"), ("des 2024", "2024-12")),
        *(("2024K3", "2024-Q3"), ("2020-21", "2020-21"), ("2024-02-01T00:00:00", "2024-02-01")),
        ("01.02.2024", "2024-02-01"),
        *(("202413", ""), ("2024.5", ""), ("Mari 204", ""), ("15-29 år", ""), ("4204", "4204")),
    ],
)  # fmt: skip
def test_a_period_is_read_however_it_is_written(text: str, period: str) -> None:
    assert period_of(text) == period


@pytest.mark.parametrize(
    ("label", "region"),
    [
        ("4204-Kristiansand", ("4204", "Kristiansand")),
        ("Oslo (0301)", ("0301", "Oslo")),
        ("Viken (2020-2023)", ("", "")),
        ("15-29 år", ("", "")),
        ("Kristiansand", ("", "")),
    ],
)
def test_the_number_of_a_region_is_read_before_or_after_its_name(label: str, region: tuple[str, str]) -> None:
    assert region_of(label) == region


def test_days_of_several_months_are_months_and_none_of_an_annual_table(tmp_path: Path) -> None:
    table = long(lambda year: dt.date(int(year), int(year) - 2029, 1))
    assert {code for code, *_ in refused(book(table)(tmp_path))} == {"absurd_period"}


def test_a_month_in_a_heading_is_not_taken_for_a_year(tmp_path: Path) -> None:
    heads = [*HEADS[:4], "Bosatte 203001", "Bosatte 203002"]
    assert {code for code, *_ in refused(saved(tmp_path, [[TITLE], [], heads, *body()]))} == {"absurd_period"}


@pytest.mark.parametrize(
    ("sign", "status", "count"),
    [
        (".", "missing", None),
        ("..", "missing", None),
        (":", "suppressed", None),
        ("", "missing", None),
        ("-", "final", 0),
    ],
)
def test_a_sign_keeps_its_meaning_and_is_never_a_number(
    tmp_path: Path, sign: str, status: str, count: int | None
) -> None:
    table = [[*row] for row in body()]
    place = next(row for row in table if row[3] == STATUSES["NEET"] and row[2] == "Kvinner")
    place[4] = sign
    found = contents(saved(tmp_path, [[TITLE], [], HEADS, *table]), "ssb").rows.filter(region_code="4204", sex="female")
    assert found.filter(period="2030").select("status", "count").rows() == [(status, count)]
