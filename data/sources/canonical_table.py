"""Innenfor's own layout: one tidy table, one row an observation; the default dataset is written in it, as CSV."""

from collections.abc import Iterable
from pathlib import Path

import polars as pl

from data.ingest.contract import Column, Delivery, Problem, TableContract, raise_all
from data.ingest.headed_table import headed_table
from data.ingest.headings import HeadedTable
from data.ingest.open_file import limits, open_file
from data.ingest.personal_data import refuse
from data.ingest.sheet import column_name
from data.ingest.validation import problems
from data.sources.adapter import person_rows
from data.sources.own_layout import begins_with, headings_of, plain

COLUMNS = (
    "indicator",
    "region_code",
    "period",
    "age_group",
    "sex",
    "count",
    "population",
    "value",
    "status",
    "parts_missing",
)
_PATTERNS = {"count": r"^\d+$", "share": r"^(0(\.\d+)?|1(\.0+)?|\d(\.\d+)?e-\d+)$"}
PERSONAL = r"(^|[^.\d])\d{6} ?\d{5}(\D|$)|@"  # eleven digits in a row, or an address
LARGEST = 10**9  # no count of persons is larger
CONTRACT = TableContract(
    name="table",
    publisher="",
    columns=(
        Column("indicator", filled=True),
        Column("region_code", pattern=r"^(\d{1,2}|\d{4})$", expected="region_code", filled=True),
        Column("period", pattern=r"^\d{4}(-(\d{2}|Q[1-4]))?$", expected="period", filled=True),
        Column("age_group", pattern=r"^(\d{2}-\d{2}|under-\d{2}|all)$", expected="age_group", filled=True),
        Column("sex", pattern=r"^(both|female|male)$", expected="sex", filled=True),
        Column("count", "count"),
        Column("population", "count"),
        Column("value", "share"),
        Column("status", pattern=r"^(final|preliminary|suppressed|missing)$", expected="status", filled=True),
        Column("parts_missing", "count"),
    ),
    symbols={},
    key=("indicator", "region_code", "period", "age_group", "sex"),
    at_most=(("count", "population"),),
)

_MARKS = {"indicator", "region_code", "period"}
_FILLED = {column.name for column in CONTRACT.columns if column.filled}


def recognises(path: Path) -> bool:
    """Return whether a file begins with the headings of this layout, in any order of columns."""
    return _is_bare(path) or begins_with(path, _MARKS)


def _is_bare(path: Path) -> bool:
    """Return whether the file's first line is the header, as Innenfor writes it: then it is read in one go."""
    return set(_header(path).split(_delimiter(path))) >= _MARKS


def _header(path: Path) -> str:
    with path.open("rb") as file:
        return file.readline(2000).decode("utf-8", errors="replace").strip().lstrip("\ufeff")


def _delimiter(path: Path) -> str:
    """Return what stands between the columns: a spreadsheet in Norwegian saves with semicolons."""
    header = _header(path)
    return max(",;\t", key=header.count)


def parse(path: Path) -> Delivery:
    """Read a tidy table; `value` is count ÷ population where both stand. Raises Problems with all that is wrong."""
    return _delivery(path, _bare(path)) if _is_bare(path) else _delivery(path, *_headed(path))


def _delivery(path: Path, text: pl.DataFrame, table: HeadedTable | None = None) -> Delivery:
    """Return the rows of a table of texts. table: where on a sheet or in a text it lies."""
    wrong = _column_problems(text, path.name)
    distinct = [text[name].unique() for name in text.columns]
    sound = not wrong and _sound(text, distinct)
    if not table and (not sound or _may_hold_persons(distinct)):
        refuse(path)
    raise_all(path.name, wrong)
    raise_all(path.name, person_rows(text["count"], path.name))
    if not sound:
        raise_all(path.name, problems(_with_cells(text, table), CONTRACT, path.name))
    rows = _cast(text, table)
    raise_all(path.name, [*_too_large(rows, path.name), *_contradictions(rows, path.name)])
    return Delivery("", "table", None, path.name, None, table.notes if table else (), rows.select(pl.exclude("line")))


def _headed(path: Path) -> tuple[pl.DataFrame, HeadedTable]:
    """Return a table that lies in a workbook or Parquet, or below a title, once nothing in it belongs to a person."""
    book = open_file(path)
    refuse(book)
    if book.kind == "json":
        facts = {"expected": ",".join(COLUMNS), "found": book.kind}
        raise_all(path.name, [Problem(code="not_a_table", file=path.name, **facts)])
    table = headed_table(book, headings_of(CONTRACT))
    raise_all(path.name, [] if table.body else [Problem(code="no_rows", file=path.name)])
    return _decimals(plain(table.frame, CONTRACT)), table


def _bare(path: Path) -> pl.DataFrame:
    size, most = path.stat().st_size, limits()["bytes"]
    if size > most:
        raise_all(path.name, [Problem(code="too_large", file=path.name, expected=f"{most // 1_000_000} MB")])
    try:
        text = pl.read_csv(path, infer_schema=False, separator=_delimiter(path)).fill_null("")
    except (pl.exceptions.PolarsError, UnicodeDecodeError) as error:
        found = (str(error) or type(error).__name__).splitlines()[0]
        raise_all(path.name, [Problem(code="not_a_table", file=path.name, expected=",".join(COLUMNS), found=found)])
        raise
    if text.is_empty():
        raise_all(path.name, [Problem(code="no_rows", file=path.name)])
    return _decimals(text) if _delimiter(path) != "," else text


def _decimals(text: pl.DataFrame) -> pl.DataFrame:
    """Return the table with points for the commas of its shares, where none has a point."""
    if "value" not in text.columns or text["value"].str.contains(".", literal=True).any():
        return text
    return text.with_columns(pl.col("value").str.replace(r"^(\d),(\d+)$", "${1}.${2}"))


def _column_problems(text: pl.DataFrame, file: str) -> list[Problem]:
    lacking = [name for name in COLUMNS if name not in text.columns]
    foreign = [name for name in text.columns if name not in COLUMNS]
    return [Problem(code="missing_column", file=file, expected=name, column=name) for name in lacking] + [
        Problem(code="foreign_column", file=file, expected=", ".join(COLUMNS), found=name, column=name)
        for name in foreign
    ]


def _may_hold_persons(distinct: Iterable[pl.Series]) -> bool:
    """Return whether any cell holds eleven digits in a row: then the whole file is looked through cell by cell."""
    return any(column.str.contains(PERSONAL).any() for column in distinct)


def _sound(text: pl.DataFrame, distinct: Iterable[pl.Series]) -> bool:
    """Return whether every value fits its column and no key stands twice: one look at each distinct value.

    Only a table that fails pays for the contract's cell by cell search.
    """
    patterns = {column.name: _PATTERNS.get(column.kind, column.pattern or ".") for column in CONTRACT.columns}
    for column in distinct:
        pattern = patterns[column.name]
        if not column.str.contains(pattern if column.name in _FILLED else rf"{pattern}|^$").all():
            return False
    return not text.select(CONTRACT.key).is_duplicated().any()


def _lines(text: pl.DataFrame, table: HeadedTable | None) -> pl.DataFrame:
    """Return the table with the line of each row in its file or sheet."""
    if not table:
        return text.with_row_index("line", offset=2)
    return text.with_columns(pl.Series("line", [row + 1 for row in table.body], dtype=pl.UInt32))


def _with_cells(text: pl.DataFrame, table: HeadedTable | None) -> pl.DataFrame:
    columns = table.columns if table else {name: place for place, name in enumerate(text.columns)}
    cells = [
        (pl.lit(column_name(columns[name])) + pl.col("line").cast(pl.String)).alias(f"{name}_cell")
        for name in text.columns
    ]
    return _lines(text, table).with_columns(*cells, sheet=pl.lit(table.sheet.name if table else "")).drop("line")


def _cast(text: pl.DataFrame, table: HeadedTable | None) -> pl.DataFrame:
    filled = text.with_columns(pl.when(pl.all() != "").then(pl.all()).name.keep())
    whole = pl.col("count", "population", "parts_missing").cast(pl.Float64, strict=False).round()
    numbers = _lines(filled, table).with_columns(whole.cast(pl.Int64, strict=False), pl.col("value").cast(pl.Float64))
    rate = pl.when(pl.col("population") > 0).then(pl.col("count") / pl.col("population"))
    return numbers.select(
        pl.col("indicator").alias("measure"), "region_code", "period", "age_group", "sex", "count", "population",
        pl.coalesce("value", rate).alias("share"), "status", pl.col("parts_missing").fill_null(0),
        pl.concat_str(pl.lit("A"), "line").alias("cell"), "line",
    )  # fmt: skip


def _too_large(rows: pl.DataFrame, file: str) -> list[Problem]:
    beyond = rows.filter((pl.col("count") > LARGEST) | (pl.col("population") > LARGEST))
    return [
        Problem(code="bad_count", file=file, cell=f"F{line}", expected="count", found=str(count), column="count")
        for line, count in beyond.select("line", pl.max_horizontal("count", "population")).iter_rows()
    ]


def _contradictions(rows: pl.DataFrame, file: str) -> list[Problem]:
    """Return rows whose status and numbers disagree.

    A hidden cell carries no number: neither its count nor the share that would give it back. A shown one has a number.
    """
    has_number = pl.col("count").is_not_null() | pl.col("share").is_not_null()
    hidden = pl.col("status").is_in(["suppressed", "missing"])
    wrong = {"hidden_but_shown": hidden & has_number, "shown_but_empty": ~hidden & ~has_number}
    return [
        Problem(code=code, file=file, cell=f"F{line}", expected=code, found=status, column="count")
        for code, rule in wrong.items()
        for line, status in rows.filter(rule).select("line", "status").iter_rows()
    ]
