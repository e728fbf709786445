"""A table of counts from anywhere, text or workbook: columns for dimensions, one or more of counts, and `status`."""

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from data.disclosure.table import PUBLISHED, SUPPRESSED
from data.ingest.contract import Problem, raise_all
from data.ingest.encoding import decode
from data.ingest.open_file import is_text, open_file
from data.ingest.personal_data import refuse
from data.ingest.sheet import trim
from data.tables.numerals import counts_of, is_count
from data.tables.words import SPREAD, plain, words

MOST_CELLS = 300_000
_SEPARATORS = ";\t|,:^~ "


@dataclass(frozen=True)
class _Roles:
    """Which columns are dimensions, which hold counts (several: the table is spread out), and which a status."""

    dims: tuple[str, ...]
    counts: tuple[str, ...]
    status: tuple[str, ...]


def read_cells(path: Path) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Return the cells and the names of the dimensions. Raises Problems with everything that is wrong.

    Any separator, a title above the headings, names of the count and its status in Norwegian or English, thousands set
    apart. A table that spreads a dimension over its columns gets the dimension `column`.
    """
    refuse(path)
    rows = _rows(path)
    roles = _roles(rows, path.name)
    if rows.height * len(roles.counts) > MOST_CELLS:
        found = f"{rows.height * len(roles.counts)}"
        raise Problem(code="table_too_large", file=path.name, expected=f"{MOST_CELLS}", found=found)
    long = rows.select("line", *roles.dims, *roles.status, *roles.counts)
    if len(roles.counts) > 1:
        index = ["line", *roles.dims, *roles.status]
        long = rows.unpivot(roles.counts, index=index, variable_name=SPREAD, value_name="count").sort(
            "line", maintain_order=True
        )
    dims = (*roles.dims, SPREAD) if len(roles.counts) > 1 else roles.dims
    long = long.rename({} if len(roles.counts) > 1 else {roles.counts[0]: "count"})
    counts = counts_of(long["count"])
    raise_all(path.name, list(_problems(long, dims, roles, counts, path.name)))
    hidden = pl.Series([count is None for count in counts])
    for name in roles.status:
        hidden |= long[name].map_elements(lambda text: plain(text) in words().hidden, return_dtype=pl.Boolean)
    status = pl.select(pl.when(hidden).then(pl.lit(SUPPRESSED)).otherwise(pl.lit(PUBLISHED))).to_series()
    numbers = pl.Series("count", [each if isinstance(each, int) else None for each in counts], dtype=pl.Int64)
    named = {dim: dim if dim != "status" else _free(dims) for dim in dims}  # a status in working life is a dimension
    return long.select(dims).rename(named).with_columns(numbers, status.alias("status")), (*named.values(),)


def _free(dims: tuple[str, ...]) -> str:
    """Return what a dimension called status is called beside the status that is told of every cell."""
    return next(name for name in ("status_given", *(f"status_{n}" for n in range(2, 99))) if name not in dims)


def _rows(path: Path) -> pl.DataFrame:
    """Return the rows as text, each with its line; without empty columns, and notes below that fill the first alone."""
    lines = _lines(path)
    at, separator = _headings(lines)
    try:
        if at is None:
            raise pl.exceptions.NoDataError(lines[0] if lines else "")
        body = "\n".join(lines[at:])
        rows = pl.read_csv(io.StringIO(body), infer_schema=False, separator=separator)
        if rows.is_empty():
            raise pl.exceptions.NoDataError(lines[at])
    except (pl.exceptions.ComputeError, pl.exceptions.NoDataError) as error:
        problem = Problem(code="not_a_table", file=path.name, expected="…, count, status", found=str(error)[:60])
        raise_all(path.name, [problem])
    rows = rows.rename({name: name.strip() for name in rows.columns}).with_columns(
        pl.all().fill_null("").str.strip_chars()
    )
    empty = [name for name in rows.columns if (rows[name] == "").all() and plain(name) not in words().count]
    notes = pl.all_horizontal(pl.exclude("line", rows.columns[0]) == "") if rows.width > 2 else pl.lit(value=False)
    filled = pl.any_horizontal(pl.exclude("line") != "") & ~notes
    return rows.with_row_index("line", (at or 0) + 2).filter(filled).drop(empty)


def _lines(path: Path) -> list[str]:
    """Return the lines of a file of text, or the rows of a workbook's or a Parquet file's one table as such lines."""
    content = path.read_bytes()
    if is_text(path, content):
        return decode(path.name, content)[0].splitlines()
    tables = [sheet for sheet in open_file(path).sheets if sum(map(any, sheet.rows)) > 1]
    if len(tables) != 1:
        raise Problem(code="table_sheets", file=path.name, found=", ".join(sheet.name for sheet in tables) or "0")
    width = max(map(len, tables[0].rows))
    missing = [width - len(row) if sum(map(bool, row)) > 1 else 0 for row in tables[0].rows]  # a title stays as it is
    return [";".join(map(_quoted, (*row, *[""] * few))) for row, few in zip(tables[0].rows, missing, strict=True)]


def _quoted(text: str) -> str:
    return '"' + trim(text).replace('"', '""') + '"'


def _headings(lines: list[str]) -> tuple[int | None, str]:
    """Return the line the headings stand on, and what stands between them: what the next lines have as much of."""
    for number, line in enumerate(lines[:20]):
        below = [each for each in lines[number + 1 : number + 3] if each.strip()]
        for separator in _SEPARATORS:
            width = _width(line, separator)
            if width > 1 and all(_width(each, separator) == width for each in below):
                return number, separator
    return None, ","


def _width(line: str, separator: str) -> int:
    bare = "".join(line.split('"')[::2])
    return bare.count(separator) + 1


def _roles(rows: pl.DataFrame, file: str) -> _Roles:
    """Return what each column is. Raises Problems where none holds counts, or no dimension is left."""
    names = [name for name in rows.columns if name != "line"]
    by_word = {plain(name): name for name in reversed(names)}
    status = tuple(name for name in names if plain(name) in words().status and _tells_status(rows[name]))
    named = next((by_word[word] for word in words().count if word in by_word), None)
    left = [name for name in names if name not in status]
    if named is None:
        dims, counts = _by_what_they_hold(rows, left)
    else:
        others = {by_word[word] for word in words().count if word in by_word}
        dims, counts = tuple(name for name in left if name not in others), (named,)
    if not counts or not dims:
        raise_all(file, [Problem(code="table_columns", file=file, found=", ".join(names))])
    if beside := next((name for name in dims if plain(name) in words().residents), None):
        raise Problem(code="residents_beside", file=file, column=beside)
    return _Roles(dims, counts, status if len(counts) == 1 else ())


def _tells_status(column: pl.Series) -> bool:
    """Return whether a column called so is one: a single word that is known will do, the rest is told as wrong."""
    known = {*words().hidden, *words().published}
    return any(plain(text) in known for text in column.unique())


def _by_what_they_hold(rows: pl.DataFrame, names: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the dimensions, as few of the first as tell all rows apart, and the columns of counts after them."""
    last = max((place for place, name in enumerate(names) if not all(map(is_count, rows[name]))), default=0)
    for size in range(last + 1, len(names)):
        if not rows.select(names[:size]).is_duplicated().any():
            return tuple(names[:size]), tuple(names[size:])
    return tuple(names), ()


def _problems(
    rows: pl.DataFrame, dims: tuple[str, ...], roles: _Roles, counts: list[int | str | None], file: str
) -> Iterator[Problem]:
    for line, found in zip(rows["line"], counts, strict=True):
        if isinstance(found, str):
            code = "count_negative" if found[0] in "-−" else "count_no_whole_number"
            yield Problem(code=code, file=file, cell=f"{line}", column=", ".join(roles.counts[:2]), found=found)
    keys = rows.select(dims).rows()
    often = Counter(keys)
    for line, key in zip(rows["line"], keys, strict=True):
        if often[key] > 1:
            yield Problem(code="cell_repeated", file=file, cell=f"{line}", found=", ".join(key))
    known = {*words().hidden, *words().published}
    for name in roles.status:
        for line, found in zip(rows["line"], rows[name], strict=True):
            if plain(found) not in known:
                expected = f"{PUBLISHED}, {SUPPRESSED}"
                yield Problem(
                    code="status_unknown", file=file, cell=f"{line}", column=name, expected=expected, found=found
                )
