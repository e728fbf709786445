"""Read a publisher's sheets as described: one record a region, period, age and sex, count and share together."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from sys import intern

from data.ingest.contract import Note, Problem
from data.ingest.open_file import Book
from data.ingest.sheet import Sheet, cell_name
from data.sources.adapter import AdapterReading, Layout, text_table
from data.sources.layouts import wording
from data.sources.layouts.blocks import Block, blocks, header_rows, notes_of, problems_of
from data.sources.layouts.description import PublisherSheets, SheetLayout
from data.sources.layouts.months import month_problems, share_problems
from data.sources.layouts.places import numbered, resolve
from data.sources.layouts.share_scale import Population, scaled
from data.sources.layouts.titles import SUBJECTS, SheetTitle, headless, title_of

_YEAR_MONTH = re.compile(r"^(\d{4})-?(\d{2})(?:-01T00:00:00)?$")
Record = dict[str, str]


@dataclass(frozen=True)
class SheetReader:
    """A layout of a publisher, ready to recognise and read workbooks. population: residents, where they are known."""

    sheets: PublisherSheets
    layout: SheetLayout
    population: Population | None = None

    def as_layout(self) -> Layout:
        """Return the reader as every adapter offers it."""
        return Layout(self.sheets.contract(self.layout), self.recognises, self.read)

    def recognises(self, book: Book) -> bool:
        """Tell whether a workbook has a sheet in this layout."""
        return book.kind == "workbook" and any(self._title(book, sheet) for sheet in book.sheets)

    def read(self, book: Book) -> AdapterReading:
        """Return the records of every sheet in this layout; other sheets are named and left out."""
        titles = [(sheet, self._title(book, sheet)) for sheet in book.sheets]
        notes = [Note("foreign_sheet", sheet.name) for sheet, title in titles if title is None]
        headed = [sheet for sheet, title in titles if title is None and self.layout.across]
        found = [problem for sheet in headed for problem in self._headless(book.file, sheet)]
        tables: list[list[Record]] = []
        ours = [(sheet, title) for sheet, title in titles if title]
        for sheet, title in ours:
            found += title.problems(book.file, self.layout)
            parts = blocks(self.sheets, self.layout, sheet, title.headers, title.unit)
            tables += [self._table(book.file, block, title, found, notes) for block in parts]
        found += self._settled(book.file, tables)
        records = [record for table in tables for record in table]
        if self.layout.across:  # else a row has its count and its share itself
            records = _paired(records)
            notes += _unpaired(records)
        return AdapterReading(ours[0][1].text if ours else "", text_table(records), tuple(notes), tuple(found))

    def _table(
        self, file: str, block: Block, title: SheetTitle, found: list[Problem], notes: list[Note]
    ) -> list[Record]:
        """Return the records of one table; none where its headings or its titles lack what a record needs."""
        found += problems_of(file, self.layout, block)
        notes += notes_of(block)
        if not title.complete(self.layout, block) or not set(self.layout.needed) <= set(block.roles):
            return []
        found += month_problems(file, self.layout, block, title.years)
        return _one_sex(file, block, [*self._records(block, title, notes)], found)

    def _title(self, book: Book, sheet: Sheet) -> SheetTitle | None:
        headers = header_rows(self.sheets, self.layout, sheet)
        return title_of(self.sheets, self.layout, book, sheet, headers) if headers else None

    def _headless(self, file: str, sheet: Sheet) -> Iterator[Problem]:
        if not header_rows(self.sheets, self.layout, sheet):
            yield from headless(self.sheets, file, sheet)

    def _settled(self, file: str, tables: Sequence[Sequence[Record]]) -> Iterator[Problem]:
        """Yield what is wrong with regions, periods, ages and units; codes and shares are put in on the way."""
        everything = [record for table in tables for record in table]
        if self.layout.places == "name":
            yield from resolve(file, everything)
        for record in everything:
            yield from _disagreements(file, record)
        for table in tables if self.layout.share == "by_count" else ():
            yield from scaled(file, table, self.sheets.residents, self.population)
        for name in dict.fromkeys(record["sheet"] for record in everything if self.layout.share == "percent"):
            yield from share_problems(file, [record for record in everything if record["sheet"] == name])

    def _records(self, block: Block, title: SheetTitle, notes: list[Note]) -> Iterator[Record]:
        for row in block.body:
            filled = block.filled(row)
            if not filled:
                continue
            column, label = block.label(row)
            reason = self._left_out(block, row, label)
            if not reason:
                yield from self._figures(block, row, title)
            elif reason != "block_title":
                text = label or filled[0][1]
                notes.append(Note(reason, block.sheet.name, cell_name(row, column if label else filled[0][0]), text))

    def _left_out(self, block: Block, row: int, label: str) -> str:
        """Return why a row is no region's: the title of the next block, a footnote, a total, or no region we know."""
        figures = any(block.sheet.text(row, each.column) for each in block.numbers)
        last = block.body.stop < len(block.sheet.rows) and block.body.stop - row <= 2
        if not figures and last and len(block.filled(row)) == 1:
            return "block_title"
        parts = (label, label) if self.layout.places == "name" else numbered(label)
        if label and parts and not wording.is_no_region(self.sheets, parts[1]):
            return "" if figures else "no_figures"
        if not figures:
            return "footnote"
        return "total" if re.match(self.sheets.texts.totals, label.lower()) else "unknown_region"

    def _figures(self, block: Block, row: int, title: SheetTitle) -> Iterator[Record]:
        """Yield the records of a row: one where it has its own period, one a month where the months stand above."""
        common = self._facts(block, row, title)
        if not self.layout.across:
            yield common | _cells(block, row, {each.quantity: each.column for each in block.numbers})
            return
        for each in block.numbers:
            if each.month in title.years:
                period = {"period": f"{title.years[each.month]}-{each.month:02}"}
                yield common | period | _cells(block, row, {each.quantity: each.column})

    def _facts(self, block: Block, row: int, title: SheetTitle) -> Record:
        column, label = block.label(row)
        parts = numbered(label) if self.layout.places == "number" else None
        status, sex = block.text(row, "subject"), block.text(row, "sex")
        measure = wording.named(self.sheets, [status]).subject if "subject" in block.roles else title.subject
        return {
            "measure": measure,
            "subject_label": status,
            "region_code": parts[0] if parts else "",
            "region_name": parts[1] if parts else label,
            "level": block.text(row, "level"),
            "period": intern(_period(block, row)),
            "agrees": str(_agrees(block, row)),
            "age_label": block.text(row, "age"),
            "age_group": self._age(title, measure, block.text(row, "age")),
            "sex": self.sheets.sexes.get(sex.lower(), sex) or title.sex,
            "sheet": block.sheet.name,
            "region_cell": cell_name(row, column),
        }

    def _age(self, title: SheetTitle, measure: str, label: str) -> str:
        """Return the age group: the sheet's title says which ages, the column whether the young or all are meant."""
        column = wording.age_of(self.sheets, measure, label)
        if title.age and column and title.age.split("-")[1] != column.split("-")[-1] and column != "all":
            return f"{title.age} ≠ {label}"
        return title.age or column or ("" if label else "all")


def _cells(block: Block, row: int, columns: dict[str, int]) -> Record:
    texts = {name: block.sheet.text(row, column) for name, column in columns.items()}
    places = {f"{name}_cell": cell_name(row, column) for name, column in columns.items()}
    heading = block.text(block.header, "share")
    return texts | places | {"heading": heading}


def _period(block: Block, row: int) -> str:
    joined = _YEAR_MONTH.match(block.text(row, "year_month"))
    if joined:
        return f"{joined.group(1)}-{joined.group(2)}"
    year, month = block.text(row, "year"), block.text(row, "month")
    return block.text(row, "year_month") or (f"{year}-{month.zfill(2)}" if year and month else "")


def _agrees(block: Block, row: int) -> bool:
    joined = _YEAR_MONTH.match(block.text(row, "year_month"))
    year, month = block.text(row, "year"), block.text(row, "month")
    return joined is None or (year in ("", joined.group(1)) and month.zfill(2) in ("00", joined.group(2)))


def _disagreements(file: str, record: Record) -> Iterator[Problem]:
    """Yield what does not fit within one row: its month, its age and its sheet, its subject."""
    place = {"file": file, "sheet": record["sheet"], "cell": record["region_cell"]}
    if not record["measure"]:
        yield Problem(code="other_subject", **place, expected=SUBJECTS, found=record["subject_label"])
    elif "≠" in record["age_group"] or not record["age_group"]:
        yield Problem(code="age_conflict", **place, expected=record["sheet"], found=record["age_label"])
    if record["agrees"] == "False":
        yield Problem(code="period_conflict", **place, expected="year_month", found=record["period"])


def _one_sex(file: str, block: Block, records: list[Record], found: list[Problem]) -> list[Record]:
    """Return the records; where rows repeat for want of a column of sexes, that column is the problem, once."""
    names = ("measure", "region_name", "level", "period", "age_label")
    first = {tuple(record[name] for name in names): record for record in records[::-1]}
    if not block.roles or "sex" in block.roles or len(first) == len(records):
        return records
    place = {"file": file, "sheet": block.sheet.name, "cell": cell_name(block.header, min(block.roles.values()))}
    found.append(Problem(code="missing_column", **place, expected="Kjønn", column="sex"))
    return list(first.values())[::-1]


def _paired(records: Iterable[Record]) -> list[Record]:
    """Return the records with a count and a share that stand on two sheets put together; repeated ones stay apart."""
    found: dict[tuple[str, ...], Record] = {}
    for number, record in enumerate(records):
        place = record["region_code"] or record["region_name"]
        key: tuple[str, ...] = (record["measure"], place, *(record[name] for name in ("period", "age_group", "sex")))
        before = found.get(key)
        if before is None:
            found[key] = record
        elif any(f"{name}_cell" in before and f"{name}_cell" in record for name in ("count", "share")):
            found[(*key, str(number))] = record
        else:
            found[key] = before | record if "count_cell" in before else record | before
    return [*found.values()]


def _unpaired(records: Sequence[Record]) -> Iterator[Note]:
    """Yield each region that has a count or a share alone, where the workbook has both."""
    both = {name for record in records for name in ("count", "share") if f"{name}_cell" in record}
    seen: set[str] = set()
    for record in records:
        unit = "count" if "count_cell" in record else "share"
        if len(both) == 2 and not {"count_cell", "share_cell"} <= set(record) and record["region_code"] not in seen:
            seen.add(record["region_code"])
            yield Note("one_sheet_only", record["sheet"], record[f"{unit}_cell"], record["region_name"])


def layouts_of(sheets: PublisherSheets, population: Population | None = None) -> tuple[Layout, ...]:
    """Return every layout of a publisher's description."""
    return tuple(SheetReader(sheets, layout, population).as_layout() for layout in sheets.layouts)
