"""The flow of persons before anything is made of it: what stands in for a stage that would tell of a few."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

import polars as pl

from analytics.experiments.design.design import Design
from analytics.experiments.input.checks import Sample
from analytics.experiments.input.durations import Durations
from analytics.experiments.reporting.participant_flow import STAGES, delivered_stages, flow_from

Place = tuple[str, str]
"""A stage and an arm."""


@dataclass(frozen=True)
class GuardedFlow:
    """A flow table that tells of nobody: what is computed with it is the same whichever the `hidden` counts are.

    table: arm and its stages, as `evaluate` takes it; None where no flow was delivered.
    """

    table: object | None
    hidden: frozenset[Place] = frozenset()


def guarded(design: Design, told: Sample | Durations, flow: object | None) -> GuardedFlow:
    """Return the flow with what may have been lost, as unlike in the arms as can be, where 1 … `told_from` − 1 were.

    The estimate rests on those measured, and would tell how many they are. So they stay, and a stage before is hidden
    that has a few more (or less): who was measured is known, who was lost is not.
    """
    stages = _stages(design, told, flow)
    arms = sorted({arm for counts in stages.values() for arm in counts})
    of_arms = {arm: {stage: stages[stage][arm] for stage in STAGES if arm in stages.get(stage, {})} for arm in arms}
    instead = _as_unlike_as_can_be(of_arms, design.told_from)
    hidden = frozenset((stage, arm) for arm, own in instead.items() for stage in own)
    if not hidden or (flow is None and "assigned" not in stages):
        return GuardedFlow(flow, hidden)
    rows = [{"arm": arm, **counts, **instead[arm]} for arm, counts in of_arms.items()]
    return GuardedFlow(pl.DataFrame(rows, infer_schema_length=None), hidden)


def _stages(design: Design, told: Sample | Durations, flow: object | None) -> dict[str, dict[str, float]]:
    if flow is not None:
        return delivered_stages(design, told, flow)
    return flow_from(design, told, None).stages if isinstance(told, Sample) else {}


def _as_unlike_as_can_be(of_arms: Mapping[str, Mapping[str, float]], least: int) -> dict[str, dict[str, float]]:
    """Return what stands in for the hidden stages of each arm: the few lost that part the arms most."""
    arms = [*of_arms]
    either = product(*([_instead(of_arms[arm], least, lost) for lost in sorted({1, least - 1})] for arm in arms))
    return dict(zip(arms, max(either, key=lambda some: _apart(of_arms, some)), strict=True)) if arms else {}


def _apart(of_arms: Mapping[str, Mapping[str, float]], instead: Iterable[Mapping[str, float]]) -> float:
    """Return how far the arms' lost shares are apart."""
    arms = [{**counts, **own} for counts, own in zip(of_arms.values(), instead, strict=True)]
    shares = [1 - each["measured"] / each["assigned"] for each in arms if each.get("assigned") and "measured" in each]
    return max(shares, default=0.0) - min(shares, default=0.0)


def _instead(counts: Mapping[str, float], least: int, lost: int) -> dict[str, float]:
    """Return the stages of an arm that are hidden, each with what stands in for it where so many were lost."""
    kept: list[float] = []
    hidden: dict[str, float] = {}
    for stage in reversed([*counts]):
        near = [count for count in kept if 0 < abs(counts[stage] - count) < least]
        if near:
            hidden[stage] = max(near) + lost
        elif 0 < counts[stage] < least:
            hidden[stage] = float(least - lost if stage == "measured" else least - 1)
        else:
            kept.append(counts[stage])
    return hidden


def lost_between(flow: Mapping[str, Mapping[str, float]], arm: str, hidden: frozenset[Place], least: int) -> str:
    """Return the whole per cent of an arm's assigned that may have been lost, from the least to the most."""
    assigned, measured = (flow.get(stage, {}).get(arm) for stage in ("assigned", "measured"))
    few = (1, least - 1)
    if ("assigned", arm) in hidden and ("measured", arm) not in hidden and measured is not None:
        shares = [lost / (measured + lost) for lost in few]
    elif ("measured", arm) in hidden and ("assigned", arm) not in hidden and assigned:
        shares = [max(0.0, assigned - left) / assigned for left in reversed(few)]
    else:
        shares = [0.0, 1.0]
    return "–".join(f"{round(100 * share)}" for share in shares)
