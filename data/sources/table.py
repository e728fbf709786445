"""Innenfor's own layout: one tidy CSV, UTF-8, comma, one row an observation. The default dataset is written in it."""

from pathlib import Path

import polars as pl

from data.checks import problems
from data.contract import Column, Delivery, Problem, TableContract, raise_all

COLUMNS = ("indicator", "region_code", "period", "age_group", "sex", "count", "population", "value", "status", "parts_missing")
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


def recognises(path: Path) -> bool:
    """Return whether the file's first line is the header of this layout, in any order of columns."""
    with path.open("rb") as file:
        header = file.readline(2000).decode("utf-8", errors="replace").strip().lstrip("\ufeff")
    return {"indicator", "region_code", "status"} <= set(header.split(","))


def parse(path: Path) -> Delivery:
    """Read a tidy CSV; `value` is computed as count ÷ population where both stand. Raises Problems with all that is wrong."""
    text = _read(path)
    missing = [name for name in COLUMNS if name not in text.columns]
    found = [Problem(code="missing_column", file=path.name, expected=name, column=name) for name in missing]
    found += found or problems(text, CONTRACT, path.name)
    if found and not missing:
        found = problems(_with_cells(text), CONTRACT, path.name)
    raise_all(path.name, found)
    rows = _cast(text)
    raise_all(path.name, _hidden_but_shown(rows, path.name))
    return Delivery("", "table", None, path.name, None, (), rows)


def _read(path: Path) -> pl.DataFrame:
    try:
        return pl.read_csv(path, infer_schema=False).fill_null("")
    except (pl.exceptions.PolarsError, UnicodeDecodeError) as error:
        found = str(error).splitlines()[0]
        raise_all(path.name, [Problem(code="not_a_table", file=path.name, expected=",".join(COLUMNS), found=found)])
        raise


def _with_cells(text: pl.DataFrame) -> pl.DataFrame:
    numbered = text.with_row_index("line", offset=2)
    cells = [
        (pl.lit(chr(ord("A") + place)) + pl.col("line").cast(pl.String)).alias(f"{name}_cell")
        for place, name in enumerate(text.columns)
    ]
    return numbered.with_columns(cells).drop("line")


def _cast(text: pl.DataFrame) -> pl.DataFrame:
    filled = text.with_columns(pl.when(pl.all() != "").then(pl.all()).name.keep())
    numbers = filled.with_columns(
        pl.col("count", "population", "parts_missing").cast(pl.Int64), pl.col("value").cast(pl.Float64)
    )
    rate = pl.when(pl.col("population") > 0).then(pl.col("count") / pl.col("population"))
    return numbers.select(
        pl.col("indicator").alias("measure"), "region_code", "period", "age_group", "sex", "count", "population",
        pl.coalesce("value", rate).alias("share"), "status", pl.col("parts_missing").fill_null(0),
        pl.lit("").alias("cell"),
    )  # fmt: skip


def _hidden_but_shown(rows: pl.DataFrame, file: str) -> list[Problem]:
    """A hidden cell carries no number: neither its count nor the share that would give it back."""
    shown = rows.with_row_index("line", offset=2).filter(
        pl.col("status").is_in(["suppressed", "missing"]), pl.col("count").is_not_null() | pl.col("share").is_not_null()
    )
    return [
        Problem(code="hidden_but_shown", file=file, cell=f"F{line}", expected="hidden_empty", found=status)
        for line, status in shown.select("line", "status").iter_rows()
    ]
