"""Staggered roll-outs: Callaway–Sant'Anna effects aggregated four ways, with an event study.

Never two-way fixed effects.
"""

import itertools
import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.experiments.design.design import Design
from analytics.experiments.errors import NothingComparableError
from analytics.experiments.estimators.base import Finding, Remark, estimator, note, pretrend_note, with_interval
from analytics.experiments.estimators.cluster_trial import FEW_CLUSTERS, few_unit_notes
from analytics.experiments.estimators.group_time import GroupTimes, group_times, influence, weight_influence
from analytics.experiments.estimators.panel import NEVER, Panel, panel_from
from analytics.experiments.estimators.randomisation_inference import Permutation
from analytics.experiments.input.checks import Sample

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
    sides = _sides(panel.group if panel.cluster is None else _first_by_cluster(panel, panel.cluster)[0])
    fewest = min(sides) if panel.comparison == "never" else sides[0]
    tables, points, pretrend = _tables(design, panel, cells, known=fewest > 1)
    headline = tables[design.aggregation]
    permutation = _permuted(design, panel) if fewest < FEW_CLUSTERS else None
    one, none = _sides(panel.group)
    return Finding(
        value=headline["value"], se=headline["se"], p=headline["p"], method="callaway_santanna",
        aggregation=design.aggregation, p_randomisation=permutation.p if permutation else None,
        permutation_leads=permutation is not None, by_time=tuple(points), aggregations=tables,
        beside={"randomisation": vars(permutation)} if permutation else {},
        n={sample.control: float(none), sample.treated: float(one)},
        notes=(*panel.notes, *_notes(design, sides, pretrend, permutation)),
        facts={"comparison": panel.comparison, "groups": len(panel.groups), "units": len(panel.group),
               "periods": len(panel.periods)},
    )  # fmt: skip


def weights_of_cells(design: Design, panel: Panel) -> Floats:
    """Return periods × units: by how much the aggregate a design asks for rises with each unit's outcome."""
    cells = group_times(panel)
    name = design.aggregation
    effects, _ = _overall(name, cells, *aggregation_weights(cells)[name])
    by_unit = effects[:, None] * cells.scale.T[:, cells.own]
    weights = np.zeros(panel.outcome.shape)
    np.add.at(weights, cells.period, by_unit)
    np.subtract.at(weights, cells.base, by_unit)
    return weights


def _sides(group: NDArray[np.int64]) -> tuple[int, int]:
    """Return how many start at some time and how many never."""
    return int((group != NEVER).sum()), int((group == NEVER).sum())


def _first_by_cluster(panel: Panel, cluster: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
    """Return the first treated period of every cluster (what was assigned where units follow their cluster), and each
    unit's place among the clusters."""
    own = np.unique(cluster, return_inverse=True)[1]
    late = np.where(panel.group == NEVER, len(panel.periods), panel.group)
    first = np.full(int(own.max()) + 1, len(panel.periods))
    np.minimum.at(first, own, late)
    return np.where(first == len(panel.periods), NEVER, first), own


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
    design: Design, panel: Panel, cells: GroupTimes, *, known: bool
) -> tuple[dict[str, Any], list[dict[str, Any]], float | None]:
    """Return the four aggregates, the event study's points and the joint p-value of its pre-period; the errors are
    `known` where more than one was assigned to either side."""
    parts = aggregation_weights(cells)
    times, dynamic = parts["dynamic"]
    rows, added = zip(*(_overall(name, cells, *part) for name, part in parts.items()), strict=True)
    weights = np.vstack([*rows, dynamic])
    by_group = np.vstack([*added, weight_influence(dynamic, cells.att, cells.share, cells.member)])
    columns = _summed(panel, influence(panel, cells, weights) + by_group[:, cells.own])
    values, errors = weights @ cells.att, np.sqrt((columns**2).sum(axis=1)) / len(panel.group)
    told = [
        with_interval(value, se if known else 0.0, None, design.level)
        for value, se in zip(values.tolist(), errors.tolist(), strict=True)
    ]  # fmt: skip
    points = [{"time": time, **point} for time, point in zip(times.tolist(), told[len(parts) :], strict=True)]
    early = np.flatnonzero(times < 0) + len(parts)
    pretrend = _joint_p(values[early], columns[early] / len(panel.group))
    return dict(zip(parts, told, strict=False)), points, pretrend if known else None


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


def _permuted(design: Design, panel: Panel) -> Permutation:
    """Return the permutation p-value when start dates are dealt anew over what was assigned: clusters where all units
    of each start together, else units. All ways are counted where they are few."""
    together, own = panel.group, np.arange(len(panel.group))
    if panel.cluster is not None:
        first, places = _first_by_cluster(panel, panel.cluster)
        together, own = (first, places) if (first[places] == panel.group).all() else (together, own)
    draws = min(design.draws, PERMUTATIONS)
    exact = _ways(together) <= draws
    dealt = _every_way(together) if exact else _drawn_ways(together, draws, design.seed)
    gaps = np.array([abs(_effect(design.aggregation, replace(panel, group=groups[own]))) for groups in dealt])
    observed = abs(_effect(design.aggregation, panel)) - 1e-12
    extreme = int((gaps >= observed).sum())
    if not exact:
        return Permutation.drawn(extreme, draws)
    return Permutation(extreme / len(gaps), len(gaps), exact=True, smallest=float((gaps >= gaps.max() - 1e-12).mean()))


def _ways(group: NDArray[np.int64]) -> int:
    counts = np.unique(group, return_counts=True)[1].tolist()
    return math.prod(math.comb(sum(counts[place:]), count) for place, count in enumerate(counts))


def _every_way(group: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """Yield every different order of the groups."""
    if len(group) == 0:
        yield group
        return
    rest = group[group != group[0]]
    for places in itertools.combinations(range(len(group)), len(group) - len(rest)):
        for others in _every_way(rest):
            dealt = np.full(len(group), group[0])
            dealt[np.setdiff1d(np.arange(len(group)), places)] = others
            yield dealt


def _drawn_ways(group: NDArray[np.int64], draws: int, seed: int) -> Iterator[NDArray[np.int64]]:
    rng = np.random.default_rng(seed)
    return (rng.permutation(group) for _ in range(draws))


def _effect(name: str, panel: Panel) -> float:
    cells = group_times(panel)
    return float(_overall(name, cells, *aggregation_weights(cells)[name])[0] @ cells.att)


def _notes(
    design: Design, sides: tuple[int, int], pretrend: float | None, permutation: Permutation | None
) -> list[Remark]:
    notes: list[Remark] = []
    if permutation is not None:
        notes = few_unit_notes(*sides, permutation, design.level)
    if pretrend is not None and pretrend < 1 - design.level:
        notes.append(pretrend_note(pretrend))
    if design.covariates:
        notes.append(note("covariates_unused", names=", ".join(design.covariates)))
    return notes
