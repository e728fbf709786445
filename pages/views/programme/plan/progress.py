"""The plan as a picture: how far each gain has come from baseline (0 %) to target (100 %), and where it should be."""

from collections.abc import Sequence
from dataclasses import dataclass

from benefits.realisation.plan import GainStatus
from pages.format.texts import language, text
from pages.svg.markup import Drawing
from pages.svg.row_marks import MarkedRow, Span, Symbol
from pages.svg.rows_picture import WIDE, RowScale, rows_picture

_LEAST, _MOST = -1.0, 1.5
SYMBOLS: dict[str, Symbol] = {
    "on_course": "circle",
    "late": "diamond",
    "not_realised": "cross",
    "not_measurable_yet": "ring",
}


@dataclass(frozen=True)
class Progress:
    """One gain's way: shares of the way from baseline to target, None where nothing is measured; limits at 95 %."""

    id: str
    name: str
    status: str
    way: float | None
    expected: float | None
    reach: Span | None
    said: str


def progress(gains: Sequence[GainStatus]) -> list[Progress]:
    """Return how far each gain has come: 0 is the baseline, 1 the target; below 0 it has moved away."""
    return [_progress(gain) for gain in gains]


def _progress(gain: GainStatus) -> Progress:
    row, found = gain.row, gain.measured

    def way(value: float | None) -> float | None:
        return None if value is None else (value - row.baseline) / (row.target - row.baseline)

    ends = [end for end in (way(found.low), way(found.high)) if end is not None] if found else []
    return Progress(
        id=row.id, name=f"{row.id} {row.gain[language()]}", status=gain.status,
        way=way(found.value) if found else None, expected=way(gain.expected),
        reach=(min(ends), max(ends)) if len(ends) == 2 else None,
        said=text(f"plan.status.{gain.status}"),
    )  # fmt: skip


def picture(rows: Sequence[Progress], *, width: float = WIDE) -> Drawing:
    """Return one row a gain: the mark is the actual value, the upright stroke where the plan should be by now."""
    ticks = ((0.0, text("plan.axis.baseline")), (1.0, text("plan.axis.target")))
    return rows_picture([_row(row) for row in rows], RowScale((_LEAST, _MOST), ticks), width)


def _row(row: Progress) -> MarkedRow:
    symbol = "ring" if row.way is None else SYMBOLS[row.status]
    return MarkedRow(row.name, row.said, row.way or 0.0, row.reach, row.expected, (0.0, 1.0), symbol)
