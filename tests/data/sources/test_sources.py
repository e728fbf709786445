import zipfile
from pathlib import Path

import pytest

from data.ingest.contract import Problems
from data.ingest.open_file import open_file
from data.sources import SOURCES, county, nav, parse, recognised, ssb
from tests.data.layouts import found, jsonstat, udir, workbook
from tests.shared_files import shared


def _refused(path: Path, source: str | None = None) -> list[str]:
    with pytest.raises(Problems) as caught:
        parse(path, source)
    return [code for code, _, _ in found(caught.value)]


def _file(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"", "empty_file"),
        ("a.csv", b"\xef\xbb\xbf\r\n", "empty_file"),
        ("a.csv", b"a;b\x00c\n1;2\n", "control_characters"),
        ("a.xlsx", b"not a zip", "damaged_workbook"),
        ("a.xlsx", b"PK\x03\x04 cut off", "damaged_workbook"),
        ("a.xlsx", b"region;2031\n4204;9\n", "text_as_workbook"),
        ("a.xlsx", "region\t2031\n4204\t9\n".encode("utf-16"), "text_as_workbook"),
        ("a.xls", bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 600, "old_excel"),
        ("a.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("a.xlsm", b"PK\x03\x04", "macro_workbook"),
        ("a.csv", b"a;b\n" * 6_000_000, "too_large"),
        ("a.json", b'{"class": "dataset", "value": [1, 2', "broken_json"),
        ("a.json", b'{"class": "dataset", "value": [NaN]}', "broken_json"),
        ("a.json", b"[" * 50_000, "broken_json"),
        ("a.csv", "11111: Trøndelag;\n;\nå;2\n".encode().decode("cp1252").encode(), "wrong_encoding"),
        ("a.csv", "11111: Trøndelag på;\n;\nå;2\n".encode("cp865"), "wrong_encoding"),
        ("a.csv", "sep=\t\nå\t1\n".encode("utf-16-le") + b"\x00", "wrong_encoding"),
        ("a.csv", b"<html>not found</html>", "html_file"),
    ],
)
def test_a_nasty_file_is_refused_with_its_reason(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    assert _refused(_file(tmp_path / name, content)) == [code]


def test_a_folder_and_an_absent_file_are_refused(tmp_path: Path) -> None:
    assert _refused(tmp_path) == ["is_directory"]
    assert _refused(tmp_path / "none.csv") == ["no_file"]


@pytest.mark.long
def test_a_workbook_that_swells_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"Ark": [["x"]]})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b"0" * 30_000_000)
    assert path.stat().st_size < 100_000
    assert _refused(path) == ["zip_bomb"]


def test_a_workbook_with_macros_or_entities_or_no_workbook_inside_is_refused(tmp_path: Path) -> None:
    for part, body, code in (
        ("xl/vbaProject.bin", b"x", "macro_workbook"),
        ("xl/a.xml", b"<!DOCTYPE a []>", "damaged_workbook"),
    ):
        path = workbook(tmp_path / "a.xlsx", {"Ark": [["x"]]})
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr(part, body)
        assert _refused(path) == [code]
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w") as archive:
        archive.writestr("content.xml", "x")
    assert _refused(tmp_path / "b.xlsx") == ["zip_file"]


def test_a_damaged_part_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"Ark": [[i, i * 7] for i in range(200)]})
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        place = archive.getinfo("xl/worksheets/sheet1.xml").header_offset + 80
    content[place : place + 20] = bytes(20)
    assert _refused(_file(path, bytes(content))) == ["damaged_workbook"]


def test_too_many_columns_are_refused(tmp_path: Path) -> None:
    assert _refused(workbook(tmp_path / "a.xlsx", {"Ark": [[None] * 2500 + ["x"]]})) == ["too_many_columns"]


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(";", "utf-8-sig"), (",", "iso-8859-1"), ("\t", "utf-16"), ("|", "utf-8")]
)
def test_encoding_and_delimiter_are_found_by_rule(tmp_path: Path, delimiter: str, encoding: str) -> None:
    text = "\n".join(delimiter.join(row) for row in (["Tønsberg", "a", "1"], ["Ærø", "b", "2"], ["å", "c", "3"]))
    book = open_file(_file(tmp_path / "a.csv", text.encode(encoding)))
    assert book.delimiter == delimiter
    assert book.sheets[0].rows[0] == ("Tønsberg", "a", "1")


def test_decimal_commas_do_not_pass_for_delimiters(tmp_path: Path) -> None:
    book = open_file(_file(tmp_path / "a.csv", b"region;a;b\nx;1,5;2,5\ny;1,0;2,0\n"))
    assert book.sheets[0].rows[1] == ("x", "1,5", "2,5")


def test_a_formula_without_a_stored_value_is_kept_as_its_text(tmp_path: Path) -> None:
    book = open_file(workbook(tmp_path / "a.xlsx", {"Ark": [[1, 2, "=A1+B1"]]}))
    assert book.sheets[0].rows == (("1", "2", "=A1+B1"),)


def test_a_file_of_another_source_is_refused_with_what_it_looks_like(tmp_path: Path) -> None:
    with pytest.raises(Problems) as caught:
        parse(jsonstat(tmp_path / "a.json"), "nav")
    [problem] = caught.value.exceptions
    assert problem.code == "other_layout"
    assert "ssb_jsonstat" in problem.says("en")
    assert "NAV" in problem.says("nb")


def test_each_adapter_recognises_its_own_files_only(tmp_path: Path) -> None:
    json_file = jsonstat(tmp_path / "a.json")
    export = udir(tmp_path / "a.csv", [[1, "I", "", "I", "Hele landet", "Alle", "Hele landet", "", "4,2", "3,0"]])
    assert recognised(json_file) == ["ssb_jsonstat"]
    assert recognised(export) == ["udir_export"]
    assert [a.recognises(json_file) for a in (ssb, nav, county)] == [True, False, False]
    assert [a.recognises(export) for a in (ssb, nav, county)] == [False, False, True]


def test_an_unknown_source_is_an_error_of_the_caller(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        parse(jsonstat(tmp_path / "a.json"), "nobody")
    assert {"ssb", "nav", "county"} <= set(SOURCES)


@pytest.mark.long
@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("klass/kommuner-1994-2024.xlsx", "code_list"),
        ("klass/ssb_kommunekoder_2020.csv", "code_list"),
        ("geo/agder_kommuner_2024_S.geojson", "geojson_file"),
        ("experiments/mpdta.csv", "research_table"),
    ],
)
def test_files_of_other_publishers_are_not_mistaken_for_statistics_we_read(path: str, code: str) -> None:
    file = shared(f"fixtures/{path}")
    assert [adapter.recognises(file) for adapter in (ssb, nav, county)] == [False, False, False]
    assert _refused(file, "ssb") == [code]
