"""Open a delivered file safely: size, kind and encoding are settled before any adapter sees a table of texts."""

import csv
import io
import json
import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal, NoReturn

from data import paths
from data.ingest import encoding as decoding
from data.ingest import excel, parquet
from data.ingest.contract import Problem, raise_all
from data.ingest.foreign_kind import foreign_kind
from data.ingest.sheet import Sheet
from data.toml import read_toml

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_QUOTED = re.compile(r'^"[^"\r\n]*"(?: "[^"\r\n]*")+ *\r?\n')
_HEAD = 4096
_DELIMITERS = "\t;,|"
_RARE = "\t;"  # in sentences
_PX, PARQUET = (b"CHARSET=", b"AXIS-VERSION="), b"PAR1"
_MACRO_SUFFIXES = (".xlsm", ".xltm", ".xlam")


@dataclass(frozen=True)
class Book:
    """An opened file: sheets of texts (one nameless sheet for a text or Parquet file), or a JSON document.

    `beside` holds what a workbook keeps outside its sheets (comments, pivot caches), `hidden` what nobody sees on them
    (formulas, names, lists to choose from, links, headers), `unseen` the names of hidden sheets left out. In a JSON
    document every number is a `Number`, a text with its digits as published.
    """

    file: str
    kind: Literal["workbook", "text", "json", "parquet"]
    sheets: tuple[Sheet, ...] = ()
    beside: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    document: Any = None
    encoding: str = ""
    delimiter: str = ""


def shown(book: Book) -> Book:
    """Return a workbook with the sheets people see; of one that is hidden nobody knows what it was kept for."""
    seen = tuple(sheet for sheet in book.sheets if not sheet.hidden)
    return replace(book, sheets=seen, unseen=tuple(sheet.name for sheet in book.sheets if sheet.hidden))


class Number(str):
    """A JSON number kept as its text."""

    __slots__ = ()


@cache
def limits() -> dict[str, int]:
    """Return the limits of an upload (bytes, rows, columns …) from `opening.toml`."""
    return read_toml(paths.DATA / "ingest" / "open_file.toml", dict[str, dict[str, int]])["limits"]


def open_file(path: Path) -> Book:
    """Return the opened file.

    Raises `Problems` (an ExceptionGroup) with the reason where the file is absent, empty, too large, damaged,
    protected, in another format, in an unreadable encoding, or grows beyond the limits when unpacked.
    """
    content = _content(path)
    if kind := foreign_kind(content):
        _fail(kind, path)
    if path.suffix.lower() in _MACRO_SUFFIXES:
        _fail("macro_workbook", path)
    if content.startswith(b"PK"):
        found = excel.sheets(path.name, content, limits())
        beside, hidden = excel.side_texts(content), excel.hidden_texts(content)
        return Book(path.name, "workbook", found, beside=tuple(beside), hidden=tuple(hidden))
    if path.suffix.lower() == ".xlsx":
        _fail("text_as_workbook" if _is_lines(content) else "damaged_workbook", path)
    if path.suffix.lower() == ".px" or content.startswith(_PX):
        _fail("px_file", path)
    if content.startswith(PARQUET):
        return _parquet_book(path, content)
    return _text_book(path, content)


def is_text(path: Path, content: bytes) -> bool:
    """Say whether what a file begins with is a table of text: no workbook, Parquet, PC-Axis or JSON."""
    named = path.suffix.lower() in (".xlsx", ".px", *_MACRO_SUFFIXES)
    other = named or content.startswith((_OLE, b"PK", PARQUET, *_PX))
    return not other and content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"[")


def delimiter_of(text: str) -> tuple[str, int]:
    """Return the delimiter of a text table, empty where it has none, and the number of lines before its heading."""
    delimiter, body, skipped = _declared(text)
    return delimiter or _delimiter(body), skipped


def _content(path: Path) -> bytes:
    if path.is_dir():
        _fail("is_directory", path)
    if not path.is_file():
        _fail("no_file", path)
    if path.stat().st_size > limits()["bytes"]:
        _fail("too_large", path, expected=f"{limits()['bytes'] // 1_000_000} MB")
    content = path.read_bytes()
    if not content.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        _fail("empty_file", path)
    return content


def _is_lines(content: bytes) -> bool:
    """Tell whether a file is lines of text, in one byte a letter or two."""
    head = content[:_HEAD]
    return b"\n" in head and (b"\0" not in head or head.startswith((b"\xff\xfe", b"\xfe\xff")))


def _parquet_book(path: Path, content: bytes) -> Book:
    try:
        rows = parquet.rows(content, limits()["rows"])
    except parquet.UNREADABLE as error:
        _fail("damaged_parquet", path, found=str(error).splitlines()[0])
    _within(path, rows)
    return Book(path.name, "parquet", (Sheet("", rows),))


def _text_book(path: Path, content: bytes) -> Book:
    text, encoding = decoding.decode(path.name, content)
    text = text if "\n" in text else text.replace("\r", "\n")  # as old systems end their lines
    if text.lstrip()[:1] in ("{", "["):
        return Book(path.name, "json", document=_document(path, text), encoding=encoding)
    delimiter, body, skipped = _declared(text)
    delimiter = delimiter or _delimiter(body)
    rows = _rows(path, body, delimiter)
    blank: tuple[tuple[str, ...], ...] = ((),) * skipped
    _within(path, rows)
    return Book(path.name, "text", (Sheet("", blank + rows),), encoding=encoding, delimiter=delimiter)


def _declared(text: str) -> tuple[str, str, int]:
    """Return the delimiter a `sep=` line declares, the rest of the text and the number of lines skipped."""
    first, _, rest = text.partition("\n")
    line = first.rstrip("\r")
    if line.lower().startswith("sep=") and len(line) in (4, 5):
        return (line[4:] or "\t"), rest, 1
    return "", text, 0


def _delimiter(text: str) -> str:
    """Return the delimiter that gives the most lines the same number of columns; more columns break a tie.

    Few rows between a title and notes have one, where semicolons or tabs divide them into three columns or more.
    A first line of nothing but quoted names with spaces between is delimited by spaces.
    """
    if _QUOTED.match(text):
        return " "
    lines = [line for line in text.splitlines()[:2000] if line.strip(_DELIMITERS + " ")]
    best, mark = (0, 0), ""
    for candidate in _DELIMITERS:
        try:
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=candidate, strict=True) if len(row) > 1)
        except csv.Error:
            continue
        if widths:
            width, number = max(widths.items(), key=lambda item: (item[1], item[0]))
            if (number, width) > best:
                best, mark = (number, width), candidate
    few = mark in _RARE and best[0] > 1 and best[1] > 2
    return mark if few or 2 * best[0] > len(lines) else ""


def _rows(path: Path, text: str, delimiter: str) -> tuple[tuple[str, ...], ...]:
    if not delimiter:
        return tuple((line,) for line in text.splitlines())
    try:
        return tuple(tuple(row) for row in csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error as error:
        _fail("broken_text", path, found=str(error))


def _within(path: Path, rows: tuple[tuple[str, ...], ...]) -> None:
    if len(rows) > limits()["rows"]:
        _fail("too_many_rows", path, expected=str(limits()["rows"]), found=str(len(rows)))
    widest = max((len(row) for row in rows), default=0)
    if widest > limits()["columns"]:
        _fail("too_many_columns", path, expected=str(limits()["columns"]), found=str(widest))


def _document(path: Path, text: str) -> object:
    def odd(word: str) -> NoReturn:
        _fail("broken_json", path, found=word)

    def table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = [name for name, _ in pairs]
            _fail("key_twice", path, found=next(name for name in names if names.count(name) > 1))
        return found

    try:
        return json.loads(text, parse_int=Number, parse_float=Number, parse_constant=odd, object_pairs_hook=table)
    except json.JSONDecodeError as error:
        _fail("broken_json", path, cell=f"{error.lineno}:{error.colno}", found=error.msg)
    except RecursionError:
        _fail("broken_json", path, found="[[[[…")


def _fail(code: str, path: Path, **facts: str) -> NoReturn:
    raise_all(path.name, [Problem(code=code, file=path.name, **facts)])
    raise AssertionError(code)
