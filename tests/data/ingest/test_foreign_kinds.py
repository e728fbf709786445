"""What is no table of figures is refused as what it is, in one sentence with the cure, by its content."""

import io
import json
import zipfile
from pathlib import Path

import pytest

from data.deliveries.contents import contents
from data.deliveries.read import problems_in
from data.ingest.contract import Problems

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)


def packed(**parts: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/"), text)
    return content.getvalue()


def ole(word: str) -> bytes:
    return OLE + word.encode("utf-16-le")


HTML = b"\xef\xbb\xbf  <!-- rapport -->\n<html><body><table><tr><td>4204</td></tr></table></body></html>"
MAIL = b"Received: from a\r\nDate: Mon, 1 Jan 2026\r\nSubject: tall\r\n\r\nHei"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
KLASS = '"code";"parentCode";"level";"name"\n"4204";"";"1";"Kristiansand"\n"4203";"";"1";"Arendal"\n'
PANEL = '"year","countyreal","lpop","lemp","first.treat","treat"\n2003,8001,5.8,8.4,2007,1\n2004,8001,5.8,8.3,2007,1\n'
BORDERS = json.dumps({"type": "FeatureCollection", "features": []})


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.pdf", b"%PDF-1.7\n", "pdf_file"),
        ("a.xlsx", b"%PDF-1.7\n", "pdf_file"),
        ("a.docx", packed(word__document="", **{"word/document.xml": "<w/>"}), "document_file"),
        ("a.doc", ole("WordDocument"), "document_file"),
        ("a.ods", packed(mimetype=ODS, content="x"), "open_spreadsheet"),
        ("a.xlsx", packed(mimetype=ODS, content="x"), "open_spreadsheet"),
        ("a.odt", packed(mimetype="application/vnd.oasis.opendocument.text"), "document_file"),
        ("a.xlsb", packed(**{"[Content_Types].xml": "", "xl/workbook.bin": ""}), "binary_workbook"),
        ("a.zip", packed(**{"tall.csv": "a;b"}), "zip_file"),
        ("a.csv", packed(**{"tall.csv": "a;b"}), "zip_file"),
        ("a.xls", ole("Workbook"), "old_excel"),
        ("a.xlsx", ole("EncryptedPackage"), "password"),
        ("a.xls", HTML, "html_file"),
        ("a.csv", HTML, "html_file"),
        ("a.txt", b"<!DOCTYPE html><html lang='nb'>", "html_file"),
        ("a.eml", MAIL, "mail_file"),
        ("a.txt", MAIL, "mail_file"),
        ("a.msg", ole("__substg1.0_0037001F"), "mail_file"),
        ("a.geojson", BORDERS.encode(), "geojson_file"),
        ("a.json", BORDERS.encode(), "geojson_file"),
        ("a.csv", KLASS.encode(), "code_list"),
        ("a.csv", b"kommuner_2019;kommuner_2020;splittes\n0101 - Halden;3001 - Halden;0\n", "code_list"),
        ("a.csv", PANEL.encode(), "research_table"),
        ("a.exe", b"MZ\x90", "not_a_data_file"),
    ],
)
@pytest.mark.parametrize("source", [None, "ssb", "nav"])
def test_a_file_of_another_kind_is_refused_as_what_it_is(
    tmp_path: Path, name: str, content: bytes, code: str, source: str | None
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(Problems) as caught:
        contents(file, source)
    [problem] = problems_in(caught.value)
    assert problem.code == code
    assert problem.says("nb") != problem.says("en")
    assert problem.do("nb") != problem.do("en")


def test_a_table_we_do_not_know_is_told_by_what_it_begins_with(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("art;vekt;farge\nlaks;4;grå\nørret;2;brun\n", encoding="utf-8")
    with pytest.raises(Problems) as caught:
        contents(file, "nav")
    [problem] = problems_in(caught.value)
    assert (problem.code, problem.cell, problem.found) == ("unknown_layout", "A1", "art, vekt, farge")
