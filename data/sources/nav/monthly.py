"""NAV's monthly municipal workbooks (HL060 and its siblings): sheets by measure, county blocks, months across."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from data.ingest.contract import MONTH, Note, Problem, TableContract, standard_columns
from data.ingest.open_file import Book
from data.ingest.sheet import Sheet, cell_name
from data.sources.adapter import AdapterReading, Layout, text_table
from data.sources.nav.month_headings import months_in, texts_above, title_of, unit_of, years_of
from data.sources.nav.vocabulary import is_no_region, measure_of

_LABEL = re.compile(r"^(\d{4})\s+(\S.*)$")
_ONE_DECIMAL = re.compile(r"^\d+(\.\d)?$")
_HEADINGS = ("fylke", "kommune", "region", "område")
_TOP_ROWS = 7
Record = dict[str, str]


CONTRACT = TableContract("nav_hl060", "NAV", standard_columns("percent", MONTH), {"*": "suppressed"})


@dataclass(frozen=True)
class MonthSheet:
    """One sheet of NAV's own: what it counts, in which unit, and the year of each month."""

    sheet: Sheet
    measure: str
    unit: str
    years: dict[int, str]


def recognises(book: Book) -> bool:
    """Tell whether a workbook has a sheet of NAV's: a title that names a measure above a row of months."""
    return book.kind == "workbook" and any(_is_ours(sheet) for sheet in book.sheets)


def read(book: Book) -> AdapterReading:
    """Return counts and shares paired in one record for each region and month."""
    notes: list[Note] = []
    found: list[Problem] = []
    records: dict[tuple[str, ...], Record] = {}
    title = ""
    for sheet in book.sheets:
        if not _is_ours(sheet):
            found += _headless(book.file, sheet)
            notes.append(Note("foreign_sheet", sheet.name))
            continue
        head, problems = _head(book.file, sheet)
        found += problems
        if head is not None:
            title = title or title_of(sheet)
            found += _collect(book.file, head, records, notes)
    notes += _unpaired(records)
    table = text_table(list(records.values()))
    return AdapterReading(title, table, tuple(notes), tuple(found))


def _is_ours(sheet: Sheet) -> bool:
    first = next((row for row in range(len(sheet.rows)) if months_in(sheet, row)), None)
    return first is not None and bool(measure_of(texts_above(sheet, first))) and _names_nav(sheet, first)


def _headless(file: str, sheet: Sheet) -> list[Problem]:
    """Name a sheet with NAV's title and unit whose row of months is gone."""
    texts = texts_above(sheet, min(_TOP_ROWS, len(sheet.rows)))
    if any(months_in(sheet, row) for row in range(len(sheet.rows))) or not (measure_of(texts) and unit_of(texts)):
        return []
    return [Problem(code="missing_header", file=file, sheet=sheet.name, expected="months")]


def _names_nav(sheet: Sheet, first: int) -> bool:
    texts = [text.lower() for text in texts_above(sheet, first)]
    return any(text.startswith("kilde") and "nav" in text for text in texts) or bool(unit_of(texts))


def _head(file: str, sheet: Sheet) -> tuple[MonthSheet | None, list[Problem]]:
    first = next(row for row in range(len(sheet.rows)) if months_in(sheet, row))
    texts = texts_above(sheet, first)
    unit = unit_of([text for text in texts if len(text) < 100])
    years = next((years for text in texts if (years := years_of(text))), {})
    found = []
    if not unit:
        found.append(Problem(code="missing_unit", file=file, sheet=sheet.name, cell=cell_name(first, 0)))
    if not years:
        found.append(Problem(code="missing_year", file=file, sheet=sheet.name, cell=cell_name(first, 0)))
    return (None if found else MonthSheet(sheet, measure_of(texts), unit, years)), found


def _collect(file: str, head: MonthSheet, records: dict[tuple[str, ...], Record], notes: list[Note]) -> list[Problem]:
    found: list[Problem] = []
    months: dict[int, int] = {}
    mine: list[str] = []
    for row in range(len(head.sheet.rows)):
        header = months_in(head.sheet, row)
        if header:
            months = header
            found += _outside(file, head, row, header)
        elif months:
            region = _region(head.sheet, row, min(months))
            if region is None:
                notes += _left_out(head.sheet, row, months)
                continue
            found += _stray(file, head.sheet, row, months)
            for record in _records(head, row, months, region):
                mine.append(record[head.unit])
                found += _merge(file, records, record, head.unit)
    return found + _scale(file, head, mine)


def _outside(file: str, head: MonthSheet, row: int, header: dict[int, int]) -> Iterator[Problem]:
    for column, month in header.items():
        if month not in head.years:
            yield Problem(
                code="month_outside_period",
                file=file,
                sheet=head.sheet.name,
                cell=cell_name(row, column),
                found=head.sheet.text(row, column),
            )
    for column, text in head.sheet.filled(row):
        if column not in header and text.lower() not in _HEADINGS:
            yield Problem(
                code="unknown_heading",
                file=file,
                sheet=head.sheet.name,
                cell=cell_name(row, column),
                expected="months",
                found=text,
            )


def _region(sheet: Sheet, row: int, first: int) -> tuple[str, str] | None:
    """Return code and name of a row: `1103 Stavanger` in one cell, or the code in a cell of its own."""
    labels = [text for column, text in sheet.filled(row) if column < first]
    if not labels:
        return None
    joined = _LABEL.match(labels[0])
    if joined:
        return joined.group(1), joined.group(2)
    if len(labels) != 2 or not re.fullmatch(r"\d{1,4}", labels[0]) or is_no_region(labels[1]):
        return None
    return labels[0].zfill(2 if len(labels[0]) <= 2 else 4), labels[1]


def _left_out(sheet: Sheet, row: int, months: dict[int, int]) -> list[Note]:
    cells = sheet.filled(row)
    block_title = len(cells) == 1 and any(
        months_in(sheet, below) for below in (row + 1, row + 2) if below < len(sheet.rows)
    )
    if not cells or block_title:
        return []
    label = " ".join(text for column, text in cells if column < min(months))
    reason = "footnote" if not any(column in months for column, _ in cells) else "total"
    if reason == "total" and not label.lower().startswith(("i alt", "sum", "totalt")):
        reason = "unknown_region"
    return [Note(reason, sheet.name, cell_name(row, cells[0][0]), label or cells[0][1])]


def _stray(file: str, sheet: Sheet, row: int, months: dict[int, int]) -> Iterator[Problem]:
    for column, text in sheet.filled(row):
        if column > min(months) and column not in months:
            yield Problem(
                code="value_without_heading", file=file, sheet=sheet.name, cell=cell_name(row, column), found=text
            )


def _records(head: MonthSheet, row: int, months: dict[int, int], region: tuple[str, str]) -> Iterator[Record]:
    for column, month in months.items():
        if month in head.years:
            yield {
                "measure": head.measure,
                "region_code": region[0],
                "region_name": region[1],
                "period": f"{head.years[month]}-{month:02}",
                "age_group": "all",
                head.unit: head.sheet.text(row, column),
                "sheet": head.sheet.name,
                f"{head.unit}_cell": cell_name(row, column),
            }


def _merge(file: str, records: dict[tuple[str, ...], Record], record: Record, unit: str) -> list[Problem]:
    key = (record["measure"], record["region_code"], record["period"])
    before = records.get(key)
    if before is not None and f"{unit}_cell" in before:
        first = f"{before['sheet']}!{before[f'{unit}_cell']}"
        return [
            Problem(
                code="duplicate_row",
                file=file,
                sheet=record["sheet"],
                cell=record[f"{unit}_cell"],
                expected=first,
                found=" ".join(key),
                column=unit,
            )
        ]
    if before is None:
        records[key] = record
    elif unit == "count":
        records[key] = before | record
    else:
        records[key] = record | before
    return []


def _unpaired(records: dict[tuple[str, ...], Record]) -> Iterator[Note]:
    both = {unit for record in records.values() for unit in ("count", "share") if f"{unit}_cell" in record}
    seen: set[str] = set()
    for record in records.values():
        unit = "count" if "count_cell" in record else "share"
        if len(both) == 2 and not {"count_cell", "share_cell"} <= set(record) and record["region_code"] not in seen:
            seen.add(record["region_code"])
            yield Note("one_sheet_only", record["sheet"], record[f"{unit}_cell"], record["region_name"])


def _scale(file: str, head: MonthSheet, texts: list[str]) -> list[Problem]:
    """Check that shares are percent: above 1 somewhere, or all with one decimal at most."""
    numbers = [text for text in texts if re.fullmatch(r"\d+(\.\d+)?", text) and float(text) > 0]
    percent = any(float(text) > 1 for text in numbers) or all(_ONE_DECIMAL.match(text) for text in numbers)
    if head.unit != "share" or percent:
        return []
    return [Problem(code="share_not_percent", file=file, sheet=head.sheet.name, expected="percent", found=numbers[0])]


LAYOUT = Layout(CONTRACT, recognises, read)
