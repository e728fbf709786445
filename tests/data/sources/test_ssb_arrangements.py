"""SSB's tables as others arrange them: gaps, several tables, spaces, joined codes (synthetic layout)."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from data.deliveries.contents import Contents, contents
from data.ingest.contract import Problems
from tests.data import ssb_dresses
from tests.data.layouts import found, workbook
from tests.data.ssb_dresses import REGIONS, STATUSES, TITLE, YEARS, both_years, delimited, labels, number, rows

HEADS = ["region", "alder", "kjønn", "arbeidsstyrkestatus", *(f"Bosatte {year}" for year in YEARS)]
Table = Sequence[Sequence[object]]


def body(write: type = int) -> list[list[object]]:
    return [[*labels(row), *map(write, both_years(row))] for row in rows()]


def spaced(value: int) -> str:
    return f"{value:,}".replace(",", "\u00a0")


def saved(folder: Path, table: Table, name: str = "a.csv") -> Path:
    return delimited(folder / name, table, ";")


def read(file: Path) -> Contents:
    return contents(file, "ssb")


def figures(file: Path) -> set[tuple[object, ...]]:
    return set(read(file).rows.select("region_code", "sex", "age_group", "period", "count", "population").rows())


def expected(sexes: Sequence[str] = ("0", "2")) -> set[tuple[object, ...]]:
    named = {"0": "both", "1": "male", "2": "female"}
    return {
        (region[2:], named[sex], "15-29", year, number(region, sex, "NEET", year), number(region, sex, "TOT3", year))
        for region in REGIONS for sex in sexes for year in YEARS
    }  # fmt: skip


def refused(file: Path) -> list[tuple[str, str, str]]:
    with pytest.raises(Problems) as caught:
        read(file)
    return found(caught.value)


def test_a_blank_row_within_a_table_does_not_end_it(tmp_path: Path) -> None:
    table = [[TITLE], [], HEADS, *body()[:5], [], [], *body()[5:], [], ["Kilde: SSB"]]
    assert figures(saved(tmp_path, table)) == expected()


def test_rows_below_the_notes_are_refused_not_passed_over(tmp_path: Path) -> None:
    table = [[TITLE], [], HEADS, *body()[:5], ["Merknad"], *body()[5:]]
    assert refused(saved(tmp_path, table)) == [("figures_below", "", "E10")]


def test_tables_under_titles_of_their_own_on_one_sheet_are_all_read(tmp_path: Path) -> None:
    first = [[TITLE], [None] * 4 + ["Bosatte"], [None] * 4 + [YEARS[0]], *(row[:5] for row in body())]
    second = [[TITLE], [None] * 4 + ["Bosatte"], [None] * 4 + [YEARS[1]], *([*row[:4], row[5]] for row in body())]
    book = workbook(tmp_path / "a.xlsx", {"Ark1": [*first, [], ["Kilde: SSB"], [], *second]})
    assert figures(book) == expected()
    last = read(book).rows.filter(period=YEARS[1])
    assert last.height == len(expected()) // 2


def test_tables_of_different_numbers_in_one_file_are_refused(tmp_path: Path) -> None:
    table = [[TITLE], [], HEADS, *body(), [], [TITLE.replace("13556", "13563")], [], HEADS, *body()]
    assert ("ssb_tables", "", "") in refused(saved(tmp_path, table))


@pytest.mark.parametrize("dress", ["csv", "xlsx"])
def test_spaces_between_thousands_are_none(tmp_path: Path, dress: str) -> None:
    table = [[*labels(row), *map(spaced, both_years(row))] for row in rows()]
    if dress == "csv":
        file = saved(tmp_path, [[TITLE], [], HEADS, *table])
    else:
        heads = [[TITLE], [None] * 4 + ["Bosatte"], [None] * 4 + list(YEARS)]
        file = workbook(tmp_path / "a.xlsx", {"13556": [*heads, *table]})
    assert figures(file) == expected()


def test_a_percentage_with_its_sign_and_a_comma_beside_the_counts_is_read(tmp_path: Path) -> None:
    heads = [*HEADS, *(f"Bosatte (prosent) {year}" for year in YEARS)]
    table = [[*row, "10,1 %", "10,2 %"] for row in body()]
    assert figures(saved(tmp_path, [[TITLE], [], heads, *table])) == expected()


def test_a_count_in_thousands_is_no_count_of_persons(tmp_path: Path) -> None:
    heads = [*HEADS[:4], *(f"Bosatte (1 000 personer) {year}" for year in YEARS)]
    assert {code for code, *_ in refused(saved(tmp_path, [[TITLE], [], heads, *body()]))} == {"ssb_category"}


def test_nynorsk_is_read(tmp_path: Path) -> None:
    heads = [*HEADS[:4], *(f"Busette {year}" for year in YEARS)]
    words = {"NEET": "Ikkje i arbeid, utdanning eller arbeidsmarknadstiltak"}
    table = [[*row[:3], words.get(str(row[3]), row[3]), *row[4:]] for row in body()]
    assert figures(saved(tmp_path, [[TITLE], [], heads, *table])) == expected()


def across(parts: Sequence[tuple[str, str]]) -> list[list[object]]:
    """Every region with the figures of sexes and statuses, year by year."""
    return [
        [f"{region} {name}", *(number(region, sex, status, year) for sex, status in parts for year in YEARS)]
        for region, name in REGIONS.items()
    ]


PARTS = [(sex, status) for sex in ("0", "2") for status in STATUSES]


@pytest.mark.parametrize(
    "heading",
    [
        "{status} {sex} 15-29 Bosatte {year}",
        "Bosatte 15-29 {sex} {status} {year}",
        "Bosatte 15-29 år {words} {called} {year}",
        "{called} Bosatte {sex} 15-29 {year}",
    ],
)
def test_headings_that_join_codes_or_words_are_taken_apart(tmp_path: Path, heading: str) -> None:
    facts = [
        {"status": status, "called": STATUSES[status], "sex": sex, "words": ssb_dresses.SEXES[sex], "year": year}
        for sex, status in PARTS for year in YEARS
    ]  # fmt: skip
    table = [["region", *(heading.format(**each) for each in facts)], *across(PARTS)]
    assert figures(saved(tmp_path, [[TITLE], [], *table])) == expected()


def test_codes_joined_beside_columns_of_others_are_taken_apart(tmp_path: Path) -> None:
    heads = ["Region", "HovArbStyrkStatus", *(f"Bosatte {sex} 15-29 {year}" for sex in ("1", "2") for year in YEARS)]
    table = [heads] + [
        [region[2:], status, *(number(region, sex, status, year) for sex in ("1", "2") for year in YEARS)]
        for region in REGIONS for status in STATUSES
    ]  # fmt: skip
    assert figures(delimited(tmp_path / "13556.csv", table, ",")) == expected(("1", "2"))


def test_a_heading_that_can_be_read_in_two_ways_is_not_guessed(tmp_path: Path) -> None:
    """Of table 13563, `I alt` may be the statuses together or the immigrant categories together."""
    title = "13563: Status, etter region, status, innvandringskategori, statistikkvariabel og år"
    heads = ["region", "alder", "Bosatte I alt 2031", "Bosatte I alt 2030"]
    file = saved(tmp_path, [[title], [], heads, ["4204 Kristiansand", "15-29 år", 100, 200]])
    assert {code for code, *_ in refused(file)} == {"ssb_categories"}


def test_a_flat_table_in_a_workbook_is_read_where_it_says_which_it_is(tmp_path: Path) -> None:
    heads = ["Region", "Alder", "Kjønn", "Arbeidsstyrkestatus", "Statistikkvariabel", "År", "Verdi"]
    table = [heads] + [
        [*labels(row), "Bosatte", int(year), value]
        for row in rows() for year, value in zip(YEARS, both_years(row), strict=True)
    ]  # fmt: skip
    assert figures(workbook(tmp_path / "13556.xlsx", {"Ark1": table})) == expected()


def test_what_several_indicators_lack_alike_is_told_once(tmp_path: Path) -> None:
    title = "13563: Status, etter region, alder, arbeidsstyrkestatus, statistikkvariabel og år"
    heads = ["region", "alder", "arbeidsstyrkestatus", "Bosatte 2031"]
    file = saved(tmp_path, [[title], [], heads, *(["4204 Kristiansand", "20-66 år", word, 9] for word in
                                                 ("Sysselsatte", "Registrerte arbeidsledige"))])  # fmt: skip
    with pytest.raises(Problems) as caught:
        read(file)
    (problem,) = caught.value.exceptions
    assert problem.column == "status_employed, status_unemployed"


def test_a_few_rows_above_long_notes_are_read(tmp_path: Path) -> None:
    notes = [["Tallene er avrundet."], ["Kilde: SSB"], ["Sist endret: 20251107"], ["Neste: 2026"]]
    assert figures(saved(tmp_path, [[TITLE], [], HEADS, *body()[:2], [], *notes])) == figures(
        saved(tmp_path, [[TITLE], [], HEADS, *body()[:2]], "b.csv")
    )


def test_lines_that_end_as_on_old_systems_are_lines(tmp_path: Path) -> None:
    file = saved(tmp_path, [[TITLE], [], HEADS, *body()])
    (tmp_path / "b.csv").write_bytes(file.read_bytes().replace(b"\r\n", b"\r"))
    assert figures(tmp_path / "b.csv") == expected()


def test_blank_rows_above_the_title_are_nothing_and_a_table_moved_aside_is_told(tmp_path: Path) -> None:
    table = [[TITLE], [], HEADS, *body()]
    assert figures(workbook(tmp_path / "a.xlsx", {"A": [[]] * 6 + table})) == expected()
    with pytest.raises(Problems) as refused:
        read(workbook(tmp_path / "b.xlsx", {"A": [[None, *row] for row in table]}))
    assert found(refused.value) == [("ssb_shifted", "A", "B1")]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ('{"type": "Parameter error", "title": "Too many cells selected", "status": 403}', "interface_error"),
        ('{"error": "Parameter error"}', "interface_error"),
        ('{"title": "13556: Unge", "variables": [{"code": "Region"}]}', "no_values"),
    ],
)
def test_an_answer_of_the_interface_without_figures_is_told_as_what_it_is(
    tmp_path: Path, answer: str, code: str
) -> None:
    (tmp_path / "a.json").write_text(answer, encoding="utf-8")
    with pytest.raises(Problems) as refused:
        read(tmp_path / "a.json")
    assert [each for each, *_ in found(refused.value)] == [code]


@pytest.mark.parametrize("years", [("2031",), ("2030", "2031")])
def test_a_text_with_a_blank_line_after_each_is_the_same_table(tmp_path: Path, years: tuple[str, ...]) -> None:
    """As lines that end in two ways are saved."""
    heads = ["region", "alder", "kjønn", "arbeidsstyrkestatus", *(f"Bosatte {year}" for year in years)]
    whom = ["K-4204 Kristiansand", "15-29 år", "Begge kjønn"]
    rows = [[TITLE], heads, [*whom, "I alt", *(9000 for _ in years)], [*whom, "NEET", *(900 for _ in years)]]
    file = delimited(tmp_path / "a.csv", [line for row in rows for line in (row, [])], ";")
    read = contents(file, "ssb").rows
    assert read.select("period", "count", "population").rows() == [(year, 900, 9000) for year in years]
