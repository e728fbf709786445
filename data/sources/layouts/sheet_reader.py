"""Read a publisher's sheets as described: a row for each region, period, age and sex, count and share together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from data.ingest.contract import KEY, Note, Problem
from data.ingest.open_file import Book
from data.ingest.sheet import Sheet, cell_name
from data.ingest.spelling import spelled
from data.sources.adapter import AdapterReading, Layout, text_columns
from data.sources.layouts.blocks import Block, blocks, header_rows, notes_of, problems_of
from data.sources.layouts.description import PublisherSheets, SheetLayout
from data.sources.layouts.months import month_problems, share_problems
from data.sources.layouts.places import resolve
from data.sources.layouts.share_scale import Population, scaled
from data.sources.layouts.sheet_rows import CONFLICT, SheetRows
from data.sources.layouts.titles import SUBJECTS, SheetTitle, headless, title_of

_SAME = ["measure", "region_name", "level", "period", "age_label"]
_OF_A_FIGURE = ("", "_cell", "_sheet")
_NO_ROWS = dict.fromkeys(
    ("measure", "region_code", "region_name", "region_number", "level", "period", "age_label", "age_group", "sex",
     "subject_label", "sheet", "region_cell", "heading"), pl.String
) | {"agrees": pl.Boolean}  # fmt: skip


@dataclass(frozen=True)
class SheetReader:
    """A layout of a publisher, ready to recognise and read workbooks, and sheets of them saved as text.

    population: residents, where they are known.
    """

    sheets: PublisherSheets
    layout: SheetLayout
    population: Population | None = None

    def as_layout(self) -> Layout:
        """Return the reader as every adapter offers it."""
        return Layout(self.sheets.contract(self.layout), self.recognises, self.read)

    def recognises(self, book: Book) -> bool:
        """Tell whether a workbook, or a sheet of one saved as text, has a sheet in this layout."""
        return book.kind in ("workbook", "text") and any(self._title(book, sheet) for sheet in book.sheets)

    def read(self, book: Book) -> AdapterReading:
        """Return the rows of every sheet in this layout; other sheets are named and left out."""
        titles = [(sheet, self._title(book, sheet)) for sheet in book.sheets]
        notes = [Note("foreign_sheet", sheet.name) for sheet, title in titles if title is None]
        headed = [sheet for sheet, title in titles if title is None and self.layout.across]
        found = [problem for sheet in headed for problem in self._headless(book.file, sheet)]
        tables: list[pl.DataFrame] = []
        ours = [(sheet, title) for sheet, title in titles if title]
        for sheet, title in ours:
            found += title.problems(book.file, self.layout)
            parts = blocks(self.sheets, self.layout, sheet, title.headers, title.unit)
            tables += [self._table(book.file, block, title, found, notes) for block in parts]
        rows = self._settled(book.file, [table for table in tables if table.height], found)
        if self.layout.across:  # else a row has its count and its share itself
            rows = _paired(rows)
            notes += _unpaired(rows)
        return AdapterReading(ours[0][1].text if ours else "", text_columns(rows), tuple(notes), tuple(found))

    def _table(
        self, file: str, block: Block, title: SheetTitle, found: list[Problem], notes: list[Note]
    ) -> pl.DataFrame:
        """Return the rows of one table; none where its headings or its titles lack what a row needs."""
        wrong = [*problems_of(file, self.layout, block)]
        found += wrong
        notes += notes_of(block)
        if not title.complete(self.layout, block) or any(each.code == "missing_column" for each in wrong):
            return pl.DataFrame()
        found += month_problems(file, self.layout, block, title.years)
        rows = SheetRows(self.sheets, self.layout, block, title)
        notes += rows.notes()
        found += rows.problems(file)
        return _one_sex(file, block, spelled(rows.figures(), self.sheets.contract(self.layout)), found)

    def _title(self, book: Book, sheet: Sheet) -> SheetTitle | None:
        headers = header_rows(self.sheets, self.layout, sheet)
        return title_of(self.sheets, self.layout, book, sheet, headers) if headers else None

    def _headless(self, file: str, sheet: Sheet) -> Iterator[Problem]:
        if not header_rows(self.sheets, self.layout, sheet):
            yield from headless(self.sheets, file, sheet)

    def _settled(self, file: str, tables: Sequence[pl.DataFrame], found: list[Problem]) -> pl.DataFrame:
        """Return the tables as one, with codes of regions and shares in one unit; add what is wrong to `found`."""
        whole = pl.concat([pl.DataFrame(schema=_NO_ROWS), *tables], how="diagonal")
        whole = resolve(file, whole, found, by_name=self.layout.places == "name")
        found += _disagreements(file, whole)
        if self.layout.share == "percent":
            for sheet in whole.partition_by("sheet", maintain_order=True):
                found += share_problems(file, sheet)
            return whole
        parts, start = [whole.clear()], 0
        for table in tables:
            part = whole.slice(start, table.height)
            rows, wrong = scaled(file, part, self.sheets.residents, self.population)
            parts.append(rows)
            start += table.height
            found += wrong
        return pl.concat(parts)


def _disagreements(file: str, rows: pl.DataFrame) -> Iterator[Problem]:
    """Yield what does not fit within one row: its month, its age and its sheet, its subject."""
    other = pl.col("measure") == ""
    aged = ~other & pl.col("age_group").str.contains(CONFLICT, literal=True)
    for wrong, code, expected, found in (
        (other, "other_subject", pl.lit(SUBJECTS), "subject_label"),
        (aged, "age_conflict", pl.col("sheet"), pl.col("age_label").replace("", "–")),
        (~pl.col("agrees"), "period_conflict", pl.lit("year_month"), "period"),
    ):
        odd = rows.filter(wrong).select("sheet", "region_cell", expected.alias("expected"), found=found)
        for sheet, cell, wanted, said in odd.iter_rows():
            yield Problem(code=code, file=file, sheet=sheet, cell=cell, expected=wanted, found=said)


def _one_sex(file: str, block: Block, rows: pl.DataFrame, found: list[Problem]) -> pl.DataFrame:
    """Return the rows; where they repeat for want of a column of sexes, that column is the problem, once."""
    if not block.roles or "sex" in block.roles or not rows.select(_SAME).is_duplicated().any():
        return rows
    place = {"file": file, "sheet": block.sheet.name, "cell": cell_name(block.header, min(block.roles.values()))}
    found.append(Problem(code="missing_column", **place, expected="Kjønn", column="sex"))
    return rows.unique(_SAME, keep="first", maintain_order=True)


def _paired(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with a count and a share that stand on two sheets put together; repeated ones stay apart."""
    own = [name for name in KEY if name in rows.columns and name != "region_name"]
    place = pl.when(pl.col("region_code") == "").then("region_name").otherwise("region_code")
    keyed = rows.with_columns(place.alias("place")).with_row_index("turn")
    key = [*own, "place", "nth"]
    both = []
    for name in ("count", "share"):
        mine = keyed.filter(pl.col(f"{name}_cell").is_not_null()) if f"{name}_cell" in rows.columns else keyed.clear()
        both.append(mine.with_columns(nth=pl.int_range(pl.len()).over(*own, "place")))
    counts, shares = both
    ours = [f"share{end}" for end in _OF_A_FIGURE if f"share{end}" in rows.columns]
    paired = counts.drop(ours).join(shares.select(*key, *ours), on=key, how="left", maintain_order="left")
    alone = shares.join(counts, on=key, how="anti", maintain_order="left")
    return pl.concat([paired, alone], how="diagonal").sort("turn").drop("turn", "place", "nth")


def _unpaired(rows: pl.DataFrame) -> Iterator[Note]:
    """Yield each region that has a count or a share alone, where the workbook has both."""
    cells = [name for name in ("count_cell", "share_cell") if name in rows.columns]
    if len(cells) < 2 or any(rows[name].is_null().all() for name in cells):
        return
    alone = rows.filter(pl.any_horizontal(pl.col(cells).is_null())).unique("region_code", maintain_order=True)
    for row in alone.iter_rows(named=True):
        yield Note("one_sheet_only", row["sheet"], row["count_cell"] or row["share_cell"], row["region_name"])


def layouts_of(sheets: PublisherSheets, population: Population | None = None) -> tuple[Layout, ...]:
    """Return every layout of a publisher's description."""
    return tuple(SheetReader(sheets, layout, population).as_layout() for layout in sheets.layouts)
