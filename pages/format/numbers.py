"""Numbers and times for the screen: the writer of `data.format` in the reader's language.

All functions take the language last and default to the reader's. How a number is rounded and signed is said there.
"""

import datetime as dt
import re

from data.format import dates, locales, numbers
from data.format.dates import position
from data.format.numbers import DECIMALS, Number, is_no_million
from data.i18n import say
from pages.format import texts
from pages.format.texts import language

__all__ = ["DECIMALS", "Number", "is_no_million", "position"]
_DASH = re.compile(r"(?<=\d)–(?=\d)")
_JOINED = "\N{WORD JOINER}–\N{WORD JOINER}"
_YEARS = re.compile(r"(?<=\d) (?=år\b)")


def capitalise_first(words: str) -> str:
    """Return words that begin a sentence, with a capital first letter."""
    return words[:1].upper() + words[1:]


def number(value: Number, decimals: int = DECIMALS["count"], lang: str | None = None) -> str:
    """Return a number; unknown is an en dash."""
    return numbers.number(value, decimals, lang or language())


def signed(value: Number, decimals: int = DECIMALS["count"], lang: str | None = None) -> str:
    """Return a number with its sign also when it is positive; zero has none."""
    return numbers.number(value, decimals, lang or language(), sign=True)


def rate(value: Number, lang: str | None = None) -> str:
    """Return a number with one decimal, as rates, years and effects are written."""
    return number(value, DECIMALS["rate"], lang)


def ratio(value: Number, lang: str | None = None) -> str:
    """Return a number with two decimals, as ratios and scores are written."""
    return number(value, DECIMALS["ratio"], lang)


def trimmed(value: Number, most: int = DECIMALS["rate"], lang: str | None = None) -> str:
    """Return a number with as many decimals as it has, at most `most`."""
    return numbers.trimmed(value, most, lang or language())


def percent(share: Number, decimals: int = DECIMALS["share"], lang: str | None = None) -> str:
    """Return a share of 0–1 as per cent."""
    return numbers.percent(share, decimals, lang or language())


def whole_percent(share: Number, lang: str | None = None) -> str:
    """Return a share of 0–1 in whole per cent, as chances are written."""
    return percent(share, DECIMALS["share_whole"], lang)


def percent_interval(low: Number, high: Number, decimals: int = DECIMALS["share"], lang: str | None = None) -> str:
    """Return two shares of 0–1 as an interval."""
    return numbers.percent_interval(low, high, decimals, lang or language())


def per_hundred(share: Number, decimals: int = DECIMALS["share"], lang: str | None = None) -> str:
    """Return a share of 0–1 as how many of a hundred, without the per cent sign."""
    return numbers.per_hundred(share, decimals, lang or language())


def signed_per_hundred(share: Number, decimals: int = DECIMALS["points"], lang: str | None = None) -> str:
    """Return a difference between shares of 0–1 in points of a hundred, with its sign, without a unit."""
    return numbers.per_hundred(share, decimals, lang or language(), sign=True)


def points(difference: Number, decimals: int = DECIMALS["points"], lang: str | None = None) -> str:
    """Return a difference between shares of 0–1 in percentage points."""
    return numbers.points(difference, decimals, lang or language())


def unbroken(words: str) -> str:
    """Return a text for the screen in which no line ends inside a span of numbers or before its years (`15–29 år`)."""
    return _YEARS.sub("\N{NO-BREAK SPACE}", _DASH.sub(_JOINED, words))


def p_value(value: Number, lang: str | None = None) -> str:
    """Return a p-value, never as zero."""
    return numbers.p_value(value, lang or language())


def persons(count: Number, lang: str | None = None) -> str:
    """Return a count of people with its noun."""
    return numbers.persons(count, lang or language())


def nok(value: Number, decimals: int = DECIMALS["nok"], lang: str | None = None) -> str:
    """Return kroner with their unit."""
    return numbers.nok(value, decimals, lang or language())


def nok_million(value: Number, decimals: int = DECIMALS["nok_million"], lang: str | None = None) -> str:
    """Return kroner in millions with their unit."""
    return numbers.nok_million(value, decimals, lang or language())


def millions(value: Number, decimals: int = DECIMALS["nok_million"], lang: str | None = None) -> str:
    """Return how many millions a number is, without a unit."""
    return numbers.millions(value, decimals, lang or language())


def signed_millions(value: Number, decimals: int = DECIMALS["nok_million"], lang: str | None = None) -> str:
    """Return how many millions a number is, with its sign, without a unit."""
    return numbers.millions(value, decimals, lang or language(), sign=True)


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
