"""Names of places in the reader's language."""

import polars as pl

from analytics import places
from pages.ui.texts import text


def place(code: str) -> str:
    """Return a region's name; the nation's name is a word of the language, the others are names."""
    return text("place.nation") if code == places.NATION else places.name_of(code)


def named(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    """Return rows of regions with the name of each in `column`."""
    names = {code: place(code) for code in frame["region_code"].unique()}
    return frame.with_columns(pl.col("region_code").replace_strict(names, return_dtype=pl.String).alias(column))
