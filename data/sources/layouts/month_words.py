"""What words, dates and numbers in a sheet say of months: over columns, in rows and in a line of its own."""

import re
from calendar import monthrange
from collections.abc import Sequence

from data.ingest.sheet import trim
from data.sources.layouts.description import PublisherSheets

_FOOTNOTE = re.compile(r"[¹²³⁴⁵*)]+$")
_PERIOD = re.compile(r"^(?:(\w+)\.?\s*(?:(\d{4})\s*)?[-–]\s*)?(\w+)\.?\s+(\d{4})$")
_NUMBERED = re.compile(r"^(?:periode:?\s*)?(\d{4}) (\d{2})(?:\s*[-–]\s*(\d{4}) (\d{2}))?$", re.IGNORECASE)
_YEAR = re.compile(r"^(?:år\s*)?(\d{4})\s*:?$", re.IGNORECASE)
_JOINED = re.compile(r"^(?:(\d{4})[-M/. ]?(\d{2})|(\d{1,2})[./-](\d{4}))$")
_DAY = re.compile(r"^(?:(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00:00)?|(\d{1,2})\.(\d{1,2})\.(\d{4}))$")
_NAMED = re.compile(r"^([^\W\d_]+)[.,]?[ -]?(\d{4}|\d{2})$")


def month_of(sheets: PublisherSheets, text: str) -> int:
    """Return the number of the month a heading names ("Januar", "jan.", "Mars²"), or 0."""
    plain = _FOOTNOTE.sub("", trim(text)).lower().rstrip(". ")
    return sheets.months.get(plain, 0)


def heading_month(sheets: PublisherSheets, text: str) -> tuple[int, str]:
    """Return the month a heading names, and its year where it stands there ("Mars", "mar.24", "2024 03"), else 0."""
    if month := month_of(sheets, text):
        return month, ""
    plain = _FOOTNOTE.sub("", trim(text))
    joined = None if plain.isdecimal() else _joined(plain)  # six digits may be a number of persons
    year, month = joined or _of_day(plain) or _of_words(sheets, plain) or ("", 0)
    return month, year


def month_told(sheets: PublisherSheets, texts: Sequence[str]) -> tuple[str, bool]:
    """Return the month that cells of a row tell together, and whether they agree.

    texts: a month with its year or a part of it each ("202511", "November 2025", "2025", "11", a date, the first or the
    last of a month). What is no month stands as it is written.
    """
    told = [(text, _of_cell(sheets, text)) for text in map(trim, texts) if text]
    years, months = {year for _, (year, _) in told if year}, {month for _, (_, month) in told if month}
    unknown = next((text for text, (year, month) in told if not year and not month), "")
    agrees = len(years) < 2 and len(months) < 2
    if unknown or not years or not months:
        return unknown, agrees
    return f"{max(years)}-{max(months):02}", agrees


def _of_cell(sheets: PublisherSheets, text: str) -> tuple[str, int]:
    """Return the year and the month of a cell; the empty text and 0 for what is not there."""
    if joined := _joined(text):
        return joined
    if re.fullmatch(r"(19|20)\d{2}", text):
        return text, 0
    if re.fullmatch(r"0?[1-9]|1[0-2]", text):
        return "", int(text)
    return _of_day(text) or _of_words(sheets, text) or ("", month_of(sheets, text))


def _joined(text: str) -> tuple[str, int] | None:
    """Return the year and month of `202511`, `2025-11`, `2025 11` or `11.2025`."""
    hit = _JOINED.match(text)
    year, month = (hit[1] or hit[4], int(hit[2] or hit[3])) if hit else ("", 0)
    return (year, month) if 1 <= month <= 12 else None


def _of_day(text: str) -> tuple[str, int] | None:
    """Return the year and month of a date that is the first or the last day of a month: a spreadsheet's month."""
    hit = _DAY.match(text)
    year, month, day = (hit.groups()[:3] if hit[1] else hit.groups()[:2:-1]) if hit else ("", "", "")
    if not hit or not 1 <= int(month) <= 12 or int(day) not in (1, monthrange(int(year), int(month))[1]):
        return None
    return year, int(month)


def _of_words(sheets: PublisherSheets, text: str) -> tuple[str, int] | None:
    """Return the year and month of `November 2025` or `nov.25`."""
    hit = _NAMED.match(text)
    month = month_of(sheets, hit[1]) if hit else 0
    return (hit[2] if len(hit[2]) == 4 else f"20{hit[2]}", month) if hit and month else None


def years_of(sheets: PublisherSheets, text: str) -> dict[int, str]:
    """Return the year of each month within a line such as `Januar - oktober 2022` or `Periode: 2026 01 - 2026 08`."""
    whole = _YEAR.match(trim(text))
    if whole:
        return dict.fromkeys(range(1, 13), whole.group(1))
    first, last = _numbered(trim(text)) or _in_words(sheets, trim(text)) or (0, -1)
    if not 0 <= last - first < 12:
        return {}
    return {month % 12 + 1: str(month // 12) for month in range(first, last + 1)}


def _numbered(text: str) -> tuple[int, int] | None:
    """Return the first and last month of `2026 01 - 2026 08`, counted from year 0."""
    hit = _NUMBERED.match(text)
    if not hit:
        return None
    year, month, last_year, last_month = (int(part or 0) for part in hit.groups())
    first = year * 12 + month - 1
    last = last_year * 12 + last_month - 1 if last_year else first
    return (first, last) if 1 <= month <= 12 and last_month <= 12 else None


def _in_words(sheets: PublisherSheets, text: str) -> tuple[int, int] | None:
    hit = _PERIOD.match(text)
    last = month_of(sheets, hit.group(3)) if hit else 0
    if hit is None or not last:
        return None
    first = month_of(sheets, hit.group(1)) if hit.group(1) else last
    if not first:
        return None
    return int(hit.group(2) or hit.group(4)) * 12 + first - 1, int(hit.group(4)) * 12 + last - 1
