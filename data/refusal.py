"""What may never come in: identity numbers, person-level columns, persons' names and e-mail addresses."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from data import paths
from data.contract import Problem, raise_all
from data.opening import Book, open_file
from data.sheets import Sheet, cell_name, column_name, trim
from data.toml import toml_table

_ELEVEN = re.compile(
    r"(?<!\d)(?:(\d{6})[ .\-_/]?(\d{5})|(\d{2})[ .\-/](\d{2})[ .\-/](\d{2})[ .\-/]?(\d{5}))(?:[.,]0+)?(?!\d)"
)
_TEN = re.compile(r"^(\d{10})(?:[.,]0+)?$")
_EMAIL = re.compile(r"[A-Za-z0-9_.+\-æøåÆØÅ]+@([A-Za-z0-9æøåÆØÅ\-]+(?:\.[A-Za-z0-9\-]+)+)")
_FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_BREAKS = re.compile(r"[;,\t|]")


def refuse(source: Path | Book | Iterable[Sheet]) -> None:
    """Refuse a file whole where any cell of any sheet belongs to a person.

    Raises `Problems` naming sheet and column, never the value; nothing is stored or logged. Give a path, an opened
    file, or a table of cells.
    """
    if isinstance(source, Book):
        book = source
    else:
        book = open_file(source) if isinstance(source, Path) else Book("", "workbook", tuple(source))
    raise_all(book.file, [*_book_problems(book), *_beside_problems(book)])


def is_identity_number(digits: str) -> bool:
    """Tell whether eleven digits are a fødselsnummer, D-number, H-number or synthetic number.

    Demands a real date (day + 40 for D; month + 40, + 65 or + 80 for H and synthetic) and both check digits.
    """
    if len(digits) != 11 or not digits.isdecimal():
        return False
    numbers = [int(digit) for digit in digits]
    return _is_date(*(int(digits[i : i + 2]) for i in (0, 2, 4))) and _checks(numbers)


def _is_date(day: int, month: int, year: int) -> bool:
    day = day - 40 if day > 40 else day
    for shift in (0, 40, 65, 80):
        if 1 <= month - shift <= 12:
            leap_safe = 2000 + year if year % 4 == 0 else 1900 + year
            try:
                dt.date(leap_safe, month - shift, day)
            except ValueError:
                continue
            return True
    return False


def _checks(numbers: list[int]) -> bool:
    first = -sum(w * n for w, n in zip(_FIRST, numbers, strict=False)) % 11
    second = -sum(w * n for w, n in zip(_SECOND, numbers, strict=False)) % 11
    return (first, second) == (numbers[9], numbers[10])


def _book_problems(book: Book) -> list[Problem]:
    document = book.document is not None
    sheets = _document_sheets(book.document) if document else book.sheets
    found: dict[tuple[str, str, int], Problem] = {}
    for sheet in sheets:
        for code, row, column in _personal(sheet):
            cell, letters = ("", "JSON") if document else (cell_name(row, column), column_name(column))
            problem = Problem(code=code, file=book.file, sheet=_safe(sheet.name), cell=cell, column=letters)
            found.setdefault((code, sheet.name, column), problem)
    named = [sheet.name for sheet in sheets if _is_personal_text(sheet.name)]
    return [*found.values(), *(Problem(code="identity_number", file=book.file, column="–") for _ in named[:1])]


def _beside_problems(book: Book) -> list[Problem]:
    """Return what belongs to a person in comments and pivot caches, which keep the rows a table was made from."""
    codes = {code for text in book.beside if (code := _code(text))}
    return [Problem(code=code, file=book.file, sheet="xl/…", column="–") for code in sorted(codes)]


def _safe(name: str) -> str:
    return "…" if _is_personal_text(name) else name


def _is_personal_text(text: str) -> bool:
    return bool(_has_number(text) or _EMAIL.search(text))


def _personal(sheet: Sheet) -> Iterator[tuple[str, int, int]]:
    short: dict[int, list[tuple[int, bool]]] = {}
    for row, column, text in sheet.cells():
        code = _code(text)
        if code:
            yield code, row, column
        elif "@" in text and _is_address(sheet, row, text):
            yield "email_address", row, column
        ten = _TEN.match(text.strip()) if len(text) >= 10 else None
        if ten:
            short.setdefault(column, []).append((row, is_identity_number("0" + ten.group(1))))
    for column, cells in short.items():
        hits = [row for row, passes in cells if passes]
        if 2 * len(hits) >= len(cells) and hits:
            yield "identity_number", hits[0], column


def _code(text: str) -> str:
    if len(text) >= 11 and _has_number(text):
        return "identity_number"
    if len(text) < 3 or text.isdecimal():
        return ""
    return _heading(text) if len(text) < 200 else ""


def _has_number(text: str) -> bool:
    if sum(map(str.isdecimal, text)) < 11:
        return False
    plain = trim(unicodedata.normalize("NFKC", text))
    return any(is_identity_number("".join(hit)) for hit in _ELEVEN.findall(plain))


def _heading(text: str) -> str:
    for part in _BREAKS.split(text):
        letters = _letters(part)
        if letters in _headings("person") or letters.startswith(tuple(_headings("person_prefixes"))):
            return "person_column"
        if letters in _headings("name"):
            return "person_name_column"
    return ""


def _letters(text: str) -> str:
    if not any(map(str.isalpha, text)):
        return ""
    plain = unicodedata.normalize("NFKC", text).lower().translate(str.maketrans("øåæ", "oae"))
    return "".join(letter for letter in plain if letter.isalpha())


def _is_address(sheet: Sheet, row: int, text: str) -> bool:
    """Tell whether a text holds an e-mail address that is not the publisher's contact below its table."""
    domains = [hit.group(1).lower() for hit in _EMAIL.finditer(text)]
    alone = len(sheet.filled(row)) == 1 and row > 0
    return bool(domains) and not (alone and all(domain in _domains() for domain in domains))


def _document_sheets(document: object) -> list[Sheet]:
    """Return a JSON document as one sheet: a row for each key or value, the path being its only company."""
    rows: list[tuple[str, ...]] = [("",)]
    stack: list[tuple[object, bool]] = [(document, False)]
    while stack:
        item, contact = stack.pop()
        if isinstance(item, dict):
            rows += [(str(key),) for key in item]
            stack += [(inner, contact or key in ("contact", "note")) for key, inner in item.items()]
        elif isinstance(item, list):
            stack += [(inner, contact) for inner in item if not _is_short_number(inner)]
        elif isinstance(item, str):
            rows.append((item,) if contact else (item, "."))
    return [Sheet("", tuple(rows))]


def _is_short_number(item: object) -> bool:
    """Tell whether a value is a number too short to be anybody's: most of a data set, passed over for speed."""
    return item is None or (isinstance(item, str) and len(item) < 10 and item.isdecimal())


@cache
def _words() -> dict[str, Any]:
    return toml_table(paths.DATA / "refusal.toml")


@cache
def _headings(kind: str) -> frozenset[str]:
    return frozenset(_words()["columns"][kind])


@cache
def _domains() -> frozenset[str]:
    return frozenset(_words()["publishers"]["domains"])
