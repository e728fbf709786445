"""Ranks knots by weighted scores, and tells how much of the ranking hangs on the weights."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from data.curated.programme.model import CRITERIA, Knot

STEPS = 20


@dataclass(frozen=True)
class Ranked:
    """A knot in its place: score 1–5 (weighted mean), rank with these weights, and over all weights.

    `best_rank`, `worst_rank`: over every way to weigh the criteria in steps of 1/20; `first_share`: the share (0–1) of
    those ways in which it is first; a shared first place is divided.
    """

    knot: Knot
    scores: Mapping[str, int]
    score: float
    rank: int
    best_rank: int
    worst_rank: int
    first_share: float


def ranking(
    knots: Sequence[Knot], weights: Mapping[str, float], gains: Mapping[str, int] | None = None
) -> tuple[Ranked, ...]:
    """Return the knots from the highest score to the lowest; equal scores share the better rank.

    weights: 0 or more by criterion, at least one above 0 (ValueError otherwise); they are scaled to sum to 1.
    gains: gain scores by knot id that take the place of the typed ones, as from an appraisal.
    """
    total = sum(weights[name] for name in CRITERIA)
    if total <= 0 or min(weights[name] for name in CRITERIA) < 0:
        raise ValueError("weights must be 0 or more, and one above 0")
    scores = [_scores(knot, gains or {}) for knot in knots]
    chosen = _values(scores, [weights[name] / total for name in CRITERIA])
    ways = [_values(scores, way) for way in _all_weights()]
    places = [[_rank(values, number) for values in ways] for number in range(len(knots))]
    rows = [
        Ranked(
            knot, scores[number], chosen[number], _rank(chosen, number), min(places[number]), max(places[number]),
            sum(_first(values, number) for values in ways) / len(ways),
        )
        for number, knot in enumerate(knots)
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: row.rank))


def _scores(knot: Knot, gains: Mapping[str, int]) -> dict[str, int]:
    typed = {name: knot.scores[name].score for name in CRITERIA}
    return typed | ({"gain": gains[knot.id]} if knot.id in gains else {})


def _values(scores: Sequence[Mapping[str, int]], weights: Sequence[float]) -> list[float]:
    return [round(sum(row[name] * weight for name, weight in zip(CRITERIA, weights, strict=True)), 9) for row in scores]


def _all_weights() -> list[tuple[float, float, float]]:
    pairs = product(range(STEPS + 1), repeat=2)
    return [(i / STEPS, j / STEPS, (STEPS - i - j) / STEPS) for i, j in pairs if i + j <= STEPS]


def _rank(values: Sequence[float], number: int) -> int:
    return 1 + sum(value > values[number] for value in values)


def _first(values: Sequence[float], number: int) -> float:
    top = max(values)
    return 1 / values.count(top) if values[number] == top else 0.0
