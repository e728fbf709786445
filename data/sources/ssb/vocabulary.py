"""The words of SSB's tables: symbols, units, ages, sexes, periods and region labels; kept in `vocabulary.toml`."""

import re
from functools import cache
from typing import Any

import polars as pl

from data import paths
from data.ingest.sheet import trim
from data.toml import toml_table

SYMBOLS = {".": "not_applicable", "..": "missing", "...": "missing", "…": "missing", ":": "suppressed", "-": "final"}
ZERO = ("-",)
PRELIMINARY = "*"
_MONTHS = ("jan", "feb", "mar", "apr", "ma[iy]", "jun", "jul", "aug", "sep", "o[kc]t", "nov", "de[sc]")
_MONTH = rf"(?:{'|'.join(_MONTHS)})[a-zæøå]*\.?"
_DAY = re.compile(r"^(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00:00)?$|^(\d{2})\.(\d{2})\.(\d{4})$")
PERIOD = (
    r"(?<![\d-])(?:\d{4}(?:[MKQUW]\d{1,2}|[-/]\d{2,4}|-\d{2}-\d{2}|\d{2}|\.0)?|\d{2}\.\d{2}\.\d{4}"
    rf"|{_MONTH} \d{{4}}|\d{{4}} {_MONTH})\*?"
)
"""What a period looks like within a heading."""
_PERIODS = (
    (re.compile(r"^(\d{4})(?:\.0)?\*?$"), "{0}"),
    (re.compile(r"^(\d{4})(0[1-9]|1[0-2])\*?$"), "{0}-{1}"),
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
_REGION_LABEL = re.compile(r"^(?:[KF]-)?(\d{1,2}|\d{4})(?: |-(?=[^\W\d]))(\S.*)$")
_REGION_AFTER = re.compile(r"^([^\W\d].*?) ?\((?:[KF]-)?(\d{4}|\d{2})\)$")


@cache
def words() -> dict[str, Any]:
    """Return the words of `vocabulary.toml`."""
    return toml_table(paths.ADAPTERS / "ssb" / "vocabulary.toml")


def period_of(text: str) -> str:
    """Return a period as the delivery writes it ("2022M03" and "mars 2022" are "2022-03"), or an empty text.

    A day stays one ("2022-01-01"): whether it is a year or a month, the days beside it tell (`of_days`).
    """
    plain = trim(text)
    return _first(_PERIODS, plain) or _day(plain) or _named_month(plain.lower().rstrip("*"))


def of_days(period: pl.Expr) -> pl.Expr:
    """Return periods with days as years where all of them are the first of January, else first days as months."""
    day = period.str.contains(r"^\d{4}-\d{2}-\d{2}$")
    years = (~day | period.str.ends_with("-01-01")).all()
    first = day & period.str.ends_with("-01")
    return pl.when(day & years).then(period.str.head(4)).when(first).then(period.str.head(7)).otherwise(period)


def _day(text: str) -> str:
    hit = _DAY.match(text)
    return "-".join(hit.groups()[:3] if hit[1] else hit.groups()[:2:-1]) if hit else ""


def _named_month(text: str) -> str:
    """Return the month of "jan. 2024" or "2024 januar"."""
    hit = re.match(rf"^(?:({_MONTH}) (\d{{4}})|(\d{{4}}) ({_MONTH}))$", text)
    if not hit:
        return ""
    name, year = (hit[1], hit[2]) if hit[1] else (hit[4], hit[3])
    return next(f"{year}-{number:02}" for number, month in enumerate(_MONTHS, 1) if re.match(month, name))


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
    hit, after = _REGION_LABEL.match(trim(label)), _REGION_AFTER.match(trim(label))
    return (hit.group(1), hit.group(2)) if hit else (after.group(2), after.group(1)) if after else ("", "")


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
