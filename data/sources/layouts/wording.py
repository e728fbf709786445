"""What the words above and in a sheet say: the subject, the ages, the unit, the month."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from data.ingest.sheet import trim
from data.sources.layouts.description import PublisherSheets
from data.sources.region_names import all_regions

_FOOTNOTE = re.compile(r"[¹²³⁴⁵*)]+$")
_AGES = re.compile(r"(?<!\d)(\d{2})\s*(?:-|–|til)\s*(\d{2})(?!\d)(?:\s*år)?", re.IGNORECASE)
_PERIOD = re.compile(r"^(?:(\w+)\.?\s*(?:(\d{4})\s*)?[-–]\s*)?(\w+)\.?\s+(\d{4})$")
_NUMBERED = re.compile(r"^(?:periode:?\s*)?(\d{4}) (\d{2})(?:\s*[-–]\s*(\d{4}) (\d{2}))?$", re.IGNORECASE)
_YEAR = re.compile(r"^(?:år\s*)?(\d{4})\s*:?$", re.IGNORECASE)
_LONGEST_TITLE = 160


@dataclass(frozen=True)
class Named:
    """What a title counts: the id of a known subject, or the title itself where it names another."""

    subject: str = ""
    other: str = ""


def named(sheets: PublisherSheets, texts: Iterable[str]) -> Named:
    """Return what the first title that names something counts; two subjects in one title are a third one."""
    for text in texts:
        plain = trim(text).lower().replace("_", " ")
        if len(plain) > _LONGEST_TITLE:
            continue
        if own := [subject.id for subject in sheets.subjects if subject.own and re.search(subject.words, plain)]:
            return Named(subject=own[0])
        known = [subject.id for subject in sheets.subjects if re.search(subject.words, plain)]
        if len(known) > 1 or re.search(sheets.texts.foreign, plain):
            return Named(other=trim(text))
        if known:
            return Named(subject=known[0])
    return Named()


def is_neutral(sheets: PublisherSheets, text: str) -> bool:
    """Tell whether a title names no subject at all: only places, ages, months and the like."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    free = (*sheets.months, *_place_words())
    return all(word in free or re.fullmatch(sheets.texts.neutral, word) for word in words if len(word) > 1)


def other_words(sheets: PublisherSheets, text: str) -> str:
    """Return a pattern of what a title says besides places, ages, months and the like, "" where it names no other."""
    if not named(sheets, [text]).other:
        return ""
    words = re.findall(r"[^\W\d_]+", trim(text).lower())
    return ".*".join(word for word in words if len(word) > 1 and not is_neutral(sheets, word))


@cache
def _place_words() -> frozenset[str]:
    return frozenset(word for name in all_regions()["name"] for word in re.findall(r"[^\W\d_]+", name.lower()))


def age_of(sheets: PublisherSheets, measure: str, label: str) -> str:
    """Return the age group a label stands for ("Under 30 år", "18 - 29 år"), or an empty text."""
    span = _AGES.search(label)
    if span:
        return f"{span.group(1)}-{span.group(2)}"
    ages = next((subject.ages for subject in sheets.subjects if subject.id == measure), {})
    return ages.get(trim(label).lower(), "")


def age_in_title(sheets: PublisherSheets, measure: str, title: str) -> str:
    """Return the age group a title names before it says of what the numbers are a share."""
    counted = re.split(sheets.units["share"], trim(title).lower())[0]
    ages = next((subject.ages for subject in sheets.subjects if subject.id == measure), {})
    within = next((age for label, age in ages.items() if label in counted), "")
    span = _AGES.search(counted)
    return f"{span.group(1)}-{span.group(2)}" if span else within


def month_of(sheets: PublisherSheets, text: str) -> int:
    """Return the number of the month a heading names ("Januar", "jan.", "Mars²"), or 0."""
    plain = _FOOTNOTE.sub("", trim(text)).lower().rstrip(". ")
    return sheets.months.get(plain, 0)


def is_no_region(sheets: PublisherSheets, name: str) -> bool:
    """Tell whether a label stands for what lies outside all regions ("Ukjent", "99 Øvrige områder")."""
    return re.sub(r"^\d{1,4} ", "", trim(name).lower()) in sheets.texts.not_regions


def unit_of(sheets: PublisherSheets, titles: Iterable[str]) -> str:
    """Return `share` or `count`, as the first title says that names one of them, or an empty text."""
    for title in titles:
        units = [unit for unit, words in sheets.units.items() if re.search(words, title.lower())]
        if len(units) == 1 and len(title) <= _LONGEST_TITLE:
            return str(units[0])
    return ""


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
