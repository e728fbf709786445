"""Identity numbers in forty spellings and ten places: none comes in, none is repeated. The numbers are synthetic."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from data.deliveries.read import sidecars
from data.ingest.contract import Problems
from data.ingest.identity import holds_identity_number, is_identity_number, masked
from data.ingest.personal_data import refuse
from data.ingest.sheet import Sheet
from data.problems import Problem
from data.sources import parse
from tests.data.layouts import ORDER_HEADS, order, workbook
from tests.data.raw_ground import deliver, sidecar
from tests.shared_files import shared


def synthetic(day: int = 17, year: int = 98) -> str:
    """A number of nobody: the month is 80 higher than any month, as in the tax authority's test population."""
    return next(n for i in range(100000) if is_identity_number(n := f"{day:02}85{year:02}{i:05}"))


NUMBER = synthetic()
DATE, FIVE = NUMBER[:6], NUMBER[6:]
DAY, MONTH, YEAR, THREE, TWO = NUMBER[:2], NUMBER[2:4], NUMBER[4:6], NUMBER[6:9], NUMBER[9:]
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d\u00ad"
SPACES = " \u00a0\u2009\u202f\u3000\t"
UNSEEN = "\u200b\u200c\u200d\u2060\ufeff"
SPELLINGS = [
    NUMBER, *(DATE + mark + FIVE for mark in DASHES + SPACES + UNSEEN + "./_:|~"),
    f"{DATE} - {FIVE}", f"{DATE} {THREE} {TWO}", f"{DATE}-{THREE}-{TWO}", f"{DAY} {MONTH} {YEAR} {FIVE}",
    f"{DAY}.{MONTH}.{YEAR} {FIVE}", f"{DAY}.{MONTH}.19{YEAR} {FIVE}", f"19{YEAR}-{MONTH}-{DAY} {FIVE}",
    f"{DAY}/{MONTH}-{YEAR} {THREE} {TWO}", " ".join(NUMBER), "-".join(NUMBER), "\u200b".join(NUMBER),
    f"{int(NUMBER):,}", f"{int(NUMBER):,}".replace(",", "."), f"{int(NUMBER):,}".replace(",", " "), f"{NUMBER}.0",
    f"{NUMBER},00", f"{NUMBER[0]}.{NUMBER[1:]}E+10", f"{NUMBER[0]},{NUMBER[1:]}e10", f"={NUMBER}", f'="{NUMBER}"',
    f'="{DATE}"&"{FIVE}"', f'=TEXT({NUMBER};"0")', f"'{NUMBER}", f"fnr. {NUMBER}.", f"NO{NUMBER}", f"({DATE}) {FIVE}",
    NUMBER.translate({ord("0") + i: chr(0xFF10 + i) for i in range(10)}),
    NUMBER.translate({ord("0") + i: chr(0x0660 + i) for i in range(10)}), f"{DATE}%20{FIVE}",
]  # fmt: skip


@pytest.mark.parametrize("spelling", SPELLINGS, ids=range(len(SPELLINGS)))
def test_a_number_is_found_and_masked_in_every_spelling(spelling: str) -> None:
    assert holds_identity_number(spelling)
    with pytest.raises(Problems):
        refuse([Sheet("Ark", (("Agder", spelling),))])
    assert masked(spelling) == "…"
    assert all(part not in str(Problem(code="bad_text", file=spelling, found=spelling)) for part in (NUMBER, FIVE))


def test_a_checksum_is_shown_as_it_is() -> None:
    assert masked("0123456789" * 6 + "abcd") == "0123456789" * 6 + "abcd"


def test_there_are_forty_spellings() -> None:
    assert len(set(SPELLINGS)) >= 40


@pytest.mark.parametrize(
    "text",
    ["2026 01 - 2026 08", "2025-01-01T00:00:00", "49.4529341441863", "+47 38 07 50 00", "974 573 873", "24 814 2 465",
     "0301 Oslo", "4204", "12,345,678", "https://www.ssb.no/statbank/sq/10083121", "-0.11515404200", ""],
)  # fmt: skip
def test_what_statistics_are_full_of_passes(text: str) -> None:
    assert not holds_identity_number(text)
    refuse([Sheet("Ark", (("Agder", text),))])


def _defined(book: openpyxl.Workbook) -> None:
    book.defined_names["elev"] = DefinedName("elev", attr_text=f'"{DATE}-{FIVE}"')


def _listed(book: openpyxl.Workbook) -> None:
    choices = DataValidation(type="list", formula1=f'"{DATE} {FIVE},x"')
    choices.add("B1")
    book.active.add_data_validation(choices)


def _linked(book: openpyxl.Workbook) -> None:
    book.active["A1"].hyperlink = f"https://example.org/sak?id={DATE}%2D{FIVE}"


def _commented(book: openpyxl.Workbook) -> None:
    book.active["A1"].comment = Comment(f"gjelder {DATE}\u2013{FIVE}", "a")


def _headed(book: openpyxl.Workbook) -> None:
    book.active.oddHeader.center.text = f"sak {NUMBER}"


def _computed(book: openpyxl.Workbook) -> None:
    book.active["C1"] = f'=COUNTIF(A:A,"{NUMBER}")'


PLACES: dict[str, Callable[[openpyxl.Workbook], None]] = {
    "defined name": _defined, "list to choose from": _listed, "hyperlink": _linked, "comment": _commented,
    "header of the page": _headed, "formula": _computed,
    "cell": lambda book: book.active.__setitem__("A2", int(NUMBER)),
    "heading": lambda book: book.active.__setitem__("A1", f"{DATE} {FIVE}"),
    "name of a sheet": lambda book: setattr(book.active, "title", f"Elev {DATE}-{FIVE}"),
    "title in the properties": lambda book: setattr(book.properties, "title", f"{DATE} {FIVE}"),
}  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_a_number_is_found_wherever_a_workbook_can_keep_it(tmp_path: Path, place: str) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "Region"
    PLACES[place](book)
    book.save(tmp_path / "a.xlsx")
    _refused_unsaid(tmp_path / "a.xlsx")


@pytest.mark.long
@pytest.mark.parametrize("place", ["list to choose from", "hyperlink", "header of the page", "formula"])
def test_a_number_is_found_beside_the_cells_of_a_sheet_that_is_unpacked_in_pieces(tmp_path: Path, place: str) -> None:
    book = openpyxl.Workbook()
    for row in range(2, 9000):
        book.active.cell(row, 1, row)
    PLACES[place](book)
    book.save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert archive.getinfo("xl/worksheets/sheet1.xml").file_size > 2**18
    _refused_unsaid(tmp_path / "a.xlsx")


def test_a_number_among_the_kept_cells_of_another_workbook_is_found(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"Ark": [["Region"]]})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/externalLinks/externalLink1.xml", f"<x><sheetData><v>{NUMBER}</v></sheetData></x>")
    _refused_unsaid(path)


def test_a_number_in_the_name_of_a_file_is_found(tmp_path: Path) -> None:
    (tmp_path / f"sak {DATE}-{FIVE}.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    _refused_unsaid(tmp_path / f"sak {DATE}-{FIVE}.csv")


def test_a_number_in_a_sidecar_is_found_and_not_repeated(tmp_path: Path) -> None:
    file = deliver(tmp_path / "raw")
    sidecar(file, note_nb=f"gjelder {DATE}\u2013{FIVE}")
    _, problems = sidecars(tmp_path / "raw")
    assert "identity_number" in {problem.code for problem in problems}
    _unsaid(problems)


def _refused_unsaid(path: Path) -> None:
    with pytest.raises(Problems) as caught:
        parse(path)
    assert {problem.code for problem in caught.value.exceptions} == {"identity_number"}
    _unsaid(list(caught.value.exceptions))
    assert FIVE not in str(caught.value)


def _unsaid(problems: list[Problem]) -> None:
    said = " ".join(each.line(lang) + str(each.as_json(lang)) for each in problems for lang in ("nb", "en"))
    assert FIVE not in said
    assert DATE not in said


def test_a_date_of_birth_and_its_five_digits_in_two_columns_are_found() -> None:
    people = [synthetic(day) for day in (11, 12, 13)]
    refuse([Sheet("Ark", (("1", "2"), (people[0][:6], people[0][6:])))])  # one alone may be two figures
    for born in (lambda n: n[:6], lambda n: f"{n[:2]}.{n[2:4]}.19{n[4:6]}"):
        with pytest.raises(Problems):
            refuse([Sheet("Ark", (("født", "nr"), *((born(each), str(int(each[6:]))) for each in people)))])


@pytest.mark.parametrize("heading", ["Fødselsdato", "Telefon", "Tlf.", "E-post", "Adresse", "Navn"])
def test_columns_of_persons_are_refused_in_a_layout_we_read(tmp_path: Path, heading: str) -> None:
    rows = [
        [3, 2024, "Fylker", place, "Menn", "Under 30 år", 30 + i, 8.1, 202403, "x"]
        for i, place in enumerate(("Oslo", "Agder"))
    ]
    path = workbook(tmp_path / "a.xlsx", {"Nedsatt": order(rows, heads=[*ORDER_HEADS, heading])})
    with pytest.raises(Problems) as caught:
        parse(path)
    assert {problem.code for problem in caught.value.exceptions} <= {"person_column", "person_name_column"}


def test_a_register_in_fixed_widths_is_refused_by_name(tmp_path: Path) -> None:
    lines = [f"4204202301{synthetic(day)}{day:07}12003400056001230000" for day in range(1, 20)]
    (tmp_path / "11f.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(Problems) as caught:
        parse(tmp_path / "11f.txt")
    assert [problem.code for problem in caught.value.exceptions] == ["person_register"]
    assert "KOSTRA" in caught.value.exceptions[0].line("nb")


def test_a_table_with_a_row_for_each_person_is_refused(tmp_path: Path) -> None:
    places = ("Oslo", "Agder", "Rogaland", "Nordland", "Telemark")
    rows = [[3, 2024, "Fylker", place, "Menn", "Under 30 år", 1, None, 202403] for place in places]
    with pytest.raises(Problems) as caught:
        parse(workbook(tmp_path / "a.xlsx", {"Nedsatt": order(rows)}))
    assert [problem.code for problem in caught.value.exceptions] == ["person_rows"]


@pytest.mark.long
@pytest.mark.parametrize("folder", ["nav", "ssb", "fhi", "imdi", "udir", "pxweb", "klass", "cases"])
def test_no_real_file_is_taken_for_one_of_persons(folder: str) -> None:
    there = [path for path in shared(f"fixtures/{folder}").iterdir() if path.suffix in (".xlsx", ".csv", ".json")]
    for path in there:
        try:
            refuse(path)
        except Problems as group:
            codes = {problem.code for problem in group.exceptions}
            assert codes <= {"key_twice", "person_column"}, path.name


EARLY = synthetic(day=5)
BARE = str(int(EARLY))  # a number that has lost the zero it began with
LOST = [BARE, f"{int(EARLY):,}", f"{int(EARLY):,}".replace(",", "."), f"{int(EARLY):,}".replace(",", "\u00a0")]


@pytest.mark.parametrize("spelling", LOST, ids=range(len(LOST)))
def test_a_number_without_its_first_zero_is_found_in_words_and_beside_the_cells(tmp_path: Path, spelling: str) -> None:
    assert holds_identity_number(f"Bestilling {spelling} fra Nav")
    assert not holds_identity_number(f"Telefon +47{BARE[:8]}")
    for place, change in enumerate(
        (
            lambda sheet: setattr(sheet.oddHeader.center, "text", spelling),
            lambda sheet: setattr(sheet["A1"], "comment", Comment(spelling, "x")),
            lambda sheet: setattr(sheet.parent.properties, "description", spelling),
        )
    ):
        book = openpyxl.Workbook()
        book.active["A1"] = "Agder"
        change(book.active)
        book.save(tmp_path / f"{place}.xlsx")
        with pytest.raises(Problems) as refused:
            refuse(tmp_path / f"{place}.xlsx")
        assert [problem.code for problem in refused.value.exceptions] == ["identity_number"]


@pytest.mark.parametrize("mark", ["\t", "\n"])
def test_signs_that_a_workbook_writes_as_codes_divide_no_number(tmp_path: Path, mark: str) -> None:
    book = openpyxl.Workbook()
    book.active.oddHeader.center.text = f"{DATE}{mark}{FIVE}"
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(Problems):
        refuse(tmp_path / "a.xlsx")
