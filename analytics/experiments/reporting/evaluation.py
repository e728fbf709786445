"""From a design and a table to an estimate: checks first, then the estimator, then verdict, grade and notes."""

from dataclasses import replace
from typing import Any

from analytics.experiments.design.design import Design
from analytics.experiments.errors import AdjustmentImpossibleError, DesignNotUnderstoodError
from analytics.experiments.estimators import callaway_santanna, cluster_trial, difference_in_differences  # noqa: F401 — they enter the registry
from analytics.experiments.estimators.base import ESTIMATORS, Estimator, Finding, Remark, critical, note
from analytics.experiments.estimators.survival import restricted_mean_difference
from analytics.experiments.input.checks import Sample
from analytics.experiments.input.columns import missing
from analytics.experiments.input.durations import Durations, durations_from, is_duration
from analytics.experiments.input.late_entry import EntryNotShownError
from analytics.experiments.input.sample import sample_from
from analytics.experiments.input.sufficient_statistics import by_arm, counts
from analytics.experiments.input.unit_checks import OVER_TIME
from analytics.experiments.reporting.disclosure_control import (
    OF_WHAT_WAS_FOUND,
    in_coarse_numbers,
    protected,
    protected_durations,
    shown_curves,
    without_effect,
)
from analytics.experiments.reporting.estimate import Estimate, Json, plain
from analytics.experiments.reporting.guarded_flow import GuardedFlow, Place, guarded
from analytics.experiments.reporting.participant_flow import (
    IMBALANCE,
    ParticipantFlow,
    attrition_bounds,
    balance,
    delivered_stages,
    flow_from,
    flow_notes,
)
from analytics.experiments.reporting.registration_notes import registration_notes
from analytics.experiments.reporting.side_by_side import with_others
from analytics.experiments.reporting.verdict import grade, verdict
from analytics.experiments.reporting.worst_case_bounds import counted, filled, small_hidden, too_few, with_events
from data.format.numbers import rounded

HEADLINE = {"rct": "difference_in_means", "cluster_rct": "cluster_trial", "staggered": "callaway_santanna",
            "before_after": "difference_in_differences"}  # fmt: skip
OF_ONE_PERIOD = ("ancova", "lin", "difference_in_means", "cluster_trial")
"""Estimators that would take every period of a unit for a unit of its own."""
SCALED = ("value", "se", "low", "high", "band_low", "band_high")
POWER = 0.8
OF_SINGLE_CELLS = ("missing_code",)
"""Notes that would tell what stands in a few cells, shown to whoever has the table alone."""


def evaluate(design: Design, table: object, flow: object | None = None) -> Estimate:
    """Return the estimate of an experiment.

    table: Polars or pandas; aggregates (n and events, or n, mean and sd; or interval, at_risk, events, censored) or one
    row a unit. flow: assessed, assigned, started, measured by arm. Raises E01–E09 (several as an ExceptionGroup); what
    only weakens an estimate (E06, E10, E11, N01–N10) is in its notes.
    """
    return with_others(design, table, _evaluated(design, table, flow), evaluate)


def _evaluated(design: Design, table: object, flow: object | None) -> Estimate:
    if is_duration(design, table):
        durations = durations_from(design, table)
        return _told(design, restricted_mean_difference(design, durations), durations, flow)
    return _from_sample(design, sample_from(design, table), flow)


def published(design: Design, table: object, flow: object | None = None) -> Estimate:
    """Return the estimate as it may be shown to anyone: counts under the threshold are hidden first, so that tables
    which differ only in them give the same estimate. Intervals of a life table are put together until none is small;
    an arm of fewer persons than that tells no effect."""
    told = durations_from(design, table) if is_duration(design, table) else sample_from(design, table)
    told = replace(told, told=tuple(each for each in told.told if each[0] not in OF_SINGLE_CELLS))
    passed = guarded(design, told, flow)
    found = _hidden(design, told, passed) if isinstance(told, Sample) else _hidden_durations(design, told, passed)
    hidden = passed.hidden | _of_a_few(design, found)
    return with_others(design, table, protected(found, design.told_from, hidden), published, guarded=True)


def _of_a_few(design: Design, found: Estimate) -> frozenset[Place]:
    """Return the arms whose n is small and counts persons: over time it counts units, but for cells of an arm."""
    if design.method in OVER_TIME and found.method != "cells":
        return frozenset()
    return frozenset(("measured", arm) for arm, n in found.n.items() if 0 < n < design.told_from)


def _hidden(design: Design, sample: Sample, flow: GuardedFlow) -> Estimate:
    if counted(sample) and design.estimator in ("ancova", "lin"):
        asked = ", ".join(design.covariates) or "–"
        raise AdjustmentImpossibleError(design.key, asked, column="covariates", reason="published_counts")
    if too_few(design, sample):
        return without_effect(_from_sample(design, sample, flow.table))
    counts = with_events(sample)
    small = small_hidden(counts, design.told_from) if counted(counts) else sample
    return _from_sample(design, small if counted(sample) or small.hidden else sample, flow.table)


def _hidden_durations(design: Design, durations: Durations, flow: GuardedFlow) -> Estimate:
    if durations.entered is not None:
        raise EntryNotShownError(design.key, durations.entered.column, column=durations.entered.column)
    merged = protected_durations(durations, design.told_from)
    used = merged or durations
    found = _told(design, in_coarse_numbers(restricted_mean_difference(design, used)), used, flow.table)
    return shown_curves(found) if merged else without_effect(found)


def _from_sample(design: Design, sample: Sample, flow: object | None) -> Estimate:
    if sample.hidden:
        return _band(design, sample, flow)
    found = _estimator(design, sample)(design, sample)
    return _told(design, found, sample, flow)


def _estimator(design: Design, sample: Sample) -> Estimator:
    name = design.estimator or HEADLINE[design.method]
    if design.estimator is None and design.method == "rct" and sample.rows["cluster"].is_not_null().all():
        name = "cluster_trial"
    if name == "cluster_trial" and sample.rows["cluster"].is_null().any():
        raise missing(design, design.cluster or "cluster", list(sample.table.columns))
    fit = sorted(set(ESTIMATORS) - set(OF_ONE_PERIOD if design.method in OVER_TIME else ()))
    if name not in fit:
        raise DesignNotUnderstoodError(where=design.key, found=name, column="estimator", meant=", ".join(fit))
    return ESTIMATORS[name]


def _band(design: Design, sample: Sample, flow: object | None) -> Estimate:
    """Return a band: the estimate with hidden counts at their least and most favourable, and nothing in between."""
    ends = [
        _told(design, _estimator(design, s)(design, s), s, flow)
        for s in (filled(design, sample, up=up) for up in (False, True))
    ]
    low, high = (
        end.value if limit is None else limit for end, limit in zip(ends, (ends[0].low, ends[1].high), strict=True)
    )
    band = note("N04", low=rounded(ends[0].value or 0.0, 1), high=rounded(ends[1].value or 0.0, 1))
    notes = (*(item for item in ends[0].notes if item.code not in (*OF_WHAT_WAS_FOUND, "small_cells")), band)
    cautious = max((end.p for end in ends if end.p is not None), default=None)
    points = {**ends[0].grade, "execution": max(1, ends[0].grade["execution"] - 1)}
    points["reasons"] = [*points["reasons"], "small_cells"]
    return replace(
        ends[0], value=None, se=None, se_ols=None, df=None, low=low, high=high, p=None, p_randomisation=None,
        by_time=(), aggregations={}, beside={}, balance=(), levels=(), notes=notes, grade=points,
        verdict=verdict(design, low, high, None, cautious),
    )  # fmt: skip


def _told(design: Design, found: Finding, told: Sample | Durations, flow: object | None) -> Estimate:
    sample = told if isinstance(told, Sample) else None
    scale = design.per if sample is not None and sample.kind == "binary" else 1.0
    low, high = found.low, found.high
    if found.value is not None and found.se and low is None:
        reach = critical(design.level, found.df) * found.se
        low, high = found.value - reach, found.value + reach
    leading = found.p_randomisation if found.permutation_leads else found.p
    low, high, value = (None if end is None else end * scale for end in (low, high, found.value))
    said = verdict(design, low, high, value, leading)
    beside, stages, lines, notes = dict(found.beside), {}, [], [*found.notes, *registration_notes(design)]
    notes += [note(reason, **facts) for reason, facts in told.told]
    if sample is not None:
        passed = flow_from(design, sample, flow)
        stages, lines = passed.stages, balance(sample)
        notes += flow_notes(design, sample, passed) + _imbalance(design, lines) + _small(design, sample)
        beside["attrition"] = attrition_bounds(sample, passed)
    elif flow is not None:
        passed = ParticipantFlow(delivered_stages(design, told, flow))
        stages, notes = passed.stages, notes + flow_notes(design, told, passed)
    if design.block and (sample is None or design.method in OVER_TIME):
        notes.append(note("block_unused", column=design.block))
    notes += _without_interval(sample, low) + _detectable(found, scale, said)
    return Estimate(
        key=design.key, value=value, se=_times(found.se, scale), se_ols=_times(found.se_ols, scale), df=found.df,
        low=low, high=high, level=design.level, p=leading, p_randomisation=found.p_randomisation,
        n=_persons(found, sample), method=found.method, verdict=said,
        grade=grade(design, found, tuple(notes)), aggregation=found.aggregation,
        by_time=tuple(_scaled(plain(list(found.by_time)), scale)),
        aggregations=_scaled(plain(found.aggregations), scale),
        notes=tuple(notes), beside=_scaled(plain(beside), scale), flow=plain(stages), balance=tuple(plain(lines)),
        levels=tuple(_scaled(plain(list(found.levels)), scale)),
        method_facts=plain(found.facts), permutation_leads=found.permutation_leads,
        kind="duration" if sample is None else sample.kind, per=scale, good=design.good, mde=design.mde,
        outcome=design.outcome or "outcome", label=dict(design.label), design_hash=design.hash,
    )  # fmt: skip


def _persons(found: Finding, sample: Sample | None) -> dict[str, float]:
    """Return n by arm, control first, whole numbers as such."""
    n = found.n or (counts(sample) if sample else {})
    order = list(sample.arms) if sample else list(n)
    return {arm: int(n[arm]) if float(n[arm]).is_integer() else n[arm] for arm in order if arm in n}


def _times(value: float | None, scale: float) -> float | None:
    return None if value is None else value * scale


def _scaled(content: Json, scale: float) -> Json:
    if scale == 1.0:
        return content
    if isinstance(content, list):
        return [_scaled(item, scale) for item in content]
    if not isinstance(content, dict):
        return content
    return {k: v * scale if k in SCALED and isinstance(v, float) else _scaled(v, scale) for k, v in content.items()}


def _small(design: Design, sample: Sample) -> list[Remark]:
    """Return a warning where delivered counts are small enough to be hidden when shown."""
    if sample.persons or sample.kind != "binary":
        return []
    events, rest = sample.rows["low"], sample.rows["n"] - sample.rows["low"]
    small = events.is_between(1, design.told_from - 1) | rest.is_between(1, design.told_from - 1)
    return [note("small_cells", threshold=design.told_from)] if small.any() else []


def _imbalance(design: Design, lines: list[dict[str, Any]]) -> list[Remark]:
    """Return which baseline variables differ between randomised arms; other designs compare changes, not levels."""
    if design.method not in ("rct", "cluster_rct"):
        return []
    apart = [str(line["variable"]) for line in lines if abs(line["standardised_difference"] or 0.0) > IMBALANCE]
    return [note("imbalance", names=", ".join(apart))] if apart else []


def _without_interval(sample: Sample | None, low: float | None) -> list[Remark]:
    """Return which arms of persons have one only, or no delivered spread, where that leaves no interval."""
    if low is not None or sample is None or sample.hidden or sample.rows["period"].n_unique() > 1:
        return []
    arms = zip(sample.arms, reversed(by_arm(sample.rows)), strict=True)
    spreads = {name: arm.variance for name, arm in arms}
    unknown = [name for name, variance in spreads.items() if variance is None]
    if not unknown and not sum(variance or 0.0 for variance in spreads.values()):
        return [note("spread_zero")]
    return [note("no_spread", names=", ".join(unknown))] if unknown else []


def _detectable(found: Finding, scale: float, said: str) -> list[Remark]:
    """Return N06 where nothing could be said: the smallest effect this standard error could have shown."""
    if said != "too_small_to_say" or not found.se:
        return []
    reach = critical(0.95, found.df) + critical(2 * POWER - 1, found.df)
    return [note("N06", effect=rounded(reach * found.se * scale, 3))]
