"""A text table of any length, a row at a time: a researcher's own file meets no limit made for uploads."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from data.ingest import encoding
from data.ingest.contract import Problem, raise_all
from data.ingest.open_file import delimiter_of, is_text, open_file, shown

HEAD = 2**20
"""Bytes by which encoding and delimiter are settled; a file no longer than this is opened whole."""
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
Rows = Iterator[tuple[int, tuple[str, ...]]]


def text_rows(path: Path, formats: str) -> Rows:
    """Yield the rows that hold something, each with its place in the file counted from 0.

    Raises `Problems` as `open_file` does, and with `formats`, which may be read, where the file is neither text nor a
    workbook of one sheet.
    """
    filled = _streamed(path) if _is_long(path) else _whole(path, formats)
    return ((place, row) for place, row in filled if any(cell.strip() for cell in row))


def _is_long(path: Path) -> bool:
    """Say whether a file is text and too long to be held whole."""
    if not path.is_file() or path.stat().st_size <= HEAD:
        return False
    head = _head(path)
    return is_text(path, head) and not head.startswith(_UTF_16)


def _whole(path: Path, formats: str) -> Rows:
    book = shown(open_file(path))
    filled = [sheet for sheet in book.sheets if any(any(map(str.strip, row)) for row in sheet.rows)]
    sheets = filled if book.kind == "workbook" else book.sheets
    if book.kind not in ("text", "workbook"):
        raise_all(path.name, [Problem(code="uia_format", file=path.name, found=path.suffix, expected=formats)])
    if len(sheets) != 1:
        raise_all(path.name, [Problem(code="uia_sheets", file=path.name, found=str(len(sheets)))])
    return enumerate(sheets[0].rows)


def _streamed(path: Path) -> Rows:
    text, name = encoding.decode(path.name, _head(path))
    delimiter, skipped = delimiter_of(text)
    try:
        with path.open(encoding=name, newline="") as lines:
            for _ in range(skipped):
                next(lines)
            rows = csv.reader(lines, delimiter=delimiter, strict=True) if delimiter else ([line] for line in lines)
            yield from enumerate(map(tuple, rows), start=skipped)
    except UnicodeDecodeError as error:
        _fail("wrong_encoding", path, f"{name} {error.start}", name)
    except csv.Error as error:
        _fail("broken_text", path, str(error))


def _head(path: Path) -> bytes:
    """Return the first lines of a file, whole."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    return head[: head.rfind(b"\n") + 1] or head


def _fail(code: str, path: Path, found: str, expected: str = "") -> NoReturn:
    raise_all(path.name, [Problem(code=code, file=path.name, found=found, expected=expected)])
    raise AssertionError(code)
