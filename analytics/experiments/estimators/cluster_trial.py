"""Trials that assign whole clusters (schools, NAV offices): inference at the level of assignment.

Degrees of freedom: under 20 clusters, and within blocks, the clusters' means are compared with t(G − 2), or t of what
the blocks leave; else the persons' difference has the bias-reduced cluster-robust error (CR2) and Satterthwaite's
degrees of freedom. Where one cluster dominates an arm so has the difference of clusters' means: each counts alike.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.experiments.design.design import Design
from analytics.experiments.estimators.base import Finding, Remark, estimator, note, p_of, with_interval
from analytics.experiments.estimators.complier import complier_effect
from analytics.experiments.estimators.difference_in_means import Difference, classical_se, neyman
from analytics.experiments.estimators.leading_inference import (
    MANY_CLUSTERS,
    dominates,
    few_unit_notes,
    permutation_leads,
)
from analytics.experiments.estimators.levels import Level, level, unit_levels
from analytics.experiments.estimators.randomisation_inference import Permutation, assignment_p
from analytics.experiments.estimators.regression_adjustment import adjustments
from analytics.experiments.estimators.wild_bootstrap import wild_cluster_p
from analytics.experiments.input.checks import Sample
from analytics.experiments.input.sufficient_statistics import (
    Moments,
    beyond_rounding,
    blocks_of,
    by_arm,
    weighted_mean,
)
from analytics.results import NotEstimable

Floats = NDArray[np.float64]
WILD_CLUSTERS = 200


@dataclass(frozen=True)
class Clusters:
    """Persons (`sizes`), outcome means, arm and block of every cluster, in the order of their names."""

    names: tuple[str, ...]
    sizes: Floats
    means: Floats
    treated: NDArray[np.bool_]
    blocks: NDArray[np.int64]

    @property
    def by_arm(self) -> tuple[int, int]:
        """Return the number of treated and of control clusters."""
        return int(self.treated.sum()), int((~self.treated).sum())

    @property
    def dominating(self) -> tuple[str, ...]:
        """Return the clusters that hold so much of their arm that its error cannot be told by persons."""
        sides = [np.flatnonzero(self.treated == side) for side in (True, False)]
        return tuple(self.names[at[self.sizes[at].argmax()]] for at in sides if dominates(self.sizes[at]))

    @property
    def alike(self) -> "Clusters":
        """Return the same clusters, each counted as one whatever its persons."""
        return replace(self, sizes=np.ones(len(self.sizes)))

    @property
    def blocked(self) -> bool:
        """Say whether they are compared within several blocks."""
        return bool((self.blocks != self.blocks[0]).any())


def clusters_of(rows: pl.DataFrame) -> Clusters:
    """Return the clusters of canonical rows."""
    grouped = rows.group_by("cluster").agg(
        n=pl.col("n").sum(), mean=weighted_mean(), treated=pl.col("treated").first(), block=pl.col("block").first()
    )
    grouped = grouped.sort("cluster")
    sizes, means = grouped["n"].to_numpy(), grouped["mean"].to_numpy()
    return Clusters(tuple(grouped["cluster"]), sizes, means, grouped["treated"].to_numpy(), blocks_of(grouped))


@estimator("cluster_trial")
def cluster_trial(design: Design, sample: Sample) -> Finding:
    """Return the difference between arms of a cluster trial: cluster means under 20 clusters, within blocks, or where
    one cluster dominates an arm; else of persons."""
    clusters = clusters_of(sample.rows)
    many = len(clusters.names) >= MANY_CLUSTERS and not clusters.blocked
    weighted = many and not clusters.dominating
    counted = clusters if weighted else clusters.alike
    value, se, df = cluster_robust(counted) if many else cluster_means(clusters)
    permutation = permuted(design, counted)
    one, none = by_arm(sample.rows)
    return Finding(
        value=value, se=se, df=df, p=p_of(value, se, df), levels=_levels(design, sample, clusters, weighted=weighted),
        method="cluster_robust" if weighted else "cluster_means",
        se_ols=None if clusters.blocked else classical_se(one, none),
        p_randomisation=permutation.p,
        permutation_leads=permutation_leads(clusters.by_arm, df, error=bool(se)),
        beside={**beside(design, clusters, permutation), **adjustments(design, sample),
                **({"complier": complier_effect(design, sample)} if design.received else {})},
        notes=tuple(few_cluster_notes(clusters, permutation, design.level)),
        facts={"clusters": len(clusters.names), "treated": clusters.by_arm[0], "control": clusters.by_arm[1]},
    )  # fmt: skip


def _levels(design: Design, sample: Sample, clusters: Clusters, *, weighted: bool) -> tuple[Level, ...]:
    """Return the arms' levels: of persons where those are compared, within blocks weighted as the difference is."""
    if clusters.blocked:
        weights = {block: (clusters.blocks == block).mean() for block in set(clusters.blocks.tolist())}
        parts = {arm: [(share, clusters.means[(clusters.blocks == block) & (clusters.treated == side)].mean())
                       for block, share in weights.items()] for arm, side in sample.arms.items()}  # fmt: skip
        return tuple(level(arm, float(sum(share * mean for share, mean in of))) for arm, of in parts.items())
    sides = {arm: clusters.treated == side for arm, side in sample.arms.items()}
    if not weighted:
        return unit_levels(design, {arm: clusters.means[side] for arm, side in sides.items()})
    found = []
    for arm, side in sides.items():
        mean, variance, expected, spread = map(float, robust_mean(clusters.sizes[side], clusters.means[side]))
        told = with_interval(mean, variance**0.5, expected**2 / spread, design.level)
        found.append(level(arm, mean, (told["low"], told["high"])))
    return tuple(found)


def robust_mean(sizes: Floats, values: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Return the persons' mean over clusters, its CR2 variance, and that variance's mean and half its spread under
    independent errors of one variance; sizes and values: trials × clusters, or the clusters of one."""
    persons = np.asarray(sizes.sum(axis=-1))
    share = sizes / persons[..., None]
    mean = np.asarray((share * values).sum(axis=-1))
    pull = share**2 / np.where(share < 1, 1 - share, np.nan)
    spread = (share**2).sum(axis=-1) + pull.sum(axis=-1) ** 2 - (pull**2).sum(axis=-1)
    squares = beyond_rounding((pull * (values - mean[..., None]) ** 2).sum(axis=-1), pull.sum(axis=-1) * mean**2)
    return mean, squares, 1 / persons, spread / persons**2


def cluster_means(clusters: Clusters) -> Difference:
    """Return the difference in unweighted cluster means with pooled variance and t(G − 2); blocks are weighted."""
    treated, control = clusters.by_arm
    if clusters.blocked:
        blocks = np.unique(clusters.blocks)
        return neyman([_pair(clusters, clusters.blocks == block) for block in blocks])
    one, none = _pair(clusters, np.ones(len(clusters.names), dtype=bool))
    se = classical_se(one, none) if min(treated, control) > 1 else None
    return one.mean - none.mean, se, float(treated + control - 2) if se else None


def cluster_robust(clusters: Clusters) -> Difference:
    """Return the persons' difference in means with the CR2 cluster-robust error and Satterthwaite's degrees of freedom.

    For a difference between two groups CR2 has a closed form in each cluster's share of its arm, so 2 000 clusters cost
    no more than 20. Where one cluster dominates an arm there is no error. Working model: independent errors of one
    variance. Source: Bell & McCaffrey (2002), Survey Methodology 28:169–181; Pustejovsky & Tipton (2018), Journal of
    Business & Economic Statistics 36:672–683.
    """
    sides = [
        [*map(float, robust_mean(clusters.sizes[side], clusters.means[side]))]
        for side in (clusters.treated, ~clusters.treated)
    ]
    (one, none), (variance, expected, spread) = [side[0] for side in sides], np.array(sides)[:, 1:].sum(axis=0).tolist()
    known = variance > 0 and min(clusters.by_arm) > 1 and not clusters.dominating
    return (one - none, *((variance**0.5, expected**2 / spread) if known else (None, None)))


def permuted(design: Design, clusters: Clusters) -> Permutation:
    """Return the permutation p over whole clusters, within their blocks."""
    blocks = clusters.blocks if clusters.blocked else None
    return assignment_p(clusters.means, clusters.sizes, clusters.treated, blocks, design.draws, design.seed)


def beside(design: Design, clusters: Clusters, permutation: Permutation) -> dict[str, Any]:
    """Return the second opinions: permutation, and without blocks wild cluster restricted bootstrap and
    cluster-robust."""
    if clusters.blocked:
        unblocked = NotEstimable("within_blocks")
        return {"randomisation": vars(permutation), "wild_bootstrap": unblocked, "cluster_robust": unblocked}
    value, se, df = cluster_robust(clusters)
    robust = {"value": value, "se": se, "df": df, "p": p_of(value, se, df)}
    robust_or_not = robust if se else NotEstimable("cluster_dominates" if clusters.dominating else "one_cluster")
    return {
        "randomisation": vars(permutation),
        "wild_bootstrap": wild(design, clusters),
        "cluster_robust": robust_or_not,
    }


def wild(design: Design, clusters: Clusters) -> dict[str, Any] | NotEstimable:
    """Return the wild cluster restricted bootstrap, unless the clusters are so many that nobody asks for it."""
    if len(clusters.names) > WILD_CLUSTERS:
        return NotEstimable("many_clusters")
    sums = clusters.sizes * clusters.means
    return vars(wild_cluster_p(sums, clusters.sizes, clusters.treated, design.draws, design.seed))


def few_cluster_notes(clusters: Clusters, permutation: Permutation, level: float) -> list[Remark]:
    """Return E06, N02 and N08 where they hold, and which clusters hold most of an arm."""
    large = [note("cluster_dominates", names=", ".join(clusters.dominating))] if clusters.dominating else []
    few = permutation_leads(clusters.by_arm) or len(clusters.names) < MANY_CLUSTERS
    return [*large, *few_unit_notes(clusters.by_arm, permutation, level)] if few else large


def _pair(clusters: Clusters, inside: NDArray[np.bool_]) -> tuple[Moments, Moments]:
    one, none = (clusters.means[inside & side] for side in (clusters.treated, ~clusters.treated))
    return _moments(one), _moments(none)


def _moments(values: Floats) -> Moments:
    mean, n = float(values.mean()), float(len(values))
    return Moments(n, mean, float(beyond_rounding(((values - mean) ** 2).sum(), np.asarray(n * mean**2))))
