"""Periods of a table on one numeric axis: numbers as they are, texts by the time they tell, never by letter."""

import re
from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.experiments.design.design import Design
from analytics.experiments.errors import PeriodsUnorderedError
from analytics.experiments.input.columns import labels, numbers

Floats = NDArray[np.float64]
Place = tuple[int, ...]
NEVER = ("", "0", "never", "aldri", "inf", "nan", "none")
BEFORE = ("before", "pre", "baseline", "før", "foer", "forut", "false")
AFTER = ("after", "post", "endline", "follow-up", "followup", "etter", "oppfølging", "oppfoelging", "true")
FIRST_YEAR = 1000


def time_axis(design: Design, period: pl.Series, start: pl.Series | None) -> tuple[Floats, Floats | None]:
    """Return periods and starts on one numeric axis, NaN where unknown; text periods (2024-K1) become their rank.

    A start of 0, blank, infinite or "never" is NaN: never treated. Raises PeriodsUnorderedError for texts that tell no
    order.
    """
    if period.dtype.is_numeric() and start is not None and start.dtype.is_numeric():
        first = numbers(design, start).to_numpy()
        return numbers(design, period).to_numpy(), np.where((first == 0) | np.isinf(first), np.nan, first)
    never = None if start is None else labels(start).str.to_lowercase()
    late = None if start is None or never is None else labels(start).set(never.is_in(NEVER), None)
    if _numeric(period) and (late is None or _numeric(late)):
        return numbers(design, period).to_numpy(), None if late is None else numbers(design, late).to_numpy()
    return _ranked(design, labels(period), late)


def _ranked(design: Design, period: pl.Series, late: pl.Series | None) -> tuple[Floats, Floats | None]:
    names = set(period.drop_nulls().to_list())
    places = _places(design, sorted(names | set(() if late is None else late.drop_nulls().to_list())))
    order = sorted({places[name] for name in names})
    axis = np.array([np.nan if name is None else float(order.index(places[name])) for name in period])
    if late is None:
        return axis, None
    return axis, np.array([np.nan if s is None else float(sum(place < places[s] for place in order)) for s in late])


def _places(design: Design, names: Sequence[str]) -> dict[str, Place]:
    """Return when each text is: before and after by word, else by its numbers where all share one pattern."""
    found = {name: _word_place(name) for name in names}
    rest = [name for name, place in found.items() if place is None]
    if len(names) > 1 and rest and (not _of_one_pattern(rest) or (1,) in found.values()):
        raise PeriodsUnorderedError(design.key, ", ".join(names[:5]), column=design.period or "period")
    return {name: _number_place(name) if place is None else place for name, place in found.items()}


def _of_one_pattern(names: Sequence[str]) -> bool:
    """Say whether texts differ in their numbers only (2024-K1, 2024-K2), or are dates from the year down."""
    patterns = {re.sub(r"\d+", "#", name.casefold()) for name in names}
    dates = all(re.fullmatch(r"\d{4}(-\d+)*([ t][\d:]+)?", name.casefold()) for name in names)
    return dates or (len(patterns) == 1 and "#" in "".join(patterns))


def _word_place(name: str) -> Place | None:
    folded = name.casefold()
    return (0,) if folded in BEFORE else (1,) if folded in AFTER else None


def _number_place(name: str) -> Place:
    """Return the numbers of a text after everything that is `before`, the year first where it stands last."""
    told = tuple(int(digits) for digits in re.findall(r"\d+", name))
    return (1, *(told[::-1] if told and told[-1] >= FIRST_YEAR > told[0] else told))


def _numeric(column: pl.Series) -> bool:
    if column.dtype != pl.String:
        return bool(column.dtype.is_numeric())
    text = column.drop_nulls()
    return text.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False).is_not_null().all()
