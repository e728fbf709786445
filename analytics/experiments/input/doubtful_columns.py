"""What a table holds that may not mean what it is used as: weights nobody uses, and codes for missing among numbers."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.experiments.design.design import Design
from analytics.experiments.input.checks import Told

Floats = NDArray[np.float64]
WEIGHTS = (
    "weight", "weights", "vekt", "vekter", "pweight", "sampling_weight", "survey_weight", "design_weight", "wgt", "ipw",
    "iptw",
)  # fmt: skip
"""What a column of weights is called; no estimator uses weights, and a table with them is told so."""
MISSING_CODES = (-9, -99, -999, -9999, 99, 999, 9999, 99999)
FAR, FEWEST = 10, 10
"""How many spreads from the mean of the other values, of at least so many, a code is no number of their kind."""


def unused_weights(design: Design, frame: pl.DataFrame) -> Told:
    """Return the column that is called like weights, where the design gives it no other part."""
    parts = {value for value in vars(design).values() if isinstance(value, str)} | {*design.covariates}
    names = [name for name in frame.columns if name.casefold() in WEIGHTS and name not in parts]
    return tuple(("weights_unused", {"column": name}) for name in names if frame[name].n_unique() > 1)


def missing_codes(column: str, values: Floats) -> Told:
    """Return the codes that statistical programs give the missing, where they stand far from all other values."""
    known = values[~np.isnan(values)]
    coded = np.isin(known, MISSING_CODES)
    if not coded.any() or (~coded).sum() < FEWEST:
        return ()
    rest = known[~coded]
    found = [code for code in np.unique(known[coded]).tolist() if abs(code - rest.mean()) > FAR * rest.std()]
    told = ", ".join(f"{code:g} ({int((known == code).sum())})" for code in found)
    return (("missing_code", {"column": column, "values": told}),) if found else ()
