"""What a reader of a pooled effect must know of its trials: without events, told twice, or at odds with themselves."""

import math
from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.experiments.estimators.base import Remark, note
from analytics.experiments.portfolio.meta_analysis import Pooled, pool

Floats = NDArray[np.float64]
APART, APART_Z = math.log(1.25), 0.5
"""How far an error read from the interval, and a z read from p, may lie from those used: t and rounding move less."""


@dataclass(frozen=True)
class Trials:
    """Effects and standard errors on one scale (`kind`), and the counts they come of: events1, n1, events0, n0.

    `by_interval`, `by_p`: the errors the trials' intervals and p-values give where they are told too, else NaN.
    """

    effects: Floats
    errors: Floats
    kind: str
    counts: tuple[Floats, Floats, Floats, Floats] | None = None
    by_interval: Floats | None = None
    by_p: Floats | None = None

    @property
    def silent(self) -> NDArray[np.bool_]:
        """Return which trials have no event, or nothing else, in both arms."""
        if self.counts is None:
            return np.zeros(len(self.effects), dtype=bool)
        e1, n1, e0, n0 = self.counts
        return np.asarray(((e1 == 0) & (e0 == 0)) | ((e1 == n1) & (e0 == n0)))


def pooling_notes(trials: Trials, found: Pooled) -> list[Remark]:
    """Return which trials had half an event added or tell nothing of a ratio, stand twice, or are at odds."""
    names = np.array([each["label"] for each in found.shrunken])
    return [*_zeros(trials, names, found.level), *_twice(trials, names), *_at_odds(trials, names)]


def _zeros(trials: Trials, names: NDArray[np.str_], level: float) -> list[Remark]:
    """Return which trials had half an event added, and of ratios those with no event, or nothing else, in both arms:
    they tell nothing of its size, and are often left out (Cochrane Handbook 10.4.4.3)."""
    if trials.counts is None:
        return []
    (e1, n1, e0, n0), silent = trials.counts, trials.silent
    full = ((e1 == n1) | (e0 == n0)) & (trials.kind != "rr")
    added = (e1 == 0) | (e0 == 0) | full | silent
    notes = [note("pool_half", names=", ".join(names[added]))] if added.any() else []
    if trials.kind == "rd" or not silent.any():
        return notes
    if silent.all():
        return [*notes, note("pool_all_silent")]
    rest = pool(trials.effects[~silent].tolist(), trials.errors[~silent].tolist(), level=level)
    ratio = [float(np.exp(end)) for end in (rest.pooled, rest.low, rest.high)]
    told = dict(zip(("ratio", "low", "high"), ratio, strict=True))
    return [*notes, note("pool_silent", names=", ".join(names[silent]), **told)]


def _twice(trials: Trials, names: NDArray[np.str_]) -> list[Remark]:
    """Return the names that stand several times, and trials with the very numbers of another."""
    numbers = list(zip(trials.effects.tolist(), trials.errors.tolist(), strict=True))
    by_name, by_numbers = Counter(names.tolist()), Counter(numbers)
    found = [name for name, pair in zip(names, numbers, strict=True) if by_name[name] > 1 or by_numbers[pair] > 1]
    alike = trials.counts is None and len(by_numbers) == 1  # all alike: an example, or what cannot be told apart
    return [note("pool_twice", names=", ".join(dict.fromkeys(found)))] if found and not alike else []


def _at_odds(trials: Trials, names: NDArray[np.str_]) -> list[Remark]:
    """Return the trials whose interval or p-value says another error than the one used."""
    odd = np.zeros(len(names), dtype=bool)
    if trials.by_interval is not None:
        odd |= np.abs(np.log(trials.by_interval / trials.errors)) > APART
    if trials.by_p is not None:
        odd |= np.abs(trials.effects) * np.abs(1 / trials.by_p - 1 / trials.errors) > APART_Z
    return [note("pool_at_odds", names=", ".join(names[odd]))] if odd.any() else []
