"""A period as statistics name it, read once: a year, a quarter, a month, a week, a school year or a day.

A period knows its first and last day. Two periods are in order where one ends before the other begins; a year and a
month within it are in no order, and asking for one is refused.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, total_ordering
from typing import Literal

import polars as pl

from data.errors import InnenforError

Frequency = Literal["year", "school_year", "quarter", "month", "week", "day"]
DAYS_OF_A_YEAR = 366  # the longest: a day never lies in the next year of an axis


@dataclass(eq=False)
class PeriodUnreadable(InnenforError, code="period_unreadable"):
    """A text is no period, or not one of the frequency it was read as; `expected` names the forms that are."""

    expected: str


class PeriodsOverlap(InnenforError, code="periods_overlap"):
    """Two periods that share days were asked to be put in order."""


@total_ordering
@dataclass(frozen=True)
class Period:
    """One period: its code as it stands in the data, its frequency, its first and its last day."""

    code: str
    frequency: Frequency
    start: dt.date
    end: dt.date

    @staticmethod
    def of(code: str | int, frequency: str | None = None) -> "Period":
        """Read a period: `2024`, `2024-Q1` (`2024K1`), `2022-03` (`2022M03`), `2024-W07`, `2020-21`, `2024-11-16`.

        frequency: what the indicator is counted by. Without it `2010-11` is November 2010; only `school_year` makes it
        two years. Raises PeriodUnreadable for a text that is no period, and where the frequency is another one.
        """
        return _read(str(code).strip(), frequency)

    @property
    def year(self) -> int:
        """The calendar year it begins in."""
        return self.start.year

    @property
    def position(self) -> float:
        """Where it begins on an axis of years; a school year stands in the middle of its two."""
        if self.frequency == "school_year":
            return self.year + 0.5
        if self.frequency in ("year", "quarter", "month"):
            return self.year + (self.start.month - 1) / 12
        return self.year + (self.start.timetuple().tm_yday - 1) / DAYS_OF_A_YEAR

    def __lt__(self, other: "Period") -> bool:
        """Tell whether it ends before the other begins. Raises PeriodsOverlap where they share days."""
        if self.end < other.start:
            return True
        if other.end < self.start or (self.start, self.end) == (other.start, other.end):
            return False
        raise PeriodsOverlap(where="period", found=f"{self.code} < {other.code}")


def is_period(code: str | int, frequency: str | None = None) -> bool:
    """Tell whether a text can be read as a period (of a frequency)."""
    try:
        return bool(Period.of(code, frequency))
    except PeriodUnreadable:
        return False


def is_period_of_data(code: str) -> bool:
    """Tell whether a text is a period as the data write it: `2024-03`, never a publisher's `2024M03`; not a day."""
    return OURS.fullmatch(code) is not None and is_period(code)


def first_year(column: str = "period") -> pl.Expr:
    """Return the calendar year a period of a column begins in; null where the text begins with no year."""
    return pl.col(column).str.extract(r"^(\d{4})(?:\D|$)").cast(pl.Int32)


def part_of_year(column: str = "period") -> pl.Expr:
    """Return what a period is called within its year (`-03`, `-Q1`), alike in every year; "" for a whole year."""
    return pl.col(column).str.slice(4)


@cache
def _read(code: str, frequency: str | None) -> Period:
    for name, (pattern, days) in FORMS.items():
        match = pattern.fullmatch(code) if frequency in (None, name) else None
        if match:
            try:
                return Period(code, name, *days(*map(int, match.groups())))
            except ValueError:  # a thirteenth month, or years that do not follow one another
                continue
    raise PeriodUnreadable(
        where="period", found=code, expected=FORM_OF.get(frequency or "", ", ".join(FORM_OF.values()))
    )


Days = tuple[dt.date, dt.date]


def _year(year: int) -> Days:
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def _months(year: int, first: int, months: int) -> Days:
    start = dt.date(year, first, 1)
    after = dt.date(year + (first + months > 12), (first + months - 1) % 12 + 1, 1)
    return start, after - dt.timedelta(days=1)


def _week(year: int, week: int) -> Days:
    return dt.date.fromisocalendar(year, week, 1), dt.date.fromisocalendar(year, week, 7)


def _school_year(first: int, last: int) -> Days:
    """Return 1 August to 31 July: the Norwegian school year."""
    if last not in (first + 1, (first + 1) % 100):
        raise ValueError(last)
    return dt.date(first, 8, 1), dt.date(first + 1, 7, 31)


def _day(year: int, month: int, day: int) -> Days:
    return dt.date(year, month, day), dt.date(year, month, day)


OURS = re.compile(r"\d{4}(-[QW]?\d+)?")
Y = r"([12]\d{3})"
FORMS: dict[Frequency, tuple[re.Pattern[str], Callable[..., Days]]] = {
    "year": (re.compile(Y), _year),
    "month": (re.compile(Y + r"(?:-|M)(\d{2})"), lambda year, month: _months(year, month, 1)),
    "quarter": (re.compile(Y + r"-?[KQ]([1-4])"), lambda year, quarter: _months(year, 3 * quarter - 2, 3)),
    "week": (re.compile(Y + r"-?[UW](\d{2})"), _week),
    "day": (re.compile(Y + r"-(\d{2})-(\d{2})"), _day),
    "school_year": (re.compile(Y + r"[-/–](\d{2}|\d{4})"), _school_year),
}
FORM_OF = {
    "year": "2024",
    "month": "2024-03",
    "quarter": "2024-Q1",
    "week": "2024-W07",
    "day": "2024-11-16",
    "school_year": "2023-24",
}
