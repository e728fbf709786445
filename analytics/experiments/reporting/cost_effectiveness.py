"""What one extra person in work costs, from the cost of a participant and the effect."""

from dataclasses import dataclass

from analytics.experiments.reporting.estimate import Estimate
from analytics.results import NotEstimable


@dataclass(frozen=True)
class CostPerExtra:
    """Kroner per extra person with the outcome; `high_nok` None: the data also allow no effect, so no upper limit."""

    value_nok: float
    low_nok: float | None
    high_nok: float | None


def cost_per_extra(cost_per_participant_nok: float, estimate: Estimate) -> CostPerExtra | NotEstimable:
    """Return the cost per extra person with a yes/no outcome, its limits those of the effect turned over.

    NotEstimable: the outcome is no yes/no outcome, the effect is hidden, or it is not in the good direction.
    """
    if estimate.kind != "binary":
        return NotEstimable("not_yes_no")
    if estimate.value is None:
        return NotEstimable("effect_hidden")
    ends = [end for end in (estimate.low, estimate.high) if end is not None]
    turned = sorted(end if estimate.good == "up" else -end for end in ends)
    gain = (estimate.value if estimate.good == "up" else -estimate.value) / estimate.per
    if gain <= 0:
        return NotEstimable("no_gain")
    low, high = (turned[0] / estimate.per, turned[-1] / estimate.per) if turned else (0.0, 0.0)
    return CostPerExtra(
        cost_per_participant_nok / gain,
        cost_per_participant_nok / high if high > 0 else None,
        cost_per_participant_nok / low if low > 0 else None,
    )
