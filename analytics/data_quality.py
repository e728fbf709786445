"""What is known of the quality of the data."""

import polars as pl

from data.warehouse.connection import query


def quality() -> pl.DataFrame:
    """Return how many cells there are by indicator and edition, and how many must be read with care.

    Columns: `indicator, edition, cells, suppressed, missing, lower_bounds, derived, preliminary`.
    """
    return query("quality")


def notices() -> pl.DataFrame:
    """Return what new editions changed: `indicator, new_edition, code` (corrected, withdrawn, finalised), `figures`."""
    return query("notices")
