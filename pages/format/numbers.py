"""Numbers and times for the screen: the writer of `data.format` in the reader's language.

All functions take the language last and default to the reader's. How a number is rounded and signed is said there.
"""

import datetime as dt
import re
from collections.abc import Callable
from typing import Protocol

from data.format import dates, locales, numbers
from data.format.dates import position
from data.format.numbers import DECIMALS, Number, is_no_million
from data.i18n import say
from pages.format import texts
from pages.format.texts import language

__all__ = ["DECIMALS", "Number", "is_no_million", "position"]
_DASH = re.compile(r"(?<=\d)–(?=\d)")
_JOINED = "\N{WORD JOINER}–\N{WORD JOINER}"
_DATE = re.compile(r"\b\d{1,2}\.? [^\W\d]+ \d{4}\b")
_YEARS = re.compile(r"(?<=\d) (?=år\b)")


def capitalise_first(words: str) -> str:
    """Return words that begin a sentence, with a capital first letter."""
    return words[:1].upper() + words[1:]


class Writer(Protocol):
    """Writes a number of one kind, an en dash where it is unknown; shares are 0–1, amounts are NOK."""

    def __call__(self, value: Number, decimals: int = ..., lang: str | None = None) -> str:
        """Return the number with so many decimals, its kind's own where none are given."""


def _of_kind(kind: str, write: Callable[..., str], **how: bool) -> Writer:
    def written(value: Number, decimals: int = DECIMALS[kind], lang: str | None = None) -> str:
        return write(value, decimals, lang or language(), **how)

    return written


number = _of_kind("count", numbers.number)
signed = _of_kind("count", numbers.number, sign=True)
rate = _of_kind("rate", numbers.number)
ratio = _of_kind("ratio", numbers.number)
percent = _of_kind("share", numbers.percent)
whole_percent = _of_kind("share_whole", numbers.percent)
per_hundred = _of_kind("share", numbers.per_hundred)
signed_per_hundred = _of_kind("points", numbers.per_hundred, sign=True)
points = _of_kind("points", numbers.points)
nok = _of_kind("nok", numbers.nok)
nok_million = _of_kind("nok_million", numbers.nok_million)
millions = _of_kind("nok_million", numbers.millions)
signed_millions = _of_kind("nok_million", numbers.millions, sign=True)


def trimmed(value: Number, most: int = DECIMALS["rate"], lang: str | None = None) -> str:
    """Return a number with as many decimals as it has, at most `most`."""
    return numbers.trimmed(value, most, lang or language())


def percent_interval(low: Number, high: Number, decimals: int = DECIMALS["share"], lang: str | None = None) -> str:
    """Return two shares of 0–1 as an interval."""
    return numbers.percent_interval(low, high, decimals, lang or language())


def unbroken(words: str) -> str:
    """Return a text for the screen in which no line ends inside a span of numbers, before its years, or in a date."""
    words = _DATE.sub(lambda found: found[0].replace(" ", "\N{NO-BREAK SPACE}"), words)
    return _YEARS.sub("\N{NO-BREAK SPACE}", _DASH.sub(_JOINED, words))


def p_value(value: Number, lang: str | None = None) -> str:
    """Return a p-value, never as zero."""
    return numbers.p_value(value, lang or language())


def persons(count: Number, lang: str | None = None) -> str:
    """Return a count of people with its noun."""
    return numbers.persons(count, lang or language())


def unknown(reason: str | None = None, lang: str | None = None) -> str:
    """Return an en dash, and in brackets why: `missing`, `suppressed`, `not_covered` or `not_estimable`."""
    return numbers.unknown(lang or language(), reason)


def status(code: str | None, lang: str | None = None) -> str:
    """Return a status of a figure in a word: `final`, `preliminary`, `suppressed` or `missing`."""
    return unknown(lang=lang) if code is None else say(texts.PACKAGE, lang or language(), f"status.{code}")


def date(day: dt.date | None, lang: str | None = None) -> str:
    """Return a day with its month in words."""
    return dates.date(day, lang or language())


def month_name(month: int, lang: str | None = None) -> str:
    """Return the name of a month, 1–12."""
    return dates.month_name(month, lang or language())


def period(code: str | int | None, lang: str | None = None, frequency: str | None = None) -> str:
    """Return a period in words; `frequency="school_year"` says that `2010-11` is two years."""
    return dates.period(code, lang or language(), frequency)


def separators() -> str:
    """Return the signs Plotly writes the numbers of its own with, in the reader's language."""
    return locales.separators(language())
