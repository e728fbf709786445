"""Periods of a table on one numeric axis: numbers as they are, texts by the time they tell, never by letter."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.experiments.design.design import Design
from analytics.experiments.errors import PeriodsUnorderedError
from analytics.experiments.input.columns import labels, numbers
from data.period import Period, PeriodUnreadable, is_period

Floats = NDArray[np.float64]
Place = tuple[int, ...]
Span = tuple[Place, Place]
NEVER = ("", "0", "never", "aldri", "inf", "nan", "none")
BEFORE = ("before", "pre", "baseline", "før", "foer", "forut", "false")
AFTER = ("after", "post", "endline", "follow-up", "followup", "etter", "oppfølging", "oppfoelging", "true")
FIRST_YEAR = 1000
REWRITTEN = tuple((re.compile(pattern, re.IGNORECASE), order) for pattern, order in (
    (r"[KQ]0?([1-4])[-/ ]?([12]\d{3})", "{1}-Q{0[1]}"), (r"([12]\d{3})[-/. ]?[KQ]0?([1-4])", "{0}-Q{1[1]}"),
    (r"([12]\d{3})[-M/. ](\d{1,2})", "{0}-{1}"), (r"M?(\d{1,2})[-M/. ]([12]\d{3})", "{1}-{0}"),
    (r"(\d{1,2})\.(\d{1,2})\.([12]\d{3})", "{2}-{1}-{0}"),
    (r"([12]\d{3}-\d{2}-\d{2})[ T][\d:.]+(?:Z|[-+]\d\d:?\d\d)?", "{0}"),
))  # fmt: skip
"""What is written another way than `Period` reads it; a clock's day is that of its own time zone. Days are in order
only with points (31.12.2023) or as ISO: with strokes 4/5/2023 is two days."""
WRITTEN_TOGETHER = tuple((re.compile(r"((?:19|20)\d\d)" + rest), order) for rest, order in (
    ("([1-4])", "{}-Q{}"), (r"(0[1-9]|1[0-2])", "{}-{}"), (r"([0-4]\d|5[0-3])", "{}-W{}"),
    (r"(\d\d)(\d\d)", "{}-{}-{}"),
))  # fmt: skip
"""Numbers that are periods when all of a column are: 20234, 202312, 202352, 20231231."""
FIRST_WRITTEN = 19_001  # the first quarter of 1900
MONTHS, DAYS = {"year": 12, "quarter": 3, "month": 1}, {"week": 7, "day": 1}
ORDERED = re.compile(r"\D*(\d{1,3}|[12]\d{3}|[12]\d{3}\D+\d{1,2}|\d{1,2}\D+[12]\d{3})\D*")


def time_axis(design: Design, period: pl.Series, start: pl.Series | None) -> tuple[Floats, Floats | None]:
    """Return periods and starts on one numeric axis, NaN where unknown; text periods (2024-K1) are counted from the
    first by their calendar, others become their rank.

    A start of 0, blank, infinite or "never" is NaN: never treated. Raises PeriodsUnorderedError for texts that tell no
    order.
    """
    if period.dtype.is_numeric() and start is not None and start.dtype.is_numeric():
        first = start.cast(pl.Float64).to_numpy()
        return numbers(design, period).to_numpy(), np.where((first == 0) | np.isinf(first), np.nan, first)
    never = None if start is None else labels(start).str.to_lowercase()
    late = None if start is None or never is None else labels(start).set(never.is_in(NEVER), None)
    if _numeric(period) and (late is None or _numeric(late)):
        return numbers(design, period).to_numpy(), None if late is None else numbers(design, late).to_numpy()
    if _numeric(period) and start is not None and late is not None:
        numbers(design, late.rename(start.name))
    return _ranked(design, labels(period), late)


def elapsed(times: Floats) -> Floats:
    """Return times counted as their own calendar counts: from 202312 to 202401 is one, as from 2023 to 2024."""
    if times.min(initial=np.inf) < FIRST_WRITTEN:
        return times
    names = [str(time).removesuffix(".0") for time in times.tolist()]
    for pattern, order in WRITTEN_TOGETHER:
        parts = [pattern.fullmatch(name) for name in names]
        written = [order.format(*part.groups()) for part in parts if part]
        if len(written) == len(names) and all(map(is_period, written)):
            return np.array([_step(Period.of(each)) for each in written], dtype=float)
    return times


def _step(period: Period) -> float:
    if period.frequency in DAYS:
        return period.start.toordinal() // DAYS[period.frequency]
    return (period.start.year * 12 + period.start.month - 1) // MONTHS[period.frequency]


def _ranked(design: Design, period: pl.Series, late: pl.Series | None) -> tuple[Floats, Floats | None]:
    names = set(period.drop_nulls().to_list())
    spans = _spans(design, sorted(names | set(() if late is None else late.drop_nulls().to_list())))
    order = sorted({spans[name] for name in names})
    if any(later[0] <= earlier[1] for earlier, later in pairwise(order)):
        raise _unordered(design, names)
    steps = _even_steps([*spans])
    if steps is None:
        places = {name: float(sum(end < spans[name][0] for _, end in order)) for name in spans}
    else:  # a month nobody was measured in is still a month
        begins = min(steps[name] for name in names)
        places = {name: step - begins for name, step in steps.items()}
    axis = np.array([np.nan if name is None else places[name] for name in period])
    return axis, None if late is None else np.array([np.nan if name is None else places[name] for name in late])


def _even_steps(names: Sequence[str]) -> dict[str, float] | None:
    """Return periods of the calendar as years, quarters, months or weeks counted from one beginning, days that are the
    same of every month as months; None where they are of several kinds, or no such."""
    if _calendar(names) is None:
        return None
    periods = {name: Period.of(_written(name)) for name in names}
    kinds, days = {each.frequency for each in periods.values()}, {each.start.day for each in periods.values()}
    if len(kinds) > 1 or not kinds <= {*MONTHS, *DAYS} or (kinds == {"day"} and len(days) > 1):
        return None
    if kinds == {"day"}:
        return {name: float(each.start.year * 12 + each.start.month) for name, each in periods.items()}
    return {name: float(_step(each)) for name, each in periods.items()}


def _spans(design: Design, names: Sequence[str]) -> dict[str, Span]:
    """Return when each text begins and ends: periods of the calendar, before and after by word, or numbered alike."""
    found = _calendar(names) or _numbered(names)
    if found is None:
        raise _unordered(design, names)
    return found


def _unordered(design: Design, names: Iterable[str]) -> PeriodsUnorderedError:
    return PeriodsUnorderedError(design.key, ", ".join(sorted(names)[:5]), column=design.period or "period")


def _calendar(names: Sequence[str]) -> dict[str, Span] | None:
    """Return the first and last day of each text, None where one is no period."""
    try:
        periods = {name: Period.of(_written(name)) for name in names}
    except PeriodUnreadable:
        return None
    return {name: ((each.start.toordinal(),), (each.end.toordinal(),)) for name, each in periods.items()}


def _written(name: str) -> str:
    """Return a period as `Period` reads it: the year first, months of two digits, no clock."""
    for pattern, order in REWRITTEN:
        if match := pattern.fullmatch(name):
            return order.format(*(part.zfill(2) for part in match.groups()))
    return name


def _numbered(names: Sequence[str]) -> dict[str, Span] | None:
    """Return the place of each text: before and after by word, else by its numbers where all share one pattern."""
    found = {name: _word_place(name) for name in names}
    rest = [name for name, place in found.items() if place is None]
    if len(names) > 1 and rest and (not _of_one_pattern(rest) or (1,) in found.values()):
        return None
    places = {name: _number_place(name) if place is None else place for name, place in found.items()}
    return {name: (place, place) for name, place in places.items()}


def _of_one_pattern(names: Sequence[str]) -> bool:
    """Say whether texts differ in their numbers only and those tell an order: wave 2, 2024 H1, H1 2024; never 2 + 2."""
    patterns = {re.sub(r"\d+", "#", name.casefold()) for name in names}
    return len(patterns) == 1 and all(ORDERED.fullmatch(name) for name in names)


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
