"""Workbooks (.xlsx) as sheets of texts, checked for size before they are unpacked."""

import datetime as dt
import html
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NoReturn
from xml.etree.ElementTree import ParseError

from data.ingest.contract import Problem, Problems, raise_all
from data.ingest.sheet import Sheet

_UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, KeyError, ValueError),
    *(TypeError, AttributeError, IndexError, OSError, ParseError, SyntaxError),
)
_ENTITIES = (b"<!DOCTYPE", b"<!ENTITY")
_SIDE_PARTS = re.compile(r"^xl/(comments|threadedComments|persons|pivotCache)", re.IGNORECASE)
_SHOWN = re.compile(r"^xl/(sharedStrings|styles|theme)", re.IGNORECASE)
_SHEET = re.compile(r"^xl/worksheets/", re.IGNORECASE)
_MERGED = re.compile(r"<mergeCell ref=\"([A-Z0-9:]+)\"")
_FORMULA = re.compile(r"<f[^>]*>([^<]+)</f>")
_HIDDEN_TEXT = re.compile(r"(?<=[>\"])[^<>\"]*\d[^<>\"]*(?=[<\"])")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_|&[LCR]")
_DIGITS = re.compile(r"\d\D{0,4}\d")
_SIDE_TEXT = re.compile(r">([^<>]+)<|\b(?:v|name|displayName)=\"([^\"]*)\"")


def sheets(file: str, content: bytes, limits: Mapping[str, int]) -> tuple[Sheet, ...]:
    """Return every sheet of a workbook (hidden ones too) as texts, numbers as a spreadsheet stores them.

    Raises `Problems` where the file is no workbook, is damaged, carries macros or passes a limit.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _safe(file, archive, len(content), limits)
            if archive.testzip() is not None:
                _fail("damaged_workbook", file)
            computed = any(_holds(archive, part, b"<f") for part in archive.namelist() if _SHEET.match(part))
        return _read(file, content, limits, computed=computed)
    except _UNREADABLE:
        _fail("damaged_workbook", file)


def first_rows(path: Path, most: int, limits: Mapping[str, int]) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Return the first rows of each sheet people see; none of a file that is no workbook, or an unsafe one."""
    import openpyxl

    try:
        with warnings.catch_warnings(), zipfile.ZipFile(path) as archive:
            _safe(path.name, archive, path.stat().st_size, limits)
            warnings.simplefilter("ignore")
            file = io.BytesIO(path.read_bytes())  # of a path openpyxl judges by the ending, which may be another's
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
            seen = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            for sheet in seen:
                sheet.reset_dimensions()
            rows = [sheet.iter_rows(max_row=most, values_only=True) for sheet in seen]
            found = tuple(tuple(tuple(map(_text, cells)) for cells in each) for each in rows)
            book.close()
            return found
    except (*_UNREADABLE, Problems):
        return ()


def side_texts(content: bytes) -> list[str]:
    """Return the texts a workbook keeps outside its sheets: comments, persons and pivot caches."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [name for name in archive.namelist() if _SIDE_PARTS.match(name) and name.endswith(".xml")]
        found = [_SIDE_TEXT.findall(archive.read(name).decode("utf-8", "replace")) for name in parts]
    return [_unescaped(inner or attribute) for texts in found for inner, attribute in texts]


def hidden_texts(content: bytes) -> list[str]:
    """Return what is written in a workbook and not shown as a cell: all of its other parts, and of sheets the formulas
    and what comes after the cells (lists to choose from, links, headers)."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [name for name in archive.namelist() if name.endswith((".xml", ".rels")) and not _SHOWN.match(name)]
        return [_unescaped(each) for name in parts for each in _written(archive, name) if _DIGITS.search(each)]


def _unescaped(text: str) -> str:
    """Return a text of a part as it reads, without the signs for others (`&lt;`, `_x0009_`) and a header's places."""
    return _ESCAPE.sub(lambda hit: chr(int(hit[1], 16)) if hit[1] else " ", html.unescape(text))


def _written(archive: zipfile.ZipFile, part: str) -> list[str]:
    """Return the texts of a part; of a sheet its formulas and what comes after its cells, which alone is kept."""
    sheet = bool(_SHEET.match(part))
    if sheet and not _holds(archive, part, b"<f"):
        return _HIDDEN_TEXT.findall(_after(archive, part, b"</sheetData>").decode("utf-8", "replace"))
    text = archive.read(part).decode("utf-8", "replace")
    return _FORMULA.findall(text) + _HIDDEN_TEXT.findall(text.rpartition("</sheetData>")[2] if sheet else text)


def _pieces(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    with archive.open(part) as stream:
        yield from iter(lambda: stream.read(2**18), b"")


def _holds(archive: zipfile.ZipFile, part: str, mark: bytes) -> bool:
    """Tell whether a part holds some bytes, without unpacking it whole."""
    before = b""
    for piece in _pieces(archive, part):
        if mark in before + piece:
            return True
        before = piece[-len(mark) :]
    return False


def _after(archive: zipfile.ZipFile, part: str, mark: bytes) -> bytes:
    """Return what comes after the last such bytes of a part, or the part where they are not there."""
    if not _holds(archive, part, mark):
        return archive.read(part)
    kept, begun = b"", False
    for piece in _pieces(archive, part):
        _, found, tail = (kept + piece).rpartition(mark)
        begun = begun or bool(found)
        kept = tail if begun else tail[-len(mark) :]
    return kept


def _safe(file: str, archive: zipfile.ZipFile, packed: int, limits: Mapping[str, int]) -> None:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    too_dense = unpacked > limits["ratio_from_bytes"] and unpacked > limits["ratio"] * packed
    if unpacked > limits["expanded_bytes"] or too_dense:
        _fail(
            "zip_bomb",
            file,
            expected=f"{limits['expanded_bytes'] // 1_000_000} MB",
            found=f"{unpacked // 1_000_000} MB",
        )
    if any(part.flag_bits & 1 for part in parts):
        _fail("password", file)
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        _fail("not_workbook", file)
    if "xl/vbaProject.bin" in names or b"macroEnabled" in archive.read("[Content_Types].xml"):
        _fail("macro_workbook", file)
    for part in parts:
        if part.filename.endswith((".xml", ".rels")) and _declares(archive, part):
            _fail("damaged_workbook", file, found=part.filename)


def _declares(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    with archive.open(part) as stream:
        head = stream.read(4096)
    return any(word in head for word in _ENTITIES)


def _read(file: str, content: bytes, limits: Mapping[str, int], *, computed: bool) -> tuple[Sheet, ...]:
    """Return the sheets. computed: some cells are formulas, whose texts a second reading gives."""
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        values = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        formulas = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False) if computed else values
        budget = limits["cells"]
        found: list[Sheet] = []
        for sheet, written in zip(values.worksheets, formulas.worksheets, strict=True):
            sheet.reset_dimensions()
            rows = _rows(file, sheet.title, sheet.iter_rows(values_only=True), limits, budget)
            budget -= sum(len(row) for row in rows)
            written.reset_dimensions()
            texts = _with_formulas(rows, written.iter_rows() if computed else ())
            merged = _merged(content, getattr(sheet, "_worksheet_path", ""))
            found.append(Sheet(sheet.title, texts, hidden=sheet.sheet_state != "visible", merged=merged))
    return tuple(found)


def _merged(content: bytes, part: str) -> tuple[str, ...]:
    """Return the cells of a sheet that are merged."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        held = part in archive.namelist() and _holds(archive, part, b"<mergeCell ")
        return tuple(_MERGED.findall(_after(archive, part, b"</sheetData>").decode("utf-8", "replace"))) if held else ()


def _rows(
    file: str, title: str, table: Iterable[Iterable[object]], limits: Mapping[str, int], budget: int
) -> list[list[str]]:
    rows: list[list[str]] = []
    seen: dict[str, str] = {}  # the same text is kept once: a sheet is full of repeated names and years
    for number, cells in enumerate(table, start=1):
        row = [seen.setdefault(text, text) for text in map(_text, cells)]
        while row and not row[-1]:
            row.pop()
        budget -= len(row)
        if number > limits["rows"] or budget < 0:
            _fail("too_many_rows", file, sheet=title, expected=str(limits["rows"]), found=f"> {number - 1}")
        if len(row) > limits["columns"]:
            _fail("too_many_columns", file, sheet=title, expected=str(limits["columns"]), found=str(len(row)))
        rows.append(row)
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _with_formulas(rows: list[list[str]], written: Iterable[Iterable[object]]) -> tuple[tuple[str, ...], ...]:
    """Put the text of each formula that has no stored value where a reader would find an empty cell."""
    for number, cells in enumerate(written):
        for column, cell in enumerate(cells):
            if getattr(cell, "data_type", "") == "f" and not _at(rows, number, column):
                _put(rows, number, column, _formula(getattr(cell, "value", "")))
    for number, row in enumerate(rows):
        rows[number] = tuple(row)  # type: ignore[call-overload] # in its place: two copies of a large sheet are too much
    return tuple(rows)  # type: ignore[arg-type]


def _formula(value: object) -> str:
    text = str(getattr(value, "text", value) or "")
    return text if text.startswith("=") else f"={text}"


def _at(rows: list[list[str]], row: int, column: int) -> str:
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else ""


def _put(rows: list[list[str]], row: int, column: int, text: str) -> None:
    rows.extend([] for _ in range(row + 1 - len(rows)))
    rows[row].extend("" for _ in range(column + 1 - len(rows[row])))
    rows[row][column] = text


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    return str(value)


def _fail(code: str, file: str, **facts: str) -> NoReturn:
    raise_all(file, [Problem(code=code, file=file, **facts)])
    raise AssertionError(code)
