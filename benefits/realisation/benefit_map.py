"""The benefit map: measure → output → effect for users → effect for society → goal, taken from the plan's rows."""

from dataclasses import dataclass
from itertools import pairwise

from data.curated.plan.rows import PlanRow

LEVELS = ("measure", "output", "user_effect", "social_effect", "goal")


@dataclass(frozen=True)
class Node:
    """A box of the map: its level (a place in `LEVELS`), its words, and the gains that pass through it."""

    level: int
    words: str
    gains: tuple[str, ...]


@dataclass(frozen=True)
class Edge:
    """A line of the map between two boxes, with the gains that follow it."""

    start: Node
    end: Node
    gains: tuple[str, ...]


def benefit_map(rows: tuple[PlanRow, ...], lang: str) -> tuple[tuple[Node, ...], tuple[Edge, ...]]:
    """Return the boxes and lines of a plan. Equal words on one level are one box; a level left empty is passed over."""
    boxes: dict[tuple[int, str], list[str]] = {}
    lines: dict[tuple[tuple[int, str], tuple[int, str]], list[str]] = {}
    for row in rows:
        chain = [(level, getattr(row, name)[lang]) for level, name in enumerate(LEVELS) if getattr(row, name)[lang]]
        for box in chain:
            boxes.setdefault(box, []).append(row.id)
        for line in pairwise(chain):
            lines.setdefault(line, []).append(row.id)
    nodes = {box: Node(*box, tuple(gains)) for box, gains in sorted(boxes.items(), key=lambda item: item[0][0])}
    edges = (Edge(nodes[start], nodes[end], tuple(gains)) for (start, end), gains in lines.items())
    return tuple(nodes.values()), tuple(edges)
