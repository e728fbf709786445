"""What is known of the quality of the data."""

import polars as pl

from data.warehouse import query


def quality() -> pl.DataFrame:
    """Return how many cells there are by indicator and edition, and how many must be read with care.

    Columns: `indicator, edition, cells, suppressed, missing, lower_bounds, derived, preliminary`.
    """
    return query("quality")
