"""A table of counts from anywhere: CSV with a column for each dimension and `count`; `status` where some are hidden."""

import io
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from data.disclosure.hierarchy import Ways
from data.disclosure.table import PUBLISHED, SUPPRESSED
from data.ingest.contract import Problem, raise_all
from data.ingest.personal_data import refuse

MOST_CELLS = 300_000


def read_cells(path: Path) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Return the cells and the names of the dimensions. Raises Problems with everything that is wrong."""
    refuse(path)
    text = path.read_bytes().decode("utf-8-sig", "replace")
    try:
        rows = pl.read_csv(io.StringIO(text), infer_schema=False, separator=";" if ";" in text[:200] else ",")
    except (pl.exceptions.ComputeError, pl.exceptions.NoDataError) as error:
        problem = Problem(code="not_a_table", file=path.name, expected="…, count, status", found=str(error)[:60])
        raise_all(path.name, [problem])
    dims = tuple(name for name in rows.columns if name not in ("count", "status"))
    if "count" not in rows.columns or not dims:
        missing = Problem(code="table_columns", file=path.name, found=", ".join(rows.columns))
        raise_all(path.name, [missing])
    if rows.height > MOST_CELLS:
        raise Problem(code="table_too_large", file=path.name, expected=f"{MOST_CELLS}", found=f"{rows.height}")
    raise_all(path.name, list(_problems(rows, dims, path.name)))
    status = pl.col("status").fill_null(PUBLISHED) if "status" in rows.columns else pl.lit(PUBLISHED)
    counts = pl.col("count").str.strip_chars()
    counts = counts.str.replace(r"\.0+$", "").replace("", None).cast(pl.Int64)
    cells = rows.select(*dims, counts.alias("count"), status.alias("status"))
    hidden = pl.col("count").is_null() | (pl.col("status") == SUPPRESSED)
    return cells.with_columns(status=pl.when(hidden).then(pl.lit(SUPPRESSED)).otherwise(pl.lit(PUBLISHED))), dims


def _problems(rows: pl.DataFrame, dims: tuple[str, ...], file: str) -> Iterator[Problem]:
    numbered = rows.with_row_index("line", 2)
    column = rows.columns.index("count")
    letter = chr(ord("A") + column) if column < 26 else ""
    count = pl.col("count").str.strip_chars().str.replace(r"\.0+$", "")
    odd = numbered.filter((count.fill_null("") != "") & ~count.fill_null("").str.contains(r"^\d{1,15}$"))
    for line, found in odd.select("line", "count").iter_rows():
        code = "count_negative" if found.strip().startswith("-") else "count_no_whole_number"
        yield Problem(code=code, file=file, cell=f"{letter}{line}", column="count", found=found)
    for line in numbered.filter(pl.struct(dims).is_duplicated())["line"]:
        yield Problem(
            code="cell_repeated", file=file, cell=f"A{line}", found=", ".join(map(str, rows.select(dims).row(line - 2)))
        )
    if "status" in rows.columns:
        odd = numbered.filter(~pl.col("status").is_in([PUBLISHED, SUPPRESSED]) & pl.col("status").is_not_null())
        for line, found in odd.select("line", "status").iter_rows():
            expected = f"{PUBLISHED}, {SUPPRESSED}"
            yield Problem(
                code="status_unknown", file=file, cell=f"A{line}", column="status", expected=expected, found=found
            )


def told_sums(told: list[str], cells: pl.DataFrame, file: str) -> dict[str, Ways]:
    """Return what adds up as it is told: `place:county=4201+4202`. Raises Problems with what names no code."""
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    problems = []
    for text in told:
        dim, _, rest = text.partition(":")
        whole, _, parts = rest.partition("=")
        codes = tuple(part.strip() for part in parts.split("+"))
        if dim not in cells.columns or len(codes) < 2 or not set(codes) <= set(cells[dim]):
            problems.append(Problem(code="sum_unreadable", file=file, found=text, expected="place:county=4201+4202"))
        found.setdefault(dim, []).append((whole.strip(), codes))
    raise_all(file, problems)
    return {dim: tuple(ways) for dim, ways in found.items()}
