"""A tidy table in a layout of our own (CSV, workbook, Parquet): every cell as text, held against its contract."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from data.ingest.contract import Note, Problem, TableContract, raise_all
from data.ingest.headed_table import has_headings, headed_table
from data.ingest.headings import AgreedHeadings, HeadedTable
from data.ingest.open_file import open_file
from data.ingest.personal_data import refuse
from data.ingest.sheet import column_name
from data.ingest.spelling import written_plainly
from data.ingest.validation import problems
from data.sources.adapter import first_rows


@dataclass(frozen=True)
class OwnTable:
    """A table in a layout of our own: its rows, with `line` in the file, and what was left out around them."""

    rows: pl.DataFrame
    notes: tuple[Note, ...] = ()


def headings_of(contract: TableContract) -> AgreedHeadings:
    """Return the headings of a layout."""
    return AgreedHeadings(
        known=frozenset(column.name for column in contract.columns),
        needed=frozenset(column.name for column in contract.columns if column.filled),
        numbers=frozenset(column.name for column in contract.columns if column.kind != "text"),
    )


def begins_with(path: Path, names: set[str]) -> bool:
    """Tell whether a file has a row with these headings among its first, in any order and among others."""
    wanted = AgreedHeadings(frozenset(names), frozenset(names), frozenset())
    return any(has_headings(rows, wanted) for rows in first_rows(path))


def texts_of(path: Path, contract: TableContract) -> OwnTable:
    """Return the contract's columns as text, `line` (in the file), `sheet`, and `x_cell` for each column x.

    Raises `Problems` with the columns that are missing, else with every cell that breaks the contract.
    """
    columns = [column.name for column in contract.columns]
    book = open_file(path)
    refuse(book)
    if book.kind == "json":
        raise_all(path.name, [Problem(code="not_a_table", file=path.name, expected=",".join(columns), found=book.kind)])
    table = headed_table(book, headings_of(contract))
    missing = [name for name in columns if name not in table.columns]
    raise_all(path.name, [Problem(code="missing_column", file=path.name, expected=n, column=n) for n in missing])
    raise_all(path.name, [] if table.body else [Problem(code="no_rows", file=path.name)])
    text = _table(table, contract)
    raise_all(path.name, problems(text, contract, path.name))
    return OwnTable(text, table.notes)


def plain(texts: pl.DataFrame, contract: TableContract) -> pl.DataFrame:
    """Return texts as the contract writes them, where people and Excel write only one thing otherwise.

    Thousands lose their spaces, a number of a region gets back its leading zero, a month kept as its first day is it.
    """
    counts = [column.name for column in contract.columns if column.kind == "count"]
    spaced = [name for name in counts if name in texts.columns and texts[name].str.contains(" ", literal=True).any()]
    found = texts.with_columns(written_plainly(texts[name]) for name in spaced)
    zero = r"^(\d{3}|[1-9])$"
    code, period = pl.col("region_code"), pl.col("period")
    bare = pl.when(code.str.contains(zero)).then(pl.lit("0") + code).otherwise(code).alias("region_code")
    months = [period.str.replace(r"^(\d{4}-\d{2})-01$", "${1}")] if "period" in found.columns else []
    return found.with_columns(*([bare] if "region_code" in found.columns else []), *months)


def _table(table: HeadedTable, contract: TableContract) -> pl.DataFrame:
    names = [column.name for column in contract.columns]
    lines = pl.Series("line", [row + 1 for row in table.body], dtype=pl.Int32)
    texts = plain(table.frame.select(names), contract).with_columns(lines, sheet=pl.lit(table.sheet.name))
    number = pl.col("line").cast(pl.String)
    return texts.with_columns(
        (pl.lit(column_name(table.columns[name])) + number).alias(f"{name}_cell") for name in names
    )
