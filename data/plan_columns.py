"""The columns of the benefit realisation plan, and what may stand in their cells."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from data import paths
from data.sheets import trim
from data.toml import Words, read_toml
from data.wording import LANGUAGES

LONGEST = 500
_NUMBER = re.compile(r"-?\d{1,15}([.,]\d+)?(e[+-]?\d{1,2})?", re.IGNORECASE)
_GROUPED = re.compile(r"-?\d{1,3}( \d{3})+([.,]\d+)?")
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


@dataclass(frozen=True)
class PlanColumn:
    """One column: its key, its kind, whether a row must fill it, and its heading and help in both languages."""

    key: str
    kind: Literal["text", "choice", "number", "date"]
    required: bool
    label: Words
    help: Words


@dataclass(frozen=True)
class PlanForm:
    """The form a plan is written in: its version, its columns, and the words of each choice by code."""

    version: int
    columns: tuple[PlanColumn, ...]
    words: Mapping[str, Mapping[str, Words]]

    def by_heading(self, heading: str) -> PlanColumn | None:
        """Return the column a heading names: its key, or its label in either language, however it is cased."""
        asked = _plain(heading)
        for column in self.columns:
            if asked in {_plain(column.key), *(_plain(label) for label in column.label.values())}:
                return column
        return None

    def language(self, headings: Sequence[str]) -> str:
        """Return the language most of the headings are in, the first language where they are keys or both."""
        asked = {_plain(heading) for heading in headings}
        return max(LANGUAGES, key=lambda lang: sum(_plain(column.label[lang]) in asked for column in self.columns))

    def choice(self, key: str, found: str) -> str | None:
        """Return the code of a choice written as code or as its word in either language; None where it is none."""
        asked = _plain(found)
        named = self.words[key].items()
        return next((code for code, words in named if asked in {_plain(code), *map(_plain, words.values())}), None)


@cache
def plan_form() -> PlanForm:
    """Return the form in use, from `data/plan/columns.toml`."""
    return read_toml(paths.shipped("plan") / "columns.toml", PlanForm)


def number(text: str) -> float | None:
    """Return a number written `9.9`, `9,9`, `1 234,5` or `9,9 %`; None where it is none of these."""
    plain = trim(text).removesuffix("%").strip().replace("−", "-")
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(" ", "")
    return float(plain.replace(",", ".")) if _NUMBER.fullmatch(plain) else None


def day(text: str) -> dt.date | None:
    """Return a date written `2026-12-31`, `31.12.2026`, or as a spreadsheet stores it; None where it is none."""
    plain = trim(text).removesuffix("T00:00:00").removesuffix(" 00:00:00")
    turned = _DAY.fullmatch(plain)
    try:
        return dt.date(*(int(turned[part]) for part in (3, 2, 1))) if turned else _iso(plain)
    except ValueError:
        return None


def _iso(plain: str) -> dt.date | None:
    return dt.date.fromisoformat(plain) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", plain) else None


def _plain(text: str) -> str:
    return trim(text).casefold().removesuffix("*").rstrip(" :").rstrip(".")
