"""What may never come in: identity numbers, person-level columns, persons' names and e-mail addresses."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from data import paths
from data.ingest.contract import Problem, raise_all
from data.ingest.identity import digits_of, holds_identity_number, is_identity_number, is_short_identity_number
from data.ingest.open_file import Book, open_file
from data.ingest.sheet import Sheet, cell_name, column_name
from data.toml import toml_table

_EMAIL = re.compile(r"[A-Za-z0-9_.+\-æøåÆØÅ]+@([A-Za-z0-9æøåÆØÅ\-]+(?:\.[A-Za-z0-9\-]+)+)")
_BREAKS = re.compile(r"[;,\t|]")
_BIRTH = re.compile(r"^\D?(?:(\d{2})\W?(\d{2})\W?(?:\d{2})?(\d{2})|\d{2}(\d{2})-(\d{2})-(\d{2})(?:T[\d:]+)?)$")
_FIVE = re.compile(r"^\W?(\d{1,5})(?:[.,]0+)?$")
_TABLE = 3  # so many filled cells make a row a row of headings
_FIXED_LINES, _FIXED_WIDTH = 2, 40


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


def _book_problems(book: Book) -> list[Problem]:
    document = book.document is not None
    sheets = _document_sheets(book.document) if document else book.sheets
    found: dict[tuple[str, str, int], Problem] = {}
    for sheet in sheets:
        for code, row, column in (*_personal(sheet, headed=not document), *_fixed_width(book, sheet)):
            cell, letters = ("", "JSON") if document else (cell_name(row, column), column_name(column))
            problem = _problem(code, book.file, _safe(sheet.name), cell, letters)
            found.setdefault((code, sheet.name, column), problem)
    named = [text for text in (book.file, *(sheet.name for sheet in sheets)) if _is_personal_text(text)]
    return [*found.values(), *(_problem("identity_number", book.file) for _ in named[:1])]


def _problem(code: str, file: str, sheet: str = "", cell: str = "", column: str = "–") -> Problem:
    return Problem(code=code, file=_safe(file), sheet=sheet, cell=cell, column=column)


def _beside_problems(book: Book) -> list[Problem]:
    """Return what belongs to a person in comments and pivot caches, which keep the rows a table was made from.

    In what else a workbook has beside its cells (formulas, names, lists, links) only identity numbers are looked for.
    """
    codes = {code for text in book.beside if (code := _code(text))}
    found = any(map(holds_identity_number, book.hidden))
    hidden = {"identity_number"} if found or any(map(is_short_identity_number, (*book.beside, *book.hidden))) else set()
    return [_problem(code, book.file, "xl/…") for code in sorted(codes | hidden)]


def _safe(name: str) -> str:
    return "…" if _is_personal_text(name) else name


def _is_personal_text(text: str) -> bool:
    return bool(holds_identity_number(text) or _EMAIL.search(text))


def _personal(sheet: Sheet, *, headed: bool) -> Iterator[tuple[str, int, int]]:
    """Yield what belongs to a person, cell by cell. headed: the sheet has rows of headings, as a document has none.

    Each text is looked at once, and only the cells of those that tell something where they stand.
    """
    texts = sheet.texts()
    codes = {text: code for text in texts if (code := _code(text))}
    contacts = {text for text in texts if headed and 3 <= len(text) <= 30 and _letters(text) in _headings("contact")}
    tens = {text: ten for text in texts if len(ten := digits_of(text) if len(text) >= 10 else "") == 10}
    short: dict[int, list[tuple[int, bool]]] = {}
    for row, column, text in sheet.cells_of({*codes, *contacts, *tens, *(text for text in texts if "@" in text)}):
        code = codes.get(text) or (_contact(sheet, row) if text in contacts else "")
        if code:
            yield code, row, column
        elif "@" in text and _is_address(sheet, row, text):
            yield "email_address", row, column
        if text in tens and tens[text].isdecimal():
            short.setdefault(column, []).append((row, is_identity_number("0" + tens[text])))
    yield from _mostly(short, 1)
    yield from _mostly(_over_two_columns(sheet, texts), 2)


def _mostly(columns: dict[int, list[tuple[int, bool]]], fewest: int) -> Iterator[tuple[str, int, int]]:
    """Yield the first cell of each column of which at least half, and no fewer, would be somebody's number."""
    for column, cells in columns.items():
        hits = [row for row, passes in cells if passes]
        if 2 * len(hits) >= len(cells) and len(hits) >= fewest:
            yield "identity_number", hits[0], column


def _over_two_columns(sheet: Sheet, texts: Iterable[str]) -> dict[int, list[tuple[int, bool]]]:
    """Return, by the column of a date of birth, whether it and the five digits beside it are somebody's number."""
    births = {text: hit for text in texts if 6 <= len(text) <= 20 and (hit := _BIRTH.match(text.strip()))}
    found: dict[int, list[tuple[int, bool]]] = {}
    for row, column, text in sheet.cells_of(births):
        beside = sheet.rows[row][column + 1 : column + 2]
        five = _FIVE.match(beside[0].strip()) if beside else None
        if five:
            day, month, year, iso_year, iso_month, iso_day = births[text].groups()
            date = "".join((day, month, year) if day else (iso_day, iso_month, iso_year))
            found.setdefault(column, []).append((row, is_identity_number(date + five.group(1).zfill(5))))
    return found


def _fixed_width(book: Book, sheet: Sheet) -> Iterator[tuple[str, int, int]]:
    """Yield where lines of one width have a person's number at the same place: a register such as KOSTRA's 11F."""
    lines = [row[0] for row in sheet.rows if len(row) == 1 and len(row[0]) >= _FIXED_WIDTH]
    if (
        book.kind != "text"
        or len(lines) < _FIXED_LINES
        or len({len(line.rstrip()) for line in lines[:50]}) > _FIXED_LINES
    ):
        return
    for place in range(min(map(len, lines)) - 10):
        hits = [line for line in lines if is_identity_number(line[place : place + 11])]
        if 2 * len(hits) >= len(lines):
            yield "person_register", 0, 0
            return


def _code(text: str) -> str:
    if holds_identity_number(text):
        return "identity_number"
    if len(text) < 3 or text.isdecimal():
        return ""
    return _heading(text) if len(text) < 200 else ""


def _contact(sheet: Sheet, row: int) -> str:
    """Return what a heading such as Telefon is: a person's where it heads a column among others, else a publisher's."""
    return "person_column" if len(sheet.filled(row)) >= _TABLE else ""


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
    return toml_table(paths.DATA / "ingest" / "personal_data.toml")


@cache
def _headings(kind: str) -> frozenset[str]:
    return frozenset(_words()["columns"][kind])


@cache
def _domains() -> frozenset[str]:
    return frozenset(_words()["publishers"]["domains"])
