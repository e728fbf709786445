"""What the words above and in a sheet say: the subject, the ages, the unit."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from data.ingest.sheet import trim
from data.sources.layouts.description import PublisherSheets
from data.sources.region_names import all_regions

_AGES = re.compile(r"(?<!\d)(\d{2})\s*(?:-|–|til)\s*(\d{2})(?!\d)(?:\s*år)?", re.IGNORECASE)
_UNDER = re.compile(r"(?:\bunder|\byngre enn|<)\s*(\d{2})(?!\d)", re.IGNORECASE)
_YOUNG = re.compile(r"\b(unge|ungdom\w*)\b", re.IGNORECASE)
_LONGEST_TITLE = 160
UNTOLD = "?"
"""The age group of a title that counts the young and says no ages."""


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
    if span := _span(label):
        return span
    ages = _ages(sheets, measure)
    return ages.get(trim(label).lower(), "") or _under(ages, label)


def age_in_title(sheets: PublisherSheets, measure: str, title: str) -> str:
    """Return the age group a title names before it says of what the numbers are a share; `UNTOLD` of "unge" alone."""
    counted = re.split(sheets.units["share"], trim(title).lower())[0]
    ages = _ages(sheets, measure)
    within = next((age for label, age in ages.items() if label in counted), "")
    young = UNTOLD if _YOUNG.search(counted) else ""
    return _span(counted) or within or _under(ages, counted) or young


def _ages(sheets: PublisherSheets, measure: str) -> Mapping[str, str]:
    return next((subject.ages for subject in sheets.subjects if subject.id == measure), {})


def _under(ages: Mapping[str, str], text: str) -> str:
    """Return the ages of "under 30", with the years or without: as a subject means them, else as they stand."""
    hit = _UNDER.search(text)
    return ages.get(f"under {hit[1]} år", f"under-{hit[1]}") if hit else ""


def _span(text: str) -> str:
    """Return the ages a text goes from and to ("18 - 29 år"); a month of a year ("25-11") goes nowhere."""
    spans = (hit.groups() for hit in _AGES.finditer(text))
    return next((f"{low}-{high}" for low, high in spans if low < high), "")


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
