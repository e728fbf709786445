"""Which sets of counts make up another: a search that gives up where it would take long."""

import numpy as np
from numpy.typing import NDArray

_MOST_STEPS = 20_000


def made_up(counts: NDArray[np.float64], whole: NDArray[np.float64]) -> list[tuple[int, ...]]:
    """Return the sets of two rows or more that sum to a whole, two sets at most; none where the search gives up.

    counts: a row for each candidate, the largest first.
    """
    left = np.vstack([np.cumsum(counts[::-1], axis=0)[::-1], np.zeros_like(whole)])  # all from a row on
    found: list[tuple[int, ...]] = []
    edge: list[tuple[int, tuple[int, ...], NDArray[np.float64]]] = [(0, (), whole)]
    for _ in range(_MOST_STEPS):
        if not edge or len(found) > 1:
            return found
        place, taken, rest = edge.pop()
        if not rest.any():
            found += [taken] if len(taken) > 1 else []
        elif place < len(counts) and (left[place] >= rest).all():
            edge.append((place + 1, taken, rest))
            if (counts[place] <= rest).all():
                edge.append((place + 1, (*taken, place), rest - counts[place]))
    return []
