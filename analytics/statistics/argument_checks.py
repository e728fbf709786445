"""Numbers as they come in: refused where they cannot be, kept apart from zero where they are unknown."""

from numbers import Real

import numpy as np
from numpy.typing import NDArray

from analytics.errors import StatisticsInputError
from analytics.results import NotEstimable

Column = NDArray[np.float64]
UNKNOWN = NotEstimable("unknown_count")
NO_POPULATION = NotEstimable("no_population")


def number(value: object, where: str) -> float:
    """Return a finite number as float; anything else raises StatisticsInputError."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, Real) or not np.isfinite(float(value)):
        raise StatisticsInputError(where, repr(value), "number")
    return float(value)


def at_least_zero(value: object, where: str) -> float:
    """Return a number that is not negative."""
    found = number(value, where)
    if found < 0:
        raise StatisticsInputError(where, repr(value), "not_negative")
    return found


def above_zero(value: object, where: str) -> float:
    """Return a number above zero."""
    found = number(value, where)
    if found <= 0:
        raise StatisticsInputError(where, repr(value), "positive")
    return found


def between_zero_and_one(value: object, where: str) -> float:
    """Return a number strictly between 0 and 1, such as a confidence level."""
    found = number(value, where)
    if not 0 < found < 1:
        raise StatisticsInputError(where, repr(value), "between")
    return found


def people(count: object, population: object) -> tuple[float, float] | NotEstimable:
    """Return events and persons at risk; NotEstimable where either is None or nobody is at risk.

    Raises StatisticsInputError for negative or non-finite numbers (NaN too: the unknown is None) and text.
    """
    events = None if count is None else at_least_zero(count, "count")
    persons = None if population is None else at_least_zero(population, "population")
    if events is None or persons is None:
        return UNKNOWN
    return (events, persons) if persons > 0 else NO_POPULATION


def people_among(count: object, population: object) -> tuple[float, float] | NotEstimable:
    """Return events and persons where each event is a person: more events than persons raises."""
    known = people(count, population)
    given = None not in (count, population)
    if given and at_least_zero(count, "count") > at_least_zero(population, "population"):
        raise StatisticsInputError("count", f"{count!r} > {population!r}", "within_population")
    return known


def column(values: object, where: str) -> Column:
    """Return a column of numbers as floats that are not negative; None, null and NaN become NaN, the unknown.

    Takes a Polars series, a numpy array, a sequence or one number (a column of length 1).
    """
    found = _numeric(values, where)
    for wrong, expected in ((np.isinf(found), "number"), (found < 0, "not_negative")):
        if wrong.any():
            at = int(np.argmax(wrong))
            raise StatisticsInputError(f"{where}[{at}]", repr(float(found[at])), expected)
    return found


def columns(**named: object) -> tuple[Column, ...]:
    """Return several columns of one length; a column of length 1 is repeated."""
    found = [column(values, where) for where, values in named.items()]
    lengths = {len(values) for values in found} - {1}
    if len(lengths) > 1:
        raise StatisticsInputError(", ".join(named), str([len(values) for values in found]), "same_length")
    return tuple(np.broadcast_arrays(*found))


def columns_among(counts: object, populations: object) -> tuple[Column, Column]:
    """Return counts and populations as columns where no count is larger than its population."""
    events, persons = columns(counts=counts, populations=populations)
    if (wrong := events > persons).any():
        at = int(np.argmax(wrong))
        raise StatisticsInputError(f"counts[{at}]", f"{events[at]} > {persons[at]}", "within_population")
    return events, persons


def _numeric(values: object, where: str) -> Column:
    raw = np.atleast_1d(np.asarray(values, dtype=None if hasattr(values, "dtype") else object))
    if raw.dtype.kind == "O" and raw.ndim == 1:
        raw = np.array([np.nan if value is None else _real(value, where) for value in raw])
    if raw.ndim != 1 or (raw.size and raw.dtype.kind not in "iuf"):
        raise StatisticsInputError(where, f"{raw.dtype} {raw.shape}", "number")
    return np.asarray(raw, dtype=np.float64)


def _real(value: object, where: str) -> float:
    if isinstance(value, bool | np.bool_) or not isinstance(value, Real):
        raise StatisticsInputError(where, repr(value), "number")
    return float(value)
