"""Where names stand: beside points, covering neither each other nor the points; apart in a row; and words in lines."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_FAR = (9, 22, 40, 62, 90)
_WAYS = ((1, 0), (1, -1), (1, 1), (-1, 0), (-1, -1), (-1, 1), (0, -1), (0, 1))
_HALF_POINT = 4.0
_NEARNESS = 6.0
Boxes = NDArray[np.float64]


@dataclass(frozen=True)
class PointLabel:
    """A point to name: its place as a share of the frame (y downwards), and its name's width and height in pixels."""

    x: float
    y: float
    width: float
    height: float
    must: bool = True


def places(
    points: Sequence[PointLabel], others: Sequence[tuple[float, float]], widths: Sequence[float], height: float
) -> list[tuple[float, float] | None]:
    """Return for each point how far its name's middle lies from it in pixels, None where there is no room for it.

    A picture stretches with its reader's screen, so a place must be free at every one of the `widths`. `others` are
    points without a name, as shares of the frame. Names stay inside the frame; earlier points choose first; a name
    that must stand takes the least covered place.
    """
    marks = np.array([*others, *((point.x, point.y) for point in points)]).reshape(-1, 2)
    taken = [_around(marks * (width, height)) for width in widths]
    found: list[tuple[float, float] | None] = []
    for point in points:
        shifts = _shifts(point)
        boxes = [_boxes(point, shifts, width, height) for width in widths]
        cost = np.sum(
            [_covered(box, old, width, height) for box, old, width in zip(boxes, taken, widths, strict=True)], axis=0
        )
        reach = np.hypot(shifts[:, 0], shifts[:, 1])
        best = int(np.argmin(cost + (_NEARNESS * reach if point.must else 0)))
        if cost[best] > 0 and not point.must:
            found.append(None)
            continue
        found.append((float(shifts[best, 0]), float(shifts[best, 1])))
        taken = [np.vstack([old, box[best]]) for old, box in zip(taken, boxes, strict=True)]
    return found


def wrapped(words: str, most: int) -> list[str]:
    """Return words in lines of at most `most` letters, where no word is longer."""
    rows = [""]
    for word in words.split():
        if rows[-1] and len(rows[-1]) + 1 + len(word) > most:
            rows.append(word)
        else:
            rows[-1] = f"{rows[-1]} {word}".strip()
    return rows


def spread(wanted: Sequence[float], gap: float) -> list[float]:
    """Return places at least `gap` apart, in the order of the wanted places and as near to them as possible.

    Least squares under the order (pool adjacent violators), so a crowd is moved apart around its own middle.
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    blocks: list[tuple[float, int]] = []
    for rank, i in enumerate(order):
        blocks.append((wanted[i] - rank * gap, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (first, m), (second, n) = blocks[-2:]
            blocks[-2:] = [((first * m + second * n) / (m + n), m + n)]
    levels = [level for level, size in blocks for _ in range(size)]
    places = [0.0] * len(wanted)
    for rank, (i, level) in enumerate(zip(order, levels, strict=True)):
        places[i] = level + rank * gap
    return places


def _shifts(point: PointLabel) -> Boxes:
    every = [
        (right * (far + point.width / 2), down * (far + point.height / 2) if right == 0 else down * far)
        for far in _FAR
        for right, down in _WAYS
    ]
    return np.array(every, dtype=np.float64)


def _around(middles: Boxes) -> Boxes:
    return np.hstack([middles - _HALF_POINT, middles + _HALF_POINT])


def _boxes(point: PointLabel, shifts: Boxes, width: float, height: float) -> Boxes:
    middles = shifts + np.array([point.x * width, point.y * height])
    half = np.array([point.width / 2, point.height / 2])
    return np.hstack([middles - half, middles + half])


def _covered(boxes: Boxes, taken: Boxes, width: float, height: float) -> Boxes:
    """Return the area each box shares with those taken, and what of it lies outside the frame, counted tenfold."""
    frame = np.array([[0.0, 0.0, width, height]])
    area = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    outside = np.maximum(area - _shared(boxes, frame), 0).round(6)
    return np.asarray(_shared(boxes, taken) + 10 * outside)


def _shared(boxes: Boxes, others: Boxes) -> Boxes:
    one, other = boxes[:, None, :], others[None, :, :]
    sides = np.minimum(one[..., 2:], other[..., 2:]) - np.maximum(one[..., :2], other[..., :2])
    return np.asarray(np.clip(sides, 0, None).prod(axis=2).sum(axis=1))
