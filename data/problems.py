"""What is wrong in a file, problem by problem, with its place, and all of them raised at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from functools import partial
from typing import Any

from data import i18n
from data.errors import InnenforError

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


def raise_all(file: str, found: Sequence[Problem]) -> None:
    """Raise every problem of a file as one group; do nothing where there is none."""
    if found:
        raise Problems(f"{file}: {len(found)}", list(found))
