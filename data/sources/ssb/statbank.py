"""SSB's Statbank saved as a workbook or as text: a title, headings over one to five rows, labels, notes below."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from data.ingest.contract import NUMERIC, Note, Problem, TableContract, standard_columns
from data.ingest.open_file import Book
from data.ingest.sheet import Sheet, cell_name, trim
from data.sources.adapter import AdapterReading, Layout, text_table
from data.sources.ssb.statbank_headings import FIELDS, StatbankHeading, StatbankLayout, grid_of, headings, split
from data.sources.ssb.vocabulary import (
    PRELIMINARY,
    SYMBOLS,
    ZERO,
    meaning,
    period_of,
    quantity_of,
    region_code,
    region_of,
    role_of,
)

XLSX_CONTRACT = TableContract(
    "ssb_statbank_xlsx",
    "SSB",
    standard_columns("percent", regions=False),
    SYMBOLS,
    preliminary_mark=PRELIMINARY,
    zero_symbols=ZERO,
    above_whole=True,
)
CSV_CONTRACT = TableContract(
    "ssb_statbank_csv",
    "SSB",
    standard_columns("percent", regions=False),
    SYMBOLS,
    preliminary_mark=PRELIMINARY,
    zero_symbols=ZERO,
    above_whole=True,
)
_TITLE = re.compile(r"^\"?(\d{5}): \S")
_PRELIMINARY_NOTE = re.compile(
    r"siste årgang(en)? er foreløpige|figures? for the last year are preliminary", re.IGNORECASE
)
_CHANGED = re.compile(r"^(\d{4})(\d{2})(\d{2})\b")
_COMMA = re.compile(r"^-?\d+,\d+\*?$")
_POINT = re.compile(r"^-?\d+\.\d+\*?$")
Record = dict[str, str]


@dataclass(frozen=True)
class Below:
    """What stands below a table: the unit SSB names, the day of change, and whether the last year is preliminary."""

    unit: str
    updated: str
    preliminary: bool


def recognises_xlsx(book: Book) -> bool:
    """Tell whether a workbook has a sheet with a Statbank title ("13563: …") above a table."""
    return book.kind == "workbook" and any(_title(sheet) for sheet in book.sheets)


def recognises_csv(book: Book) -> bool:
    """Tell whether a text begins with a Statbank title."""
    return book.kind == "text" and any(_title(sheet) for sheet in book.sheets)


def read(book: Book) -> AdapterReading:
    """Return one record for each number of each sheet with a title; other sheets are named and left out."""
    titles = {sheet.name: title for sheet in book.sheets if (title := _title(sheet))}
    return read_sheets(book, titles)


def read_sheets(book: Book, titles: Mapping[str, str]) -> AdapterReading:
    """Return one record for each number of the sheets that have a title here; an empty one names no table."""
    notes = [Note("foreign_sheet", sheet.name) for sheet in book.sheets if sheet.name not in titles]
    grids = {sheet.name: grid_of(sheet, titles[sheet.name]) for sheet in book.sheets if sheet.name in titles}
    found = [
        Problem(code="missing_header", file=book.file, sheet=name, expected="headings")
        for name, grid in grids.items()
        if grid is None
    ]
    below = {grid.sheet.name: _below(grid) for grid in grids.values() if grid}
    early = {titles[name] for name, words in below.items() if words.preliminary}
    records: dict[tuple[str, ...], Record] = {}
    for grid in filter(None, grids.values()):
        heads, wrong = headings(book.file, grid)
        found += wrong
        unit = below[grid.sheet.name].unit
        mine = [record for row in grid.body for record in _records(grid, row, heads, unit, notes)]
        _point(mine, book)
        _add(records, _preliminary(mine) if grid.title in early else mine, notes)
        notes += _footnotes(grid)
    title = next(iter(titles.values()))
    updated = next((words.updated for words in below.values() if words.updated), None)
    return AdapterReading(
        title, text_table([*records.values()]), tuple(notes), tuple(found), title[:5] or None, updated
    )


def _title(sheet: Sheet) -> str:
    for row in range(min(3, len(sheet.rows))):
        cells = sheet.filled(row)
        if cells:
            text = ", ".join(text for _, text in cells)
            return trim(text.strip('"')) if _TITLE.match(text) and cells[0][0] == 0 else ""
    return ""


def _records(
    grid: StatbankLayout, row: int, heads: list[StatbankHeading], unit: str, notes: list[Note]
) -> Iterator[Record]:
    labels = grid.labels(row)
    facts = _facts(labels)
    if "region_label" in facts and not facts.get("region_code"):
        notes.append(Note("unknown_region", grid.sheet.name, cell_name(row, 0), facts["region_label"]))
        return
    for head in heads:
        record = {"age_group": "all", "sheet": grid.sheet.name} | facts | head.facts
        dimensions = ";".join(part for part in (facts.get("dimensions", ""), head.facts.get("dimensions", "")) if part)
        record["measure"] = facts.get("measure") or record.get("measure") or split(grid.title)[0]
        quantity = quantity_of(unit, record["measure"])
        text = grid.sheet.text(row, head.column)
        mark = PRELIMINARY if record.pop("mark", "") and re.search(r"\d$", text) else ""
        yield record | {
            "dimensions": dimensions,
            quantity: text + mark,
            f"{quantity}_cell": cell_name(row, head.column),
        }


def _facts(labels: dict[str, str]) -> Record:
    """Return what the labels of a row say: region, age, sex, period, contents, and other dimensions."""
    facts: Record = {}
    others: list[str] = []
    for name, label in labels.items():
        role = role_of(name)
        code, place = region_of(label)
        if role == "region" or (code and not role and "region_code" not in facts):
            if facts.get("region_name") == label:
                continue
            facts |= {"region_label": label, "region_code": code or region_code(label), "region_name": place}
        elif role == "time":
            facts |= {"period": period_of(label) or label, "mark": "*" if label.endswith("*") else ""}
        elif role in FIELDS:
            facts[FIELDS[role]] = meaning(name, label) or trim(label)
        else:
            others.append(f"{name}={label}")
    return facts | {"dimensions": ";".join(others)}


def _add(records: dict[tuple[str, ...], Record], mine: list[Record], notes: list[Note]) -> None:
    """Add the records of a sheet; a row that stands on an earlier sheet with the same number is named once."""
    repeated: list[Record] = []
    for number, record in enumerate(mine):
        key = tuple(
            record.get(name, "") for name in ("measure", "region_code", "period", "age_group", "sex", "dimensions")
        )
        before = records.get(key)
        if before is not None and before["sheet"] != record["sheet"] and _same(before, record):
            repeated.append(record)
        else:
            records[key if before is None else (*key, record["sheet"], str(number))] = record
    if repeated:
        cell = next(repeated[0][f"{name}_cell"] for name in NUMERIC if f"{name}_cell" in repeated[0])
        notes.append(
            Note("repeated_rows", repeated[0]["sheet"], cell, repeated[0].get("region_name", ""), len(repeated))
        )


def _point(records: list[Record], book: Book) -> None:
    """Write decimal commas as points, in a text whose delimiter is no comma and where no number has a point."""
    cells = [(record, name) for record in records for name in ("share", "value") if record.get(name)]
    points = any(_POINT.match(record[name]) for record, name in cells)
    if book.kind != "workbook" and book.delimiter != "," and not points:
        for record, name in cells:
            if _COMMA.match(record[name]):
                record[name] = record[name].replace(",", ".")


def _same(one: Record, other: Record) -> bool:
    return all(one.get(name, "") == other.get(name, "") for name in NUMERIC)


def _preliminary(records: list[Record]) -> list[Record]:
    """Mark the numbers of the last period as preliminary."""
    last = max((record.get("period", "") for record in records), default="")
    for record in records:
        for name in NUMERIC:
            if record.get("period") == last and re.search(r"\d$", record.get(name, "")):
                record[name] += PRELIMINARY
    return records


def _below(grid: StatbankLayout) -> Below:
    texts = [text for row in grid.rest for _, text in grid.sheet.filled(row)]
    unit, updated = "", ""
    for place, text in enumerate(texts):
        if text.lower().startswith(("måleenhet", "unit")):
            following = [t for t in texts[place + 1 : place + 3] if not t.endswith(":")]
            several = len([t for t in texts[place + 1 : place + 6] if t.endswith(":")]) > 2
            unit = "" if several else (following[0] if following else "")
        day = _CHANGED.match(text)
        if day and not updated:
            updated = "-".join(day.groups())
    return Below(
        unit if unit.lower() in ("personer", "prosent", "antall", "persons", "percent") else "",
        updated,
        any(_PRELIMINARY_NOTE.search(text) for text in texts),
    )


def _footnotes(grid: StatbankLayout) -> list[Note]:
    rows = [row for row in grid.rest if grid.sheet.filled(row)]
    if not rows:
        return []
    column, text = grid.sheet.filled(rows[0])[0]
    return [Note("footnotes", grid.sheet.name, cell_name(rows[0], column), text[:80], len(rows))]


XLSX_LAYOUT = Layout(XLSX_CONTRACT, recognises_xlsx, read)
CSV_LAYOUT = Layout(CSV_CONTRACT, recognises_csv, read)
