"""Days, months and periods as readers see them, and where a period lies on an axis of time."""

import datetime as dt
import re
from functools import lru_cache

from babel.dates import format_date, format_skeleton, get_month_names

from data.format.locales import locale_of
from data.format.numbers import unknown
from data.i18n import say
from data.period import Period, PeriodUnreadable

_YEARS = re.compile(r"^(\d{4})-(\d{4})$")
_SKELETONS = {"month": "yMMMM", "quarter": "yQQQQ"}


def date(day: dt.date | None, lang: str) -> str:
    """Return a day: `21. november 2026` in bokmål, `21 November 2026` in English."""
    return unknown(lang) if day is None else format_date(day, "long", locale_of(lang))


def month_name(month: int, lang: str) -> str:
    """Return the name of a month, 1–12."""
    return str(get_month_names("wide", "stand-alone", locale_of(lang))[month])


@lru_cache(maxsize=4096)
def period(code: str | int | None, lang: str, frequency: str | None = None) -> str:
    """Return a period in words: `2024`, `2022-03` → `mars 2022`, `2024K1` → `1. kvartal 2024`, `2020-21` → `2020–21`.

    Several years, `1993-2008`, get an en dash. `2010-11` is November 2010 unless `frequency="school_year"` says that it
    is two years. A code of another form is returned as it is, because a period that cannot be read must not look like
    another one.
    """
    found = "" if code is None else str(code).strip()
    try:
        read = _read(found, frequency)
    except PeriodUnreadable:
        return _YEARS.sub(r"\1–\2", found) or unknown(lang)
    if read.frequency == "school_year":
        first, last = re.split("[-/–]", found)
        return say("data", lang, "date.school_year", first=first, last=last)
    if read.frequency in _SKELETONS:
        return format_skeleton(_SKELETONS[read.frequency], read.start, locale=locale_of(lang))
    return date(read.start, lang) if read.frequency == "day" else found


def position(code: str | int, frequency: str | None = None) -> float:
    """Return where a period lies on a time axis, in years. Raises PeriodUnreadable where the code is no period."""
    return _read(str(code), frequency).position


def _read(code: str, frequency: str | None) -> Period:
    """Read a period of any frequency; a school year first where the series is counted by them."""
    try:
        return Period.of(code, "school_year" if frequency == "school_year" else None)
    except PeriodUnreadable:
        return Period.of(code)
