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
    after = (cells.event >= 0).astype(float)
    sized = after * cells.share
    return {
        "simple": (np.zeros(1), sized[None, :] / sized.sum()),
        "dynamic": _parts(cells.event, cells.share),
        "calendar": _parts(cells.period, sized),
        "group": _parts(cells.group, after),
    }


def _parts(key: NDArray[Any], size: Floats) -> tuple[Floats, Floats]:
    times = np.unique(key[size > 0]).astype(float)
    weights = (key == times[:, None]) * size
    return times, weights / weights.sum(axis=1, keepdims=True)


def _overall(name: str, cells: GroupTimes, times: Floats, inner: Floats) -> tuple[Floats, Floats]:
    """Return the weights of an aggregation's overall effect, after the start only, and what estimating them adds."""
    if name == "group":
        of = times[:, None] == cells.groups
        sizes = of @ cells.sizes
        weights = sizes / sizes.sum()
        return weights @ inner, weight_influence(weights[None, :], inner @ cells.att, sizes, of)[0]
    after = times >= 0
    weights = after / after.sum()
    return weights @ inner, weights @ weight_influence(inner, cells.att, cells.share, cells.member)


def _tables(
    design: Design, panel: Panel, cells: GroupTimes
) -> tuple[dict[str, Any], list[dict[str, Any]], float | None]:
    """Return the four aggregates, the event study's points and the joint p-value of its pre-period."""
    parts = aggregation_weights(cells)
    times, dynamic = parts["dynamic"]
    rows, added = zip(*(_overall(name, cells, *part) for name, part in parts.items()), strict=True)
    weights = np.vstack([*rows, dynamic])
    by_group = np.vstack([*added, weight_influence(dynamic, cells.att, cells.share, cells.member)])
    columns = _summed(panel, influence(panel, cells, weights) + by_group[:, cells.own])
    values, errors = weights @ cells.att, np.sqrt((columns**2).sum(axis=1)) / len(panel.group)
    told = [
        with_interval(value, se, None, design.level)
        for value, se in zip(values.tolist(), errors.tolist(), strict=True)
    ]  # fmt: skip
    points = [{"time": time, **point} for time, point in zip(times.tolist(), told[len(parts) :], strict=True)]
    early = np.flatnonzero(times < 0) + len(parts)
    pretrend = _joint_p(values[early], columns[early] / len(panel.group))
    return dict(zip(parts, told, strict=False)), points, pretrend


def _summed(panel: Panel, rows: Floats) -> Floats:
    """Return influence functions (rows) summed by cluster; unchanged where every unit is its own."""
    if panel.cluster is None:
        return rows
    order = np.argsort(panel.cluster, kind="stable")
    first = np.flatnonzero(np.diff(panel.cluster[order], prepend=-1))
    return np.asarray(np.add.reduceat(rows[:, order], first, axis=1))


def _joint_p(values: Floats, rows: Floats) -> float | None:
    """Return the Wald p-value that all pre-period points are zero; None where they cannot be tested."""
    if not len(values):
        return None
    from scipy.special import chdtrc

    spread, axes = np.linalg.eigh(rows @ rows.T)
    known = spread > spread[-1] * len(spread) * np.finfo(float).eps
    if not known.any():
        return None
    return float(chdtrc(known.sum(), ((values @ axes[:, known]) ** 2 / spread[known]).sum()))


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
    return float(_overall(name, cells, *aggregation_weights(cells)[name])[0] @ cells.att)


def _notes(design: Design, sides: tuple[int, int], pretrend: float | None, *, few: bool) -> list[Note]:
    notes = [note("N02", treated=sides[0], control=sides[1])] if few else []
    if pretrend is not None and pretrend < 1 - design.level:
        notes.append(note("N07", p=round(pretrend, 4)))
    if design.covariates:
        notes.append(note("covariates_unused", names=", ".join(design.covariates)))
    return notes
