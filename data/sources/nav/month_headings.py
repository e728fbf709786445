"""Above NAV's monthly tables: the title, the unit, the line with the year, and the row of months."""

import re

from data.ingest.sheet import Sheet, trim
from data.sources.nav.vocabulary import measure_of, month_of

_PERIOD = re.compile(r"^(?:(\w+)\.?\s*(?:(\d{4})\s*)?[-–]\s*)?(\w+)\.?\s+(\d{4})$")
_YEAR = re.compile(r"^(?:år\s*)?(\d{4})$", re.IGNORECASE)


def years_of(text: str) -> dict[int, str]:
    """Return the year of each month within a line such as `Januar - oktober 2022`."""
    whole = _YEAR.match(trim(text))
    if whole:
        return dict.fromkeys(range(1, 13), whole.group(1))
    hit = _PERIOD.match(trim(text))
    last = month_of(hit.group(3)) if hit else 0
    if hit is None or not last:
        return {}
    first = month_of(hit.group(1)) if hit.group(1) else last
    end = int(hit.group(4)) * 12 + last - 1
    start = int(hit.group(2) or hit.group(4)) * 12 + first - 1
    if not first or not 0 <= end - start < 12:
        return {}
    return {month % 12 + 1: str(month // 12) for month in range(start, end + 1)}


def months_in(sheet: Sheet, row: int) -> dict[int, int]:
    """Return column → month of a header row; empty where the row is none."""
    cells = sheet.filled(row)
    months = {column: month for column, text in cells if (month := month_of(text))}
    return months if 2 * len(months) > len(cells) else {}


def texts_above(sheet: Sheet, first: int) -> list[str]:
    """Return the filled cells above a row, from the top."""
    return [text for row in range(first) for _, text in sheet.filled(row)]


def unit_of(texts: list[str]) -> str:
    """Return `share` where a title says percent, `count` where it says number, or an empty text."""
    for text in texts:
        if "prosent" in text.lower():
            return "share"
    return "count" if any(re.search(r"\bantall(?![a-zæøå])", text.lower()) for text in texts) else ""


def title_of(sheet: Sheet) -> str:
    """Return the line that names the measure."""
    texts = (text for row in range(min(len(sheet.rows), 8)) for _, text in sheet.filled(row))
    return next((text for text in texts if measure_of([text])), "")
