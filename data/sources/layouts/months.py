"""Checks of tables with the months across: nothing stands outside them, and a share that says percent is one."""

import re
from collections.abc import Iterator

import polars as pl

from data.ingest.contract import Problem
from data.ingest.sheet import cell_name
from data.sources.layouts.blocks import Block, FigureColumn
from data.sources.layouts.description import SheetLayout
from data.sources.layouts.places import numbered

_ONE_DECIMAL = re.compile(r"^\d+(\.\d)?$")


def month_problems(file: str, layout: SheetLayout, block: Block, years: dict[int, str]) -> Iterator[Problem]:
    """Yield months outside the period of the title, other headings among them, and numbers under no month."""
    if not layout.across:
        return
    months = {each.column: each for each in block.numbers}
    for column, text in block.sheet.filled(block.header):
        place = {"file": file, "sheet": block.sheet.name, "cell": cell_name(block.header, column)}
        if column in months and not _within(months[column], years):
            yield Problem(code="month_outside_period", **place, found=text)
        elif column not in months and text.lower() not in layout.beside_months:
            yield Problem(code="unknown_heading", **place, expected="months", found=text)
    for row in block.body:
        if numbered(block.label(row)[1]):
            yield from _stray(file, block, row, months)


def _within(heading: FigureColumn, years: dict[int, str]) -> bool:
    """Tell whether the month of a heading is one of the title's period, where the title has one."""
    year = years.get(heading.month, "") if years else heading.year
    return bool(year) and heading.year in ("", year)


def _stray(file: str, block: Block, row: int, months: dict[int, FigureColumn]) -> Iterator[Problem]:
    for column, text in block.sheet.filled(row):
        if column > min(months) and column not in months:
            place = {"file": file, "sheet": block.sheet.name, "cell": cell_name(row, column)}
            yield Problem(code="value_without_heading", **place, found=text)


def share_problems(file: str, rows: pl.DataFrame) -> list[Problem]:
    """Check that the shares of a sheet are percent: above 1 somewhere, or all with one decimal at most."""
    texts = rows["share"].drop_nulls().to_list() if "share" in rows.columns else []
    numbers = [text for text in texts if re.fullmatch(r"\d+(\.\d+)?", text) and float(text) > 0]
    if not numbers or any(float(text) > 1 for text in numbers) or all(_ONE_DECIMAL.match(text) for text in numbers):
        return []
    sheet = rows["sheet"][0]
    return [Problem(code="share_not_percent", file=file, sheet=sheet, expected="percent", found=numbers[0])]
