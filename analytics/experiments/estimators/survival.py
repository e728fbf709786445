"""Kaplan–Meier by arm, the difference in restricted mean time, the log-rank test, and Cox on person rows."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.experiments.design.design import Design
from analytics.experiments.estimators.base import Finding, Remark, critical, note, p_facts, p_of, with_interval
from analytics.experiments.estimators.cluster_trial import Clusters, cluster_robust, few_cluster_notes, permuted
from analytics.experiments.estimators.cox_regression import cox
from analytics.experiments.estimators.leading_inference import permutation_leads
from analytics.experiments.estimators.levels import level
from analytics.experiments.estimators.randomisation_inference import Permutation
from analytics.experiments.input.durations import Durations, LifeTable
from analytics.results import NotEstimable

Floats = NDArray[np.float64]


def restricted_mean_difference(design: Design, durations: Durations) -> Finding:
    """Return the treated arm's restricted mean time less the control arm's, up to `horizon`.

    The horizon defaults to the shorter of the two arms' last observed times. Variance by Greenwood's formula, normal;
    where whole clusters were assigned cluster-robust (CR2), t with Satterthwaite's degrees of freedom.
    Source: Royston & Parmar (2013), BMC Medical Research Methodology 13:152.
    """
    none, one = durations.arms
    shared = float(min(none.time.max(), one.time.max()))
    horizon = min(design.horizon or shared, shared)
    (mean0, variance0), (mean1, variance1) = restricted_mean(none, horizon), restricted_mean(one, horizon)
    value, df, permutation = mean1 - mean0, None, None
    se: float | None = float(np.sqrt(variance0 + variance1))
    clusters = None if durations.clusters is None else _clusters(durations, horizon)
    if clusters is not None:
        _, se, df = cluster_robust(clusters)
        permutation = permuted(design, clusters)
    elif design.method == "cluster_rct":
        se = None
    started = {durations.control: none.size, durations.treated: one.size}
    sides = {} if clusters is None else {"treated": clusters.by_arm[0], "control": clusters.by_arm[1]}
    beside = _beside(design, durations, permutation)
    arms = ((durations.control, mean0, variance0), (durations.treated, mean1, variance1))
    spread = 0.0 if clusters is not None else 1.0  # Greenwood's is of independent persons
    levels = [level(arm, mean, _reach(design, mean, spread * variance)) for arm, mean, variance in arms]
    return Finding(
        levels=tuple(levels), value=value, se=se or None, df=df, p=p_of(value, se, df),
        method="restricted_mean" if clusters is None else "restricted_mean_clusters", n=started,
        p_randomisation=permutation.p if permutation else None,
        permutation_leads=clusters is not None and permutation_leads(clusters.by_arm, df, error=bool(se)),
        by_time=tuple(_curves(design, durations)), beside=beside,
        notes=(*_notes(design, durations, shared, horizon, clusters, permutation), *_not_proportional(design, beside)),
        facts={"horizon": horizon, **sides},
    )  # fmt: skip


def _reach(design: Design, mean: float, variance: float) -> tuple[float | None, float | None]:
    told = with_interval(mean, float(np.sqrt(variance)), None, design.level)
    return told["low"], told["high"]


def _beside(design: Design, durations: Durations, permutation: Permutation | None) -> dict[str, Any]:
    """Return the log-rank test, Cox and the medians; with clusters the permutation instead of the first, which takes
    persons as independent, and Cox with the clusters' error."""
    none, one = durations.arms
    found: dict[str, Any] = {"median": {durations.control: median(none), durations.treated: median(one)}}
    if design.covariates:
        found["cox_adjusted"] = cox(design, durations, adjusted=True)
    first = {"logrank": logrank(durations)} if permutation is None else {"randomisation": vars(permutation)}
    return {**first, "cox": cox(design, durations), **found}


def _notes(
    design: Design, durations: Durations, shared: float, horizon: float, clusters: Clusters | None,
    permutation: Permutation | None,
) -> list[Remark]:  # fmt: skip
    notes = [note("outcome_missing", count=durations.lost)] if durations.lost else []
    notes += _late(durations)
    notes += [note("horizon_cut", asked=design.horizon, used=horizon)] if (design.horizon or 0) > shared else []
    if clusters is None or permutation is None:
        return notes + ([note("clusters_unused")] if design.method == "cluster_rct" else [])
    followed = [note("clusters_followed", count=len(clusters.names))] if design.method == "rct" else []
    return notes + followed + few_cluster_notes(clusters, permutation, design.level)


def _late(durations: Durations) -> list[Remark]:
    """Return how many came late, and what the curves and mean times are then of."""
    if (found := durations.entered) is None:
        return []
    notes = [note("entry_late", column=found.column, count=found.late, since=found.since, before=found.before)]
    return notes + ([note("entry_unfollowed", count=found.unfollowed)] if found.unfollowed else [])


def _not_proportional(design: Design, beside: dict[str, Any]) -> list[Remark]:
    """Return that the hazard ratio is not one over all times, where Cox was fitted and its test says so."""
    found = beside["cox"]
    tested = found["proportional"] if isinstance(found, dict) else found
    low = isinstance(tested, dict) and tested["p"] < 1 - design.level
    return [note("N10", **p_facts(tested["p"]))] if low else []


def _clusters(durations: Durations, horizon: float) -> Clusters:
    """Return clusters whose `means` are their pull on their arm's restricted mean, and average to it.

    The pull is what Greenwood's martingale terms sum to in a cluster, so one person a cluster gives his variance.
    """
    names, sizes, means, treated = [], [], [], []
    for side, (table, lives) in enumerate(zip(durations.arms, durations.clusters or (), strict=True)):
        mean, after = _areas(table, horizon)
        r, d = table.at_risk[: len(after)], table.events[: len(after)]
        open_ = r > d
        part = np.divide(after, r - d, out=np.zeros(len(after)), where=open_)
        hazard = np.divide(d, r, out=np.zeros(len(after)), where=r > 0)
        pull = -((lives.events[:, : len(after)] - lives.at_risk[:, : len(after)] * hazard) @ part)
        size = lives.sizes
        names += [f"{side} {name}" for name in lives.names]
        sizes.append(size)
        means.append(mean + pull * size.sum() / size)
        treated.append(np.full(len(size), side == 1))
    count = len(names)
    return Clusters(tuple(names), np.concatenate(sizes), np.concatenate(means), np.concatenate(treated),
                    np.zeros(count, dtype=np.int64))  # fmt: skip


def survival(table: LifeTable) -> Floats:
    """Return the Kaplan–Meier share still without the event after each time."""
    return np.asarray(np.cumprod(1 - table.events / np.maximum(table.at_risk, 1)))


def restricted_mean(table: LifeTable, horizon: float) -> tuple[float, float]:
    """Return the area under the Kaplan–Meier curve up to the horizon, and Greenwood's variance of it."""
    mean, after = _areas(table, horizon)
    d, r = table.events[: len(after)], table.at_risk[: len(after)]
    risk = r * (r - d)
    terms = np.where(risk > 0, after**2 * d / np.where(risk > 0, risk, 1), 0.0)
    return mean, float(terms.sum())


def _areas(table: LifeTable, horizon: float) -> tuple[float, Floats]:
    """Return the area under the curve up to the horizon, and how much of it lies after each time until then."""
    inside = int(np.append(np.flatnonzero((table.time <= horizon) & (table.at_risk > 0)), -1).max()) + 1
    edges = np.concatenate([[0.0], table.time[:inside], [horizon]])
    areas = np.concatenate([[1.0], survival(table)[:inside]]) * np.diff(edges)
    return float(areas.sum()), areas[::-1].cumsum()[::-1][1:]


def median(table: LifeTable) -> float | None:
    """Return the first time at which at most half are left, None where more than half stay."""
    reached = table.time[survival(table) <= 0.5 + 1e-12]
    return float(reached[0]) if len(reached) else None


def logrank(durations: Durations) -> dict[str, Any] | NotEstimable:
    """Return the log-rank test: observed and expected events of the treated, χ² with 1 degree of freedom, p."""
    from scipy import stats

    none, one = durations.arms
    times = np.union1d(none.time[none.events > 0], one.time[one.events > 0])
    r0, r1 = _risk_at(none, times), _risk_at(one, times)
    d0, d1 = _events_at(none, times), _events_at(one, times)
    r, d = r0 + r1, d0 + d1
    expected = d * r1 / r
    several = np.maximum(r - 1, 1)
    variance = float((d * (r1 / r) * (r0 / r) * (r - d) / several)[r > 1].sum())
    if variance <= 0:
        return NotEstimable("never_side_by_side")
    chi2 = float((d1.sum() - expected.sum()) ** 2) / variance
    return {
        "observed": float(d1.sum()),
        "expected": float(expected.sum()),
        "chi2": chi2,
        "p": float(stats.chi2.sf(chi2, 1)),
    }


def _risk_at(table: LifeTable, times: Floats) -> Floats:
    """Return the persons at risk just before each time: of the next recorded time, 0 after the last."""
    place = np.searchsorted(table.time, times, side="left")
    return np.concatenate([table.at_risk, [0.0]])[place]


def _events_at(table: LifeTable, times: Floats) -> Floats:
    found = dict(zip(table.time.tolist(), table.events.tolist(), strict=True))
    return np.array([found.get(time, 0.0) for time in times.tolist()])


def _curves(design: Design, durations: Durations) -> list[dict[str, Any]]:
    """Return the curve of each arm with log(−log) limits, one dict a time."""
    z = critical(design.level, None)
    points: list[dict[str, Any]] = []
    for arm, table in zip((durations.control, durations.treated), durations.arms, strict=True):
        left = survival(table)
        risk = table.at_risk * (table.at_risk - table.events)
        greenwood = np.cumsum(np.where(risk > 0, table.events / np.where(risk > 0, risk, 1), 0.0))
        for time, share, r, d, g in zip(table.time, left, table.at_risk, table.events, greenwood, strict=True):
            inside = 0 < share < 1
            reach = z * np.sqrt(g) / np.log(share) if inside else 0.0
            low, high = (float(share ** np.exp(-reach)), float(share ** np.exp(reach))) if inside else (None, None)
            points.append({"time": float(time), "arm": arm, "at_risk": float(r), "events": float(d),
                           "survival": float(share), "low": low, "high": high})  # fmt: skip
    return points
