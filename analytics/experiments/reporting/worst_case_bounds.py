"""Small counts before anything is shown: what each may be, and the estimate's two ends when they are that."""

from dataclasses import replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.experiments.design.design import Design
from analytics.experiments.estimators.callaway_santanna import weights_of_cells
from analytics.experiments.estimators.difference_in_differences import first_after
from analytics.experiments.estimators.panel import panel_from
from analytics.experiments.input.arrays import ExperimentArrays
from analytics.experiments.input.checks import Sample
from analytics.experiments.input.sufficient_statistics import by_arm
from analytics.experiments.input.unit_checks import OVER_TIME

_NEAR = 0.05  # how far, of itself, a spread that was rounded may be from that of zeros and ones
CELL = ["unit", "cluster", "block", "arm", "treated", "period", "start"]


def counted(sample: Sample) -> bool:
    """Say whether the outcome was delivered as counts of events, or as persons with or without it."""
    return bool(not np.isnan(sample.table["low"]).all() or (sample.kind == "binary" and sample.persons))


def with_events(sample: Sample) -> Sample:
    """Return a sample of a yes/no outcome that came as means with the events these are; another as it is.

    Also where nobody calls it yes/no: an outcome whose spread is that of zeros and ones has no other values.
    """
    rows = sample.rows
    if counted(sample) or sample.persons or not (sample.kind == "binary" or _of_zeros_and_ones(rows)):
        return sample
    events = (pl.col("n") * pl.col("mean")).round()
    told = rows.with_columns(low=events, high=events, events=events)
    return replace(sample, table=ExperimentArrays.of(told, sample.table.called))


def _of_zeros_and_ones(rows: pl.DataFrame) -> bool:
    """Say whether means of 0 to 1 have the spread of zeros and ones, or, without a spread, are each of whole events."""
    known = rows.filter(pl.col("mean").is_not_null(), pl.col("n") > 0)
    n, mean, ss = (known[name] for name in ("n", "mean", "ss"))
    if known.is_empty() or not mean.is_between(0, 1).all():
        return False
    spread, whole = (mean * (1 - mean)).sqrt(), ((n * mean) - (n * mean).round()).abs()
    near = ((ss / n).sqrt() - spread).abs() <= _NEAR * spread + 1e-9
    return bool(near.fill_null(whole <= (_NEAR * n / 100 + 1e-9).clip(upper_bound=0.2)).all())


def too_few(design: Design, sample: Sample) -> bool:
    """Say whether an effect would tell of fewer than `told_from` persons: in an arm; of groups followed over time,
    in those that start together, in one period; of persons followed over time, in an arm's events of one period."""
    least = design.told_from
    if design.method not in OVER_TIME:
        return any(0 < arm.n < least for arm in by_arm(sample.rows)) and not counted(sample)
    if not sample.persons:
        sizes = sample.rows.group_by("treated", "start", "period").agg(pl.col("n").sum())["n"]
        return bool(sizes.is_between(1, least - 1).any()) and not counted(with_events(sample))
    if sample.kind != "binary":
        return False
    cells = sample.rows.group_by("treated", "period").agg(yes=pl.col("mean").sum(), no=(1 - pl.col("mean")).sum())
    return any(0 < count < least for count in (*cells["yes"], *cells["no"]))


def small_hidden(sample: Sample, least: int) -> Sample:
    """Return a sample in which a count of 1 … least − 1, with the outcome or without, may be any of them."""
    over_time = sample.rows["period"].n_unique() > 1
    if over_time and sample.persons:
        return sample
    n, low, high = (pl.col(name) for name in ("n", "low", "high"))
    few, many = low.is_between(1, least - 1), (n - high).is_between(1, least - 1)
    tiny = n < least
    least_n = pl.min_horizontal(n, pl.lit(least - 1.0))
    rows = _as_counts(sample.rows).with_columns(
        low=pl.when(tiny).then(0.0).when(few).then(1.0).when(many).then(n - (least - 1)).otherwise(low),
        high=pl.when(tiny).then(n).when(few).then(least_n).when(many).then(n - 1).otherwise(high),
    )
    return replace(sample, table=ExperimentArrays.of(rows, sample.table.called), persons=False)


def filled(design: Design, sample: Sample, *, up: bool) -> Sample:
    """Return a sample with every hidden count where it makes the effect as large (`up`) or as small as it may be."""
    rows = sample.rows.with_columns(raises=pl.Series(_raises(design, sample)))
    events = pl.when(pl.col("low").is_not_null()).then(pl.when(pl.col("raises") == up).then("high").otherwise("low"))
    share = events / pl.col("n")
    rows = rows.with_columns(mean=pl.coalesce(share, "mean"), ss=pl.coalesce(pl.col("n") * share * (1 - share), "ss"))
    told = rows.with_columns(low=events, high=events).drop("raises")
    return replace(sample, table=ExperimentArrays.of(told, sample.table.called))


def _raises(design: Design, sample: Sample) -> NDArray[np.bool_]:
    """Return for each row whether one event more there raises the effect: the effect is a weighted sum of the rows."""
    rows = sample.rows
    treated = rows["treated"].to_numpy()
    if design.method == "before_after" and rows["period"].null_count() == 0:
        return np.asarray(treated == (rows["period"] >= first_after(design, sample)).to_numpy())
    if design.method != "staggered":
        return np.asarray(treated)
    known = rows.with_columns(mean=pl.coalesce("mean", (pl.col("low") + pl.col("high")) / 2 / pl.col("n")))
    panel = panel_from(design, replace(sample, table=ExperimentArrays.of(known, sample.table.called)))
    weights = weights_of_cells(design, panel)
    place = {name: at for at, name in enumerate(panel.names)}
    time = {period: at for at, period in enumerate(panel.periods.tolist())}
    cells = zip(rows["unit"].to_list(), rows["period"].to_list(), strict=True)
    told = [(time.get(period), place.get(unit)) for unit, period in cells]
    return np.array([t is not None and u is not None and weights[t, u] > 0 for t, u in told])


def _as_counts(rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows summed to cells of unit, cluster, block and arm, with their events as low and high."""
    if rows["n"].max() == 1:
        rows = rows.with_columns(unit=pl.lit(None, dtype=pl.String), low="mean", high="mean")
    weighted = (pl.col("n") * pl.col("mean")).sum() / pl.col("n").sum()
    summed = rows.group_by(CELL).agg(pl.col("n", "low", "high").sum(), mean=weighted)
    spread = pl.col("n") * pl.col("mean") * (1 - pl.col("mean"))
    return summed.with_columns(ss=spread).sort(CELL, nulls_last=True)
