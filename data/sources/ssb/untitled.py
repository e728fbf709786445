"""SSB's interface: CSV and Parquet, which begin with the names of their columns and name no table."""

import re

from data.ingest.contract import Problem, TableContract, standard_columns
from data.ingest.open_file import Book
from data.ingest.sheet import Sheet
from data.sources.adapter import AdapterReading, Layout
from data.sources.ssb import statbank
from data.sources.ssb.vocabulary import PERIOD, PRELIMINARY, SYMBOLS, ZERO, role_of, words

CONTRACT = TableContract(
    "ssb_table", "SSB", standard_columns("percent", regions=False), SYMBOLS,
    preliminary_mark=PRELIMINARY, zero_symbols=ZERO, above_whole=True,
)  # fmt: skip
_PERIOD = re.compile(rf"(?:^|\s)({PERIOD})$", re.IGNORECASE)
_NUMBER = re.compile(r"(?<!\d)\d{5}(?!\d)")
_SYMBOL, _STAMP = "_symbol", "timestamp"


def recognises(book: Book) -> bool:
    """Tell whether a table begins with names of columns, regions and periods among them, and is no other's."""
    names = _names(book)
    roles = {role_of(name) for name in names}
    if book.kind == "workbook" and "contents" not in roles and not _NUMBER.search(book.file):
        return False  # many a table of others has columns of regions and years
    dated = "time" in roles or any(_PERIOD.search(name) for name in names)
    foreign = set(words()["others"]["columns"]) & {name.lower() for name in names}
    return "region" in roles and dated and not foreign


def read(book: Book) -> AdapterReading:
    """Return one record for each number; the table's number heads the numbers, is in the file's name, or nowhere."""
    sheet = _plain(book.sheets[0])
    reading = statbank.read_sheets(Book(book.file, book.kind, (sheet,), delimiter=book.delimiter), {sheet.name: ""})
    number = next((hit for name in (*_names(book)[-1:], book.file) if (hit := _NUMBER.search(name))), None)
    return AdapterReading(book.file, reading.table, reading.notes, reading.problems, number.group() if number else None)


def diagnose(book: Book) -> list[Problem]:
    """Return why a table that looks like one of SSB's cannot be used: its title was taken away, and its regions."""
    names = _names(book) if book.kind != "workbook" else []
    dated = any(role_of(name) == "time" or _PERIOD.search(name) for name in names)
    return [Problem(code="ssb_no_title", file=book.file, cell="A1", found=names[0])] if dated and len(names) > 1 else []


def _names(book: Book) -> list[str]:
    if book.kind == "json" or not book.sheets or not book.sheets[0].rows:
        return []
    return [text for _, text in book.sheets[0].filled(0)]


def _plain(sheet: Sheet) -> Sheet:
    """Return a table without what Parquet adds: symbols go where their number is not, the date of a period goes out."""
    if not any(name.endswith(_SYMBOL) for name in sheet.rows[0]):
        return sheet
    names = [name.strip() for name in sheet.rows[0]]
    kept = [place for place, name in enumerate(names) if name != _STAMP and not name.endswith(_SYMBOL)]
    beside = {place: names.index(names[place] + _SYMBOL) for place in kept if names[place] + _SYMBOL in names}
    body = [tuple(row[place] or row[beside.get(place, place)] for place in kept) for row in sheet.rows[1:]]
    heads = tuple(re.sub(r"^ContentsCode_", "", names[place]) for place in kept)
    return Sheet(sheet.name, (heads, *body))


LAYOUT = Layout(CONTRACT, recognises, read)
