"""The axis of an effect: round ticks with signs, zero always on it and marked."""

import math
from collections.abc import Sequence

from pages.format.numbers import signed
from pages.plots import drawing, theme
from pages.plots.axes import round_step

_TICKS = 5


def effects(figure: drawing.Canvas, known: Sequence[float | None], name: str, *, along: str = "x") -> None:
    """Set a value axis over the known effects, with a line at zero; `name` says the unit."""
    ticks, words = signed_ticks(known)
    update = figure.update_xaxes if along == "x" else figure.update_yaxes
    title = drawing.axis_title(name)
    update(range=[ticks[0], ticks[-1]], tickvals=ticks, ticktext=words, title=title, showgrid=True, zeroline=False)
    draw = drawing.upright if along == "x" else drawing.level
    draw(figure, 0, {"color": theme.colour("text"), "width": 1.4}, layer="below")


def signed_ticks(known: Sequence[float | None]) -> tuple[list[float], list[str]]:
    """Return about five round ticks over the known effects and zero, and each in words with its sign."""
    real = [value for value in known if value is not None and math.isfinite(value)] or [1.0]
    low, high = min(0.0, *real), max(0.0, *real)
    step = round_step((high - low or 1.0) / _TICKS)
    first, last = math.floor(low / step - 0.1), math.ceil(high / step + 0.1)
    ticks = [step * i for i in range(first, last + 1)]
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    decimals += 1 if abs(step * 10**decimals % 1) > 1e-9 else 0
    return ticks, [signed(tick, decimals) for tick in ticks]
