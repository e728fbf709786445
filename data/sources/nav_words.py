"""The words of NAV's workbooks: titles, months, ages; kept in `nav.toml`."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from data import paths
from data.sheets import trim
from data.toml import toml_table

_FOOTNOTE = re.compile(r"[¹²³⁴⁵*)]+$")
_AGES = re.compile(r"(?<!\d)(\d{2})\s*(?:-|–|til)\s*(\d{2})(?!\d)(?:\s*år)?", re.IGNORECASE)


@cache
def words() -> dict[str, Any]:
    """Return the words of `nav.toml`."""
    return toml_table(paths.ADAPTERS / "nav.toml")


def measure_of(texts: Iterable[str]) -> str:
    """Return the measure the first fitting title names, or an empty text."""
    for text in texts:
        low = trim(text).lower().replace("_", " ")
        for measure in words()["measures"]:
            if re.search(measure["pattern"], low):
                return str(measure["id"])
    return ""


def age_of(measure: str, label: str) -> str:
    """Return the age group a label stands for ("Under 30 år", "18 - 29 år"), or an empty text."""
    span = _AGES.search(label)
    if span:
        return f"{span.group(1)}-{span.group(2)}"
    ages: dict[str, str] = next((m["ages"] for m in words()["measures"] if m["id"] == measure), {})
    return str(ages.get(trim(label).lower(), ""))


def month_of(text: str) -> int:
    """Return the number of the month a heading names ("Januar", "jan.", "Mars²"), or 0."""
    plain = _FOOTNOTE.sub("", trim(text)).lower().rstrip(". ")
    return int(words()["months"].get(plain, 0))


def is_no_region(name: str) -> bool:
    """Tell whether a label stands for what lies outside all regions ("Ukjent", "Øvrige områder")."""
    return trim(name).lower() in words()["not_regions"]["names"]


def bounds(level: str) -> tuple[int, int] | None:
    """Return the fewest and most residents a region of the level may have, where that is bounded."""
    bound = words()["population"].get(level)
    return (bound["low"], bound["high"]) if bound else None
