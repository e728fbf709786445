"""Staggered roll-outs: Callaway–Sant'Anna effects aggregated four ways, with an event study.

Never two-way fixed effects.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.experiments.checks import Sample
from analytics.experiments.clusters import FEW_CLUSTERS
from analytics.experiments.design import Design
from analytics.experiments.errors import NothingComparableError
from analytics.experiments.finding import Finding, Note, estimator, note, with_interval
from analytics.experiments.group_time import GroupTimes, group_times, influence, weight_influence
from analytics.experiments.panel import NEVER, Panel, panel_from

Floats = NDArray[np.float64]
PERMUTATIONS = 999


@estimator("callaway_santanna")
def callaway_santanna(design: Design, sample: Sample) -> Finding:
    """Return the aggregated group-time effect a design asks for, with the other aggregations and the event study.

    Standard errors come from the influence function, summed by cluster where one is named; the normal distribution.
    Source: Callaway & Sant'Anna (2021), Journal of Econometrics 225:200–230.
    """
    panel = panel_from(design, sample)
    cells = group_times(panel)
    if not (cells.event >= 0).any():
        raise NothingComparableError(
            where=design.key, found=str(design.start or "start"), column=str(design.start or "start")
        )
    tables, points, pretrend = _tables(design, panel, cells)
    headline = tables[design.aggregation]
    sides = int((panel.group != NEVER).sum()), int((panel.group == NEVER).sum())
    few = min(sides) < FEW_CLUSTERS and (panel.comparison == "never" or sides[0] < FEW_CLUSTERS)
    p = headline["p"]
    return Finding(
        value=headline["value"], se=headline["se"], p=p, method="callaway_santanna", aggregation=design.aggregation,
        p_randomisation=_permuted(design, panel) if few else None, permutation_leads=few,
        by_time=tuple(points), aggregations=tables,
        n={sample.control: float(sides[1]), sample.treated: float(sides[0])},
        notes=(*panel.notes, *_notes(design, sides, pretrend, few=few)),
        facts={"comparison": panel.comparison, "groups": len(panel.groups), "units": len(panel.group),
               "periods": len(panel.periods)},
    )  # fmt: skip


def aggregation_weights(cells: GroupTimes) -> dict[str, tuple[Floats, Floats]]:
    """Return for each aggregation its parts' times and the parts' weights over the effects (rows sum to 1)."""
    after = cells.event >= 0
    parts: dict[str, tuple[Floats, Floats]] = {"simple": (np.array([0.0]), _sized(cells, after[None, :]))}
    for name, key, inside in (("dynamic", cells.event, np.ones_like(after)), ("calendar", cells.period, after)):
        times = np.unique(key[inside]).astype(float)
        parts[name] = (times, _sized(cells, (key[None, :] == times[:, None]) & inside[None, :]))
    groups = np.unique(cells.group[after])
    rows = ((cells.group[None, :] == groups[:, None]) & after[None, :]).astype(float)
    parts["group"] = (groups.astype(float), rows / rows.sum(axis=1, keepdims=True))
    return parts


def _sized(cells: GroupTimes, chosen: NDArray[np.bool_]) -> Floats:
    weights = chosen * cells.size
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def _tables(
    design: Design, panel: Panel, cells: GroupTimes
) -> tuple[dict[str, Any], list[dict[str, Any]], float | None]:
    """Return the four aggregates, the event study's points and the joint p-value of its pre-period."""
    parts = aggregation_weights(cells)
    stacked = np.concatenate([weights for _, weights in parts.values()])
    every = influence(panel, cells, stacked)
    fixed = len(stacked) - len(parts["group"][0])
    every[:, :fixed] += weight_influence(panel, cells, stacked[:fixed])
    tables: dict[str, Any] = {}
    points: list[dict[str, Any]] = []
    pretrend, place = None, 0
    for name, (times, weights) in parts.items():
        inner, place = every[:, place : place + len(times)], place + len(times)
        values = weights @ cells.att
        over, outer = _overall(name, panel, times, values, inner)
        tables[name] = with_interval(over, float(_errors(panel, outer[:, None])[0]), None, design.level)
        if name == "dynamic":
            told = zip(times.tolist(), values.tolist(), _errors(panel, inner).tolist(), strict=True)
            points = [{"time": t, **with_interval(value, se, None, design.level)} for t, value, se in told]
            pretrend = _joint_p(panel, values[times < 0], inner[:, times < 0])
    return tables, points, pretrend


def _overall(name: str, panel: Panel, times: Floats, values: Floats, inner: Floats) -> tuple[float, Floats]:
    """Return the overall effect of an aggregation and its influence function: after the start only."""
    if name == "group":
        sizes = np.array([(panel.group == int(g)).sum() for g in times], dtype=float)
        weights = sizes / sizes.sum()
        value = float(weights @ values)
        outer = inner @ weights
        for place, g in enumerate(times):
            outer[panel.group == int(g)] += (values[place] - value) / (sizes.sum() / len(panel.group))
        return value, outer
    after = times >= 0
    return float(values[after].mean()), inner[:, after].mean(axis=1)


def _summed(panel: Panel, columns: Floats) -> Floats:
    """Return influence functions summed by cluster; unchanged where every unit is its own."""
    codes = panel.cluster - panel.cluster.min()
    if len(np.unique(codes)) == len(codes):
        return columns
    total = np.zeros((int(codes.max()) + 1, columns.shape[1]))
    np.add.at(total, codes, columns)
    return total


def _errors(panel: Panel, columns: Floats) -> Floats:
    """Return the standard errors of influence functions: their root mean square over √n, by cluster."""
    return np.asarray(np.sqrt((_summed(panel, columns) ** 2).sum(axis=0)) / len(panel.group))


def _joint_p(panel: Panel, values: Floats, columns: Floats) -> float | None:
    """Return the Wald p-value that all pre-period points are zero; None where they cannot be tested."""
    if not len(values):
        return None
    from scipy.special import chdtrc

    summed = _summed(panel, columns)
    covariance = summed.T @ summed / len(panel.group) ** 2
    rank = int(np.linalg.matrix_rank(covariance))
    if rank == 0:
        return None
    return float(chdtrc(rank, values @ np.linalg.pinv(covariance) @ values))


def _permuted(design: Design, panel: Panel) -> float:
    """Return the p-value when start dates are dealt anew over the units: the smallest useful answer with few units."""
    rng = np.random.default_rng(design.seed)
    observed = abs(_effect(design.aggregation, panel))
    draws = min(design.draws, PERMUTATIONS)
    extreme = 0
    for _ in range(draws):
        group = rng.permutation(panel.group)
        drawn = Panel(panel.outcome, panel.periods, group, panel.cluster, panel.comparison)
        extreme += abs(_effect(design.aggregation, drawn)) >= observed - 1e-12
    return (1 + extreme) / (1 + draws)


def _effect(name: str, panel: Panel) -> float:
    cells = group_times(panel)
    times, weights = aggregation_weights(cells)[name]
    return _overall(name, panel, times, weights @ cells.att, np.zeros((len(panel.group), len(times))))[0]


def _notes(design: Design, sides: tuple[int, int], pretrend: float | None, *, few: bool) -> list[Note]:
    notes = [note("N02", treated=sides[0], control=sides[1])] if few else []
    if pretrend is not None and pretrend < 1 - design.level:
        notes.append(note("N07", p=round(pretrend, 4)))
    if design.covariates:
        notes.append(note("covariates_unused", names=", ".join(design.covariates)))
    return notes
