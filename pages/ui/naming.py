"""Names of places and of age groups in the reader's language."""

import re

import polars as pl

from analytics import places
from pages.ui.texts import text

_SPAN = re.compile(r"(\d+)-(\d+)")
_UNDER = re.compile(r"under-(\d+)")
_OVER = re.compile(r"(\d+)\+")


def place(code: str) -> str:
    """Return a region's name; the nation's name is a word of the language, the others are names."""
    return text("place.nation") if code == places.NATION else places.name_of(code)


def age(age_group: str) -> str:
    """Return an age group in words: `15-29`, `under-30`, `67+` or `all`; another stays as its publisher wrote it."""
    if found := _SPAN.fullmatch(age_group):
        return text("age.span", low=found[1], high=found[2])
    if found := _UNDER.fullmatch(age_group):
        return text("age.under", age=found[1])
    if found := _OVER.fullmatch(age_group):
        return text("age.over", age=found[1])
    return text("age.all") if age_group == "all" else age_group


def named(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    """Return rows of regions with the name of each in `column`."""
    names = {code: place(code) for code in frame["region_code"].unique()}
    return frame.with_columns(pl.col("region_code").replace_strict(names, return_dtype=pl.String).alias(column))
