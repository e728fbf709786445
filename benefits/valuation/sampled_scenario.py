"""A scenario at sampled values: what every person-year and every ledger is priced with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
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
    def day(self) -> date:
        """The day whose rules hold."""
        return rules_day(self.scenario.base_year)

    @cached_property
    def rates(self) -> Rates:
        """The parameters on that day."""
        return self.parameters.at(self.day)

    def nok(self, name: str) -> Any:  # noqa: ANN401 - a number, or one a draw
        """Return a parameter in NOK of the scenario's base year."""
        return self.rates[name] * price_levels.to_base_year(
            name, self.scenario.base_year, self.scenario.grunnbeloep_nok
        )
