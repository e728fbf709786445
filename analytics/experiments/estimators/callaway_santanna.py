"""Staggered roll-outs: Callaway–Sant'Anna effects aggregated four ways, with an event study.

Never two-way fixed effects.
"""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.experiments.design.design import Design
from analytics.experiments.errors import AdjustmentImpossibleError, NothingComparableError
from analytics.experiments.estimators.aggregation import AGGREGATIONS, overall, overall_and_points
from analytics.experiments.estimators.base import Finding, Remark, estimator, note, pretrend_note, with_intervals
from analytics.experiments.estimators.doubly_robust import adjusted_group_times
from analytics.experiments.estimators.group_time import GroupTimes, group_times
from analytics.experiments.estimators.influence_products import influence_products, summed
from analytics.experiments.estimators.leading_inference import Dealt, dominates, few_unit_notes, starts_permuted
from analytics.experiments.estimators.panel import NEVER, Panel, panel_from
from analytics.experiments.estimators.randomisation_inference import drawn_orders, every_order, orders
from analytics.experiments.estimators.uniform_band import band, band_critical
from analytics.experiments.input.checks import Sample
from analytics.experiments.input.sufficient_statistics import ROUNDING
from analytics.results import NotEstimable

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
PERMUTATIONS = 999


@estimator("callaway_santanna")
def callaway_santanna(design: Design, sample: Sample) -> Finding:
    """Return the aggregated group-time effect a design asks for, with the other aggregations and the event study.

    Standard errors come from the influence function, summed by cluster where one is named, with Satterthwaite's degrees
    of freedom; where the permutation of start dates leads, it gives the interval too. Covariates stand beside.
    Source: Callaway & Sant'Anna (2021), Journal of Econometrics 225:200–230.
    """
    panel = panel_from(design, sample)
    found = _found(design, sample, panel, group_times(panel))
    if not design.covariates:
        return found
    cells = adjusted_group_times(panel)
    if not isinstance(cells, NotEstimable):
        return replace(found, beside={**found.beside, "doubly_robust": _adjusted(design, panel, cells)})
    return replace(found, beside={**found.beside, "doubly_robust": cells})


@estimator("doubly_robust")
def doubly_robust(design: Design, sample: Sample) -> Finding:
    """Return the same given covariates, where the design says that this leads.

    Where the permutation of start dates would lead there is no interval: units are not alike any more.
    """
    panel = panel_from(design, sample)
    cells = adjusted_group_times(panel) if design.covariates else NotEstimable("covariates_missing")
    if isinstance(cells, NotEstimable):
        raise AdjustmentImpossibleError(design.key, ", ".join(design.covariates) or "–", "covariates", cells.reason)
    return replace(_found(design, sample, panel, cells, adjusted=True), method="doubly_robust")


@dataclass(frozen=True)
class _Assigned:
    """The `first` treated period of what was assigned, how many of them tell of the effect (`sides`: treated and not),
    whether those are `few`, and the `large` clusters (codes) that dominate a side."""

    first: Whole
    sides: tuple[int, int]
    few: bool
    large: tuple[int, ...] = ()

    @property
    def permuted(self) -> bool:
        """Say whether the permutation of start dates leads."""
        return self.few or bool(self.large)


def _assigned(design: Design, panel: Panel, cells: GroupTimes) -> _Assigned:
    first, own = (panel.group, None) if panel.cluster is None else _first_by_cluster(panel, panel.cluster)
    (one, none), starts = _sides(first), len(panel.groups)
    if panel.holes and panel.persons is None and none:  # one measured in no pair of periods that counts tells nothing
        adds = summed(panel, cells.influence(overall(design.aggregation, cells)[None]))[0]
        none = max(1, int(np.count_nonzero(adds[first == NEVER])))
    sides, few = (one, none), starts_permuted((one, none), starts, against_never=panel.comparison == "never")
    if panel.cluster is None or own is None:
        return _Assigned(first, sides, few)
    sizes, codes = np.bincount(own, panel.part).astype(float), np.unique(panel.cluster)
    arms = [np.flatnonzero(side) for side in (first != NEVER, first == NEVER)]
    large = [int(codes[at[sizes[at].argmax()]]) for at in arms if len(at) and dominates(sizes[at])]
    return _Assigned(first, sides, few, tuple(large))


def _adjusted(design: Design, panel: Panel, cells: GroupTimes) -> dict[str, Any]:
    """Return the effect given covariates, without an error where few were assigned."""
    assigned = _assigned(design, panel, cells)
    return dict(_tables(design, panel, cells, assigned.first, known=not assigned.permuted)[0][design.aggregation])


def _found(design: Design, sample: Sample, panel: Panel, cells: GroupTimes, *, adjusted: bool = False) -> Finding:
    if not (cells.event >= 0).any():
        raise NothingComparableError(
            where=design.key, found=str(design.start or "start"), column=str(design.start or "start")
        )
    assigned, never = _assigned(design, panel, cells), panel.comparison == "never"
    sides, few = assigned.sides, assigned.permuted
    known = (min(sides) if never else sides[0]) > 1 and not (few and adjusted)
    tables, points, pretrend = _tables(design, panel, cells, assigned.first, known=known)
    headline, dealt = tables[design.aggregation], None
    if few and not adjusted:
        dealt = _dealt(design, panel, headline["value"])
        headline |= dict(zip(("low", "high"), dealt.limits(design.level), strict=True))
        headline |= {"se": None, "df": None, "p": None} if headline["low"] is None else {}  # no limits: no t either
    one, none = _sides(panel.group)
    notes = _notes(design, sides, pretrend, dealt if assigned.few else None)
    others = panel.persons is not None
    return Finding(
        value=headline["value"], se=headline["se"], df=headline["df"], low=headline["low"], high=headline["high"],
        p=headline["p"], method="other_persons" if others else "callaway_santanna",
        aggregation=design.aggregation, p_randomisation=dealt.permutation.p if dealt else None,
        permutation_leads=dealt is not None, by_time=tuple(points), aggregations=tables,
        beside={"randomisation": vars(dealt.permutation)} if dealt else {},
        n=None if others else {sample.control: float(none), sample.treated: float(one)},
        notes=(*panel.notes, *_large(sample, assigned), *notes,
               *([note("N02", treated=sides[0], control=sides[1])] if assigned.few and adjusted else [])),
        facts={"comparison": panel.comparison, "groups": len(panel.groups), "units": len(panel.group),
               "periods": len(panel.periods), "treated": sides[0], "control": sides[1]},
    )  # fmt: skip


def weights_of_cells(design: Design, panel: Panel) -> Floats:
    """Return periods × units: by how much the aggregate a design asks for rises with each unit's outcome."""
    cells = group_times(panel)
    effects = overall(design.aggregation, cells)
    return np.asarray(cells.by_outcome(effects[None, :])[0].T[:, cells.own])


def _sides(group: Whole) -> tuple[int, int]:
    """Return how many start at some time and how many never."""
    never = int(np.count_nonzero(group == NEVER))
    return len(group) - never, never


def _first_by_cluster(panel: Panel, cluster: Whole) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
    """Return the first treated period of every cluster (what was assigned where units follow their cluster), and each
    unit's place among the clusters."""
    own = np.unique(cluster, return_inverse=True)[1]
    late = np.where(panel.group == NEVER, len(panel.periods), panel.group)
    first = np.full(int(own.max()) + 1, len(panel.periods))
    np.minimum.at(first, own, late)
    return np.where(first == len(panel.periods), NEVER, first), own


def _tables(
    design: Design, panel: Panel, cells: GroupTimes, assigned: Whole, *, known: bool
) -> tuple[dict[str, Any], list[dict[str, Any]], float | None]:
    """Return the four aggregates, the event study's points and the joint p-value of its pre-period; the errors are
    `known` where more than one was assigned to either side."""
    weights, added, times = overall_and_points(cells)
    spread, values = influence_products(panel, cells, weights, added, assigned), weights @ cells.att
    errors, left = spread.errors, spread.freedom
    errors = np.where(errors > ROUNDING * np.nanmax(np.abs(panel.outcome)), errors, 0.0)
    told = with_intervals(values, errors if known else 0 * errors, left, design.level)
    since = len(AGGREGATIONS)
    reach = band_critical(spread.total[since:, since:], left[since:], design) if known else None
    points = [{"time": time, **point, **band(point, reach)}
              for time, point in zip(times.tolist(), told[since:], strict=True)]  # fmt: skip
    early = slice(since, since + int((times < 0).sum()))
    pretrend = _joint_p(values[early], spread.total[early, early], left[early].min(initial=np.inf))
    return dict(zip(AGGREGATIONS, told, strict=False)), points, pretrend if known else None


def _joint_p(values: Floats, products: Floats, left: float) -> float | None:
    """Return the p-value that all pre-period points are zero, by Hotelling's F with `left` degrees of freedom; None
    where they cannot be tested."""
    if not len(values):
        return None
    from scipy.special import fdtrc

    spread, axes = np.linalg.eigh(products)
    known = spread > spread[-1] * len(spread) * sys.float_info.epsilon
    points, second = int(known.sum()), left - known.sum() + 1
    if not points or second <= 0:
        return None
    wald = float(((values @ axes[:, known]) ** 2 / spread[known]).sum())
    return float(fdtrc(points, second, wald * second / (left * points)))


def _dealt(design: Design, panel: Panel, observed: float) -> Dealt:
    """Return the estimate when start dates are dealt anew over what was assigned: clusters where all units of each
    start together, else units. All ways are counted where they are few."""
    together, own = panel.group, np.arange(len(panel.group))
    if panel.cluster is not None:
        first, places = _first_by_cluster(panel, panel.cluster)
        together, own = (first, places) if (first[places] == panel.group).all() else (together, own)
    draws = min(design.draws, PERMUTATIONS)
    exact = orders(together) <= draws
    ways = every_order(together) if exact else drawn_orders(together, draws, design.seed)
    under = np.where(panel.group == NEVER, np.inf, panel.group) <= np.arange(len(panel.periods))[:, None]
    treatment = replace(panel, outcome=np.where(np.isnan(panel.outcome), np.nan, under))
    others = (groups[own] for groups in ways if not (exact and (groups == together).all()))
    even = len(set(np.bincount(own).tolist())) == 1 and not panel.holes and panel.persons is None
    found = _by_unit(design, panel, treatment, others) if even else _anew(design, panel, treatment, others)
    effects, shares = np.array(list(found)).reshape(-1, 2).T
    return Dealt(observed, effects, shares, exact)


def _anew(design: Design, panel: Panel, treatment: Panel, dealt: Iterable[Whole]) -> Iterator[list[float]]:
    """Yield the effect on outcome and treatment under each assignment, estimated anew."""
    for group in dealt:
        yield [_effect(design.aggregation, replace(each, group=group)) for each in (panel, treatment)]


def _by_unit(design: Design, panel: Panel, treatment: Panel, dealt: Iterable[Whole]) -> Iterator[list[float]]:
    """Yield the same where groups keep their sizes and so their weights: what each unit adds in each group is known."""
    starts, first = np.unique(panel.group, return_index=True)
    weights = weights_of_cells(design, panel)[:, first].T
    parts, units = [weights @ each.outcome for each in (panel, treatment)], np.arange(len(panel.group))
    for group in dealt:
        place = np.searchsorted(starts, group)
        yield [float(part[place, units].sum()) for part in parts]


def _effect(name: str, panel: Panel) -> float:
    cells = group_times(panel)
    if not (cells.event >= 0).any():
        return float("nan")
    return float(overall(name, cells) @ cells.att)


def _large(sample: Sample, assigned: _Assigned) -> list[Remark]:
    names = sample.table.labels["cluster"].names[list(assigned.large)]
    return [note("cluster_dominates", names=", ".join(names))] if assigned.large else []


def _notes(design: Design, sides: tuple[int, int], pretrend: float | None, dealt: Dealt | None) -> list[Remark]:
    notes: list[Remark] = []
    if dealt is not None:
        notes = few_unit_notes(sides, dealt.permutation, design.level)
    if pretrend is not None and pretrend < 1 - design.level:
        notes.append(pretrend_note(pretrend))
    return notes
