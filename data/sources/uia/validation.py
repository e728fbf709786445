"""What a delivered table of an experiment must look like; every problem with its cell."""

import polars as pl

from data.ingest.contract import Problem
from data.ingest.spelling import written_plainly
from data.sources.uia.columns import COLUMNS, COUNTS, REQUIRED, STATUSES
from data.sources.uia.delivered import DeliveredTable
from data.sources.uia.tables import HIDDEN

PERSON_ROWS = 5


def problems(delivered: DeliveredTable, table: str, file: str) -> list[Problem]:
    """Return everything that is wrong with a table; missing and foreign columns end the search."""
    frame = delivered.frame
    lacking = [name for name in REQUIRED[table] if name not in frame.columns]
    if table == "results" and not {"events", "mean"} & set(frame.columns):
        lacking.append("events")
    foreign = [name for name in frame.columns if name not in COLUMNS[table]]
    place = {"file": file, "sheet": delivered.sheet}
    found = [Problem(code="missing_column", **place, expected=name, column=name) for name in lacking]
    listed = ", ".join(COLUMNS[table])
    found += [Problem(code="uia_foreign", **place, column=name, found=name, expected=listed) for name in foreign]
    if found:
        return found
    if _persons(frame, table):
        return [Problem(code="uia_persons", file=file, column="n", found="n = 1")]
    cells = [problem for name in frame.columns for problem in _cells(delivered, table, name, file)]
    cells += _statuses(delivered, file)
    return cells or [*_impossible(delivered, file), *_repeated(delivered, table, file)]


def _persons(frame: pl.DataFrame, table: str) -> bool:
    """Tell whether the rows look like persons: one person in every row, or nearly every one."""
    if table != "results" or len(frame) < PERSON_ROWS:
        return False
    n = _numbers(frame["n"])
    return bool(((n == 1).fill_null(value=False)).sum() >= 0.9 * len(frame))


def _numbers(column: pl.Series) -> pl.Series:
    if column.dtype == pl.String:
        column = written_plainly(column.str.strip_chars())
    return column.cast(pl.Float64, strict=False)


def _cells(delivered: DeliveredTable, table: str, name: str, file: str) -> list[Problem]:
    """Return blank keys, and cells that are no number or no count."""
    text = delivered.frame[name].cast(pl.String).fill_null("").str.strip_chars()
    if COLUMNS[table][name] == "text" or name == "n":
        blank = text == "" if name in REQUIRED[table] else pl.Series([False] * len(text))
        empty = [Problem(code="uia_empty", file=file, **delivered.place(row, name), expected=name, column=name)
                 for row in blank.arg_true().to_list()]  # fmt: skip
        if name != "n" or empty:
            return empty
    marked = text.str.contains(HIDDEN)
    number = _numbers(delivered.frame[name])
    count = (number < 0) | (number % 1 != 0) if name in COUNTS else (number < 0) & (name == "sd")
    wrong = ((text != "") & ~marked & number.is_null()) | count.fill_null(value=False)
    code = "bad_count" if name in COUNTS else "bad_number"
    expected = "count" if name in COUNTS else "number"
    return [
        Problem(code=code, file=file, **delivered.place(row, name), expected=expected, found=text[row], column=name)
        for row in wrong.arg_true().to_list()
    ]


def _statuses(delivered: DeliveredTable, file: str) -> list[Problem]:
    """Return a status that is none; where the column is left out, or a cell is empty, the numbers tell."""
    if "status" not in delivered.frame.columns:
        return []
    text = delivered.frame["status"].cast(pl.String).fill_null("")
    return [
        Problem(code="uia_status", file=file, **delivered.place(row, "status"), expected=", ".join(STATUSES),
                found=text[row], column="status")
        for row in (~text.is_in(["", *STATUSES])).arg_true().to_list()
    ]  # fmt: skip


def _impossible(delivered: DeliveredTable, file: str) -> list[Problem]:
    """Return parts above their whole: events above n or at risk, measured above assigned."""
    pairs = (("events", "n"), ("events", "at_risk"), ("measured", "assigned"), ("started", "assigned"),
             ("assigned", "assessed"))  # fmt: skip
    frame, found = delivered.frame, list[Problem]()
    for part, whole in pairs:
        if part not in frame.columns or whole not in frame.columns:
            continue
        part_numbers, most = _numbers(frame[part]), _numbers(frame[whole])
        for row in (part_numbers > most).fill_null(value=False).arg_true().to_list():
            facts = {"expected": str(int(most[row])), "found": str(int(part_numbers[row])), "column": part}
            found.append(Problem(code="uia_above", file=file, **delivered.place(row, part), **facts))
    return found


def _repeated(delivered: DeliveredTable, table: str, file: str) -> list[Problem]:
    frame = delivered.frame
    keys = [
        name for name, kind in COLUMNS[table].items() if kind == "text" and name in frame.columns and name != "status"
    ]
    turn = frame.select(pl.int_range(pl.len()).over(keys))[:, 0]
    rows = (turn > 0).arg_true().to_list()
    return [
        Problem(code="uia_repeated", file=file, **delivered.place(row, keys[0]), column=", ".join(keys),
                found=" · ".join(str(value) for value in frame.select(keys).row(row) if value is not None))
        for row in rows
    ]  # fmt: skip
