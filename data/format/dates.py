"""Days, months and periods as readers see them, and where a period lies on an axis of time."""

import datetime as dt
import re
from functools import lru_cache

from babel.dates import format_date, format_skeleton, get_month_names

from data.format.locales import locale_of
from data.format.numbers import unknown
from data.i18n import say

_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"([1-9]\d{3})[-M](0[1-9]|1[0-2])")
_QUARTER = re.compile(r"([1-9]\d{3})-?[KQ]([1-4])")
_SPAN = re.compile(r"(\d{4})[-/–](\d{2}|\d{4})")


def date(day: dt.date | None, lang: str) -> str:
    """Return a day: `21. november 2026` in bokmål, `21 November 2026` in English."""
    return unknown(lang) if day is None else format_date(day, "long", locale_of(lang))


def month_name(month: int, lang: str) -> str:
    """Return the name of a month, 1–12."""
    return str(get_month_names("wide", "stand-alone", locale_of(lang))[month])


@lru_cache(maxsize=4096)
def period(code: str | int | None, lang: str, frequency: str | None = None) -> str:
    """Return a period in words: `2024`, `2022-03` → `mars 2022`, `2024K1` → `1. kvartal 2024`, `2020-21` → `2020–21`.

    `2010-11` is November 2010 unless `frequency="school_year"` says that it is two years. A code of another form
    is returned as it is, because a period that cannot be read must not look like another one.
    """
    found = "" if code is None else str(code).strip()
    if not found:
        return unknown(lang)
    if frequency != "school_year" and (match := _MONTH.fullmatch(found)):
        return _in_words("yMMMM", int(match[1]), int(match[2]), lang)
    if match := _QUARTER.fullmatch(found):
        return _in_words("yQQQQ", int(match[1]), 3 * int(match[2]), lang)
    if match := _SPAN.fullmatch(found):
        return say("data", lang, "date.school_year", first=match[1], last=match[2])
    return _day_or_code(found, lang)


def position(code: str | int, frequency: str | None = None) -> float:
    """Return where a period lies on a time axis, in years; ValueError where the code is no period."""
    found = str(code).strip()
    if _YEAR.fullmatch(found):
        return float(found)
    if frequency != "school_year" and (match := _MONTH.fullmatch(found)):
        return int(match[1]) + (int(match[2]) - 1) / 12
    if match := _QUARTER.fullmatch(found):
        return int(match[1]) + (int(match[2]) - 1) / 4
    if match := _SPAN.fullmatch(found):
        return int(match[1]) + 0.5
    day = dt.date.fromisoformat(found)
    return day.year + (day.timetuple().tm_yday - 1) / 366


def _in_words(skeleton: str, year: int, month: int, lang: str) -> str:
    return format_skeleton(skeleton, dt.date(year, month, 1), locale=locale_of(lang))


def _day_or_code(found: str, lang: str) -> str:
    try:
        return date(dt.date.fromisoformat(found), lang) if len(found) == 10 else found
    except ValueError:
        return found
