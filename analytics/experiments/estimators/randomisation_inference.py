"""Randomisation inference: the same assignment drawn again, under no effect for anyone."""

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
ENUMERATED = 20_000
TOLERANCE = 1e-12
"""Of the largest there is: what is nearer is as far out, whatever the outcome's unit."""
CHUNK = 2_000
BEYOND_CHANCE = 40
"""Standard deviations further out than which no chance is a number above 0."""
HELD = 2**21
"""Assigned units held at once."""
DEALT, FEWEST_DRAWS = 5 * 10**8, 999
"""Units dealt in all: with more than 50 000 there are fewer draws, though no fewer than 999."""


@dataclass(frozen=True)
class Permutation:
    """A permutation p-value; `exact`: all assignments counted; `smallest`: the least p the design can give."""

    p: float
    draws: int
    exact: bool
    smallest: float

    @classmethod
    def drawn(cls, extreme: int, draws: int) -> "Permutation":
        """Return the p-value of drawn assignments, `extreme` of them as far out; the observed one counts once."""
        return cls((1 + extreme) / (1 + draws), draws, exact=False, smallest=1 / (1 + draws))


def individual_p(values: Floats, treated: Flags, draws: int = 9999, seed: int = 1) -> Permutation:
    """Return the p-value of the difference in means when persons are assigned anew `draws` times.

    values: outcome by person; treated: assignment by person. The drawn p counts the observed assignment once.
    """
    n, n1 = len(values), int(treated.sum())
    if math.comb(n, n1) <= ENUMERATED:
        return assignment_p(values, np.ones(n), treated, None, draws, seed)
    rng, draws = np.random.default_rng(seed), min(draws, max(FEWEST_DRAWS, DEALT // n))
    drawn = values - values.mean()
    observed = abs(drawn[treated].sum())
    sums = np.empty(draws)
    for draw in range(draws):
        rng.shuffle(drawn)
        sums[draw] = drawn[:n1].sum()
    extreme = int((np.abs(sums) >= observed - TOLERANCE * np.abs(drawn).sum()).sum())
    return Permutation.drawn(extreme, draws)


def events_p(events1: int, n1: int, events0: int, n0: int) -> Permutation:
    """Return the exact p-value of a risk difference: all assignments of the same persons and events."""
    from scipy import stats

    events = events1 + events0
    middle = events * n1 / (n1 + n0)
    reach = BEYOND_CHANCE * (1 + math.sqrt(middle * (1 - events / (n1 + n0))))
    least, most = max(0, events - n0, math.floor(middle - reach)), min(n1, events, math.ceil(middle + reach))
    possible = np.arange(least, most + 1)
    gap = np.abs(possible / n1 - (events - possible) / n0)
    chances = stats.hypergeom.pmf(possible, n1 + n0, events, n1)
    extreme = gap >= abs(events1 / n1 - events0 / n0) - TOLERANCE
    smallest = chances[gap >= gap.max() - TOLERANCE].sum()
    return Permutation(min(1.0, float(chances[extreme].sum())), 0, exact=True, smallest=float(smallest))


def blocked_events_p(table: NDArray[np.int64], draws: int = 9999, seed: int = 1) -> Permutation:
    """Return the p-value of a block-weighted risk difference; table: a row a block of events1, n1, events0, n0."""
    e1, n1, e0, n0 = table.T
    weights = (n1 + n0) / (n1 + n0).sum()
    events = e1 + e0
    drawn = np.random.default_rng(seed).hypergeometric(events, n1 + n0 - events, n1, size=(draws, len(table)))
    gaps = ((drawn / n1 - (events - drawn) / n0) * weights).sum(axis=1)
    observed = abs(float(((e1 / n1 - e0 / n0) * weights).sum()))
    extreme = int((np.abs(gaps) >= observed - TOLERANCE).sum())
    return Permutation.drawn(extreme, draws)


def assignment_p(
    means: Floats, weights: Floats, treated: Flags, blocks: NDArray[np.int64] | None, draws: int = 9999, seed: int = 1
) -> Permutation:
    """Return the p-value of a difference in weighted means when whole units are assigned anew.

    means, weights, treated, blocks: one entry a unit; blocks None means one block. All assignments are counted where
    they are at most ENUMERATED, else `draws` are drawn. With blocks the difference is taken inside each and weighted.
    """
    blocks = np.zeros(len(means), dtype=np.int64) if blocks is None else blocks
    means = means - means[0]  # what all share is in no difference, and would round it
    ways = math.prod(math.comb(int((blocks == b).sum()), int(treated[blocks == b].sum())) for b in np.unique(blocks))
    exact = ways <= ENUMERATED
    if not exact and (blocks == blocks[0]).all() and (weights == weights[0]).all():
        return individual_p(means, treated, draws, seed)
    assignments = _every(treated, blocks) if exact else _drawn(treated, blocks, draws, seed)
    observed = abs(_gaps(means, weights, treated[None, :], blocks)[0])
    gaps = np.abs(np.concatenate([_gaps(means, weights, part, blocks) for part in assignments]))
    scale = max(float(gaps.max()), float(observed))
    extreme = int((gaps >= observed - TOLERANCE * scale).sum())
    if not exact:
        return Permutation.drawn(extreme, draws)
    largest = int((gaps >= gaps.max() - TOLERANCE * scale).sum())
    return Permutation(extreme / len(gaps), len(gaps), exact=True, smallest=largest / len(gaps))


def _gaps(means: Floats, weights: Floats, assignments: Flags, blocks: NDArray[np.int64]) -> Floats:
    total = np.zeros(len(assignments))
    for block in np.unique(blocks):
        inside = blocks == block
        a, w, y = assignments[:, inside], weights[inside], means[inside]
        one, none = a.astype(float), (~a).astype(float)
        gap = (one @ (w * y)) / (one @ w) - (none @ (w * y)) / (none @ w)
        total += gap * w.sum() / weights.sum()
    return total


def _every(treated: Flags, blocks: NDArray[np.int64]) -> Iterator[Flags]:
    """Yield all assignments, some at a time."""
    flags = np.zeros((1, len(treated)), dtype=bool)
    for block in np.unique(blocks):
        inside = np.flatnonzero(blocks == block)
        ways = every_assignment(len(inside), int(treated[inside].sum()))
        flags = np.repeat(flags, len(ways), axis=0)
        flags[:, inside] = np.tile(ways, (len(flags) // len(ways), 1))
    yield from (flags[i : i + CHUNK] for i in range(0, len(flags), CHUNK))


@lru_cache(maxsize=8)
def every_assignment(units: int, chosen: int) -> Flags:
    """Return every way to assign so many of the units, one a row."""
    flags = np.zeros((math.comb(units, chosen), units), dtype=bool)
    places = np.array(list(itertools.combinations(range(units), chosen)), dtype=np.int64)
    np.put_along_axis(flags, places.reshape(len(flags), chosen), values=True, axis=1)
    return flags


def _drawn(treated: Flags, blocks: NDArray[np.int64], draws: int, seed: int) -> Iterator[Flags]:
    """Yield drawn assignments, as many at a time as may be held."""
    rng, step = np.random.default_rng(seed), max(1, HELD // len(treated))
    for begin in range(0, draws, step):
        flags = np.zeros((min(step, draws - begin), len(treated)), dtype=bool)
        for block in np.unique(blocks):
            inside = np.flatnonzero(blocks == block)
            flags[:, inside] = rng.permuted(np.tile(treated[inside], (len(flags), 1)), axis=1)
        yield flags


def orders(group: NDArray[np.int64]) -> int:
    """Return how many different orders some groups have."""
    counts = np.unique(group, return_counts=True)[1].tolist()
    return math.prod(math.comb(sum(counts[place:]), count) for place, count in enumerate(counts))


def every_order(group: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """Yield every different order of the groups."""
    if len(group) == 0:
        yield group
        return
    rest = group[group != group[0]]
    for places in itertools.combinations(range(len(group)), len(group) - len(rest)):
        for others in every_order(rest):
            dealt = np.full(len(group), group[0])
            dealt[np.setdiff1d(np.arange(len(group)), places)] = others
            yield dealt


def drawn_orders(group: NDArray[np.int64], draws: int, seed: int) -> Iterator[NDArray[np.int64]]:
    """Yield orders drawn at random."""
    rng = np.random.default_rng(seed)
    return (rng.permutation(group) for _ in range(draws))
