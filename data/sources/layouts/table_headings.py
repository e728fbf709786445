"""What the headings of a text table say: where its labels stand, and what each column of figures holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from data.ingest.contract import Problem
from data.ingest.sheet import Sheet, cell_name
from data.sources.layouts.description import PublisherTables, TextLayout
from data.sources.layouts.table_words import facts, matched, unknown

TOP_ROWS = 5


@dataclass(frozen=True)
class TableHeadings:
    """A table of texts whose first row of headings is `header`."""

    tables: PublisherTables
    layout: TextLayout
    sheet: Sheet
    header: int

    @cached_property
    def names(self) -> dict[str, int]:
        """Heading → column."""
        return {text: column for column, text in self.sheet.filled(self.header)}

    @cached_property
    def body(self) -> list[int]:
        """The filled rows below the headings."""
        first = self.header + max(len(self.layout.figures), 1)
        return [row for row in range(first, len(self.sheet.rows)) if self.sheet.filled(row)]

    @cached_property
    def breaks(self) -> dict[int, str]:
        """Column of sentences about breaks → period."""
        hits = {column: matched(self.layout.breaks, name) for name, column in self.names.items()}
        return {column: hit.groupdict().get("period", "") for column, hit in hits.items() if hit}

    def named(self, *roles: str) -> dict[str, int]:
        """Return heading → column of the columns that have one of these roles."""
        ours = self.layout.columns.items()
        return {name: self.names[name] for name, role in ours if role in roles and name in self.names}

    def text(self, row: int, role: str) -> str:
        """Return what the cells of a row say in a role, with blanks between."""
        return " ".join(text for column in self.named(role).values() if (text := self.sheet.text(row, column)))

    def fits(self) -> bool:
        """Tell whether these are the headings of the layout: all that are needed, or one of them and its figures."""
        here = {name.lower() for name in self.layout.columns} & {name.lower() for name in self.names}
        if not self.layout.figures:
            return set(self.layout.needed) <= set(self.names)
        rows = [*enumerate(self.layout.figures.values(), start=self.header)]
        heads = range(len(self.sheet.rows[self.header]))
        return bool(here) and any(all(matched(p, self.sheet.text(row, column)) for row, p in rows) for column in heads)

    def problems(self, file: str) -> Iterator[Problem]:
        """Yield columns that are missing and, in a table with a row a figure, those that divide it further."""
        place = {"file": file, "cell": cell_name(self.header, 0)}
        for name in self.layout.needed:
            if name not in self.names:
                yield Problem(code="missing_column", **place, expected=name, column=name)
        others = [] if self.layout.figures else [*self._others()]
        subjects = [name for name, role in self.layout.columns.items() if role == "measure"]
        told = {self.text(row, "measure") for row in self.body}
        if subjects and all(unknown(self.tables, self.layout, "measure", text) for text in told):
            wanted = ", ".join(f"{name} = {word}" for name in subjects for word in self.tables.measure)
            found = ", ".join([*self.named("measure"), *others]) or "–"
            yield Problem(code="fhi_subject", **place, expected=wanted, found=found)
            return
        for name in others:
            where = {"cell": cell_name(self.header, self.names[name]), "column": name, "expected": "–"}
            value = self.sheet.text(self.body[0], self.names[name])
            yield Problem(code="fhi_dimension", file=file, **where, found=value)

    def _others(self) -> Iterator[str]:
        """Yield the columns we do not know that hold something."""
        for name, column in self.names.items():
            if name not in self.layout.columns and any(self.sheet.text(row, column) for row in self.body):
                yield name

    def figures(self, file: str, found: list[Problem]) -> dict[int, dict[str, str]]:
        """Return the columns of figures with what stands over each, by role; add what is wrong there to `found`."""
        if not self.layout.figures:
            return {column: {} for column in self.named("value").values()}
        ours: dict[int, dict[str, str]] = {}
        seen: dict[tuple[str, ...], int] = {}
        for column in self._headed():
            texts: dict[str, str] = {}
            wrong = [*self._wrong(file, column, texts)][:1]
            first = column if wrong else seen.setdefault(tuple(facts(self.tables, self.layout, texts).values()), column)
            if first != column:
                last = self.header + len(self.layout.figures) - 1
                place = {"cell": cell_name(last, column), "expected": cell_name(last, first)}
                wrong = [Problem(code="duplicate_row", file=file, **place, found=" ".join(texts.values()))]
            found += wrong
            ours |= {} if wrong else {column: texts}
        return ours

    def _headed(self) -> Iterator[int]:
        """Yield the columns that are no labels and hold something."""
        heads = range(self.header, self.header + len(self.layout.figures))
        beside = {self.names.get(name) for name in self.layout.columns} | {*self.breaks}
        for column in range(max(len(self.sheet.rows[row]) for row in heads)):
            if column not in beside and any(self.sheet.text(row, column) for row in (*heads, *self.body)):
                yield column

    def _wrong(self, file: str, column: int, texts: dict[str, str]) -> Iterator[Problem]:
        """Put in what the headings of a column say, by role; yield what is not understood."""
        for row, (example, pattern) in enumerate(self.layout.figures.items(), start=self.header):
            text = self.sheet.text(row, column)
            place = {"file": file, "cell": cell_name(row, column)}
            hit = matched(pattern, text)
            if not hit:
                yield Problem(code="header_rows", **place, expected=example, found=text)
            for role, said in hit.groupdict("").items() if hit else ():
                texts[role] = said
                if known := unknown(self.tables, self.layout, role, said):
                    code = "unknown_measure" if role == "measure" else "header_rows"
                    yield Problem(code=code, **place, expected=known, found=said)


def headings_of(tables: PublisherTables, layout: TextLayout, sheet: Sheet) -> TableHeadings | None:
    """Return the headings of a table in a layout; None where it is in another."""
    tried = (TableHeadings(tables, layout, sheet, row) for row in range(min(TOP_ROWS, len(sheet.rows))))
    return next((headings for headings in tried if headings.fits()), None)
