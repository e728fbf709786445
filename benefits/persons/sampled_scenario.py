"""A scenario at sampled values: what every person-year and every ledger is priced with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benefits.parameters import PUBLISHED, Parameters, Rates
from benefits.rules import price_levels, rules_day
from benefits.scenario.model import Scenario

Array = NDArray[np.float64]


@dataclass(frozen=True)
class SampledScenario:
    """A scenario, the value of each of its quantities and the parameters the rules take: numbers, or one a draw."""

    scenario: Scenario
    values: Mapping[str, Any]
    parameters: Parameters = field(default=PUBLISHED)

    _found: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def rates(self) -> Rates:
        """The parameters on the day whose rules hold."""
        return self.parameters.at(rules_day(self.scenario.base_year))

    def once(self, find: Callable[["SampledScenario", str], Any], name: str) -> Any:  # noqa: ANN401 - of any kind
        """Return what is found of a name in this sample, found once."""
        if (find, name) not in self._found:
            self._found[find, name] = find(self, name)
        return self._found[find, name]

    def nok(self, name: str) -> Any:  # noqa: ANN401 - a number, or one a draw
        """Return a parameter in NOK of the scenario's base year."""
        scenario = self.scenario
        return self.rates[name] * price_levels.to_base_year(name, scenario.base_year, scenario.grunnbeloep_nok)

    @cached_property
    def growth(self) -> Array | None:
        """What wages and benefits of each year are in prices of the base year, (1 or draws, horizon); None is 1."""
        if not self.scenario.real_growth:
            return None
        rate = np.atleast_1d(self.rates["finansdepartementet.prices.real_growth"])[:, None]
        return np.asarray((1 + rate) ** np.arange(self.scenario.horizon_years), dtype=float)

    @cached_property
    def displacement_kept(self) -> Any:  # noqa: ANN401 - a number, or one a draw
        """What is left of displacement after a year more: it fades."""
        if not self.scenario.displacement_fades:
            return 1.0
        return np.exp2(-1 / np.asarray(self.values["displacement.half_life_years"], dtype=float))
