"""Read a publisher's text tables as described: one record a region, period, age and sex, count and share together."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from data.ingest.contract import KEY, Note, Problem
from data.ingest.open_file import Book
from data.ingest.sheet import Sheet, cell_name
from data.ingest.spelling import undecided
from data.sources.adapter import AdapterReading, Layout, Publisher, text_table
from data.sources.layouts.description import PublisherTables, TextLayout, described_tables
from data.sources.layouts.table_headings import TOP_ROWS, TableHeadings, headings_of
from data.sources.layouts.table_words import FIELDS, facts, matched, unknown
from data.sources.no_statistics import unknown_layout
from data.sources.region_names import Level, codes


def text_tables(source: str) -> Publisher:
    """Return a publisher whose text tables are described in `<source>.toml`."""
    return Publisher(source, lambda: layouts_of_tables(described_tables(source)), lambda book: _diagnosed(source, book))


def layouts_of_tables(tables: PublisherTables) -> tuple[Layout, ...]:
    """Return every layout of a description."""
    return tuple(_layout(tables, layout) for layout in tables.layouts)


def _diagnosed(source: str, book: Book) -> list[Problem]:
    """Say which download is read where a table has some of a layout's headings, and which it lacks."""
    if book.kind not in ("text", "workbook") or not book.sheets:
        return []
    heads = [{text for _, text in book.sheets[0].filled(row)} for row in range(len(book.sheets[0].rows[:TOP_ROWS]))]
    near = ((each.needed, names) for each in described_tables(source).layouts for names in heads if _near(each, names))
    needed, names = next(near, ((), set[str]()))
    lacking = [Problem(code="missing_column", file=book.file, expected=n, column=n) for n in needed if n not in names]
    return [unknown_layout(book, source), *lacking] if needed else []


def _near(layout: TextLayout, names: set[str]) -> bool:
    return len(names & {*layout.columns}) >= 2


def _layout(tables: PublisherTables, layout: TextLayout) -> Layout:
    def headings(book: Book) -> TableHeadings | None:
        sheet = _sheet(book)
        return headings_of(tables, layout, sheet) if sheet else None

    def read(book: Book) -> AdapterReading:
        table = headings(book)
        if not table or not table.body:
            return AdapterReading("", text_table([]))
        reading = _read(book.file, table)
        return replace(reading, problems=(*reading.problems, *undecided(book, reading.table)))

    return Layout(tables.contract(layout), lambda book: headings(book) is not None, read)


def _sheet(book: Book) -> Sheet | None:
    """Return a text, or the only sheet of the workbook a text was saved as, every row as wide as the widest."""
    if book.kind not in ("text", "workbook") or len(book.sheets) != 1:
        return None
    sheet = book.sheets[0]
    if book.kind == "text":
        return sheet
    width = max(map(len, sheet.rows), default=0)
    return Sheet(sheet.name, tuple((*row, *[""] * (width - len(row))) for row in sheet.rows))


def _read(file: str, table: TableHeadings) -> AdapterReading:
    found = [*table.problems(file)]
    whole = not found
    figures = table.figures(file, found)
    rows = _TableRows(file, table, figures, found)
    for row in table.body if whole else ():
        rows.read(row)
    smaller = (Note("schools", what=name, number=number) for name, number in rows.smaller.items())
    records = [*rows.records.values()]
    names = {each["measure"] for each in figures.values() if "measure" in each} or {each["measure"] for each in records}
    title = table.layout.title or ", ".join(sorted(names))
    return AdapterReading(title, text_table(records), (*rows.notes, *smaller, *_breaks(table)), tuple(found))


def _breaks(table: TableHeadings) -> Iterator[Note]:
    """Yield each sentence about a break once for each period, with its first place."""
    seen: set[str] = set()
    for column, period in table.breaks.items():
        for row in table.body:
            what = f"{period}: {table.sheet.text(row, column)}"
            if what not in seen and table.sheet.text(row, column):
                seen.add(what)
                yield Note("break", cell=cell_name(row, column), what=what)


@dataclass(frozen=True)
class _TableRows:
    """The rows of a table as they are read: records, and what was left out or is wrong. figures: what stands over."""

    file: str
    table: TableHeadings
    figures: dict[int, dict[str, str]]
    found: list[Problem]
    records: dict[tuple[str, ...], dict[str, str]] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    smaller: Counter[str] = field(default_factory=Counter)

    def read(self, row: int) -> None:
        """Add the records of a row, or say why it has none."""
        label, filled = self.table.text(row, "label"), self.table.sheet.filled(row)
        kind, here = self._region(label)
        if kind == "schools":
            self.smaller[self.table.text(row, "within")] += 1
        elif kind == "unknown_region":
            place = cell_name(row, next(iter(self.table.named("name").values())))
            self.notes.append(Note(kind, cell=place, what=self.table.text(row, "name")))
        elif not here and len(filled) == 1:
            self.notes.append(Note("footnote", cell=cell_name(row, filled[0][0]), what=filled[0][1]))
        elif wrong := [*self._uneven(row), *self._no_region(row, label, here), *self._unknown_words(row)]:
            self.found.extend(wrong)
        else:
            self._collect(row, here[0])

    def _region(self, label: str) -> tuple[str, list[str]]:
        """Return what kind of row a label begins, and the codes it may stand for: one where it is clear."""
        for kind, pattern in self.table.layout.rows.items():
            if hit := matched(pattern, label):
                return kind, ["0"] if kind == "nation" else [code.zfill(2) for code in hit.groupdict().values()]
        return "", self._named.get(label, [])

    @cached_property
    def _named(self) -> dict[str, list[str]]:
        """Name → codes; municipalities are looked for within the county of the table, where it has one alone."""
        if any("<code>" in pattern for pattern in self.table.layout.rows.values()):
            return {}
        names = {self.table.text(row, "label") for row in self.table.body}
        year = max(self.table.text(row, "period") for row in self.table.body)
        counties = [name for name in names if len(codes(name, Level("county"), year)) == 1]
        county = counties[0] if len(counties) == 1 else ""
        within = {name: Level("municipality", "" if name == county else county) for name in names}
        return {name: codes(name, Level("county"), year) or codes(name, within[name], year) for name in names}

    def _uneven(self, row: int) -> Iterator[Problem]:
        """A row cut off or moved: what is not there must not be taken for a figure nobody has."""
        wide, found = (len(self.table.sheet.rows[each]) for each in (self.table.header, row))
        for column, text in self.table.sheet.filled(row):
            if column >= wide:
                yield self._problem("value_without_heading", row, column, found=text)
        if found < wide:
            yield self._problem("ragged_row", row, 0, expected=str(wide), found=str(found))

    def _no_region(self, row: int, label: str, here: list[str]) -> Iterator[Problem]:
        if len(here) != 1:
            code = "ambiguous_region" if here else "unknown_name" if self._named else "bad_text"
            expected = ", ".join(here) if self._named else "region_code"
            name, column = next(iter(self.table.named("label").items()))
            yield self._problem(code, row, column, expected=expected, found=label, column=name)

    def _unknown_words(self, row: int) -> Iterator[Problem]:
        for name, column in self.table.named(*self.table.layout.columns.values()).items():
            text = self.table.sheet.text(row, column)
            if known := unknown(self.table.tables, self.table.layout, self.table.layout.columns[name], text):
                yield self._problem("fhi_dimension", row, column, expected=known, found=text, column=name)

    def _problem(self, code: str, row: int, place: int, **facts: str) -> Problem:
        return Problem(code=code, file=self.file, cell=cell_name(row, place), **facts)

    def _collect(self, row: int, code: str) -> None:
        """Put the figures of a row in their records, a count and its share in one."""
        table = self.table
        said = {role: table.text(row, role) for role in table.layout.columns.values() if role in FIELDS}
        name = table.text(row, "name") or table.text(row, "label")
        own = table.layout.given | {"region_code": code, "region_name": name}
        for column, over in self.figures.items():
            record = own | facts(table.tables, table.layout, said | over)
            unit, cell = record.pop("unit"), cell_name(row, column)
            key = tuple(record.get(name, "") for name in KEY if name != "region_name")
            before = self.records.get(key, record)
            if first := before.get(f"{unit}_cell"):
                says = " ".join(record[name] for name in KEY if record.get(name))
                self.found.append(self._problem("duplicate_row", row, column, expected=first, found=says))
            else:
                self.records[key] = before | {unit: table.sheet.text(row, column), f"{unit}_cell": cell}
