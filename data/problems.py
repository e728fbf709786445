"""What is wrong in a file, problem by problem, with its place, and all of them raised at once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from functools import partial
from typing import Any, ClassVar

from data import i18n
from data.errors import InnenforError
from data.format.numbers import number
from data.ingest.identity import masked, unnamed

_LONGEST_FOUND = 60
_SHOWN = ("count", "population", "n", "period", "year_month", "size", "value")
_SHOWN_VALUE = re.compile(r"^-?\d{1,8}$|^\d{4}-?\d{2}$")
"""Whole numbers and periods of columns that hold nothing else; any other text that may be a person's is masked."""


@dataclass(eq=False, kw_only=True)
class Problem(InnenforError):
    """One thing that is wrong in a file, with its place; words stand in `texts/` under `error.<code>`.

    `expected` is a key of `expected.*` in the texts or a word of the file itself; `cell` is written as in a
    spreadsheet (`C12`) or, for JSON, as the flat index. delivered: the file is somebody's figures, of which nothing
    that may be a person's is repeated; what is wrong in a file we write ourselves is shown as it stands.
    """

    delivered: ClassVar[bool] = True
    code: str  # type: ignore[misc]
    file: str = ""
    sheet: str = ""
    cell: str = ""
    expected: str = ""
    found: str = ""
    column: str = ""
    where: str = field(init=False, default="")

    def __post_init__(self) -> None:
        self.file, self.sheet = unnamed(self.file), unnamed(self.sheet)
        place = "!".join(part for part in (self.sheet, self.cell) if part)
        self.where = ": ".join(part for part in (self.file, place) if part)
        if self.delivered and not (self.column in _SHOWN and _SHOWN_VALUE.match(self.found)):
            self.found = masked(self.found)
        if len(self.found) > _LONGEST_FOUND:
            self.found = self.found[:_LONGEST_FOUND] + "…"

    def __reduce__(self) -> tuple[Any, ...]:
        given = {item.name: getattr(self, item.name) for item in fields(self) if item.init}
        return partial(type(self), **given), ()

    def expects(self, lang: str = "en") -> str:
        """Return what was expected, in words; a heading that is missing as it must be written."""
        if self.code == "missing_column" and self.expected == self.column:
            return self.expected
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
        download = i18n.words("data", lang).get(f"download.{self.expected}", "")
        facts = self.facts() | {"expected": self.expects(lang), "sheet": self.sheet or "–", "download": download}
        return i18n.say(self.package or "data", lang, f"error.{self.code}.{part}", **facts)


@dataclass(frozen=True)
class AlikeProblems:
    """Problems of one kind in one column of a sheet: the first of them, and how many there are."""

    first: Problem
    times: int

    def line(self, lang: str = "en") -> str:
        """Return the first problem on a line, and how many more are like it."""
        more = i18n.say("data", lang, "cli.alike", number=number(self.times - 1, 0, lang))
        return self.first.line(lang) if self.times == 1 else f"{self.first.line(lang)} {more}"

    def as_json(self, lang: str = "en") -> dict[str, Any]:
        """Return the first problem as the command line prints it, and how many there are."""
        return self.first.as_json(lang)["error"] | {"number": self.times}


def alike(problems: Sequence[Problem]) -> list[AlikeProblems]:
    """Return problems in groups, in the order in which the first of each stands."""
    groups: dict[tuple[str, ...], list[Problem]] = {}
    for problem in problems:
        kind = (type(problem).__name__, problem.code, problem.file, problem.sheet, problem.column)
        groups.setdefault((*kind, "" if problem.column and problem.cell else problem.found), []).append(problem)
    return [AlikeProblems(group[0], len(group)) for group in groups.values()]


class Problems(ExceptionGroup[Problem]):
    """All problems of one file, raised at once."""


def raise_all(file: str, found: Sequence[Problem]) -> None:
    """Raise every problem of a file as one group; do nothing where there is none."""
    if found:
        raise Problems(f"{unnamed(file)}: {len(found)}", list(found))
