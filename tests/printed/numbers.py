"""Whether an answer holds the numbers a picture shows."""

import bisect
import math
from collections.abc import Sequence

import polars as pl


def missing(table: pl.DataFrame, columns: Sequence[str], numbers: set[float]) -> dict[str, list[float]]:
    """Return the numbers of a table that an answer does not give, by column.

    A sum of the other numbers in its row or column counts as given, a share may be told per 100, and the sign is left
    aside: a picture turns an effect so that up is good.
    """
    known = sorted({abs(number) for number in numbers} | {abs(number) * 100 for number in numbers})
    numeric = [name for name in columns if table[name].dtype.is_numeric()]
    rows = table.select(numeric).rows(named=True)
    gone: dict[str, list[float]] = {}
    for row in rows:
        for name, value in row.items():
            if value is not None and not (_given(value, known) or _summed(value, row, table[name], name)):
                gone.setdefault(name, []).append(value)
    return gone


def _given(value: float, known: list[float]) -> bool:
    place = bisect.bisect_left(known, abs(value))
    near = known[max(place - 1, 0) : place + 1]
    return any(math.isclose(abs(value), each, rel_tol=1e-6, abs_tol=1e-9) for each in near)


def _summed(value: float, row: dict[str, float | None], column: pl.Series, name: str) -> bool:
    others = [each for other, each in row.items() if other != name and each is not None]
    sums = [sum(others), float(column.sum()) - value]
    return any(math.isclose(value, each, rel_tol=1e-6) for each in sums if each)
