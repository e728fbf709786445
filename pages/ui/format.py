"""Numbers and times as readers write them. How each language writes is in `texts/format.*.toml`.

All functions take the language last and default to the reader's. `None`, NaN and infinities are unknown and never
become zero. Rounding is half away from zero on the shortest decimal form of the number, so 0.125 is 12,5 % everywhere.
"""

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal

from data.wording import say
from pages.ui import texts

Number = int | float | Decimal | None
_MILLION = Decimal(10) ** 6
_P_DECIMALS = 3
_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"(\d{4})[-M](0[1-9]|1[0-2])")
_QUARTER = re.compile(r"(\d{4})-?[KQ]([1-4])")
_SPAN = re.compile(r"(\d{4})[-/–](\d{2}|\d{4})")
_DASH = re.compile(r"(?<=\d)–(?=\d)")
_JOINED = "\N{WORD JOINER}–\N{WORD JOINER}"
_YEARS = re.compile(r"(?<=\d) (?=år\b)")


def begun(words: str) -> str:
    """Return words that begin a sentence, with a capital first letter."""
    return words[:1].upper() + words[1:]


def number(value: Number, decimals: int = 0, lang: str | None = None) -> str:
    """Return a number: `1 234,5` in bokmål, `1,234.5` in English, a true minus sign, an en dash where unknown."""
    exact = _known(value)
    return _written(exact, decimals, _lang(lang)) if exact is not None else unknown(lang=lang)


def signed(value: Number, decimals: int = 0, lang: str | None = None) -> str:
    """Return a number with its sign also when it is positive; zero has none."""
    written = number(value, decimals, lang)
    exact = _known(value)
    return f"+{written}" if exact is not None and _rounded(exact, decimals) > 0 else written


def percent(share: Number, decimals: int = 1, lang: str | None = None) -> str:
    """Return a share of 0–1 as percent: `9,9 %` in bokmål, `9.9%` in English."""
    exact = _known(share)
    return unknown(lang=lang) if exact is None else _worded("percent", exact * 100, decimals, lang)


def percent_interval(low: Number, high: Number, decimals: int = 1, lang: str | None = None) -> str:
    """Return two shares of 0–1 as an interval: `9,5–10,3 %`; with a negative limit `−0,5 % til 1,2 %`."""
    ends = _known(low), _known(high)
    if ends[0] is None or ends[1] is None:
        return unknown(lang=lang)
    written = [_written(end * 100, decimals, _lang(lang)) for end in ends if end is not None]
    key = "number.percent_wide" if min(ends[0], ends[1]) < 0 else "number.percent_span"
    return _say(key, lang, low=written[0], high=written[1])


def points(difference: Number, decimals: int = 1, lang: str | None = None) -> str:
    """Return a difference between shares of 0–1 in percentage points."""
    exact = _known(difference)
    return unknown(lang=lang) if exact is None else _plural("point_one", "points", exact * 100, decimals, lang)


def unbroken(words: str) -> str:
    """Return a text for the screen in which no line ends inside a span of numbers or before its years (`15–29 år`)."""
    return _YEARS.sub("\N{NO-BREAK SPACE}", _DASH.sub(_JOINED, words))


def p_value(value: Number, lang: str | None = None) -> str:
    """Return a p-value in three decimals; one that would round to nothing is `< 0,001`, never zero."""
    exact = _known(value)
    if exact is None or _rounded(exact, _P_DECIMALS) > 0:
        return number(value, _P_DECIMALS, lang)
    return f"< {_written(Decimal(1).scaleb(-_P_DECIMALS), _P_DECIMALS, _lang(lang))}"


def persons(count: Number, lang: str | None = None) -> str:
    """Return a count of people with its noun: `1 person`, `2 465 personer`."""
    exact = _known(count)
    return unknown(lang=lang) if exact is None else _plural("person_one", "persons", exact, 0, lang)


def nok(value: Number, decimals: int = 0, lang: str | None = None) -> str:
    """Return kroner: `1 234 kr` in bokmål, `NOK 1,234` in English."""
    exact = _known(value)
    return unknown(lang=lang) if exact is None else _worded("nok", exact, decimals, lang)


def nok_million(value: Number, decimals: int = 1, lang: str | None = None) -> str:
    """Return kroner in millions: 12 340 000 becomes `12,3 mill. kr` or `NOK 12.3 million`."""
    exact = _known(value)
    return unknown(lang=lang) if exact is None else _worded("nok_million", exact / _MILLION, decimals, lang)


def unknown(reason: str | None = None, lang: str | None = None) -> str:
    """Return an en dash, and in brackets why: `missing`, `suppressed`, `not_covered` or `not_estimable`."""
    if reason is None:
        return _say("number.unknown", lang)
    return _say("number.unknown_because", lang, reason=_say(f"unknown.{reason}", lang))


def status(code: str | None, lang: str | None = None) -> str:
    """Return a status of a figure in a word: `final`, `preliminary`, `suppressed` or `missing`."""
    return unknown(lang=lang) if code is None else _say(f"status.{code}", lang)


def date(day: dt.date | None, lang: str | None = None) -> str:
    """Return a day: `21. november 2026` in bokmål, `21 November 2026` in English."""
    if day is None:
        return unknown(lang=lang)
    return _say("date.day", lang, day=day.day, month=month_name(day.month, lang), year=day.year)


def month_name(month: int, lang: str | None = None) -> str:
    """Return the name of a month, 1–12."""
    return _say(f"month.m{month}", lang)


def period(code: str | int | None, lang: str | None = None, frequency: str | None = None) -> str:
    """Return a period in words: `2024`, `2022-03` → `mars 2022`, `2024K1` → `1. kvartal 2024`, `2020-21` → `2020–21`.

    `2010-11` is November 2010 unless `frequency="school_year"` says that it is two years. A code of another form
    is returned as it is, because a period that cannot be read must not look like another one.
    """
    found = "" if code is None else str(code).strip()
    if not found:
        return unknown(lang=lang)
    if frequency != "school_year" and (match := _MONTH.fullmatch(found)):
        return _say("date.month", lang, month=month_name(int(match[2]), lang), year=match[1])
    if match := _QUARTER.fullmatch(found):
        return _say("date.quarter", lang, quarter=match[2], year=match[1])
    if match := _SPAN.fullmatch(found):
        return _say("date.school_year", lang, first=match[1], last=match[2])
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


def _day_or_code(found: str, lang: str | None) -> str:
    try:
        return date(dt.date.fromisoformat(found), lang) if len(found) == 10 else found
    except ValueError:
        return found


def _known(value: Number) -> Decimal | None:
    if value is None:
        return None
    exact = Decimal(str(value))  # NaN and the infinities pass through, and are not finite
    return exact if exact.is_finite() else None


def _rounded(exact: Decimal, decimals: int) -> Decimal:
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def _written(exact: Decimal, decimals: int, lang: str) -> str:
    rounded = _rounded(exact, decimals)
    whole, _, rest = f"{abs(rounded):,.{decimals}f}".partition(".")
    whole = whole.replace(",", say(texts.PACKAGE, lang, "number.group"))
    sign = say(texts.PACKAGE, lang, "number.minus") if rounded < 0 else ""
    return sign + whole + (say(texts.PACKAGE, lang, "number.decimal") + rest if rest else "")


def _worded(key: str, exact: Decimal, decimals: int, lang: str | None) -> str:
    return _say(f"number.{key}", lang, number=_written(exact, decimals, _lang(lang)))


def _plural(one: str, many: str, exact: Decimal, decimals: int, lang: str | None) -> str:
    return _worded(one if abs(_rounded(exact, decimals)) == 1 else many, exact, decimals, lang)


def _say(key: str, lang: str | None, **facts: object) -> str:
    return say(texts.PACKAGE, _lang(lang), key, **facts)


def _lang(lang: str | None) -> str:
    return lang or texts.language()
