"""What a delivered table of an experiment must look like; every problem with its cell."""

import polars as pl

from data.ingest.contract import Problem
from data.ingest.sheet import cell_name

_KEYS = dict.fromkeys(("experiment", "unit", "cluster", "block", "arm"), "text")
COLUMNS: dict[str, dict[str, str]] = {
    "results": {**_KEYS, "period": "text", "start": "text", "outcome": "text",
                "n": "number", "events": "number", "mean": "number", "sd": "number", "status": "text"},
    "durations": {**_KEYS, "outcome": "text", "interval": "text",
                  "at_risk": "number", "events": "number", "censored": "number", "status": "text"},
    "flow": {**_KEYS, "assessed": "number", "assigned": "number", "started": "number", "measured": "number",
             "status": "text"},
}  # fmt: skip
REQUIRED = {
    "results": ("experiment", "arm", "outcome", "n"),
    "durations": ("experiment", "arm", "interval", "at_risk", "events"),
    "flow": ("experiment", "arm", "assigned", "measured"),
}
COUNTS = ("n", "events", "at_risk", "censored", "assessed", "assigned", "started", "measured")
MEASURED = ("events", "mean", "at_risk", "measured")
TIMES = ("period", "start", "interval")
STATUSES = ("final", "preliminary", "suppressed", "missing")
PERSON_ROWS = 5


def problems(frame: pl.DataFrame, table: str, file: str) -> list[Problem]:
    """Return everything that is wrong with a table; missing and foreign columns end the search."""
    lacking = [name for name in REQUIRED[table] if name not in frame.columns]
    if table == "results" and not {"events", "mean"} & set(frame.columns):
        lacking.append("events")
    foreign = [name for name in frame.columns if name not in COLUMNS[table]]
    found = [Problem(code="missing_column", file=file, expected=name, column=name) for name in lacking]
    listed = ", ".join(COLUMNS[table])
    found += [Problem(code="uia_foreign", file=file, column=name, found=name, expected=listed) for name in foreign]
    if found:
        return found
    if _persons(frame, table):
        return [Problem(code="uia_persons", file=file, column="n", found="n = 1")]
    cells = [problem for name in frame.columns for problem in _cells(frame, table, name, file)]
    cells += _statuses(frame, file)
    return cells or [*_impossible(frame, file), *_repeated(frame, table, file)]


def _persons(frame: pl.DataFrame, table: str) -> bool:
    """Tell whether the rows look like persons: one person in every row, or nearly every one."""
    if table != "results" or len(frame) < PERSON_ROWS:
        return False
    n = _numbers(frame["n"])
    return bool(((n == 1).fill_null(value=False)).sum() >= 0.9 * len(frame))


def _numbers(column: pl.Series) -> pl.Series:
    if column.dtype == pl.String:
        column = column.str.strip_chars().str.replace(",", ".", literal=True)
    return column.cast(pl.Float64, strict=False)


def _cells(frame: pl.DataFrame, table: str, name: str, file: str) -> list[Problem]:
    """Return blank keys, and cells that are no number or no count."""
    text = frame[name].cast(pl.String).fill_null("").str.strip_chars()
    place = frame.columns.index(name)
    if COLUMNS[table][name] == "text" or name == "n":
        blank = text == "" if name in REQUIRED[table] else pl.Series([False] * len(text))
        empty = [Problem(code="missing_value", file=file, cell=cell_name(row + 1, place), expected=name, column=name)
                 for row in blank.arg_true().to_list()]  # fmt: skip
        if name != "n" or empty:
            return empty
    marked = text.str.contains(r"^[*:<]")
    number = _numbers(frame[name])
    count = (number < 0) | (number % 1 != 0) if name in COUNTS else (number < 0) & (name == "sd")
    wrong = ((text != "") & ~marked & number.is_null()) | count.fill_null(value=False)
    code = "bad_count" if name in COUNTS else "bad_number"
    expected = "count" if name in COUNTS else "number"
    return [
        Problem(code=code, file=file, cell=cell_name(row + 1, place), expected=expected, found=text[row], column=name)
        for row in wrong.arg_true().to_list()
    ]


def _statuses(frame: pl.DataFrame, file: str) -> list[Problem]:
    """Return a status that is none; where the column is left out, or a cell is empty, the numbers tell."""
    if "status" not in frame.columns:
        return []
    text, place = frame["status"].cast(pl.String).fill_null(""), frame.columns.index("status")
    return [
        Problem(code="uia_status", file=file, cell=cell_name(row + 1, place), expected=", ".join(STATUSES),
                found=text[row], column="status")
        for row in (~text.is_in(["", *STATUSES])).arg_true().to_list()
    ]  # fmt: skip


def _impossible(frame: pl.DataFrame, file: str) -> list[Problem]:
    """Return parts above their whole: events above n or at risk, measured above assigned."""
    pairs = (("events", "n"), ("events", "at_risk"), ("measured", "assigned"), ("started", "assigned"),
             ("assigned", "assessed"))  # fmt: skip
    found: list[Problem] = []
    for part, whole in pairs:
        if part not in frame.columns or whole not in frame.columns:
            continue
        part_numbers, most = _numbers(frame[part]), _numbers(frame[whole])
        for row in (part_numbers > most).fill_null(value=False).arg_true().to_list():
            cell = cell_name(row + 1, frame.columns.index(part))
            facts = {"expected": f"{most[row]:g}", "found": f"{part_numbers[row]:g}", "column": part}
            found.append(Problem(code="uia_above", file=file, cell=cell, **facts))
    return found


def _repeated(frame: pl.DataFrame, table: str, file: str) -> list[Problem]:
    keys = [
        name for name, kind in COLUMNS[table].items() if kind == "text" and name in frame.columns and name != "status"
    ]
    turn = frame.select(pl.int_range(pl.len()).over(keys))[:, 0]
    rows = (turn > 0).arg_true().to_list()
    return [
        Problem(code="uia_repeated", file=file, cell=f"A{row + 2}", column=", ".join(keys),
                found=" · ".join(str(value) for value in frame.select(keys).row(row) if value is not None))
        for row in rows
    ]  # fmt: skip
