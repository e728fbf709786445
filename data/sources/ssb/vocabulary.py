"""The words of SSB's tables: symbols, units, ages, sexes, periods and region labels; kept in `vocabulary.toml`."""

import re
from functools import cache
from typing import Any

from data import paths
from data.ingest.sheet import trim
from data.toml import toml_table

SYMBOLS = {".": "not_applicable", "..": "missing", "...": "missing", "…": "missing", ":": "suppressed", "-": "final"}
ZERO = ("-",)
PRELIMINARY = "*"
_PERIODS = (
    (re.compile(r"^(\d{4})\*?$"), "{0}"),
    (re.compile(r"^(\d{4})M(\d{2})\*?$"), "{0}-{1}"),
    (re.compile(r"^(\d{4})[KQ]([1-4])\*?$"), "{0}-Q{1}"),
    (re.compile(r"^(\d{4})[UW](\d{2})\*?$"), "{0}-W{1}"),
    (re.compile(r"^(\d{4})[-/](?:\d{2})?(\d{2})\*?$"), "{0}-{1}"),
)
_AGES = (
    (re.compile(r"^(\d+) ?[-–] ?(\d+)( år| years)?$"), "{0}-{1}"),
    (re.compile(r"^(\d+)\+? ?(?:år )?(eller eldre|og eldre|og over|years or older|\+ ?år|\+)$"), "{0}+"),
    (re.compile(r"^(\d+) ?(år|years)$"), "{0}"),
    (re.compile(r"^(alle aldre|alder i alt|i alt|alle|all ages|totalt|total)$"), "all"),
)
_REGION_CODE = re.compile(r"^(?:[KF]-)?(\d{1,2}|\d{4})$")
_REGION_LABEL = re.compile(r"^(?:[KF]-)?(\d{1,2}|\d{4}) (\S.*)$")


@cache
def words() -> dict[str, Any]:
    """Return the words of `vocabulary.toml`."""
    return toml_table(paths.ADAPTERS / "ssb" / "vocabulary.toml")


def period_of(text: str) -> str:
    """Return a period as the delivery writes it ("2022M03" is "2022-03"), or an empty text."""
    return _first(_PERIODS, trim(text))


def age_of(text: str) -> str:
    """Return an age group as the delivery writes it ("15 år eller eldre" is "15+"), or an empty text."""
    return _first(_AGES, trim(text).lower())


def sex_of(text: str) -> str:
    """Return `both`, `female` or `male`, or an empty text."""
    plain = trim(text).lower()
    return next((str(sex) for sex, names in words()["sexes"].items() if plain in names), "")


def sex_by_code(dimension: str, code: str) -> str:
    """Return the sex behind SSB's code in a dimension of sexes ("Kjonn": 0, 1, 2), or an empty text."""
    return str(words()["sex_codes"].get(code, "")) if role_of(dimension) == "sex" else ""


def meaning(name: str, label: str) -> str:
    """Return what a label of ages or sexes means, be it a label, a code or both ("1 Menn"), or an empty text.

    name: of its dimension, which says whether it is one of ages or of sexes.
    """
    read = {"age": age_of, "sex": sex_of}.get(role_of(name))
    return (read(label) or read(label.partition(" ")[2]) or sex_by_code(name, trim(label))) if read else ""


def role_of(name: str) -> str:
    """Return what a dimension of that name is: region, sex, age, time, contents, or an empty text."""
    plain = trim(name).lower()
    return next((str(role) for role, names in words()["dimensions"].items() if plain in names), "")


def region_code(code: str) -> str:
    """Return the region's number without SSB's prefix ("K-3801" is "3801"), or an empty text."""
    hit = _REGION_CODE.match(trim(code))
    return hit.group(1) if hit else ""


def region_of(label: str) -> tuple[str, str]:
    """Return number and name of a label such as "K-3801 Horten"; both are empty where it has no number."""
    hit = _REGION_LABEL.match(trim(label))
    return (hit.group(1), hit.group(2)) if hit else ("", "")


def quantity_of(unit: str, label: str) -> str:
    """Return `count`, `share` or `value`: what a contents column holds, by its unit or else its label."""
    units = words()["units"]
    text = (trim(unit) or trim(label)).lower()
    both = f"{text} {trim(label).lower()}"
    if re.search(units["thousands"], both):
        return "value"
    if re.search(units["percent"], text):
        return "value" if re.search(units["not_share"], both) else "share"
    return "count" if re.search(units["persons"], text) else "value"


def _first(patterns: tuple[tuple[re.Pattern[str], str], ...], text: str) -> str:
    for pattern, form in patterns:
        hit = pattern.match(text)
        if hit:
            return form.format(*hit.groups())
    return ""
