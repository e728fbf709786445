"""What every rule takes and gives: a day, or the rates that hold; amounts as numbers, or one a draw."""

from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benefits.parameters import PUBLISHED, Rates

Amount = float | NDArray[np.float64]
When = date | Rates


def rates_on(when: When) -> Rates:
    """Return the published rates of a day; rates that are given, as `Parameters.at` gives them, are those that hold."""
    return when if isinstance(when, Rates) else PUBLISHED.at(when)


def as_plain(amount: Any) -> float:  # noqa: ANN401 - a number, or an array with one element a draw
    """Return a number as a plain float; an array, one element a draw, goes through as it is."""
    return amount if getattr(amount, "ndim", 0) else float(amount)


def is_nil(amount: Any) -> bool:  # noqa: ANN401 - a number, or an array with one element a draw
    """Return whether an amount is a plain zero, which moves nothing in any draw; arrays are not looked through."""
    return not getattr(amount, "ndim", 0) and not amount
