"""The flow of persons, balance at baseline, the sample ratio and attrition with bounds."""

from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.experiments.design.design import Design
from analytics.experiments.errors import ExperimentError, FlowContradictsError, TableNotUnderstoodError
from analytics.experiments.estimators.base import Remark, note, p_facts
from analytics.experiments.input.checks import Sample
from analytics.experiments.input.columns import as_polars, labels, missing, numbers, raise_all
from analytics.experiments.input.sufficient_statistics import Moments, by_arm, counts
from analytics.results import NotEstimable
from data.format.numbers import rounded_percent

STAGES = ("assessed", "assigned", "started", "measured")
SAMPLE_RATIO_P = 0.001
ATTRITION, GAP = 0.20, 0.05
IMBALANCE = 0.25


class Arms(Protocol):
    """What names the arms: a sample, or durations."""

    @property
    def control(self) -> str:
        """Return the label of the arm without the measure."""

    @property
    def treated(self) -> str:
        """Return the label of the arm with it."""


@dataclass(frozen=True)
class ParticipantFlow:
    """Persons by arm and stage; a stage that was not delivered is absent, never 0."""

    stages: dict[str, dict[str, float]] = field(default_factory=dict)

    def lost(self, arm: str) -> float | None:
        """Return the share of an arm's assigned who were not measured (0–1), None where unknown."""
        assigned, measured = (self.stages.get(stage, {}).get(arm) for stage in ("assigned", "measured"))
        return None if not assigned or measured is None else 1 - measured / assigned


def flow_from(design: Design, sample: Sample, flow: object | None) -> ParticipantFlow:
    """Return the flow of a delivered flow table, else what the outcome rows say about assigned and measured."""
    if flow is None:
        measured = counts(sample)
        assigned = sample.assigned if sample.persons and design.method in ("rct", "cluster_rct") else {}
        return ParticipantFlow(
            {"assigned": dict(sorted(assigned.items())), "measured": measured} if assigned else {"measured": measured}
        )
    return ParticipantFlow(delivered_stages(design, sample, flow))


def delivered_stages(design: Design, told: Arms, flow: object) -> dict[str, dict[str, float]]:
    """Return a delivered flow table as stage → arm → persons; none where it is of other experiments.

    Raises E01 where it lacks an arm that is compared, and refuses persons that are no number from 0 on.
    """
    frame = as_polars(flow)
    if "experiment" in frame.columns and design.key in labels(frame["experiment"]).to_list():
        frame = frame.filter(labels(frame["experiment"]) == design.key)
    elif "experiment" in frame.columns and frame["experiment"].n_unique() > 1:
        return {}
    column = design.arm if design.arm in frame.columns else "arm"
    raise_all([missing(design, column, frame.columns)] if column not in frame.columns else [])
    arms = labels(frame[column])
    present = arms.drop_nulls().unique().sort().to_list()
    raise_all([missing(design, arm, present) for arm in (told.control, told.treated) if arm not in present])
    stages: dict[str, dict[str, float]] = {}
    for stage in (name for name in STAGES if name in frame.columns):
        counted = pl.DataFrame({"arm": arms, "n": numbers(design, frame[stage])}).drop_nulls()
        if len(under := counted.filter(pl.col("n") < 0)):
            raise TableNotUnderstoodError(design.key, f"{under['n'][0]:g}", column=stage)
        stages[stage] = {str(arm): float(n) for arm, n in counted.group_by("arm").sum().sort("arm").iter_rows()}
    raise_all(_contradictions(design, stages))
    return stages


def _contradictions(design: Design, stages: dict[str, dict[str, float]]) -> list[ExperimentError]:
    """Return each stage at which an arm has more persons than were assigned to it."""
    problems: list[ExperimentError] = []
    before = stages.get("assigned", {})
    for later in ("started", "measured"):
        after = stages.get(later, {})
        more = [f"{arm}: {after[arm]:g} > {before[arm]:g} (assigned)" for arm in after
                if arm in before and after[arm] > before[arm]]  # fmt: skip
        if more:
            problems.append(FlowContradictsError(design.key, ", ".join(more), column=later, count=len(more)))
    return problems


def balance(sample: Sample) -> list[dict[str, Any]]:
    """Return the standardised difference of every baseline variable: difference over the root mean variance."""
    lines: list[dict[str, Any]] = []
    if sample.baseline.is_empty():
        return lines
    for (name,), rows in sample.baseline.group_by(["outcome"], maintain_order=True):
        one, none = by_arm(rows)
        lines.append({"variable": str(name), "treated": _number(one.mean), "control": _number(none.mean),
                      "standardised_difference": _standardised(one, none)})  # fmt: skip
    return sorted(lines, key=lambda line: str(line["variable"]))


def _standardised(one: Moments, none: Moments) -> float | None:
    if one.variance is None or none.variance is None:
        return None
    spread = float(np.sqrt((one.variance + none.variance) / 2))
    return (one.mean - none.mean) / spread if spread > 0 else None


def _number(value: float) -> float | None:
    return None if np.isnan(value) else value


def sample_ratio_p(design: Design, sample: Arms, flow: ParticipantFlow) -> float | None:
    """Return the χ² p-value that the assigned fit the planned allocation; None where no allocation was planned."""
    assigned = flow.stages.get("assigned") or flow.stages.get("measured", {})
    counts = [assigned.get(sample.treated), assigned.get(sample.control)]
    if design.allocation is None or None in counts or sum(filter(None, counts)) == 0:
        return None
    from scipy import stats

    total = sum(filter(None, counts))
    expected = [design.allocation * total, (1 - design.allocation) * total]
    return float(stats.chisquare(counts, expected).pvalue)


def flow_notes(design: Design, sample: Arms, flow: ParticipantFlow) -> list[Remark]:
    """Return N01 and N03 where they hold."""
    notes: list[Remark] = []
    lost = [flow.lost(arm) for arm in (sample.treated, sample.control)]
    if lost[0] is not None and lost[1] is not None:
        assigned, measured = (sum(flow.stages[stage].values()) for stage in ("assigned", "measured"))
        overall = 1 - measured / assigned
        if overall > ATTRITION or abs(lost[0] - lost[1]) > GAP:
            notes.append(note("N01", treated=rounded_percent(lost[0], 1), control=rounded_percent(lost[1], 1)))
    ratio = sample_ratio_p(design, sample, flow)
    if ratio is not None and ratio < SAMPLE_RATIO_P:
        notes.append(note("N03", **p_facts(ratio), planned=design.allocation))
    return notes


def attrition_bounds(sample: Sample, flow: ParticipantFlow) -> dict[str, Any]:
    """Return Manski bounds (yes/no outcomes) and Lee bounds (person rows), in the outcome's own unit.

    Manski: every person not measured had the event, or none had. Lee (2009): the arm with more measured is trimmed.
    """
    missing = [_missing(flow, arm) for arm in (sample.treated, sample.control)]
    if None in missing:
        return {"manski": NotEstimable("flow_missing"), "lee": NotEstimable("flow_missing")}
    one, none = by_arm(sample.rows)
    lost1, lost0 = float(missing[0] or 0), float(missing[1] or 0)
    manski: Any = NotEstimable("unbounded_outcome")
    if sample.kind == "binary":
        n1, n0, e1, e0 = one.n + lost1, none.n + lost0, one.n * one.mean, none.n * none.mean
        manski = {"low": e1 / n1 - (e0 + lost0) / n0, "high": (e1 + lost1) / n1 - e0 / n0}
    lee: Any = lee_bounds(sample, flow) if sample.persons else NotEstimable("needs_person_rows")
    return {"manski": manski, "lee": lee}


def lee_bounds(sample: Sample, flow: ParticipantFlow) -> dict[str, float] | NotEstimable:
    """Return Lee's bounds: the arm with the larger measured share loses its highest, or lowest, outcomes."""
    kept = {arm: 1 - (flow.lost(arm) or 0.0) for arm in sample.arms}
    values = {side: np.sort(sample.rows.filter(pl.col("treated") == side)["mean"].to_numpy()) for side in (True, False)}
    share1, share0 = kept[sample.treated], kept[sample.control]
    if min(share1, share0) <= 0:
        return NotEstimable("flow_missing")
    more = share1 > share0
    trimmed = 1 - min(share1, share0) / max(share1, share0)
    lowest, highest = _trimmed_means(values[more], trimmed)
    other = float(values[not more].mean())
    return (
        {"low": lowest - other, "high": highest - other} if more else {"low": other - highest, "high": other - lowest}
    )


def _trimmed_means(values: NDArray[np.float64], share: float) -> tuple[float, float]:
    """Return the mean without the highest and without the lowest share of sorted values, at least one left."""
    cut = min(round(share * len(values)), len(values) - 1)
    return float(values[: len(values) - cut].mean()), float(values[cut:].mean())


def _missing(flow: ParticipantFlow, arm: str) -> float | None:
    assigned, measured = (flow.stages.get(stage, {}).get(arm) for stage in ("assigned", "measured"))
    return None if assigned is None or measured is None else assigned - measured
