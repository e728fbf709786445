from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.ingest.contract import Problems
from data.ingest.identity import holds_identity_number
from data.ingest.personal_data import is_identity_number, refuse
from data.ingest.sheet import Sheet
from data.sources import parse
from tests.data.ingest.test_spellings import NUMBER
from tests.data.layouts import found, jsonstat, workbook

FIRST, SECOND = (3, 7, 6, 1, 8, 9, 4, 5, 2), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def _number(nine: str) -> str:
    """Complete nine digits with their check digits; empty where none exist."""
    digits = [int(d) for d in nine]
    for weights in (FIRST, SECOND):
        check = -sum(w * d for w, d in zip(weights, digits, strict=True)) % 11
        if check == 10:
            return ""
        digits.append(check)
    return "".join(map(str, digits))


def _person(day: int = 17, month: int = 5, year: int = 98) -> str:
    """An identity number of nobody in particular, made for the test."""
    return next(n for i in range(100, 999) if (n := _number(f"{day:02}{month:02}{year:02}{i}")))


def _codes(*cells: str) -> list[str]:
    try:
        refuse([Sheet("Ark", (cells,))])
    except Problems as group:
        return [code for code, _, _ in found(group)]
    return []


@pytest.mark.long
@settings(deadline=None)
@given(
    st.integers(1, 28),
    st.integers(1, 12),
    st.integers(0, 99),
    st.sampled_from([(0, 0), (40, 0), (0, 40), (0, 65), (0, 80), (40, 80)]),
)
def test_numbers_of_persons_of_every_kind_are_recognised(
    day: int, month: int, year: int, shift: tuple[int, int]
) -> None:
    assert is_identity_number(_person(day + shift[0], month + shift[1], year))


@settings(deadline=None)
@given(st.integers(1, 28), st.integers(1, 12), st.integers(0, 99), st.integers(1, 9))
def test_one_wrong_check_digit_of_the_two_is_no_identity_number(day: int, month: int, year: int, off: int) -> None:
    number = _person(day, month, year)
    last = number[:10] + str((int(number[10]) + off) % 10)
    ten = number[:9] + str((int(number[9]) + off) % 10)
    first = ten + str(-sum(w * int(d) for w, d in zip(SECOND, ten, strict=True)) % 11)  # the second agrees with it
    assert is_identity_number(number)
    assert [is_identity_number(wrong) for wrong in (last, first)] == [False, False]


def test_a_date_that_never_was_is_no_identity_number() -> None:
    assert not is_identity_number(_person(31, 2))
    assert not is_identity_number("00000000000")


@pytest.mark.parametrize("form", ["{0}{1}", "{0} {1}", "nr {0}-{1}.", "{0}\u00a0{1}", "{0}{1}.0", "'{0}{1}"])
def test_an_identity_number_is_found_however_it_is_written(form: str) -> None:
    number = _person()
    assert _codes("Agder", form.format(number[:6], number[6:])) == ["identity_number"]


def test_a_number_that_lost_its_leading_zero_in_a_spreadsheet_is_found() -> None:
    assert _codes("Agder", _person(day=5).lstrip("0")) == ["identity_number"]


def test_ten_digits_are_somebody_s_where_half_of_a_column_would_be() -> None:
    lost, other = _person(day=5).lstrip("0"), "1234567890"
    with pytest.raises(Problems):
        refuse([Sheet("Ark", ((lost,), (other,)))])
    refuse([Sheet("Ark", ((lost,), (other,), (other,)))])


def test_ordinary_long_numbers_pass() -> None:
    assert _codes("974573873", "4502812", "12345678901", "+47 38 07 50 00", "2026-01-01T00:00:00") == []


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("PERSON_FODSELSNR", "person_column"),
        ("person fødselsnr", "person_column"),
        ("Person_Duf", "person_column"),
        ("PERSON-JOURNALNR", "person_column"),
        ("Fornavn", "person_name_column"),
        ("Navn på bruker", "person_name_column"),
        ("ETTERNAVN", "person_name_column"),
        ("PERSON_FODSELSNR_MOR", "person_column"),
        ("deltaker_navn", "person_name_column"),
        ("kari@example.org", "email_address"),
    ],
)
def test_columns_of_persons_are_refused_by_their_heading(heading: str, code: str) -> None:
    assert _codes("Kommune", heading) == [code]


@pytest.mark.parametrize(
    "heading", ["Navn", "EnhetNavn", "Region", "Beh personer i mnd", "Kommunenavn", "fylkesnavn", "@"]
)
def test_headings_of_regions_and_counts_pass(heading: str) -> None:
    assert _codes("Kommune", heading) == []


def test_a_publishers_contact_below_the_table_passes_and_the_same_address_in_a_table_does_not() -> None:
    refuse([Sheet("Ark", (("tittel",), ("ola@ssb.no",)))])
    assert _codes("Agder", "ola@ssb.no") == ["email_address"]
    assert _codes("ola@ssb.no") == ["email_address"]


def test_the_message_names_sheet_and_column_but_never_the_value(tmp_path: Path) -> None:
    number = _person()
    path = workbook(tmp_path / "a.xlsx", {"Første": [["x"]], "Andre": [["kommune", "tall"], ["Agder", int(number)]]})
    with pytest.raises(Problems) as caught:
        parse(path)
    assert found(caught.value) == [("identity_number", "Andre", "B2")]
    words = " ".join(p.line(lang) + str(p.as_json(lang)) for p in caught.value.exceptions for lang in ("nb", "en"))
    assert "Andre" in words
    assert number not in words
    assert number[6:] not in words


@pytest.mark.parametrize("cell", ["Agder", _person(18)])
def test_a_number_in_the_name_of_a_sheet_is_refused_and_not_repeated(cell: str) -> None:
    number = _person()
    with pytest.raises(Problems) as caught:
        refuse([Sheet(f"Elev {number}", ((cell,),))])
    assert {each.code for each in caught.value.exceptions} == {"identity_number"}
    words = [each.line(lang) + str(each.as_json(lang)) for each in caught.value.exceptions for lang in ("nb", "en")]
    assert [said for said in words if number in said] == []


def test_a_number_among_the_values_of_a_json_file_is_found(tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    path.write_text(f'{{"value": [1, 2465, {_person()}]}}', encoding="utf-8")
    with pytest.raises(Problems) as caught:
        refuse(path)
    assert [p.code for p in caught.value.exceptions] == ["identity_number"]


def test_json_is_searched_too(tmp_path: Path) -> None:
    with pytest.raises(Problems) as caught:
        parse(jsonstat(tmp_path / "a.json", note=[f"se {_person()}"]))
    assert [p.code for p in caught.value.exceptions] == ["identity_number"]


def test_a_number_in_a_cell_comment_is_found(tmp_path: Path) -> None:
    import openpyxl
    from openpyxl.comments import Comment

    book = openpyxl.Workbook()
    book.active["A1"] = "x"
    book.active["A1"].comment = Comment(f"gjelder {_person()}", "a")
    book.save(tmp_path / "c.xlsx")
    with pytest.raises(Problems, match=r"c\.xlsx"):
        refuse(tmp_path / "c.xlsx")


@pytest.mark.parametrize("before", ["", 'sha256 = "', "4204 "])
def test_a_checksum_with_eleven_digits_that_pass_for_a_number_holds_none(before: str) -> None:
    """Two sidecars in ten thousand have such a checksum, and were refused."""
    checksum = f"15440a{NUMBER}d19ec9ccd596fe2f6516d65f7a5fe08a464f73873963403ab"[:64]
    assert len(checksum) == 64
    assert not holds_identity_number(f'{before}{checksum}"')
    assert holds_identity_number(f'{before}{checksum}" {NUMBER}')
    assert holds_identity_number(f"{before}{checksum}0")
