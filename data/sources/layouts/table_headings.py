"""What the headings of a text table say: where its labels stand, and what each column of figures holds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from data.ingest.contract import Problem
from data.ingest.sheet import Sheet, cell_name
from data.sources.layouts.description import TextLayout
from data.sources.layouts.table_words import TableWords

_TOP_ROWS = 5


@dataclass(frozen=True)
class HeadedFigures:
    """A column of figures: what its headings say in our words, and how they call the measure."""

    column: int
    facts: dict[str, str]
    measure: str = ""


@dataclass(frozen=True)
class TableHeadings:
    """A table of texts whose first row of headings is `header`."""

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
        hits = {column: re.fullmatch(self.layout.breaks, name, re.IGNORECASE) for name, column in self.names.items()}
        return {column: hit["period"] for column, hit in hits.items() if hit}

    @cached_property
    def labels(self) -> list[str]:
        """The headings of the columns that every row needs."""
        named = (*self.layout.regions.label, self.layout.regions.name, *self.layout.columns.values())
        return [name for name in dict.fromkeys(named) if name not in self.layout.optional]

    def text(self, row: int, heading: str) -> str:
        """Return the cell of a row under a heading; empty where the table has no such column."""
        return self.sheet.text(row, self.names.get(heading, -1))

    def cell(self, row: int, heading: str) -> str:
        """Return the name of that cell."""
        return cell_name(row, self.names[heading])

    def fits(self) -> bool:
        """Tell whether these are the headings of the layout: enough of its labels, and figures under its headings."""
        if not self.layout.figures:
            return set(self.labels) <= set(self.names)
        labels = {name.lower() for name in (*self.labels, *self.layout.optional)}
        heads = range(len(self.sheet.rows[self.header]))
        return any(name.lower() in labels for name in self.names) and any(map(self._fitting, heads))

    def lacking(self, file: str) -> list[Problem]:
        """Return the columns that every row needs and that are not there."""
        place = {"code": "missing_column", "file": file, "cell": cell_name(self.header, 0)}
        lacking = [name for name in self.labels if name not in self.names]
        return [Problem(**place, expected=name, column=name) for name in lacking]

    def figures(self, file: str, words: TableWords, found: list[Problem]) -> list[HeadedFigures]:
        """Return the columns of figures, each of another kind; add what is wrong with their headings to `found`."""
        if not self.layout.figures:
            return [HeadedFigures(self.names[self.layout.columns["value"]], {})]
        ours: dict[tuple[str, ...], HeadedFigures] = {}
        for column in self._headed():
            wrong = next(self._wrong(file, column, words), None)
            texts = {} if wrong else self._texts(column)
            figure = HeadedFigures(column, words.facts(texts), texts.get("measure", ""))
            first = figure if wrong else ours.setdefault(tuple(figure.facts.values()), figure)
            if first is not figure:
                last = self.header + len(self.layout.figures) - 1
                place = {"cell": cell_name(last, column), "expected": cell_name(last, first.column)}
                wrong = Problem(code="duplicate_row", file=file, **place, found=" ".join(texts.values()))
            found += [wrong] if wrong else []
        return [*ours.values()]

    def _headed(self) -> Iterator[int]:
        """Yield the columns that are no labels and hold something."""
        beside = {self.names.get(name) for name in (*self.labels, *self.layout.optional)} | {*self.breaks}
        for column in range(max(len(row) for row in self.sheet.rows[self.header : self.header + self._rows])):
            rows = (*range(self.header, self.header + self._rows), *self.body)
            if column not in beside and any(self.sheet.text(row, column) for row in rows):
                yield column

    @property
    def _rows(self) -> int:
        return len(self.layout.figures)

    def _hits(self, column: int) -> list[re.Match[str] | None]:
        texts = (self.sheet.text(self.header + place, column) for place in range(self._rows))
        return [
            re.fullmatch(each.pattern, text, re.IGNORECASE)
            for each, text in zip(self.layout.figures, texts, strict=True)
        ]

    def _fitting(self, column: int) -> bool:
        return all(self._hits(column))

    def _texts(self, column: int) -> dict[str, str]:
        """Return what the headings of a column say, by role."""
        return {role: text or "" for hit in self._hits(column) if hit for role, text in hit.groupdict().items()}

    def _wrong(self, file: str, column: int, words: TableWords) -> Iterator[Problem]:
        """Yield what the headings of a column say that is not understood."""
        for row, (hit, heading) in enumerate(zip(self._hits(column), self.layout.figures, strict=True), self.header):
            place = {"file": file, "cell": cell_name(row, column)}
            if not hit:
                yield Problem(code="header_rows", **place, expected=heading.example, found=self.sheet.text(row, column))
            texts = {role: text or "" for role, text in hit.groupdict().items()} if hit else {}
            for role, known in words.unknown(texts).items():
                code = "unknown_measure" if role == "measure" else "header_rows"
                yield Problem(code=code, **place, expected=known, found=texts[role])


def headings_of(layout: TextLayout, sheet: Sheet) -> TableHeadings | None:
    """Return the headings of a table in a layout; None where it is in another."""
    tried = (TableHeadings(layout, sheet, row) for row in range(min(_TOP_ROWS, len(sheet.rows))))
    return next((headings for headings in tried if headings.fits()), None)
