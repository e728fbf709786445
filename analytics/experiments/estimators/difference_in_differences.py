"""Before–after with a comparison: difference in differences on changes, one change a unit, or from group means."""

from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl

from analytics.experiments.design.design import Design
from analytics.experiments.errors import NoBeforeError, NothingComparableError, NoWholeUnitError
from analytics.experiments.estimators.base import (
    Finding,
    Remark,
    estimator,
    note,
    p_of,
    pretrend_note,
    with_interval,
)
from analytics.experiments.estimators.cluster_trial import (
    cluster_robust,
    clusters_of,
    few_cluster_notes,
    wild,
)
from analytics.experiments.estimators.difference_in_means import classical_se, neyman
from analytics.experiments.estimators.leading_inference import permutation_leads
from analytics.experiments.estimators.levels import level, levels_over_time
from analytics.experiments.estimators.randomisation_inference import assignment_p
from analytics.experiments.input.checks import Sample
from analytics.experiments.input.columns import missing, raise_all
from analytics.experiments.input.periods import elapsed
from analytics.experiments.input.sufficient_statistics import ROUNDING, by_arm, moments, weighted_mean
from analytics.results import NotEstimable


@estimator("difference_in_differences")
def difference_in_differences(design: Design, sample: Sample) -> Finding:
    """Return the treated units' change less the comparison units', with HC2 error, permutation and a placebo lead.

    Without a unit, group means by period are differenced as independent samples; without a period, the rows are taken
    as changes already. Periods from the treated units' first start on are after; of two periods the later is.
    """
    rows = sample.rows
    unadjusted = [note("covariates_unused", names=", ".join(design.covariates))] if design.covariates else []
    if rows["period"].is_null().all():
        unadjusted.append(note("taken_as_changes"))
        return _from_changes(design, rows, unadjusted, units=rows["unit"].is_not_null().all())
    first = first_after(design, sample)
    if rows["unit"].is_null().any():
        if rows["cluster"].is_null().any():
            return _from_cells(rows, first, unadjusted)
        rows = cluster_periods(rows)
    lacking = rows.filter(pl.len().over("unit") < pl.col("period").n_unique())
    whole = rows.join(lacking, on="unit", how="anti")
    notes = _holes(design, sample, rows, lacking) if len(lacking) else []
    whole = whole.with_columns(n=pl.lit(1.0))
    large = _dominating(whole)
    counted = cluster_periods(whole) if large else whole
    changes = unit_changes(counted, pl.col("period") >= first)
    found = _from_changes(design, changes, [*unadjusted, *notes, *large], units=True)
    units = whole.group_by("arm").agg(pl.col("unit").n_unique().cast(pl.Float64)).sort("arm")
    found = replace(found, levels=levels_over_time(sample, counted, first), n=dict(units.iter_rows()))
    return _with_leads(design, counted, first, found)


def first_after(design: Design, sample: Sample) -> float:
    """Return the first period under treatment."""
    rows, called = sample.rows, sample.table.period
    starts = rows["start"].drop_nulls().unique().sort()
    periods = rows["period"].drop_nulls().unique().sort().to_list()
    if len(starts) > 1:
        raise missing(design, 'method = "staggered"', [*map(called, starts)])
    if len(starts) == 1:
        after = [period for period in periods if period >= starts[0]]
    elif len(periods) == 2:
        after = periods[1:]
    else:
        after = [period for period in periods if period > 0] if min(periods) <= 0 else []
        if not after:
            raise missing(design, "start", [*map(called, periods)])
    if after and after[0] == periods[0]:
        early = rows.filter(pl.col("treated") & pl.col("unit").is_not_null())["unit"].unique().sort().to_list()
        named = ", ".join(early[:5]) or ", ".join(rows.filter("treated")["arm"].unique())
        raise NoBeforeError(design.key, named, column=str(design.start or "start"), count=max(1, len(early)))
    if not after:
        found = f"{called(periods[0])} – {called(periods[-1])}"
        raise NothingComparableError(where=design.key, found=found, column=design.period or "period")
    return float(after[0])


def _holes(design: Design, sample: Sample, rows: pl.DataFrame, lacking: pl.DataFrame) -> list[Remark]:
    """Return how many units lack a period, in which arm and which period; refuses an arm in which all do."""
    every = rows["period"].unique().sort().to_list()
    units = {arm: rows.filter(pl.col("treated") == side)["unit"].n_unique() for arm, side in sample.arms.items()}
    holes, told = {}, {}
    for arm, side in sample.arms.items():
        part = lacking.filter(pl.col("treated") == side)
        holes[arm], seen = part["unit"].n_unique(), dict(part["period"].value_counts().iter_rows())
        missed = {period: holes[arm] - seen.get(period, 0) for period in every}
        told[arm] = ", ".join(f"{sample.table.period(period)} ({count})" for period, count in missed.items() if count)
    raise_all([NoWholeUnitError(design.key, f"{arm}: {told[arm]}", column=design.period or "period", count=holes[arm])
               for arm in units if holes[arm] == units[arm]])  # fmt: skip
    names = ", ".join(lacking["unit"].unique().sort()[:5])
    return [note("unit_incomplete", count=sum(holes.values()), units=sum(units.values()), names=names,
                 missed="; ".join(f"{arm}: {told[arm]}" for arm in told if told[arm]))]  # fmt: skip


def unit_changes(rows: pl.DataFrame, after: pl.Expr) -> pl.DataFrame:
    """Return one row a unit (unit, arm, treated, cluster, block, n, mean, ss = 0) with its mean after less its mean
    before; rows: units with every period."""
    grouped = rows.group_by("unit").agg(
        arm=pl.col("arm").first(), treated=pl.col("treated").first(), cluster=pl.col("cluster").first(),
        block=pl.col("block").first(),
        mean=pl.col("mean").filter(after).mean() - pl.col("mean").filter(~after).mean(),
        level=pl.col("mean").abs().max(),
    )  # fmt: skip
    change = pl.col("mean")
    apart = (change.max() - change.min()).over("treated") > ROUNDING * pl.col("level").max().over("treated")
    same = pl.when(apart).then(change).otherwise(change.first().over("treated"))  # else levels' rounding is a spread
    return grouped.sort("unit").with_columns(n=pl.lit(1.0), ss=pl.lit(0.0), mean=same).drop("level")


def cluster_periods(rows: pl.DataFrame) -> pl.DataFrame:
    """Return one row a cluster and period with the mean of its persons: other persons in each period, same clusters."""
    grouped = rows.group_by("cluster", "period").agg(
        pl.col("arm", "treated", "block", "start").first(), pl.col("n").sum(), mean=weighted_mean(), ss=pl.lit(0.0)
    )
    return grouped.with_columns(unit="cluster").sort("unit", "period")


def _dominating(rows: pl.DataFrame) -> list[Remark]:
    """Return the note on clusters that dominate an arm, where any does: clusters are then compared by their means."""
    names = () if rows["cluster"].is_null().any() else clusters_of(rows).dominating
    return [note("cluster_dominates", names=", ".join(names))] if names else []


def _from_changes(design: Design, rows: pl.DataFrame, notes: list[Remark], *, units: bool) -> Finding:
    one, none = by_arm(rows)
    n = {str(arm): float(part["n"].sum()) for (arm,), part in rows.group_by(["arm"], maintain_order=True)}
    if not units:
        value, se, df = neyman([(one, none)])
        return Finding(value=value, se=se, df=df, p=p_of(value, se, df), method="changes",
                       n=n, notes=tuple(notes))  # fmt: skip
    return _by_units(design, rows, n, notes)


def _by_units(design: Design, rows: pl.DataFrame, n: dict[str, float], notes: list[Remark]) -> Finding:
    """Return the estimate from one change a unit; a cluster above the unit carries the error."""
    above = rows["cluster"].is_not_null().all() and (rows["cluster"] != rows["unit"]).any()
    large = _dominating(rows) if above else []
    groups = clusters_of(rows if above else rows.with_columns(cluster="unit"))
    groups, notes = groups.alike if large else groups, [*notes, *large]
    one, none = by_arm(rows)
    value, se, df = cluster_robust(groups)
    permutation = assignment_p(groups.means, groups.sizes, groups.treated, None, design.draws, design.seed)
    few = permutation_leads(groups.by_arm, df, error=bool(se))
    notes += few_cluster_notes(groups, permutation, design.level) if few else []
    return Finding(
        value=value, se=se, df=df, p=p_of(value, se, df), method="changes_by_cluster" if above else "changes_by_unit",
        se_ols=classical_se(one, none), p_randomisation=permutation.p, permutation_leads=few, n=n,
        beside={"randomisation": vars(permutation), "wild_bootstrap": wild(design, groups)}, notes=tuple(notes),
        facts={"treated": groups.by_arm[0], "control": groups.by_arm[1]},
    )  # fmt: skip


def _from_cells(rows: pl.DataFrame, first: float, notes: list[Remark]) -> Finding:
    """Return the estimate from four means: changes of independent samples (their covariance is not delivered)."""
    corners = [(side, later) for side in (True, False) for later in (True, False)]
    at = pl.col("period") >= first
    cells = [moments(rows.filter((pl.col("treated") == side) & (at == later))) for side, later in corners]
    value = (cells[0].mean - cells[1].mean) - (cells[2].mean - cells[3].mean)
    parts = [cell.variance / cell.n for cell in cells if cell.variance is not None]
    known = len(parts) == 4 and sum(parts) > 0
    se = float(np.sqrt(sum(parts))) if known else None
    df = (
        sum(parts) ** 2 / sum(part**2 / (cell.n - 1) for part, cell in zip(parts, cells, strict=True))
        if known
        else None
    )
    names = {side: str(rows.filter(pl.col("treated") == side)["arm"][0]) for side in (False, True)}
    n = {names[False]: cells[2].n, names[True]: cells[0].n}
    levels = [level(names[side], cell.mean, at="after" if later else "before")
              for (side, later), cell in zip(corners, cells, strict=True)]  # fmt: skip
    return Finding(value=value, se=se, df=df, p=p_of(value, se, df), method="cells", n=n, levels=tuple(levels[::-1]),
                   notes=(*notes, note("cells_independent")))  # fmt: skip


def _with_leads(design: Design, rows: pl.DataFrame, first: float, found: Finding) -> Finding:
    """Return the finding with a point a period, measured from the last one before, and N07 where a lead moves."""
    periods = rows["period"].unique().sort().to_list()
    base = max(period for period in periods if period < first)
    clock = dict(zip(periods, elapsed(np.array(periods)).tolist(), strict=True))
    points: list[dict[str, Any]] = []
    for period in (each for each in periods if each != base):
        pair = rows.filter(pl.col("period").is_in([base, period]))
        one, none = by_arm(unit_changes(pair, pl.col("period") == period))
        value, se, df = neyman([(one, none)])
        points.append({"time": clock[period] - clock[first], **with_interval(value, se or 0.0, df, design.level)})
    leads = [point for point in points if point["time"] < 0 and point["p"] is not None]
    trend = min((point["p"] for point in leads), default=None)
    notes = found.notes + ((pretrend_note(trend * len(leads)),) if trend and trend * len(leads) < 0.05 else ())
    placebo = min(leads, key=lambda point: point["time"]) if leads else NotEstimable("no_lead")
    return replace(found, by_time=tuple(points), notes=notes, beside={**found.beside, "placebo_lead": placebo})
