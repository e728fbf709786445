"""How surely each year: the chance that a ledger gains in it, beside the expected kroner of `Appraisal.by_year`."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from benefits.scenario.model import Scenario
from benefits.valuation.ledgers import all_in_year, priced_heads
from benefits.valuation.simulation import prepared, reached_heads
from benefits.valuation.uncertainty import check_draws


def chances_by_year(
    scenario: Scenario, draws: int = 10_000, seed: int = 1, effect_draws: ArrayLike | None = None
) -> Mapping[str, list[float]]:
    """Return the share of the draws in which each ledger, `public_total` and `society` gains, by year (horizon,).

    The draws are those of `appraise` with the same arguments. A year that moves nothing for a holder gains nothing: 0.
    Raises InvalidInput on no draws, a ScenarioError on a bad scenario.
    """
    check_draws(draws, seed)
    model = prepared(scenario, effect_draws)
    sampled, reached = reached_heads(model, model.drawn(draws, seed))
    priced = priced_heads(sampled, reached)
    found: dict[str, list[float]] = {}
    for year in range(scenario.horizon_years):
        for name, amounts in all_in_year(sampled, priced, year, draws).items():
            found.setdefault(name, []).append(float(np.mean(amounts > 0)))
    return found
