"""The rows of one table of a sheet: those of regions as columns of texts, and the others, each with its reason."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from data.ingest.contract import Note, Problem
from data.ingest.sheet import cell_name, column_name
from data.sources.layouts import wording
from data.sources.layouts.blocks import Block
from data.sources.layouts.description import PublisherSheets, SheetLayout
from data.sources.layouts.month_words import month_told
from data.sources.layouts.places import numbered
from data.sources.layouts.titles import SheetTitle

_SAID = ("level", "number", "year_month", "year", "month", "sex", "age", "subject")
_PASSED_OVER = ("empty", "heading", "region_empty")
_DATED, _TOLD = ["year_month", "year", "month"], ["subject", "age"]
CONFLICT = "≠"
"""Between the ages of a title and those of a row that say another thing."""


@dataclass(frozen=True)
class SheetRows:
    """The body of a table, read by what the sheet's title and its headings say."""

    sheets: PublisherSheets
    layout: SheetLayout
    block: Block
    title: SheetTitle

    @cached_property
    def kept(self) -> list[int]:
        """The rows of regions that have figures."""
        known = {label: self._is_region(label) for label in set(self._labels.values())}
        mine = (row for row, label in self._labels.items() if known[label] and self._has_figures(row))
        return [row for row in mine if not self._is_heading(row)]

    @cached_property
    def others(self) -> dict[int, str]:
        """Every other row with its reason: headings, a footnote, a total, no known region, no region at all, empty."""
        kept = {*self.kept}
        return {row: self._reason(row) for row in self.block.body if row not in kept}

    def notes(self) -> Iterator[Note]:
        """Yield the rows that are left out, with what stands there."""
        for row, reason in self.others.items():
            if reason not in _PASSED_OVER:
                column, label = self.block.label(row)
                place = column if label else self.block.filled(row)[0][0]
                yield Note(reason, self.block.sheet.name, cell_name(row, place), self._named(row))

    def problems(self, file: str) -> Iterator[Problem]:
        """Yield rows of figures beside which no region stands, and numbers merged over rows: nobody can say whose."""
        for row in (row for row, reason in self.others.items() if reason == "region_empty"):
            place = cell_name(row, self.block.roles.get("region", 0))
            yield Problem(code="region_empty", file=file, sheet=self.block.sheet.name, cell=place, column="region")
        columns = {each.column: each.quantity for each in self.block.numbers}
        for (row, column), first in self.block.sheet.above.items():
            if row in self.block.body and column in columns:
                facts = {"cell": cell_name(row, column), "expected": cell_name(*first), "column": columns[column]}
                yield Problem(code="merged_number", file=file, sheet=self.block.sheet.name, **facts)

    def figures(self) -> pl.DataFrame:
        """Return a row for each region, month and sex, all texts.

        Columns: measure, subject_label, region_name, region_number, level, period, agrees, age_label, age_group, sex,
        sheet, region_cell, and of each quantity x its text and x_cell, with x_sheet where count and share may stand on
        two; `heading` is the share's.
        """
        facts = self._facts()
        if not self.layout.across:
            whole = self._with_cells(facts, {each.quantity: each.column for each in self.block.numbers})
            return whole.drop("row")  # in the sheet's order already: to sort it would be a copy of a large sheet
        parts = [
            self._with_cells(facts, {each.quantity: each.column}).with_columns(period=pl.lit(period))
            for each in self.block.numbers
            if (period := each.period(self.title.years))
        ]
        return pl.concat(parts or [facts.clear()]).sort("row", maintain_order=True).drop("row")

    @cached_property
    def _labels(self) -> dict[int, str]:
        return {row: self.block.label(row)[1] for row in self.block.body}

    def _is_region(self, label: str) -> bool:
        parts = (label, label) if self.layout.places == "name" else numbered(label)
        return bool(label and parts and not wording.is_no_region(self.sheets, parts[1]))

    def _has_figures(self, row: int) -> bool:
        return any(self.block.sheet.text(row, each.column) for each in self.block.numbers)

    def _is_heading(self, row: int) -> bool:
        """Tell whether a row repeats the headings, as where a second table of the same columns begins."""
        block = self.block
        return self._labels[row] == block.text(block.header, "region") and block.filled(row) == block.filled(
            block.header
        )

    def _reason(self, row: int) -> str:
        label, filled = self._labels[row], len(self.block.filled(row))
        if not filled:
            return "empty"
        if self._has_figures(row):
            total = re.match(self.sheets.texts.totals, self._named(row).lower())
            return "total" if total else self._of_unknown(row) if label else "region_empty"
        ends = self.block.body.stop < len(self.block.sheet.rows) and self.block.body.stop - row <= 2
        return "heading" if ends and filled == 1 else "no_figures" if self._is_region(label) else "footnote"

    def _named(self, row: int) -> str:
        """Return what a row is called, in the column of regions or where else a sum may be named."""
        return self._labels[row] or self.block.text(row, "level") or self.block.filled(row)[0][1]

    def _of_unknown(self, row: int) -> str:
        return "heading" if self._is_heading(row) else "unknown_region"

    def _facts(self) -> pl.DataFrame:
        """Return what each row says of its figures but the figures themselves."""
        said: dict[tuple[str, ...], int] = {}
        which = [said.setdefault(tuple(self.block.text(row, name) for name in _SAID), len(said)) for row in self.kept]
        told = self._with_meanings(pl.DataFrame([*said], dict.fromkeys(_SAID, pl.String), orient="row"))
        meanings = told.select(
            *("measure", "period", "agrees", "age_group"),
            region_number="number", subject_label="subject", age_label="age",
            level=pl.when(pl.col("level") == "").then(pl.lit(self._level)).otherwise("level"),
            sex=pl.col("sex").replace({text: self._sex(text) for text in set(told["sex"])}),
            sheet=pl.lit(self.block.sheet.name),
        )  # fmt: skip
        return meanings[pl.Series(which, dtype=pl.UInt32)].with_columns(
            row=pl.Series(self.kept, dtype=pl.Int32),
            region_name=pl.Series([self._labels[row] for row in self.kept], dtype=pl.String),
            region_cell=pl.Series([cell_name(row, self._place(row)) for row in self.kept], dtype=pl.String),
        )

    def _place(self, row: int) -> int:
        """Return the column in which the region of a row stands."""
        return self.block.label(row)[0] if self.layout.across else self.block.roles.get("region", 0)

    def _with_meanings(self, table: pl.DataFrame) -> pl.DataFrame:
        """Put in what several cells of a row tell together: the month, and of whom its figures are."""
        months = {key: month_told(self.sheets, key) for key in table.select(_DATED).unique().rows()}
        whom = {key: self._whom(*key) for key in table.select(_TOLD).unique().rows()}
        periods = _looked_up(_DATED, months, {"period": pl.String, "agrees": pl.Boolean})
        groups = _looked_up(_TOLD, whom, {"measure": pl.String, "age_group": pl.String})
        dated = table.join(periods, on=_DATED, how="left", maintain_order="left")
        return dated.join(groups, on=_TOLD, how="left", maintain_order="left")

    def _whom(self, status: str, age: str) -> tuple[str, str]:
        """Return what is counted and of which age group, by what a row says of them."""
        by_row = "subject" in self.block.roles
        measure = wording.named(self.sheets, [status]).subject if by_row else self.title.subject
        return measure, self._age(measure, age)

    def _age(self, measure: str, label: str) -> str:
        """Return the age group: the sheet's title says which ages, the column whether the young or all are meant."""
        said, column = self.title.ages.get(measure, ""), wording.age_of(self.sheets, measure, label)
        title = "" if said == wording.UNTOLD else said
        disagree = title and column and title.split("-")[-1] != column.split("-")[-1]
        unknown = not title and not column and (said or "age" in self.block.roles)
        return f"{title} {CONFLICT} {label}" if disagree or unknown else title or column or "all"

    def _sex(self, text: str) -> str:
        return self.sheets.sexes.get(text.lower(), text) or self.title.sex

    @property
    def _level(self) -> str:
        """The level that the heading over the regions names, for rows that have none of their own."""
        heading = self.block.text(self.block.header, "region").lower()
        return next((level for word, level in self.layout.levels.items() if word in heading), "")

    def _with_cells(self, facts: pl.DataFrame, columns: Mapping[str, int]) -> pl.DataFrame:
        """Put in the figures of some columns with their places. columns: of each quantity."""
        sheet, number = self.block.sheet, (pl.col("row") + 1).cast(pl.String)
        texts = [pl.Series(n, [sheet.text(row, at) for row in self.kept], pl.String) for n, at in columns.items()]
        places = [(pl.lit(column_name(at)) + number).alias(f"{n}_cell") for n, at in columns.items()]
        sheets = [pl.lit(sheet.name).alias(f"{n}_sheet") for n in columns if self.layout.across]
        heading = pl.lit(self.block.text(self.block.header, "share")).alias("heading")
        return facts.with_columns(*texts, *places, *sheets, heading)


def _looked_up(
    keys: list[str], told: Mapping[tuple[str, ...], tuple[object, ...]], meanings: Mapping[str, type[pl.DataType]]
) -> pl.DataFrame:
    """Return what is told of keys as a table of both."""
    schema = dict.fromkeys(keys, pl.String) | dict(meanings)
    return pl.DataFrame([(*key, *said) for key, said in told.items()], schema=schema, orient="row")
