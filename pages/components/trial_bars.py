"""The published trials whose numbers are known, as bars: how many more per 100 came to work."""

import re
from collections.abc import Sequence

from analytics.experiments.portfolio.results import Reported, published_difference
from pages.format import numbers
from pages.format.texts import language, listed, text
from pages.svg.bar_picture import ShareBar, bar_picture
from pages.svg.markup import Drawing

_INITIALS = re.compile(r"\(([A-ZÆØÅ]{2,})\)")


def trials_picture(trials: Sequence[Reported], strong: str = "") -> Drawing | None:
    """Return the bars of the trials with known numbers, the one with the key `strong` in the home colour."""
    bars = tuple(_bar(each, strong=each.key == strong) for each in trials if published_difference(each.experiment))
    if not bars:
        return None
    alt = text("overview.helps_alt", names=listed([bar.name for bar in bars]))
    return bar_picture(bars, {0: text("overview.helps_caption")}, alt, text("overview.stroke"))


def short_title(each: Reported) -> str:
    """Return a trial's name without what it says of where and for whom."""
    return each.experiment.title[language()].partition(":")[0].partition(" ved ")[0].partition(" for ")[0]


def _label(each: Reported) -> str:
    """Return what stands beside a trial's bar: the initials its name has in brackets, where it has any."""
    initials = _INITIALS.search(short_title(each))
    return initials[1] if initials else short_title(each)


def _bar(each: Reported, *, strong: bool) -> ShareBar:
    value, *limits = published_difference(each.experiment) or (0.0, None, None)
    low, high = (None if end is None else end / 100 for end in limits)
    return ShareBar(_label(each), value / 100, numbers.rate(value), low, high, strong=strong)
