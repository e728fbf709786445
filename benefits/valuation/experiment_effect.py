"""From experiment to kroner: effects of registered experiments, drawn towards each other, for a scenario."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.experiments.portfolio import registry
from analytics.experiments.portfolio.delivered import delivered, with_deliveries
from analytics.experiments.portfolio.registry import Experiment
from benefits.scenario.model import Scenario
from benefits.valuation.evidence_adjustment import NORMAL_LIMIT
from benefits.valuation.uncertainty import stream
from data.records import place

# Outcomes that are persons in work: only they can be a scenario's effect.
OUTCOMES = ("in_work", "steady_job")
_RANDOMISED = ("rct", "cluster_rct")


@dataclass(frozen=True)
class ExperimentEffect:
    """An experiment's effect in shares: as measured (`raw`), and drawn towards the mean of its like (`value`).

    `se` is the standard error of `value`, `low` and `high` its 95 % limits; `pooled` is how many trials it was drawn
    from; `source` is the publication, where there is one. Raw winners are never used.
    """

    key: str
    title: Mapping[str, str]
    raw: float
    raw_low: float
    raw_high: float
    value: float
    se: float
    evidence: str
    example: bool
    pooled: int
    source: str = ""

    @property
    def low(self) -> float:
        """Return the lower 95 % limit."""
        return max(-1.0, self.value - NORMAL_LIMIT * self.se)

    @property
    def high(self) -> float:
        """Return the upper 95 % limit."""
        return min(1.0, self.value + NORMAL_LIMIT * self.se)

    def draws(self, draws: int, seed: int) -> NDArray[np.float64]:
        """Return normal draws of the shrunken effect, within −1 and 1."""
        noise = stream(seed, f"experiment.{self.key}").standard_normal(draws)
        return np.asarray(np.clip(self.value + self.se * noise, -1.0, 1.0), dtype=float)


def feeds(each: Experiment) -> bool:
    """Return whether an experiment counts persons in work: an estimate of it can be a scenario's effect."""
    return bool(each.design and each.design.outcome in OUTCOMES and each.design.kind == "binary" and not each.published)


def feeding(recorded: Iterable[Experiment] | None = None) -> tuple[Experiment, ...]:
    """Return the registered experiments whose estimate can be a scenario's effect: persons in work, with results.

    recorded: what the programme's records hold, as whoever asks may see it; a file of the same key is what counts. All
    that they hold where nothing is given.
    """
    written = registry.of_records(place.as_they_stand()).values() if recorded is None else recorded
    every = {each.key: each for each in (*written, *registry.experiments())}
    fit = tuple(each for _, each in sorted(every.items()) if feeds(each))
    return tuple(each for each in fit if each.key in with_deliveries()) if fit else ()


def experiment_effects(recorded: Iterable[Experiment] | None = None) -> Mapping[str, ExperimentEffect]:
    """Return the effect of each experiment that can feed a scenario, by key; examples are pooled with examples only.

    recorded: as `feeding` takes them. An experiment whose protected numbers give no value or no interval is left out:
    it has no effect to hand on.
    """
    measured = [(each, found) for each in feeding(recorded) if (found := _measured(each)) is not None]
    effects: dict[str, ExperimentEffect] = {}
    for example in (False, True):
        effects |= _shrunken([pair for pair in measured if pair[0].example == example])
    return effects


def with_experiment(scenario: Scenario, effect: ExperimentEffect) -> Scenario:
    """Return the scenario with the experiment's shrunken effect in place of its own; an example makes an example.

    It bears the experiment's name and source: those of the scenario belong to the effect that is gone.
    """
    table = {"value": effect.value, "low": effect.low, "high": effect.high, "evidence": effect.evidence}
    named = {"title": dict(effect.title), "source": effect.source or None, "experiment": effect.key}
    return scenario.changed(effect=table, example=scenario.example or effect.example, **named)


def _measured(each: Experiment) -> tuple[float, float, float] | None:
    """Return the published estimate with its limits, in shares."""
    from analytics.experiments.reporting.evaluation import published

    rows = delivered(each)
    if each.design is None or rows is None:
        return None
    found = published(each.design, rows.table)
    if found.value is None or found.low is None or found.high is None:
        return None
    return found.value / found.per, found.low / found.per, found.high / found.per


def _shrunken(measured: list[tuple[Experiment, tuple[float, float, float]]]) -> dict[str, ExperimentEffect]:
    if not measured:
        return {}
    from analytics.experiments.portfolio.meta_analysis import pool

    limits = [found for _, found in measured]
    errors = [(high - low) / (2 * NORMAL_LIMIT) for _, low, high in limits]
    pooled = pool([value for value, _, _ in limits], errors)
    result = {}
    for (each, (raw, low, high)), row in zip(measured, pooled.shrunken, strict=True):
        evidence = "rct" if each.method in _RANDOMISED else "quasi_experiment"
        value, se = float(row["value"]), float(row["shrunken_se"])
        result[each.key] = ExperimentEffect(
            each.key, each.title, raw, low, high, value, se, evidence, each.example, pooled.k, each.source
        )
    return result
