"""The checks that come before any estimate: E01–E05, E07–E09. What passes is a `Sample`."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.experiments.design.design import Design
from analytics.experiments.errors import (
    ArmNotFoundError,
    ArmUnmeasuredError,
    ExperimentError,
    NotYesNoError,
    NoVarianceError,
)
from analytics.experiments.input.arms import blank_arms, in_two_sides
from analytics.experiments.input.arrays import ExperimentArrays, blank
from analytics.experiments.input.blocks import BlocksLeftOut, in_comparable_blocks
from analytics.experiments.input.columns import missing, raise_all
from analytics.experiments.input.unit_checks import OVER_TIME, clusters_assigned, in_two_arms, unit_problems

BASELINE_SCHEMA = {"outcome": pl.String, "treated": pl.Boolean, "n": pl.Float64, "mean": pl.Float64, "ss": pl.Float64}
NO_BASELINE = pl.DataFrame(schema=BASELINE_SCHEMA)
Told = tuple[tuple[str, Mapping[str, object]], ...]


@dataclass(frozen=True)
class Sample:
    """A checked table.

    `persons`: every row is one unit. `baseline`: outcome, treated, n, mean, ss.
    `assigned`: persons or rows by arm before any outcome was missing.
    `told`: what the notes must say, as reason and facts: what could not be used, and a level of assignment the data
    show and the design does not.
    """

    table: ExperimentArrays
    kind: str
    persons: bool
    control: str
    treated: str
    baseline: pl.DataFrame
    assigned: Mapping[str, float]
    told: Told

    @property
    def rows(self) -> pl.DataFrame:
        """Return unit, cluster, block, arm, period, start, n, mean, ss (sum of squares inside the row; null where
        unknown), low and high (fewest and most events, equal unless hidden), events, x_<covariate>, treated."""
        return self.table.frame

    @property
    def hidden(self) -> bool:
        """Say whether any count is hidden, so that only a band can be told."""
        return bool((self.table["low"] < self.table["high"]).any())

    @property
    def arms(self) -> dict[str, bool]:
        """Return the two arms' labels, control first, with whether each is treated."""
        return {self.control: False, self.treated: True}


def checked(design: Design, table: ExperimentArrays, *, persons: bool) -> Sample:
    """Return the sample of canonical rows; raises every problem found, collected."""
    raise_all(blank_arms(design, table))
    table, control, treated = in_two_sides(design, _assigned_by(design, table))
    primary = _primary(design, table)
    earlier = _before(design, primary)
    kind = design.kind or _kind(primary, persons=persons)
    problems = _value_problems(design, primary, kind, persons=persons)
    raise_all([*problems, *unit_problems(design, primary, persons=persons)])
    primary, level = _at_assigned_level(design, primary)
    current = primary if design.method in OVER_TIME else primary.where(~earlier)
    given, counted = primary.labels["arm"].present, design.kind == "binary" or (kind == "binary" and not persons)
    raise_all(_no_variance(design, _known(current), given, counted=counted))
    current, used, apart = _compared(design, current)
    raise_all(_no_variance(design, used, given, counted=counted) if apart.names else [])
    if apart.names:
        table, earlier, primary = table.where(apart.beside(table)), earlier[apart.beside(primary)], primary.where(
            apart.beside(primary))  # fmt: skip
    arm = current.labels["arm"]
    found = np.flatnonzero(np.bincount(arm.codes))
    assigned = dict(zip(arm.names[found], np.bincount(arm.codes, current["n"])[found].tolist(), strict=True))
    lost = int((~_is_known(current)).sum())
    told: Told = (*level, *((("outcome_missing", {"count": lost}),) if lost else ()),
                  *((("block_one_arm", apart.facts),) if apart.names else ()))  # fmt: skip
    return Sample(used, kind, persons, control, treated, _baseline(design, table, primary, earlier), assigned, told)


def _is_known(rows: ExperimentArrays) -> NDArray[np.bool_]:
    return np.asarray((~np.isnan(rows["mean"]) | (rows["low"] < rows["high"])) & (rows["n"] > 0))


def _known(rows: ExperimentArrays) -> ExperimentArrays:
    return rows.where(_is_known(rows))


def _compared(design: Design, current: ExperimentArrays) -> tuple[ExperimentArrays, ExperimentArrays, BlocksLeftOut]:
    """Return the rows assigned in blocks with both arms, those of them measured where both arms were, and what lies in
    the other blocks; over time blocks are not used."""
    if design.method in OVER_TIME:
        return current, _known(current), BlocksLeftOut()
    inside, never = in_comparable_blocks(design, current)
    current = current.where(inside)
    used = _known(current)
    inside, lost = in_comparable_blocks(design, used)
    return current, used.where(inside), never + lost


def _at_assigned_level(design: Design, primary: ExperimentArrays) -> tuple[ExperimentArrays, Told]:
    """Return the rows with their clusters only where whole clusters were assigned, and what the design did not say."""
    cluster, arm = primary.labels["cluster"], primary.labels["arm"]
    if design.method == "staggered" or cluster.blank.all():
        return primary, ()
    if clusters_assigned(design, cluster, arm):
        followed = ("clusters_followed", {"count": len(cluster.present)})
        return primary, ((followed,) if design.method == "rct" else ())
    mixed = len(in_two_arms(cluster, arm))
    single = replace(primary, labels={**primary.labels, "cluster": blank(len(primary))})
    return single, ((("persons_followed", {"count": mixed}),) if mixed else ())


def _assigned_by(design: Design, table: ExperimentArrays) -> ExperimentArrays:
    """Return the rows with the unit as cluster where a cluster trial names none."""
    unit, cluster = table.labels["unit"], table.labels["cluster"]
    if design.method != "cluster_rct" or not cluster.blank.all():
        return table
    if unit.blank.all():
        raise missing(design, design.cluster or "cluster", list(table.columns))
    return replace(table, labels={**table.labels, "cluster": unit})


def _primary(design: Design, table: ExperimentArrays) -> ExperimentArrays:
    if "k_outcome" not in table.labels:
        return table
    outcome = table.labels["k_outcome"]
    names = outcome.present
    wanted = design.outcome if design.outcome in names or len(names) != 1 or design.outcome != "outcome" else names[0]
    wanted = names[0] if wanted is None and len(names) == 1 else wanted
    if wanted not in names:
        raise missing(design, wanted or "outcome", names)
    return table.where(outcome.are(wanted))


def _before(design: Design, primary: ExperimentArrays) -> NDArray[np.bool_]:
    """Return which rows are not of the period evaluated: the one named by `at`, else the last."""
    known = [period for period in primary.periods[0].tolist() if period == period]  # noqa: PLR0124 — not NaN
    at = design.at if design.at is not None else next(reversed(known), None)
    if at is None:
        return np.zeros(len(primary), dtype=bool)
    if at not in known:
        raise missing(design, primary.period(at), [*map(primary.period, known)])
    return np.asarray(primary["period"] != at)


def _yes_no(values: NDArray[np.float64]) -> NDArray[np.bool_]:
    return np.asarray((values == 0) | (values == 1) | np.isnan(values))


def _kind(primary: ExperimentArrays, *, persons: bool) -> str:
    binary = _yes_no(primary["mean"]).all() if persons else not np.isnan(primary["low"]).all()
    return "binary" if binary else "number"


def _value_problems(design: Design, primary: ExperimentArrays, kind: str, *, persons: bool) -> list[ExperimentError]:
    if kind != "binary":
        return []
    wrong = ~_yes_no(primary["mean"]) if persons else _impossible(primary)
    if not wrong.any():
        return []
    column = (design.outcome or "outcome") if persons else design.events
    values = np.unique(primary["events" if column == "events" and not persons else "mean"][wrong])
    found = ", ".join(f"{value:g}" for value in values[:5] if not np.isnan(value))
    return [NotYesNoError(where=design.key, found=found, column=column, count=int(wrong.sum()))]


def _impossible(primary: ExperimentArrays) -> NDArray[np.bool_]:
    low, high, n, mean = (primary[name] for name in ("low", "high", "n", "mean"))
    whole = np.nan_to_num(primary["events"]) % 1 == 0
    return np.asarray((low < 0) | (high > n) | ~whole | (mean < 0) | (mean > 1))


def _no_variance(design: Design, used: ExperimentArrays, given: list[str], *, counted: bool) -> list[ExperimentError]:
    """Return E02 and E08; no event at all, of a known number of persons (`counted`), is an answer."""
    arms = [] if design.method == "staggered" else used.labels["arm"].present
    if len(arms) < 2 and design.method != "staggered":
        empty = [f"{name} ({design.outcome or 'outcome'}: –)" for name in given if name not in arms]
        found = ", ".join([*arms, *empty]) or "–"
        fault = ArmUnmeasuredError if empty else ArmNotFoundError
        return [fault(design.key, found, design.arm or "arm", control=design.control or "control")]
    mean, ss = used["mean"], used["ss"]
    hidden = (used["low"] < used["high"]).any()
    if (counted and len(mean)) or hidden or (mean != mean[:1]).any() or np.isnan(ss).any() or ss.sum() > 0:
        return []
    found = f"{mean[0]:g}" if len(mean) else "–"
    return [NoVarianceError(where=design.key, found=found, column=design.outcome or "outcome")]


def _baseline(
    design: Design, table: ExperimentArrays, primary: ExperimentArrays, earlier: NDArray[np.bool_]
) -> pl.DataFrame:
    """Return what was known before the start: covariates of persons, and outcomes of period 0 or earlier."""
    known = earlier & (primary["period"] <= 0)
    several = "k_outcome" in table.labels
    if not (known.any() or several or design.covariates):
        return NO_BASELINE
    parts = [primary.where(known).frame.with_columns(outcome=pl.lit(design.outcome or "outcome"))]
    rows = table.frame
    if several:
        others = rows.filter((pl.col("k_outcome") != (design.outcome or "")) & (pl.col("period") <= 0))
        parts.append(others.with_columns(outcome=pl.col("k_outcome")))
    numeric = [name for name in design.covariates if rows[f"x_{name}"].dtype.is_numeric()]
    first = rows.filter(pl.col("period").is_null() | (pl.col("period") == pl.col("period").min()))
    for name in numeric:
        x = pl.col(f"x_{name}").cast(pl.Float64)
        parts.append(first.with_columns(outcome=pl.lit(name), mean=x, ss=pl.lit(0.0)).filter(x.is_not_null()))
    frames = [part.select(list(BASELINE_SCHEMA)).cast(BASELINE_SCHEMA) for part in parts]  # type: ignore[arg-type]
    return pl.concat(frames).sort(list(BASELINE_SCHEMA))
