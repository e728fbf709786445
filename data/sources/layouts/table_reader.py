"""Read a publisher's text tables as described: one record a region, period, age and sex, count and share together."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from data.ingest.contract import KEY, Delivery, Note, Problem
from data.ingest.open_file import Book
from data.ingest.sheet import cell_name
from data.sources.adapter import AdapterReading, Layout, admitted, read_as, text_table
from data.sources.layouts.description import PublisherTables, TextLayout, described_tables
from data.sources.layouts.table_headings import HeadedFigures, TableHeadings, headings_of
from data.sources.layouts.table_regions import TableRegions
from data.sources.layouts.table_words import TableWords

Record = dict[str, str]


@dataclass(frozen=True)
class TextTables:
    """The text tables of one publisher, as every adapter offers them."""

    source: str

    def layouts(self) -> tuple[Layout, ...]:
        """Return the publisher's layouts."""
        tables = described_tables(self.source)
        return tuple(_TableReader(tables, layout).as_layout() for layout in tables.layouts)

    def recognises(self, path: Path) -> bool:
        """Tell whether a file is in one of the layouts, by its content."""
        book = admitted(path)
        return any(layout.recognises(book) for layout in self.layouts())

    def parse(self, path: Path) -> Delivery:
        """Return a file as a delivery; raise all its problems at once (`Problems`)."""
        return read_as(path, self.layouts(), self.source)


@dataclass(frozen=True)
class _TableReader:
    tables: PublisherTables
    layout: TextLayout

    def as_layout(self) -> Layout:
        return Layout(self.tables.contract(self.layout), lambda book: bool(self._headings(book)), self._read)

    def _headings(self, book: Book) -> TableHeadings | None:
        return headings_of(self.layout, book.sheets[0]) if book.kind == "text" and book.sheets else None

    def _read(self, book: Book) -> AdapterReading:
        headings = self._headings(book)
        if headings is None or not headings.body:
            return AdapterReading("", text_table([]))
        words = TableWords(self.tables, self.layout)
        found = [*headings.lacking(book.file), *_other_tables(book.file, headings)]
        whole = not found
        figures = headings.figures(book.file, words, found)
        rows = _TableRows(book.file, headings, words, figures, found)
        for row in headings.body if whole and figures else ():
            rows.read(row)
        notes = (*rows.notes, *(Note("schools", what=name, number=number) for name, number in rows.smaller.items()))
        names = {figure.measure for figure in figures if figure.measure} or {
            r["measure"] for r in rows.records.values()
        }
        title = self.layout.title or ", ".join(sorted(names))
        return AdapterReading(title, text_table([*rows.records.values()]), (*notes, *_breaks(headings)), tuple(found))


def _other_tables(file: str, headings: TableHeadings) -> Iterator[Problem]:
    """Yield what says that a table with a row a figure is of another subject, or divided by more than we know."""
    layout, names = headings.layout, headings.names
    if layout.figures:
        return
    told = {headings.text(row, name) for name in layout.subjects if name in names for row in headings.body}
    if layout.subjects and not told & {value.lower() for values in layout.subjects.values() for value in values}:
        others = [name for name in names if name not in (*headings.labels, *layout.fixed)]
        wanted = ", ".join(f"{name} = {value}" for name, values in layout.subjects.items() for value in values)
        yield Problem(code="fhi_subject", file=file, cell="A1", expected=wanted, found=", ".join(others) or "–")
        return
    known = {*headings.labels, *layout.optional, *layout.subjects, *layout.fixed}
    for name, column in names.items():
        if name not in known:
            place = {"cell": cell_name(headings.header, column), "column": name}
            value = headings.text(headings.body[0], name)
            yield Problem(code="fhi_dimension", file=file, **place, expected="–", found=value)


def _breaks(headings: TableHeadings) -> Iterator[Note]:
    """Yield each sentence about a break once for each period, with its first place."""
    seen: set[str] = set()
    for column, period in headings.breaks.items():
        for row in headings.body:
            what = f"{period}: {headings.sheet.text(row, column)}"
            if what not in seen and headings.sheet.text(row, column):
                seen.add(what)
                yield Note("break", cell=cell_name(row, column), what=what)


class _TableRows:
    """The rows of a table as they are read: records, and what was left out or is wrong."""

    def __init__(
        self, file: str, headings: TableHeadings, words: TableWords, figures: list[HeadedFigures], found: list[Problem]
    ) -> None:
        self.file, self.table, self.words, self.figures, self.found = file, headings, words, figures, found
        self.regions = TableRegions(headings)
        self.records: dict[tuple[str, ...], Record] = {}
        self.notes: list[Note] = []
        self.smaller: Counter[str] = Counter()

    def read(self, row: int) -> None:
        """Add the records of a row, or say why it has none."""
        label, filled = self.regions.label(row), self.table.sheet.filled(row)
        codes, reason = self.regions.codes(label), self.regions.left_out(label)
        rule = self.table.layout.regions
        if reason == "schools":
            self.smaller[self.table.text(row, rule.within)] += 1
        elif reason:
            self.notes.append(Note(reason, cell=self.table.cell(row, rule.name), what=self.table.text(row, rule.name)))
        elif not codes and len(filled) == 1:
            self.notes.append(Note("footnote", cell=cell_name(row, filled[0][0]), what=filled[0][1]))
        elif wrong := [*self._uneven(row), *self._unknown_region(row, label, codes), *self._unknown_words(row)]:
            self.found += wrong
        else:
            self._collect(row, codes[0])

    def _uneven(self, row: int) -> Iterator[Problem]:
        """A row cut off or moved: what is not there must not be taken for a figure nobody has."""
        wide, found = (len(self.table.sheet.rows[each]) for each in (self.table.header, row))
        for column, text in self.table.sheet.filled(row):
            if column >= wide:
                yield Problem(code="value_without_heading", file=self.file, cell=cell_name(row, column), found=text)
        if found < wide:
            place = {"file": self.file, "cell": cell_name(row, 0)}
            yield Problem(code="ragged_row", **place, expected=str(wide), found=str(found))

    def _unknown_region(self, row: int, label: str, codes: list[str]) -> Iterator[Problem]:
        rule = self.table.layout.regions
        place = {"file": self.file, "cell": self.table.cell(row, rule.label[0]), "column": rule.label[0]}
        if not rule.by_name and not codes:
            yield Problem(code="bad_text", **place, expected="region_code", found=label)
        elif len(codes) != 1:
            code = "ambiguous_region" if codes else "unknown_region"
            yield Problem(code=code, **place, expected=", ".join(codes), found=label)

    def _unknown_words(self, row: int) -> Iterator[Problem]:
        layout = self.table.layout
        wrong = {layout.columns[role]: known for role, known in self.words.unknown(self._texts(row)).items()}
        for name, values in (layout.subjects | {name: {value: ""} for name, value in layout.fixed.items()}).items():
            if name in self.table.names and self.table.text(row, name) not in values:
                wrong[name] = ", ".join(values)
        for name, known in wrong.items():
            place = {"file": self.file, "cell": self.table.cell(row, name), "column": name}
            yield Problem(code="fhi_dimension", **place, expected=known, found=self.table.text(row, name))

    def _texts(self, row: int) -> dict[str, str]:
        return {role: self.table.text(row, name) for role, name in self.table.layout.columns.items() if role != "value"}

    def _collect(self, row: int, code: str) -> None:
        """Put the figures of a row in their records, a count and its share in one."""
        layout = self.table.layout
        subjects = (
            values[self.table.text(row, name)] for name, values in layout.subjects.items() if name in self.table.names
        )
        own = {
            "measure": next(subjects, layout.measure), "region_code": code,
            "region_name": self.table.text(row, layout.regions.name), "age_group": "all",
            **self.words.facts(self._texts(row)),
        }  # fmt: skip
        for figure in self.figures:
            record = own | figure.facts
            unit = record.pop("unit")
            key = tuple(record.get(name, "") for name in KEY if name != "region_name")
            mine = {unit: self.table.sheet.text(row, figure.column), f"{unit}_cell": cell_name(row, figure.column)}
            before = self.records.get(key, {})
            if f"{unit}_cell" in before:
                place = {"cell": mine[f"{unit}_cell"], "expected": before[f"{unit}_cell"]}
                says = " ".join(record[name] for name in KEY if record.get(name))
                self.found.append(Problem(code="duplicate_row", file=self.file, **place, found=says))
            else:
                self.records[key] = record | before | mine
