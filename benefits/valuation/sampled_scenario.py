"""A scenario at sampled values: what every person-year and every ledger is priced with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from benefits.parameters import PUBLISHED, Parameters, Rates
from benefits.rules import price_levels, rules_day
from benefits.scenario.model import Scenario


@dataclass(frozen=True)
class SampledScenario:
    """A scenario, the value of each of its quantities and the parameters the rules take: numbers, or one a draw."""

    scenario: Scenario
    values: Mapping[str, Any]
    parameters: Parameters = field(default=PUBLISHED)

    @cached_property
    def rates(self) -> Rates:
        """The parameters on the day whose rules hold."""
        return self.parameters.at(rules_day(self.scenario.base_year))

    def nok(self, name: str) -> Any:  # noqa: ANN401 - a number, or one a draw
        """Return a parameter in NOK of the scenario's base year."""
        scenario = self.scenario
        return self.rates[name] * price_levels.to_base_year(name, scenario.base_year, scenario.grunnbeloep_nok)
