"""Trials that assign whole clusters (schools, NAV offices): inference at the level of assignment.

Degrees of freedom: under 20 clusters the clusters' means are compared with t(G − 2), from 20 the persons' difference
has the cluster-robust small-sample error (CR1: G/(G−1) · (N−1)/(N−2)) and t(G − 1).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.experiments.design.design import Design
from analytics.experiments.estimators.base import Finding, Remark, estimator, note, p_facts, p_of
from analytics.experiments.estimators.difference_in_means import classical_se, neyman
from analytics.experiments.estimators.randomisation_inference import Permutation, assignment_p
from analytics.experiments.estimators.wild_bootstrap import wild_cluster_p
from analytics.experiments.input.checks import Sample
from analytics.experiments.input.sufficient_statistics import Moments, by_arm
from analytics.results import NotEstimable
from data.format.numbers import rounded

Floats = NDArray[np.float64]
MANY_CLUSTERS = 20
FEW_CLUSTERS = 5


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


def clusters_of(rows: pl.DataFrame) -> Clusters:
    """Return the clusters of canonical rows."""
    total = (pl.col("n") * pl.col("mean")).sum()
    grouped = rows.group_by("cluster").agg(
        n=pl.col("n").sum(), total=total, treated=pl.col("treated").first(), block=pl.col("block").first()
    )
    grouped = grouped.sort("cluster")
    codes = grouped["block"].fill_null("").rank("dense").cast(pl.Int64).to_numpy()
    sizes = grouped["n"].to_numpy()
    means = grouped["total"].to_numpy() / sizes
    return Clusters(tuple(grouped["cluster"]), sizes, means, grouped["treated"].to_numpy(), codes)


@estimator("cluster_trial")
def cluster_trial(design: Design, sample: Sample) -> Finding:
    """Return the difference between arms of a cluster trial: cluster means under 20 clusters, else cluster-robust."""
    clusters = clusters_of(sample.rows)
    many = len(clusters.names) >= MANY_CLUSTERS
    value, se, df = cluster_robust(clusters) if many else cluster_means(clusters)
    permutation = permuted(design, clusters, weighted=many)
    one, none = by_arm(sample.rows)
    return Finding(
        value=value, se=se, df=df, p=p_of(value, se, df),
        method="cluster_robust" if many else "cluster_means", se_ols=classical_se(one, none),
        p_randomisation=permutation.p, permutation_leads=min(clusters.by_arm) < FEW_CLUSTERS,
        beside=beside(design, clusters, permutation),
        notes=tuple(few_cluster_notes(clusters, permutation, design.level)),
        facts={"clusters": len(clusters.names), "treated": clusters.by_arm[0], "control": clusters.by_arm[1]},
    )  # fmt: skip


def cluster_means(clusters: Clusters) -> tuple[float, float | None, float | None]:
    """Return the difference in unweighted cluster means with pooled variance and t(G − 2); blocks are weighted."""
    treated, control = clusters.by_arm
    if len(np.unique(clusters.blocks)) > 1 and _blocks_complete(clusters):
        pairs = [_pair(clusters, clusters.blocks == block) for block in np.unique(clusters.blocks)]
        value, se, _ = neyman(pairs)
        return value, se, float(treated + control - 2 * len(pairs)) if se else None
    one, none = _pair(clusters, np.ones(len(clusters.names), dtype=bool))
    if min(treated, control) < 2:
        return one.mean - none.mean, None, None
    se = classical_se(one, none)
    return one.mean - none.mean, se, float(treated + control - 2) if se else None


def cluster_robust(clusters: Clusters) -> tuple[float, float | None, float | None]:
    """Return the persons' difference in means with the CR1 cluster-robust standard error and t(G − 1)."""
    n, g = clusters.sizes.sum(), len(clusters.names)
    means, variance = [], 0.0
    for side in (clusters.treated, ~clusters.treated):
        size = clusters.sizes[side].sum()
        mean = (clusters.sizes * clusters.means)[side].sum() / size
        variance += ((clusters.sizes[side] * (clusters.means[side] - mean)) ** 2).sum() / size**2
        means.append(mean)
    factor = g / (g - 1) * ((n - 1) / (n - 2) if n > 2 else 1.0)
    se = float(np.sqrt(factor * variance))
    value = float(means[0] - means[1])
    return (value, se, float(g - 1)) if se > 0 and min(clusters.by_arm) > 1 else (value, None, None)


def permuted(design: Design, clusters: Clusters, *, weighted: bool) -> Permutation:
    """Return the permutation p over whole clusters, within blocks where every block has both arms."""
    weights = clusters.sizes if weighted else np.ones(len(clusters.names))
    blocks = clusters.blocks if _blocks_complete(clusters) else None
    return assignment_p(clusters.means, weights, clusters.treated, blocks, design.draws, design.seed)


def beside(design: Design, clusters: Clusters, permutation: Permutation) -> dict[str, Any]:
    """Return the second opinions: permutation, wild cluster restricted bootstrap, cluster-robust, intra-class share."""
    wild = wild_cluster_p(clusters.sizes * clusters.means, clusters.sizes, clusters.treated, design.draws, design.seed)
    value, se, df = cluster_robust(clusters)
    robust = {"value": value, "se": se, "df": df, "p": p_of(value, se, df)}
    robust_or_not = robust if se else NotEstimable("one_cluster")
    return {"randomisation": vars(permutation), "wild_bootstrap": vars(wild), "cluster_robust": robust_or_not}


def few_cluster_notes(clusters: Clusters, permutation: Permutation, level: float) -> list[Remark]:
    """Return E06, N02 and N08 where they hold."""
    treated, control = clusters.by_arm
    if min(treated, control) >= FEW_CLUSTERS and treated + control >= MANY_CLUSTERS:
        return []
    return few_unit_notes(treated, control, permutation, level)


def few_unit_notes(treated: int, control: int, permutation: Permutation, level: float) -> list[Remark]:
    """Return N02 for few units of assignment, E06 for one alone, and N08: the least p-value where it leads or says
    nothing at this level."""
    notes = [note("E06", treated=treated, control=control)] if min(treated, control) == 1 else []
    notes.append(note("N02", treated=treated, control=control))
    if permutation.exact and (permutation.smallest > 1 - level or min(treated, control) < FEW_CLUSTERS):
        notes.append(note("N08", **p_facts(permutation.smallest), limit=rounded(1 - level, 4)))
    return notes


def _blocks_complete(clusters: Clusters) -> bool:
    return all(len(set(clusters.treated[clusters.blocks == b])) == 2 for b in np.unique(clusters.blocks))


def _pair(clusters: Clusters, inside: NDArray[np.bool_]) -> tuple[Moments, Moments]:
    one, none = (clusters.means[inside & side] for side in (clusters.treated, ~clusters.treated))
    return _moments(one), _moments(none)


def _moments(values: Floats) -> Moments:
    return Moments(float(len(values)), float(values.mean()), float(((values - values.mean()) ** 2).sum()))
