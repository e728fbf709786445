"""How society's net present value moves with the effect: the model run along a line of effects."""

from collections.abc import Sequence

from benefits.scenario.model import Scenario
from benefits.valuation.simulation import point_society, prepared, society_npv


def npv_by_effect(scenario: Scenario, peaks: Sequence[float]) -> tuple[float, ...]:
    """Return the NPV to society (NOK) at each peak effect (shares), the path scaled as a whole, all else at value."""
    model = prepared(scenario)
    society = point_society(model)
    return tuple(society_npv(model.with_peak(peak), society) for peak in peaks)
