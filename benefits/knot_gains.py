"""A knot's gain score taken from an appraisal in the place of a judgement."""

from bisect import bisect_right

from analytics.programme import Knots
from benefits.appraisal import appraise
from benefits.scenario import shipped, shipped_scenario


def gain_scores(found: Knots) -> dict[str, int]:
    """Return the gain score 1–5 of each knot with a scenario Innenfor has, from its NPV for society.

    An NPV at or above a limit of `knots.toml` earns the next score; one below the first limit, a loss, earns 1.
    """
    values = gain_values(found)
    return {knot: 1 + bisect_right(found.gain_scale.limits_nok, value) for knot, value in values.items()}


def gain_values(found: Knots) -> dict[str, float]:
    """Return the net present value for society by knot, as its scenario shows it, in NOK of the base year."""
    known = [knot for knot in found.knots if knot.scenario in shipped()]
    return {knot.id: appraise(shipped_scenario(knot.scenario), draws=1).society.npv for knot in known}
