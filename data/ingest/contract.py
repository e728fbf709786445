"""What a table must look like, the problems it may have, and the one shape in which it is delivered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import partial
from types import MappingProxyType
from typing import Any, Literal

import polars as pl

from data import i18n
from data.errors import InnenforError

Kind = Literal["text", "count", "share", "percent", "number"]
NUMERIC: tuple[str, ...] = ("count", "share", "value")
KEY = ("measure", "region_code", "region_name", "period", "age_group", "sex", "dimensions")
ROWS: Mapping[str, pl.DataType] = MappingProxyType(
    {name: pl.String() for name in KEY}
    | {"count": pl.Int64(), "share": pl.Float64(), "value": pl.Float64(), "status": pl.String(), "cell": pl.String()}
)
WHOLE = r"^-?\d+(\.0+)?$"
DECIMAL = r"^-?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$"
ANY_PERIOD = r"^\d{4}(-(\d{2}|Q[1-4]|W\d{2}))?$"
MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"
_LONGEST_FOUND = 60


@dataclass(eq=False, kw_only=True)
class Problem(InnenforError):
    """One thing that is wrong in a file, with its place; words stand in `texts/` under `error.<code>`.

    `expected` is a key of `expected.*` in the texts or a word of the file itself; `cell` is written as in a
    spreadsheet (`C12`) or, for JSON, as the flat index.
    """

    code: str  # type: ignore[misc]
    file: str = ""
    sheet: str = ""
    cell: str = ""
    expected: str = ""
    found: str = ""
    column: str = ""
    where: str = field(init=False, default="")

    def __post_init__(self) -> None:
        place = "!".join(part for part in (self.sheet, self.cell) if part)
        self.where = ": ".join(part for part in (self.file, place) if part)
        if len(self.found) > _LONGEST_FOUND:
            self.found = self.found[:_LONGEST_FOUND] + "…"

    def __reduce__(self) -> tuple[Any, ...]:
        given = {item.name: getattr(self, item.name) for item in fields(self) if item.init}
        return partial(type(self), **given), ()

    def expects(self, lang: str = "en") -> str:
        """Return what was expected, in words."""
        return i18n.words("data", lang).get(f"expected.{self.expected}", self.expected)

    def place(self) -> str:
        """Return file, sheet and cell."""
        return " · ".join(part for part in (self.file, self.sheet, self.cell) if part)

    def as_json(self, lang: str = "en") -> dict[str, dict[str, str]]:
        """Return the problem as the command line prints it."""
        body = super().as_json(lang)["error"]
        place = {"file": self.file, "sheet": self.sheet, "cell": self.cell, "column": self.column}
        return {"error": body | place | {"expected": self.expects(lang)}}

    def _word(self, lang: str, part: str) -> str:
        facts = self.facts() | {"expected": self.expects(lang), "sheet": self.sheet or "–"}
        return i18n.say(self.package or "data", lang, f"error.{self.code}.{part}", **facts)


class Problems(ExceptionGroup[Problem]):
    """All problems of one file, raised at once."""

    def derive(self, excs: Sequence[Problem]) -> "Problems":  # type: ignore[override]
        """Keep the class when the group is split."""
        return Problems(self.message, excs)


def raise_all(file: str, found: Sequence[Problem]) -> None:
    """Raise every problem of a file as one group; do nothing where there is none."""
    if found:
        raise Problems(f"{file}: {len(found)}", list(found))


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
    """What the table of one layout must look like: columns, the key of a row, symbols and their meaning."""

    name: str
    publisher: str
    columns: tuple[Column, ...]
    symbols: Mapping[str, str]
    key: tuple[str, ...] = KEY
    decimal: str = "."
    preliminary_mark: str = ""
    zero_symbols: tuple[str, ...] = ()
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
        facts = {"sheet": self.sheet, "cell": self.cell, "what": self.what, "number": self.number}
        return i18n.say("data", lang, f"note.{self.reason}", **facts)


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
