"""A tidy CSV in a layout of Innenfor's own: every cell as text, held against the layout's contract."""

from pathlib import Path

import polars as pl

from data.ingest.contract import Problem, TableContract, raise_all
from data.ingest.open_file import open_file
from data.ingest.personal_data import refuse
from data.ingest.sheet import cell_name
from data.ingest.validation import problems

Rows = list[tuple[str, ...]]


def texts_of(path: Path, contract: TableContract) -> pl.DataFrame:
    """Return the contract's columns as text, `line` (in the file), and `x_cell` for each column x that is a number.

    Raises `Problems` with the columns that are missing, else with every cell that breaks the contract.
    """
    columns = [column.name for column in contract.columns]
    book = open_file(path)
    refuse(book)
    if book.kind != "text":
        raise_all(path.name, [Problem(code="not_a_table", file=path.name, expected=",".join(columns), found=book.kind)])
    rows = [row for row in book.sheets[0].rows if any(row)]
    header = [name.strip() for name in rows[0]]
    missing = [name for name in columns if name not in header]
    raise_all(path.name, [Problem(code="missing_column", file=path.name, expected=n, column=n) for n in missing])
    raise_all(path.name, [] if rows[1:] else [Problem(code="no_rows", file=path.name)])
    text = _table(header, rows[1:], contract)
    raise_all(path.name, _ragged(path, header, rows) + problems(text, contract, path.name))
    return text


def _table(header: list[str], rows: Rows, contract: TableContract) -> pl.DataFrame:
    places = {column.name: header.index(column.name) for column in contract.columns}
    records = {name: [row[place].strip() if place < len(row) else "" for row in rows] for name, place in places.items()}
    cells = {
        f"{column.name}_cell": [cell_name(number, places[column.name]) for number in range(1, len(rows) + 1)]
        for column in contract.columns
        if column.kind == "count"
    }
    lines = pl.Series("line", range(2, len(rows) + 2), dtype=pl.Int32)
    return pl.DataFrame(records | cells, schema=dict.fromkeys([*records, *cells], pl.String)).with_columns(lines)


def _ragged(path: Path, header: list[str], rows: Rows) -> list[Problem]:
    return [
        Problem(code="ragged_row", file=path.name, cell=f"A{line}", expected=str(len(header)), found=str(len(row)))
        for line, row in enumerate(rows[1:], start=2)
        if len(row) != len(header)
    ]
