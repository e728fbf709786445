"""The effect on those who take part because they are assigned, where not all assigned do (CACE, LATE)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.experiments.design.design import Design
from analytics.experiments.estimators.base import critical, p_of
from analytics.experiments.input.checks import Sample
from analytics.experiments.input.sufficient_statistics import blocks_of
from analytics.results import NotEstimable

Floats = NDArray[np.float64]


def complier_effect(design: Design, sample: Sample) -> dict[str, Any] | NotEstimable:
    """Return the effect of taking part, by Wald: the difference in outcome over the difference in taking part.

    It is two-stage least squares with assignment as instrument; errors are HC2's, of persons or of the means of their
    clusters, within blocks weighted by their size; the interval is Anderson and Rubin's (Fieller's), right also where
    few more take part, and has no ends where it is unbounded.
    Source: Imbens & Angrist (1994), Econometrica 62:467–475; Staiger & Stock (1997).
    """
    if not sample.persons:
        return NotEstimable("needs_person_rows")
    rows = sample.rows
    took = rows[f"x_{design.received}"]
    if took.null_count():
        return NotEstimable("received_missing")
    both = np.column_stack([rows["mean"].to_numpy(), took.to_numpy()])
    treated, blocks = rows["treated"].to_numpy(), blocks_of(rows)
    if rows["cluster"].null_count() == 0:
        both, first = _of_clusters(rows["cluster"].to_numpy(), both)
        treated, blocks = treated[first], blocks[first]
    within = [blocks == block for block in np.unique(blocks)]
    arms = [(side, inside.mean(), both[inside & (treated == side)]) for inside in within for side in (True, False)]
    return NotEstimable("one_cluster") if min(len(arm) for *_, arm in arms) < 2 else _wald(design, sample, arms)


def _of_clusters(cluster: NDArray[Any], both: Floats) -> tuple[Floats, NDArray[np.int64]]:
    """Return the clusters' means and the place of each one's first row."""
    _, first, own = np.unique(cluster, return_index=True, return_inverse=True)
    sums = np.stack([np.bincount(own, column) for column in both.T], axis=1)
    return sums / np.bincount(own)[:, None], first


def _wald(design: Design, sample: Sample, arms: list[tuple[bool, float, Floats]]) -> dict[str, Any] | NotEstimable:
    """Return the ratio of the differences; arms: of each block whether treated, its share of all, and its rows."""
    levels = {side: sum(share * arm.mean(axis=0) for own, share, arm in arms if own == side) for side in (True, False)}
    gap = np.asarray(levels[True]) - np.asarray(levels[False])
    parts = [share**2 * np.cov(arm, rowvar=False) / len(arm) for _, share, arm in arms]
    covariance = np.sum(parts, axis=0)
    if gap[1] <= 0:  # where fewer took part because assigned, the ratio would be of those who did the contrary
        return NotEstimable("nobody_more_took_part")
    value = float(gap[0] / gap[1])
    line = np.array([1.0, -value])
    variances = [float(line @ part @ line) for part in parts]
    total = sum(variances)
    se = total**0.5 / abs(float(gap[1]))
    df = (
        total**2 / sum(part**2 / (len(arm) - 1) for part, (*_, arm) in zip(variances, arms, strict=True))
        if total
        else None
    )
    low, high = _fieller(gap, covariance, critical(design.level, df) ** 2) if se else (None, None)
    uptake = {name: float(np.asarray(levels[side])[1]) for name, side in sample.arms.items()}
    strength = float(gap[1] ** 2 / covariance[1, 1]) if covariance[1, 1] > 0 else None
    return {"value": value, "se": se or None, "df": df, "low": low, "high": high, "p": p_of(value, se, df),
            "took_part": uptake, "first_stage_f": strength}  # fmt: skip


def _fieller(gap: Floats, covariance: Floats, limit: float) -> tuple[float, float] | tuple[None, None]:
    """Return the effects whose line through both differences is not rejected; none where they have no ends."""
    a = gap[1] ** 2 - limit * covariance[1, 1]
    b = gap[0] * gap[1] - limit * covariance[0, 1]
    c = gap[0] ** 2 - limit * covariance[0, 0]
    if a <= 0:
        return None, None
    reach = float(np.sqrt(max(b * b - a * c, 0.0)))
    return float((b - reach) / a), float((b + reach) / a)
