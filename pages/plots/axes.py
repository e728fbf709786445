"""Axes with ticks written in the reader's language, at round values."""

import math
from collections.abc import Callable, Sequence
from typing import Any, Literal

from pages.format import numbers
from pages.format.numbers import Number
from pages.format.texts import text
from pages.plots import drawing, theme

Kind = Literal["share", "count", "rate"]
_HEADROOM = 0.15
"""How far above the highest value the axis goes at least, in steps."""
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def worded(value: Number, kind: Kind) -> str:
    """Return a value as the axis and the hover box write it."""
    if kind == "share":
        return numbers.percent(value)
    return numbers.number(value, numbers.DECIMALS[kind])


def interval(low: Number, high: Number, kind: Kind) -> str:
    """Return an interval with its name, or nothing where a limit is unknown."""
    if low is None or high is None:
        return ""
    both = numbers.percent_interval(low, high) if kind == "share" else f"{worded(low, kind)}–{worded(high, kind)}"
    return f"{text('chart.interval')} {both}"


def with_interval(value: Number, low: Number, high: Number, kind: Kind = "share") -> str:
    """Return a value as a hover box writes it, with its interval where one is known."""
    around = interval(low, high, kind)
    return f"<b>{worded(value, kind)}</b>" + (f" ({around})" if around else "")


def values(update: Callable[..., Any], known: Sequence[float | None], kind: Kind, *, zero: bool = True) -> None:
    """Set a value axis over the known values with about five round ticks, from zero unless told otherwise."""
    places, names = ticks(known, kind, zero=zero)
    step, most = places[1] - places[0], max((value for value in known if value is not None), default=0.0)
    update(range=[places[0], max(places[-1], most + _HEADROOM * step)], tickvals=places, ticktext=names)


def ticks(known: Sequence[float | None], kind: Kind, *, zero: bool = True) -> tuple[list[float], list[str]]:
    """Return about five round ticks over the known values, from zero unless told otherwise, and how each is numbers."""
    real = [value for value in known if value is not None and math.isfinite(value)] or [1.0]
    low, high = (min(0.0, *real) if zero else min(real)), max(real)
    step = round_step((high - low or abs(high) or 1.0) / 5)
    first, last = math.floor(low / step), math.ceil(high / step + _HEADROOM)
    if kind == "share" and high <= 1:
        last = min(last, math.floor(1 / step + 1e-9))  # nothing is more than all
    places = [step * i for i in range(first, last + 1)]
    decimals = 0 if kind == "count" else _decimals(step * (100 if kind == "share" else 1))
    names = [numbers.percent(t, decimals) if kind == "share" else numbers.number(t, decimals) for t in places]
    return places, names


def settle(figure: drawing.Drawable) -> None:
    """Give both axes the room their labels need: else the browser draws the picture again to find it out.

    For a picture with worded values upwards and one line of labels along the bottom.
    """
    sizes = theme.tokens()["chart"]
    longest = max(len(name) for name in figure.layout["yaxis"]["ticktext"])
    left, bottom = sizes["tick_px"] + sizes["letter_px"] * longest, sizes["tick_line_px"]
    figure.update_layout(margin={"l": left, "b": bottom})
    figure.update_xaxes(automargin=False)
    figure.update_yaxes(automargin=False)


def periods(
    codes: Sequence[str], places: Sequence[float], most: int, frequency: str | None = None
) -> tuple[list[float], list[str]]:
    """Return at most `most` evenly chosen ticks of a time axis, the last period always among them."""
    every = max(1, math.ceil((len(codes) - 1) / max(1, most - 1)))
    chosen = range(len(codes) - 1, -1, -every)
    return [places[i] for i in chosen], [numbers.period(codes[i], frequency=frequency) for i in chosen]


def round_step(rough: float) -> float:
    """Return the nearest round step (1, 2, 2.5, 5 times a power of ten) that is not smaller."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in _STEPS if step * power >= rough * (1 - 1e-9))


def _decimals(step: float) -> int:
    """Return how many decimals tell every tick apart: 0.25 needs two."""
    return next(places for places in range(12) if abs(round(step, places) - step) < 1e-6 * step)


def points(update: Callable[..., Any], known: Sequence[float | None]) -> None:
    """Set a value axis over differences between shares, in percentage points, the same to both sides of zero."""
    reach = max((abs(value) for value in known if value is not None and math.isfinite(value)), default=0.01)
    step = round_step(reach / 2.5)
    most = math.ceil(reach / step + 0.05)
    ticks = [step * i for i in range(-most, most + 1)]
    decimals = _decimals(step * 100)
    update(
        range=[ticks[0], ticks[-1]], tickvals=ticks, ticktext=[numbers.signed_per_hundred(t, decimals) for t in ticks]
    )
