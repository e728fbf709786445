"""SSB's Statbank saved as a workbook or as text: a title, headings over one to five rows, labels, notes below."""

import re
from collections.abc import Iterator, Mapping

from data.ingest.contract import NUMERIC, Note, Problem, TableContract, standard_columns
from data.ingest.open_file import Book
from data.ingest.sheet import cell_name, trim
from data.sources.adapter import AdapterReading, Layout, text_table
from data.sources.ssb.heading_words import FIELDS
from data.sources.ssb.region_labels import numbered, place_of
from data.sources.ssb.statbank_headings import (
    StatbankHeading,
    StatbankLayout,
    grid_of,
    headings,
    split,
)
from data.sources.ssb.statbank_parts import (
    below_of,
    figures_below,
    footnotes,
    several,
    tables_of,
    title_of,
    without_numbers,
)
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
Record = dict[str, str]


def recognises_xlsx(book: Book) -> bool:
    """Tell whether a workbook has a sheet with a Statbank title ("13563: …") above a table."""
    return book.kind == "workbook" and any(title_of(sheet) for sheet in book.sheets)


def recognises_csv(book: Book) -> bool:
    """Tell whether a text begins with a Statbank title."""
    return book.kind == "text" and any(title_of(sheet) for sheet in book.sheets)


def read(book: Book) -> AdapterReading:
    """Return one record for each number of each sheet with a title; other sheets are named and left out."""
    titles = {sheet.name: title for sheet in book.sheets if (title := title_of(sheet))}
    return read_sheets(book, titles)


def read_sheets(book: Book, titles: Mapping[str, str]) -> AdapterReading:
    """Return one record for each number of the sheets that have a title here; an empty one names no table."""
    notes = [Note("foreign_sheet", sheet.name) for sheet in book.sheets if sheet.name not in titles]
    tables = [each for sheet in book.sheets if sheet.name in titles for each in tables_of(sheet, titles[sheet.name])]
    grids = [grid_of(*each) for each in tables]
    found = [*several(book.file, [title for _, title in tables])] + [
        Problem(code="missing_header", file=book.file, sheet=sheet.name, expected="headings")
        for (sheet, _), grid in zip(tables, grids, strict=True)
        if grid is None
    ]
    below = [(grid, below_of(grid)) for grid in grids if grid]
    early = {grid.title for grid, words in below if words.preliminary}
    records: dict[tuple[str, ...], Record] = {}
    for number, (grid, words) in enumerate(below):
        heads, wrong = headings(book.file, grid)
        found += [*wrong, *figures_below(book.file, grid)]
        read = [record for row in grid.body for record in _records(grid, row, heads, words.unit)]
        mine, doubtful, named = numbered(read, book.file)
        found += doubtful
        notes += named
        _add(records, _preliminary(mine) if grid.title in early else mine, notes, number)
        notes += footnotes(grid)
    found += without_numbers(book.file, records, notes)
    title = next(iter(titles.values()))
    updated = next((words.updated for _, words in below if words.updated), None)
    return AdapterReading(
        title, text_table([*records.values()]), tuple(notes), tuple(found), title[:5] or None, updated
    )


def _records(grid: StatbankLayout, row: int, heads: list[StatbankHeading], unit: str) -> Iterator[Record]:
    facts = _facts(grid.labels(row))
    for head in heads:
        record = {"age_group": "all", "sheet": grid.sheet.name} | facts | head.facts
        label = cell_name(grid.heads[0], head.column) if "region_label" in head.facts else cell_name(row, 0)
        record["region_cell"] = label
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
        code, _ = region_of(label)
        if role == "region" or (code and not role and "region_code" not in facts):
            if facts.get("region_code") and not (code or region_code(label)):  # a column of names beside the numbers
                facts["region_name"] = facts.get("region_name") or label
                continue
            facts |= place_of(label)
        elif role == "time":
            facts |= {"period": period_of(label) or label, "mark": "*" if label.endswith("*") else ""}
        elif role in FIELDS:
            facts[FIELDS[role]] = meaning(name, label) or trim(label)
        else:
            others.append(f"{name}={label}")
    return facts | {"dimensions": ";".join(others)}


def _add(records: dict[tuple[str, ...], Record], mine: list[Record], notes: list[Note], table: int) -> None:
    """Add the records of a table; a row that stands in an earlier one with the same number is named once."""
    repeated: list[Record] = []
    for number, record in enumerate(mine):
        key = tuple(
            record.get(name, "") for name in ("measure", "region_code", "period", "age_group", "sex", "dimensions")
        )
        before = records.get(key)
        record["table"] = str(table)
        if before is not None and before["table"] != record["table"] and _same(before, record):
            repeated.append(record)
        else:
            records[key if before is None else (*key, str(table), str(number))] = record
    if repeated:
        cell = next(repeated[0][f"{name}_cell"] for name in NUMERIC if f"{name}_cell" in repeated[0])
        notes.append(
            Note("repeated_rows", repeated[0]["sheet"], cell, repeated[0].get("region_name", ""), len(repeated))
        )


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


XLSX_LAYOUT = Layout(XLSX_CONTRACT, recognises_xlsx, read)
CSV_LAYOUT = Layout(CSV_CONTRACT, recognises_csv, read)
