"""What may be shown to anyone: no count under the threshold, and none that can be worked out from those shown."""

import math
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np

from analytics.experiments.estimators.base import Finding, Remark
from analytics.experiments.input.durations import ClusterLives, Durations, LifeTable
from analytics.experiments.reporting.estimate import Estimate, Json
from analytics.experiments.reporting.guarded_flow import Place, lost_between
from analytics.experiments.reporting.verdict import STEPS

CURVE = ("time", "arm", "survival", "low", "high")
OF_WHAT_WAS_FOUND = ("N06", "N07", "N10", "imbalance", "no_spread")
"""Notes that rest on the outcomes themselves."""
_FINE = 2  # significant digits of a p-value and a test, and of how sure a difference of times is


def protected_durations(durations: Durations, least: int) -> Durations | None:
    """Return the life tables with neighbouring intervals put together until no count of events is 1 … least − 1.

    Both arms keep the same intervals; None where even one interval for the whole time would show a small count.
    Those who left without an event stay where they were: how many is never shown (`shown_curves`).
    """
    times = np.union1d(durations.arms[0].time, durations.arms[1].time)
    edges: list[float] = []
    for time in times.tolist():
        start = edges[-1] if edges else -np.inf
        if _may_be_shown(durations, start, time, least):
            edges.append(time)
    while edges and edges[-1] < times[-1]:
        edges.pop()
        if _may_be_shown(durations, edges[-1] if edges else -np.inf, times[-1], least):
            edges.append(float(times[-1]))
    if not edges:
        return None
    none, one = (_merged(table, edges) for table in durations.arms)
    merged = replace(durations, arms=(none, one), persons=None)
    if durations.clusters is None:
        return merged
    lives = [_merged_lives(*side, edges) for side in zip(durations.clusters, durations.arms, strict=True)]
    return replace(merged, clusters=(lives[0], lives[1]))


def _may_be_shown(durations: Durations, start: float, end: float, least: int) -> bool:
    counts = [_counted(table, start, end)[0] for table in durations.arms]
    return any(counts) and not any(0 < count < least for count in counts)


def _counted(table: LifeTable, start: float, end: float) -> tuple[float, float]:
    inside = (table.time > start) & (table.time <= end)
    return float(table.events[inside].sum()), float(table.censored[inside].sum())


def _merged(table: LifeTable, edges: list[float]) -> LifeTable:
    spans = list(pairwise([-np.inf, *edges]))
    at_risk = [next(iter(table.at_risk[table.time > start].tolist()), 0.0) for start, _ in spans]
    events, censored = zip(*(_counted(table, *span) for span in spans), strict=True)
    return LifeTable(np.array(edges), np.array(at_risk), np.array(events), np.array(censored))


def _merged_lives(lives: ClusterLives, table: LifeTable, edges: list[float]) -> ClusterLives:
    spans = [(table.time > start) & (table.time <= end) for start, end in pairwise([-np.inf, *edges])]
    left = np.hstack([lives.at_risk, np.zeros((len(lives.names), 1))])
    first = [int(np.searchsorted(table.time, start, side="right")) for start in (-np.inf, *edges[:-1])]
    return ClusterLives(lives.names, left[:, first], np.stack([lives.events[:, s].sum(axis=1) for s in spans], axis=1))


def in_coarse_numbers(found: Finding) -> Finding:
    """Return a finding about times to a tenth of its standard error or so, and its tests in two digits.

    In full they would tell how many left without an event: few tables fit a number of sixteen digits.
    """
    step = 10.0 ** math.floor(math.log10(found.se / 2)) if found.se else 0.1
    levels = tuple({**line, **{end: _to(line[end], step) for end in ("value", "low", "high")}} for line in found.levels)
    beside = {name: _in_digits(told) for name, told in found.beside.items()}
    return replace(
        found, value=_to(found.value, step), se=_in_digits(found.se), low=_to(found.low, step),
        high=_to(found.high, step), df=_in_digits(found.df), p=_in_digits(found.p),
        p_randomisation=_in_digits(found.p_randomisation), levels=levels, beside=beside,
    )  # fmt: skip


def _to(value: float | None, step: float) -> float | None:
    return None if value is None else round(round(value / step) * step, 12)


def _in_digits(told: Json) -> Json:
    """Return numbers in two significant digits, also those in a table."""
    if isinstance(told, dict):
        return {name: _in_digits(each) for name, each in told.items()}
    if not isinstance(told, float) or not math.isfinite(told) or not told:
        return told
    return round(told, _FINE - 1 - math.floor(math.log10(abs(told))))


def shown_curves(found: Estimate) -> Estimate:
    """Return an estimate whose curves are whole percents without the persons behind them, and its log-rank test."""
    points = tuple(
        {name: point[name] if name in ("time", "arm") else _whole_percent(point[name]) for name in CURVE}
        for point in found.by_time
    )
    beside = dict(found.beside)
    if "p" in beside.get("logrank", {}):
        beside["logrank"] = {name: beside["logrank"][name] for name in ("chi2", "p")}
    return replace(found, by_time=points, beside=beside)


def _shown_levels(found: Estimate) -> tuple[dict[str, Any], ...]:
    """Return the arms' levels, shares as whole percents."""
    if found.kind != "binary":
        return found.levels
    ends = ("value", "low", "high")
    whole = [{end: _whole_percent(None if line[end] is None else line[end] / found.per) for end in ends}
             for line in found.levels]  # fmt: skip
    return tuple(
        {**line, **{end: None if share is None else share * found.per for end, share in shares.items()}}
        for line, shares in zip(found.levels, whole, strict=True)
    )


def _whole_percent(share: float | None) -> float | None:
    return None if share is None else round(share, 2)


def without_effect(found: Estimate) -> Estimate:
    """Return an estimate of which nothing but its size may be told: no remark on what was found, no mark for it."""
    notes = tuple(item for item in found.notes if item.code not in OF_WHAT_WAS_FOUND)
    told = {STEPS[item.code] for item in notes if item.code in STEPS}
    reasons = [reason for reason in found.grade["reasons"] if reason in told or reason not in STEPS.values()]
    return replace(
        found, value=None, se=None, se_ols=None, df=None, low=None, high=None, p=None, p_randomisation=None,
        by_time=(), aggregations={}, beside={}, balance=(), levels=(), verdict="too_small_to_say",
        notes=notes, grade={**found.grade, "execution": max(1, 5 - len(told)), "reasons": reasons},
    )  # fmt: skip


def protected(found: Estimate, least: int, hidden: frozenset[Place] = frozenset()) -> Estimate:
    """Return an estimate without the counts of the flow and of the baseline that are small or give a small one.

    hidden: the stages, each with its arm, that are not told, as `guarded` found them: an arm is absent there, attrition
    is told as a span, and its bounds not at all.
    """
    flow = {name: {arm: n for arm, n in of.items() if (name, arm) not in hidden} for name, of in found.flow.items()}
    kept = {arm: n for arm, n in found.n.items() if ("measured", arm) not in hidden}
    notes = tuple(_told_of_few(item, found, hidden, least) for item in found.notes if item.code != "small_cells")
    beside = dict(found.beside)
    if any(stage in ("assigned", "measured") for stage, _ in hidden) and "attrition" in beside:
        beside["attrition"] = {name: {"not_estimable": "small_numbers"} for name in ("manski", "lee")}
    beside |= {"complier": {"not_estimable": "small_numbers"}} if "complier" in beside else {}
    balance = tuple(_shown_line(line, found, least) for line in found.balance)
    shown = () if len(kept) < len(found.n) or min(found.n.values(), default=0) < least else _shown_levels(found)
    return replace(found, flow=flow, n=kept, notes=notes, beside=beside, balance=balance, levels=shown)


def _told_of_few(item: Remark, found: Estimate, hidden: frozenset[Place], least: int) -> Remark:
    """Return a note with a span where it would tell how many of a few were lost, or lack their outcome."""
    facts = dict(item.facts)
    if item.code == "outcome_missing" and 0 < facts.get("count", 0) < least:
        facts["count"] = f"1–{least - 1}"
    if item.code == "block_one_arm" and 0 < facts.get("persons", 0) < least:
        facts["persons"] = f"< {least}"
    for side, arm in zip(("control", "treated"), found.n, strict=False) if item.code == "N01" else ():
        if {("assigned", arm), ("measured", arm)} & hidden:
            facts[side] = lost_between(found.flow, arm, hidden, least)
    return Remark(item.code, tuple(facts.items()))


def _shown_line(line: dict[str, Any], found: Estimate, least: int) -> dict[str, Any]:
    """Return a balance line in two decimals, without values where a yes/no variable rests on a small count."""
    sizes = list(found.n.values())
    if any(0 < size < least for size in sizes):
        return {**line, "treated": None, "control": None, "standardised_difference": None}
    shares = [line["control"], line["treated"]]
    if len(sizes) != 2 or any(share is None or not 0 <= share <= 1 for share in shares):
        return line
    short = {name: None if value is None or name == "variable" else round(value, 2) for name, value in line.items()}
    counts = [n * part for n, share in zip(sizes, shares, strict=True) for part in (share, 1 - share)]
    if not any(0 < round(count, 6) < least for count in counts):
        return {**short, "variable": line["variable"]}
    return {**line, "treated": None, "control": None, "standardised_difference": None}
