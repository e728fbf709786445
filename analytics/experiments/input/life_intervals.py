"""Intervals of a delivered life table: read from how they are written, and held to follow one another."""

import re

import polars as pl

from analytics.experiments.design.design import Design
from analytics.experiments.errors import ExperimentError, IntervalsApartError
from analytics.experiments.input.columns import labels

Span = tuple[float | None, float]


def interval_end(text: str) -> float:
    """Return the end of an interval written as a number or a range: "3", "0-3", "(0,3]", "0–3 months" all give 3.0."""
    return interval(text)[1]


def interval(text: str) -> Span:
    """Return where an interval begins, None where only its end is written, and where it ends, NaN where it is not."""
    found = [float(number) for number in re.findall(r"\d+(?:\.\d+)?", text)]
    return (found[0] if len(found) > 1 else None), (found[-1] if found else float("nan"))


def intervals_apart(design: Design, frame: pl.DataFrame, arm: pl.Series) -> list[ExperimentError]:
    """Return where the intervals of an arm leave a gap or overlap, and where the arms have other ends: events are told
    at the end of their interval, so what is told coarsely in one arm would come later there."""
    texts = labels(frame[design.interval])
    told = {name: sorted({interval(text or "") for text in texts.filter(arm == name)}, key=lambda span: span[1])
            for name in arm.unique().sort()}  # fmt: skip
    if all(start is None for spans in told.values() for start, _ in spans):
        return []
    apart = [f"{name}: {place}" for name, spans in told.items() for place in _breaks(spans)]
    shared = min(spans[-1][1] for spans in told.values())
    ends = {name: [end for _, end in spans if end <= shared] for name, spans in told.items()}
    if not apart and len({tuple(each) for each in ends.values()}) > 1:
        apart = [f"{name}: {', '.join(f'{end:g}' for end in each)}" for name, each in ends.items()]
    found = "; ".join(apart[:4])
    return [IntervalsApartError(design.key, found, column=design.interval, count=len(apart))] if apart else []


def _breaks(spans: list[Span]) -> list[str]:
    """Return where an interval does not begin at the end of the one before, the first at 0; of whole numbers 0–2 may be
    followed by 3–5."""
    whole = all(number is None or number % 1 == 0 for span in spans for number in span)
    found, before = [], 0.0
    for start, end in spans:
        if start is not None and not before <= start <= before + (1 if whole else 0):
            found.append(f"{before:g} → {start:g}–{end:g}")
        before = end
    return found
