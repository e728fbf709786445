"""A question in SQL, asked of a copy of the published views that knows no file, no network and no other table.

The copy lies in memory and is made anew for each question: what is not published is not there to be found. Time and
rows are counted here, memory by the database; the process it runs in is capped besides (`data.cli.ask`).
"""

import threading
from dataclasses import dataclass

import duckdb
import polars as pl

from data import i18n
from data.format.numbers import number
from data.warehouse.allowed import (
    LONGEST,
    QuestionEmpty,
    QuestionLong,
    QuestionRefused,
    QuestionUnread,
    QuestionWrites,
    refuse_outside,
)
from data.warehouse.connection import VIEWS, statement, view

SECONDS = 20.0
MEGABYTES = 512
MOST_ROWS = 100_000
MOST_CELLS = 2_000_000
_WHOLE = (
    "TINYINT",
    "SMALLINT",
    "INTEGER",
    "BIGINT",
    "UTINYINT",
    "USMALLINT",
    "UINTEGER",
    "UBIGINT",
    "HUGEINT",
    "UHUGEINT",
)
_PLAIN = (*_WHOLE, "BOOLEAN", "FLOAT", "DOUBLE", "DECIMAL", "VARCHAR", "DATE", "TIMESTAMP")
_LARGEST = 2**63
_SHUT: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "python_enable_replacements": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "temp_directory": "",
    "home_directory": "/",
    "threads": "2",
    "memory_limit": f"{MEGABYTES}MB",
}


class QuestionWrong(QuestionRefused, code="question_wrong"):
    """A name in it is unknown, or its kinds do not fit; `found` is what the database says of it."""


class QuestionLate(QuestionRefused, code="question_late"):
    """It was ended because it took too long; `found` is how many seconds it had."""


class QuestionHeavy(QuestionRefused, code="question_heavy"):
    """It needed more memory than it has; `found` is how many megabytes that is."""


class QuestionMany(QuestionRefused, code="question_many"):
    """Its answer has more rows, or more cells, than are given; `found` is how many are."""

    def _word(self, lang: str, part: str) -> str:
        return i18n.say(
            "data", lang, f"error.{self.code}.{part}", **self.facts() | {"found": number(int(self.found), 0, lang)}
        )


class QuestionTwice(QuestionRefused, code="question_twice"):
    """Two columns of its answer have one name, `found`."""


@dataclass(frozen=True)
class QuestionLimits:
    """What a question may take: seconds, and rows of its answer."""

    seconds: float = SECONDS
    rows: int = MOST_ROWS


def ask(text: str, limits: QuestionLimits | None = None) -> pl.DataFrame:
    """Return the answer to a question in SQL on the views (`VIEWS`).

    Lists, structs and other kinds a sheet cannot hold come as text. Raises QuestionRefused, with why, and
    WarehouseMissing.
    """
    limits = limits or QuestionLimits()
    with _copy() as connection:
        asked = _allowed(connection, text)
        timer = threading.Timer(limits.seconds, connection.interrupt)
        timer.start()
        try:
            return _answer(connection, asked, limits)
        except duckdb.Error as error:
            raise _worded(error, limits) from error
        finally:
            timer.cancel()


def _copy() -> duckdb.DuckDBPyConnection:
    """Return a database in memory that holds the published views as tables, and takes nothing else in."""
    connection = duckdb.connect(":memory:", config=_SHUT)
    for name in VIEWS:
        connection.register("incoming", view(name).to_arrow())
        connection.table("incoming").create(name)
        connection.unregister("incoming")
    connection.execute("SET lock_configuration = true")
    return connection


def _allowed(connection: duckdb.DuckDBPyConnection, text: str) -> str:
    """Return the one statement a question is. Raises QuestionRefused where it is anything else."""
    if not text.strip():
        raise QuestionEmpty(where="SQL", found="–")
    if len(text) > LONGEST:
        raise QuestionLong(where="SQL", found=str(len(text)))
    try:
        statements = connection.extract_statements(text)
        kinds = [each.type for each in statements]
        if kinds != [duckdb.StatementType.SELECT]:
            raise QuestionWrites(where="SQL", found=" + ".join(kind.name for kind in kinds) or "–")
        tree = connection.sql(statement("parts_of_statement"), params={"text": statements[0].query}).fetchall()[0][0]
    except duckdb.Error as error:
        raise QuestionUnread(where="SQL", found=_said(error)) from error
    refuse_outside(tree)
    return str(statements[0].query)


def _answer(connection: duckdb.DuckDBPyConnection, asked: str, limits: QuestionLimits) -> pl.DataFrame:
    found = connection.sql(asked)
    names = list(found.columns)
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise QuestionTwice(where="SQL", found=twice)
    columns = [
        column if str(kind).split("(")[0] in _PLAIN else column.cast("VARCHAR").alias(name)
        for name, kind in zip(names, found.types, strict=True)
        for column in [duckdb.ColumnExpression(name)]
    ]
    rows: pl.DataFrame = found.select(*columns).limit(limits.rows + 1).pl()
    if rows.height > limits.rows or rows.height * rows.width > MOST_CELLS:
        raise QuestionMany(where="SQL", found=str(min(limits.rows, MOST_CELLS // max(rows.width, 1))))
    return rows.with_columns(_number(column) for column in rows.iter_columns() if column.dtype.is_numeric())


def _number(column: pl.Series) -> pl.Series:
    """Return whole numbers as 64 bits where they have room, and other numbers a sheet has no kind for as floats."""
    if column.dtype in (pl.Decimal, pl.Int128, pl.UInt128):
        whole = getattr(column.dtype, "scale", 0) == 0
        ends = [abs(int(end)) for end in (column.min(), column.max()) if end is not None]  # type: ignore[arg-type]
        return column.cast(pl.Int64 if whole and all(end < _LARGEST for end in ends) else pl.Float64)
    return column


def _worded(error: duckdb.Error, limits: QuestionLimits) -> QuestionRefused:
    if isinstance(error, duckdb.InterruptException):
        return QuestionLate(where="SQL", found=f"{limits.seconds:g}")
    if isinstance(error, duckdb.OutOfMemoryException):
        return QuestionHeavy(where="SQL", found=str(MEGABYTES))
    return QuestionWrong(where="SQL", found=_said(error))


def _said(error: duckdb.Error) -> str:
    """Return what the database says of a fault: its first line, without the name of its kind."""
    return str(error).splitlines()[0].partition("Error: ")[2] or str(error).splitlines()[0]
