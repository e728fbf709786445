"""The model itself: a scenario and the parameters it uses, run at a sample of values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from benefits.parameters import Parameters, RecordedParameters, parameter
from benefits.persons.head_worth import WorthPart, worth_parts
from benefits.persons.sampled_scenario import SampledScenario
from benefits.scenario.model import BUDGETING, Scenario, Spread
from benefits.valuation.discounting import Rate, discount_factors, schedule_of
from benefits.valuation.effect_path import heads, net_effect
from benefits.valuation.ledgers import Flows, flows, in_year, mean_flows, present_values, priced_heads
from benefits.valuation.uncertainty import (
    ParameterDraws,
    drawn_sample,
    experiment_draws,
    parameter_spreads,
    point_sample,
    scenario_spreads,
    tornado_sample,
)

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Model:
    """A scenario ready to run: every quantity with its range, the effect's point, and which way a head counts.

    `point_parts` is what a head is worth at the point, where neither effect nor persistence matters.
    """

    scenario: Scenario
    spreads: Mapping[str, Spread]
    effect_point: Array
    effect_draws: Array | None
    direction: float
    point_parts: Sequence[WorthPart] = ()

    def point(self) -> ParameterDraws:
        """Return the sample in which everything lies at its value."""
        return point_sample(self.spreads, self.effect_point)

    def drawn(self, draws: int, seed: int, own: str = "") -> ParameterDraws:
        """Return a sample of draws; `own` names the draws of what the scenario gives itself."""
        return drawn_sample(self.scenario, self.spreads, self.effect_point, draws, seed, self.effect_draws, own)

    def moved(self) -> tuple[list[str], ParameterDraws]:
        """Return the sample in which one quantity at a time lies at its low and its high end."""
        return tornado_sample(self.scenario, self.spreads, self.effect_point, self.effect_draws)

    def at(self, sample: ParameterDraws) -> SampledScenario:
        """Return the scenario at a sample, with the parameters the sample moves."""
        return SampledScenario(self.scenario, sample.values, Parameters(sample.values))

    @property
    def peak(self) -> int:
        """The year of the path in which the effect is largest, in either direction."""
        return int(np.argmax(np.abs(self.effect_point)))

    @property
    def schedule(self) -> Rate:
        """What later years are discounted with."""
        return schedule_of(self.scenario.discount_rate)

    @property
    def factors(self) -> Array:
        """The discount factors of the horizon, by year."""
        return discount_factors(0, self.scenario.horizon_years, self.schedule)

    def with_peak(self, largest: float) -> "Model":
        """Return the model with its effect path scaled as a whole, so that its largest year is this."""
        now = self.effect_point[self.peak]
        shape = self.effect_point / now if now else np.ones_like(self.effect_point)
        return replace(self, effect_point=largest * shape)


def prepared(scenario: Scenario, effect_draws: ArrayLike | None = None) -> Model:
    """Return the model of a scenario; an experiment's draws take the place of its effect and interval."""
    given = None if effect_draws is None else experiment_draws(effect_draws)
    point = np.asarray(scenario.effect.value) if given is None else given.mean(axis=0)
    spreads = {**scenario_spreads(scenario), **scenario.parameters}
    blank = Model(scenario, spreads, point, given, 1.0)
    noted = RecordedParameters(blank.point().values)
    parts = worth_parts(replace(blank.at(blank.point()), parameters=noted))
    worths(blank, blank.point(), parts, noted)
    model = replace(blank, spreads={**spreads, **parameter_spreads(scenario, noted.used)}, point_parts=parts)
    return replace(model, direction=-1.0 if _worth_of_an_effect(model) < 0 else 1.0)


def simulate(model: Model, sample: ParameterDraws) -> Flows:
    """Return all ledgers of the model at a sample, by draw and year."""
    return flows(*reached_heads(model, sample))


@dataclass(frozen=True)
class Drawn:
    """The model at its draws: present values by ledger and draw, the mean flows by year, heads in work (draws, years).

    `in_years` is undiscounted NOK by draw of those who budget, in each year of the four-year plan.
    """

    worths: Mapping[str, Array]
    mean: Flows
    heads: Array
    in_years: Sequence[Mapping[str, Array]]


def reached_heads(model: Model, sample: ParameterDraws) -> tuple[SampledScenario, Array]:
    """Return the scenario at a sample, and extra heads in work by draw and year."""
    sampled = model.at(sample)
    return sampled, _heads(model, sample, sampled)


def at_draws(model: Model, sample: ParameterDraws) -> Drawn:
    """Return the model at a sample of draws, each head priced once."""
    sampled, reached = reached_heads(model, sample)
    draws, horizon = reached.shape
    priced = priced_heads(sampled, reached)
    plan = range(horizon)[plan_years(model.scenario)]
    years = [in_year(sampled, priced, year, draws, BUDGETING) for year in plan]
    worth = present_values(sampled, priced, model.factors, draws)
    return Drawn(worth, mean_flows(sampled, reached, priced), reached, years)


def plan_years(scenario: Scenario) -> slice:
    """Return the years of the four-year plan: from the start of the measure, as many as the horizon has."""
    return slice(scenario.start, scenario.start + int(parameter("innenfor.limits.economic_plan").latest()))


def worths(
    model: Model,
    sample: ParameterDraws,
    parts: Sequence[WorthPart] | None = None,
    parameters: Parameters | None = None,
    *,
    costs: bool = True,
) -> dict[str, Array]:
    """Return the present value of every ledger, `public_total` and `society` at a sample, by draw.

    `parts` are what heads are worth where that is known already; `parameters` take the place
    of the sample's own; `costs=False` leaves the costs out.
    """
    sampled = model.at(sample) if parameters is None else replace(model.at(sample), parameters=parameters)
    reached = _heads(model, sample, sampled)
    return present_values(sampled, priced_heads(sampled, reached, parts), model.factors, len(reached), costs=costs)


@dataclass(frozen=True)
class PointSociety:
    """The scenario at the point, what a head is worth to society in each year, discounted (horizon,), costs in NOK."""

    sampled: SampledScenario
    a_head: Array
    costs: float

    def npv(self, effect: Array, years: float | None = None) -> float:
        """Return the net present value of an effect (1, path) in heads a participant; `years` is how long it lasts."""
        sampled = self.sampled
        if years is not None:
            sampled = replace(sampled, values={**sampled.values, "persistence.years": years})
        return float(heads(sampled, effect)[0] @ self.a_head) + self.costs

    def net_effect(self, model: Model) -> Array:
        """Return extra person-years per participant at the point of a model's effect, (1, path)."""
        point = model.effect_point
        return net_effect(self.sampled, point[None, :], point, model.direction)


def point_society(model: Model) -> PointSociety:
    """Return what a head and the costs are to society at the point: neither depends on effect nor on persistence."""
    sampled, horizon = model.at(model.point()), model.scenario.horizon_years
    ones = flows(sampled, np.ones((1, horizon)), model.point_parts, costs=False).society[0]
    costs = present_values(sampled, [], model.factors, 1)["society"]
    return PointSociety(sampled, ones * model.factors, float(costs[0]))


def _heads(model: Model, sample: ParameterDraws, sampled: SampledScenario) -> Array:
    return heads(sampled, net_effect(sampled, sample.effect, sample.effect_point, model.direction))


def _worth_of_an_effect(model: Model) -> float:
    """Return what an effect of one more head per participant is worth to society over the horizon, costs apart."""
    sample = model.point()
    sampled = model.at(sample)
    priced = priced_heads(sampled, heads(sampled, np.ones_like(sample.effect)), model.point_parts)
    return float(present_values(sampled, priced, model.factors, 1, costs=False)["society"][0])
