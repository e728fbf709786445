"""What income equalisation takes of an extra tax krone of a scenario's municipality and county, with its range."""

import numpy as np

from benefits.parameters import Parameters, RecordedParameters
from benefits.persons.person_year import lost_share
from benefits.persons.sampled_scenario import SampledScenario
from benefits.scenario.model import Scenario, Spread
from benefits.valuation.uncertainty import spread_used

EQUALISED = ("municipality", "county")


def lost_shares(scenario: Scenario) -> dict[str, Spread]:
    """Return the share of a krone that is lost, at the values and at the ends of what it rests on."""
    return {payer: _lost(scenario, payer) for payer in EQUALISED}


def _lost(scenario: Scenario, payer: str) -> Spread:
    noted = RecordedParameters({name: spread.value for name, spread in scenario.parameters.items()})
    value = float(lost_share(SampledScenario(scenario, {}, noted), payer))
    spreads = {name: spread_used(scenario, name) for name in noted.used}
    corners = np.array(np.meshgrid(*(spread.ends for spread in spreads.values()))).reshape(len(spreads), -1)
    moved = Parameters(dict(zip(spreads, corners, strict=True)))
    ends = np.asarray(lost_share(SampledScenario(scenario, {}, moved), payer))
    return Spread(value, float(ends.min()), float(ends.max()))
