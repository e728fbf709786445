"""Which inference leads, decided in one place: t with its degrees of freedom, or the permutation of what was assigned.

What was assigned is counted: persons, units, or clusters. The rules are those that hold their level in the simulations
of `run.py bench --simulation`; tests/bench/results/simulation.csv is the table.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.experiments.estimators.base import Remark, note, p_facts
from analytics.experiments.estimators.randomisation_inference import TOLERANCE, Permutation
from data.format.numbers import rounded

Floats = NDArray[np.float64]
FEW, FEWEST_DF, MANY_CLUSTERS = 5, 4, 20
FEW_STAGGERED, FEW_YES_NO = 20, 20
MOST_OF_ARM, TIMES_EVEN = 0.25, 2
ROUNDED = 1e-9


def permutation_leads(assigned: tuple[int, int], df: float | None = None, *, error: bool = True) -> bool:
    """Say whether the permutation alone is to be trusted: under 5 treated or control units, or ones so uneven that
    under 4 degrees of freedom are left, where Satterthwaite's fail (Tipton 2015, Psychological Methods 20:375–393), or
    no standard error (`error`)."""
    return min(assigned) < FEW or not error or (df is not None and df < FEWEST_DF)


def exact_leads(persons: tuple[float, float], events: Floats | float) -> NDArray[np.bool_]:
    """Say whether the exact permutation of yes and no leads: under 20 persons in an arm, or under 5 with or without the
    event expected there (Cochran 1954, Biometrics 10:417–451). There the score test and Newcombe's interval together
    call up to 8 % (7 v. 9 persons), and 13 % (1 v. 76), of trials without any effect one."""
    fewest, everyone = min(persons), sum(persons)
    expected = fewest * np.minimum(events, everyone - np.asarray(events)) / everyone
    return np.asarray((fewest < FEW_YES_NO) | (expected < FEW))


def dominates(sizes: Floats) -> NDArray[np.bool_]:
    """Say whether one cluster holds over a quarter of the persons of an arm of 5 or more, and over twice its even part:
    the others then tell little of the arm's error, and CR2 takes it for known (of 25 v. 25 clusters 6 to 7 % false
    verdicts at a third, 7 to 8 at a half). sizes: clusters last."""
    clusters = sizes.shape[-1]
    share = max(MOST_OF_ARM, TIMES_EVEN / clusters)
    return np.asarray((sizes.max(axis=-1) > sizes.sum(axis=-1) * share) & (clusters >= FEW))


def starts_permuted(assigned: tuple[int, int], starts: int, *, against_never: bool) -> bool:
    """Say whether the permutation of start dates leads: under 20 treated, or under 20 never treated where those alone
    are the comparison, or under 5 a starting group, whose own spread is then no guide."""
    fewest = min(assigned) if against_never else assigned[0]
    return fewest < FEW_STAGGERED or assigned[0] < FEW * starts


def few_unit_notes(assigned: tuple[int, int], permutation: Permutation, level: float) -> list[Remark]:
    """Return N02 for few units of assignment, E06 for one alone, and N08: the least p-value where it leads or says
    nothing at this level."""
    treated, control = assigned
    notes = [note("E06", treated=treated, control=control)] if min(assigned) == 1 else []
    notes.append(note("N02", treated=treated, control=control))
    if permutation.exact and (permutation.smallest > 1 - level or permutation_leads(assigned)):
        notes.append(note("N08", **p_facts(permutation.smallest), limit=rounded(1 - level, 4)))
    return notes


@dataclass(frozen=True)
class Dealt:
    """The estimate (`effects`) and the effect a treatment of 1 would have shown (`shares`, within ±1) under other
    assignments than the `observed` one, NaN where it leaves nothing to compare; `exact`: under all of them."""

    observed: float
    effects: Floats
    shares: Floats
    exact: bool

    @property
    def _alike(self) -> float:
        """Return how near effects are alike but for rounding, whatever the outcome's unit."""
        return TOLERANCE * float(np.nanmax(np.abs(np.append(self.effects, self.observed))))

    @property
    def permutation(self) -> Permutation:
        """Return the p-value of no effect; the observed assignment counts once, one without an effect as extreme."""
        extreme = 1 + int((~(np.abs(self.effects) < abs(self.observed) - self._alike)).sum())
        ways = 1 + len(self.effects)
        if not self.exact:
            return Permutation.drawn(extreme - 1, ways - 1)
        every = np.abs(np.append(self.effects, self.observed))
        return Permutation(
            extreme / ways, ways, exact=True, smallest=float((~(every < np.nanmax(every) - self._alike)).mean())
        )

    def limits(self, level: float) -> tuple[float, float] | tuple[None, None]:
        """Return the least and greatest effect, one for all, that the permutation does not reject; None without a
        bound. An assignment is as extreme as the observed one for every effect between two ends, which a line gives."""
        least = int((1 - level) * (1 + len(self.effects)) + 1e-9)
        if least == 0:
            return None, None
        with np.errstate(divide="ignore", invalid="ignore"):
            ends = np.stack([self._end(self.effects, self.shares), self._end(-self.effects, -self.shares)])
        lows = np.where(np.isnan(ends), -np.inf, ends).min(axis=0)
        highs = np.where(np.isnan(ends), np.inf, ends).max(axis=0)
        low, high = np.sort(lows)[least - 1], np.sort(highs)[-least]
        return (float(low), float(high)) if np.isfinite([low, high]).all() else (None, None)

    def _end(self, effects: Floats, shares: Floats) -> Floats:
        """Return the effect up to which an assignment is as extreme; NaN for one that is the observed in all but
        rounding, and so as extreme for every effect."""
        gaps, apart = self.observed - effects, 1 - shares
        same = (np.abs(gaps) < ROUNDED * abs(self.observed)) & (np.abs(apart) < ROUNDED)
        return np.where(same, np.nan, gaps / apart)
