"""A planned comparison: its numbers, checked, and what follows of them before any effect is named."""

from dataclasses import dataclass

import numpy as np

from analytics.experiments.errors import DesignNotUnderstoodError
from analytics.experiments.estimators.leading_inference import MANY_CLUSTERS, permutation_leads

MOST_PERSONS = 10_000_000  # more than all who live in the country: a plan for more is a slip
MOST_SPREAD = 100
MOST_DRAWN, FEW_DRAWN = 200, 40
"""Clusters: of more the formula tells the same as drawn trials, and numbers the same as yes and no."""
MEANT = {
    "n": "4 ≤ n ≤ 10⁷", "share": "0 < share < 1", "sd": "10⁻⁷ ≤ sd ≤ 10⁷", "base_rate": "0 < base_rate < 1",
    "clusters": "3 ≤ clusters ≤ n", "icc": "0 ≤ icc ≤ 1, clusters", "cv": "0 ≤ cv ≤ 100, clusters",
    "alpha": "0 < alpha < 1", "power": "alpha < power < 1", "r2": "0 ≤ r2 < 1", "pair": "0 ≤ pair < 1",
}  # fmt: skip
PAIRED, IN_PAIRS = ("share", "r2", "clusters"), "pair: share = 0.5, r2 = 0, 2 × clusters"


@dataclass(frozen=True)
class PlannedComparison:
    """A planned comparison.

    n: persons measured in all; share: part of them (of the clusters) treated, 0–1; sd: of the outcome (ignored with
    base_rate); base_rate: share with the event in the control arm, 0–1; clusters: in all, equal in size; icc: 0–1; r2:
    part of the outcome's variance known before the start, 0–1, of persons and clusters: the verdict is then ANCOVA's;
    pair: correlation within matched pairs of persons or clusters, 0–1, one of each treated, None where there are none.
    """

    n: float
    share: float = 0.5
    sd: float = 1.0
    base_rate: float | None = None
    clusters: int | None = None
    icc: float = 0.0
    alpha: float = 0.05
    power: float = 0.8
    cv: float = 0.0
    looks: int = 1
    shape: str = "pocock"
    r2: float = 0.0
    pair: float | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be planned, each with what it may be."""
        wrong = list(dict.fromkeys(name for name, fits in self._fits() if not fits))
        if wrong:
            found = ", ".join(f"{name} = {_told(getattr(self, name))}" for name in wrong)
            meant = "; ".join(IN_PAIRS if name in PAIRED and self.pair is not None else MEANT[name] for name in wrong)
            raise DesignNotUnderstoodError(where="power", found=found, column=", ".join(wrong), meant=meant)

    def _fits(self) -> list[tuple[str, bool]]:
        paired = self.pair is not None
        return [
            ("n", 4 <= self.n <= MOST_PERSONS),
            ("share", self.share == 0.5 if paired else 0 < self.share < 1),
            ("sd", 1 / MOST_PERSONS <= self.sd <= MOST_PERSONS),
            ("base_rate", self.base_rate is None or 0 < self.base_rate < 1),
            ("clusters", self.clusters is None or 3 <= self.clusters <= self.n),
            ("clusters", not (paired and self.clusters and self.clusters % 2)),
            ("icc", 0 <= self.icc <= 1 and (self.clusters is not None or not self.icc)),
            ("cv", 0 <= self.cv <= MOST_SPREAD and (self.clusters is not None or not self.cv)),
            ("alpha", 0 < self.alpha < 1),
            ("power", self.alpha < self.power < 1),
            ("r2", self.r2 == 0 if paired else 0 <= self.r2 < 1),
            ("pair", self.pair is None or 0 <= self.pair < 1),
        ]

    def refuse_effect(self, effect: float) -> None:
        """Refuse an effect that is no number, or takes a share out of 0–1."""
        if np.isfinite(effect) and (self.base_rate is None or 0 <= self.base_rate + effect <= 1):
            return
        found = f"{effect:g}" if self.base_rate is None else f"{self.base_rate:g} + {effect:g}"
        column, meant = ("effect", "0.5") if self.base_rate is None else ("base_rate + effect", "0–1")
        raise DesignNotUnderstoodError(where="power", found=found, column=column, meant=meant)

    @property
    def inflation(self) -> float:
        """Return the design effect of clusters. With sizes that vary, clusters' means lose by the small ones, persons'
        by the large (Eldridge, Ashby & Kerry 2006, International Journal of Epidemiology 35:1292–1300)."""
        size, spread = self.n / (self.clusters or self.n), 1 + self.cv**2
        if self.of_means:
            return size * self.icc + spread * (1 - self.icc)
        return 1 + (spread * size - 1) * self.icc if self.clusters else 1.0

    @property
    def exact_shares(self) -> bool:
        """Say whether the verdict is Newcombe's on two shares, whose power is exact."""
        plain = self.pair is None and not self.clusters and not self.r2 and self.looks == 1
        return self.base_rate is not None and plain

    @property
    def of_means(self) -> bool:
        """Say whether clusters are compared by their means: under 20, in pairs, and by ANCOVA."""
        return bool(self.clusters and (self.clusters < MANY_CLUSTERS or self.r2 or self.pair is not None))

    @property
    def pairs(self) -> int:
        """Return the number of matched pairs."""
        return int((self.clusters or self.n) // 2)

    @property
    def too_few_pairs(self) -> bool:
        """Say whether so few pairs of clusters are matched that the permutation leads and cannot say anything."""
        return self.pair is not None and self._few and 2.0 ** (1 - self.pairs) >= self.alpha

    @property
    def drawn(self) -> bool:
        """Say whether power comes of drawn trials: of clusters few in an arm, uneven in size, or few and counted yes
        and no, and of ANCOVA on few units."""
        if self.pair is not None:
            return False
        if self.r2:
            return sum(self.sides) < MANY_CLUSTERS and min(self.sides) >= 1
        uneven = bool(self.clusters and self.clusters <= MOST_DRAWN and self.cv)
        return self._few or uneven or self.drawn_shares

    @property
    def _few(self) -> bool:
        return bool(self.clusters and permutation_leads((int(self.sides[0]), int(self.sides[1]))))

    @property
    def drawn_shares(self) -> bool:
        """Say whether the trials drawn are of yes and no: of few clusters, whose means are far from normal."""
        if self.base_rate is None or not self.clusters or self.r2 or self.pair is not None:
            return False
        return self.clusters < MANY_CLUSTERS or (self._few and self.clusters <= FEW_DRAWN)

    def variances(self, effect: float) -> tuple[float, float]:
        """Return persons' variance where treated and not."""
        if self.base_rate is None:
            return self.sd**2, self.sd**2
        raised = self.raised(effect)
        return raised * (1 - raised), self.base_rate * (1 - self.base_rate)

    def raised(self, effect: float) -> float:
        """Return the share with the event where treated."""
        return min(max((self.base_rate or 0.0) + effect, 0.0), 1.0)

    @property
    def effective_n(self) -> float:
        """Return how many independent persons the clusters are worth: n over the design effect."""
        return self.n / self.inflation

    @property
    def sides(self) -> tuple[float, float]:
        """Return how many of what is assigned are treated and control: whole clusters, else persons."""
        if self.clusters is None:
            return self.n * self.share, self.n * (1 - self.share)
        treated = min(max(round(self.clusters * self.share), 1), self.clusters - 1)
        return treated, self.clusters - treated


def _told(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"
