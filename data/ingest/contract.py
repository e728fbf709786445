"""What a table must look like, and the one shape in which it is delivered."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import polars as pl

from data import i18n
from data.ingest.identity import masked
from data.problems import Problem, Problems, raise_all

__all__ = [
    "ANY_PERIOD", "DECIMAL", "KEY", "MONTH", "NUMERIC", "ROWS", "WHOLE", "Column", "Delivery", "Kind", "Note",
    "Problem", "Problems", "TableContract", "raise_all", "standard_columns",
]  # fmt: skip
Kind = Literal["text", "count", "share", "percent", "number"]
NUMERIC: tuple[str, ...] = ("count", "share", "value")
KEY = ("measure", "region_code", "region_name", "period", "age_group", "sex", "dimensions")
ROWS: Mapping[str, pl.DataType] = MappingProxyType(
    {name: pl.String() for name in KEY}
    | {"count": pl.Int64(), "share": pl.Float64(), "value": pl.Float64(), "status": pl.String(), "cell": pl.String()}
)
WHOLE = r"^-?\d{1,15}(\.0{1,2})?$"
DECIMAL = r"^-?(\d{1,15}(\.\d*)?|\.\d+)([eE](\+?\d{1,2}|-\d{1,3}))?$"
"""Fifteen digits before the point: of more, a floating-point number keeps another number, and of 400 none.
Three noughts after it may be thousands."""
ANY_PERIOD = r"^\d{4}(-(\d{2}|Q[1-4]|W\d{2}))?$"
MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"


@dataclass(frozen=True)
class Column:
    """One column of a contract: its kind, and for texts the pattern each value must match."""

    name: str
    kind: Kind = "text"
    pattern: str = ""
    expected: str = ""
    filled: bool = False


@dataclass(frozen=True)
class TableContract:
    """What the table of one layout must look like: columns, the key of a row, symbols and their meaning.

    above_whole: the publisher has shares above 100 percent, of those who come from elsewhere: noted, not refused.
    """

    name: str
    publisher: str
    columns: tuple[Column, ...]
    symbols: Mapping[str, str]
    key: tuple[str, ...] = KEY
    decimal: str = "."
    preliminary_mark: str = ""
    zero_symbols: tuple[str, ...] = ()
    above_whole: bool = False
    at_most: tuple[tuple[str, str], ...] = ()

    def kinds(self) -> dict[str, Kind]:
        """Return the kind of each column by name."""
        return {column.name: column.kind for column in self.columns}


@dataclass(frozen=True)
class Note:
    """Something that stood in the file and was left out or must be known, named with its place."""

    reason: str
    sheet: str = ""
    cell: str = ""
    what: str = ""
    number: int = 1

    def says(self, lang: str = "en") -> str:
        """Return the note in one sentence."""
        facts = {"sheet": self.sheet, "cell": self.cell, "what": masked(self.what), "number": self.number}
        return i18n.say("data", lang, f"note.{self.reason}", **facts).replace("( ", "(")  # a text has no sheet


@dataclass(frozen=True)
class Delivery:
    """One file, read whole: who published it, in which layout, what was left out, and its rows (see `ROWS`).

    `count` is persons, `share` is 0–1, `value` a published number that is neither; `status` is `final`,
    `preliminary`, `suppressed`, `missing` or `not_applicable`, and a hidden number is null, never 0.
    """

    publisher: str
    layout: str
    table_id: str | None
    title: str
    updated: str | None
    notes: tuple[Note, ...]
    rows: pl.DataFrame


def standard_columns(share: Kind = "percent", period: str = ANY_PERIOD, *, regions: bool = True) -> tuple[Column, ...]:
    """Return the columns shared by all layouts, with the share's own unit and the period's own pattern."""
    return (
        Column("measure", filled=True),
        Column("region_code", pattern=r"^(\d{1,2}|\d{4})$", expected="region_code", filled=regions),
        Column("region_name"),
        Column("period", pattern=period, expected="period", filled=True),
        Column("age_group", filled=True),
        Column("sex", pattern=r"^(both|female|male)$", expected="sex"),
        Column("dimensions"),
        Column("count", "count"),
        Column("share", share),
        Column("value", "number"),
    )
