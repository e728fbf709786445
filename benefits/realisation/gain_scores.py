"""A knot's gain score taken from an appraisal in the place of a judgement."""

from bisect import bisect_right

from analytics.programme.readings import Knots
from benefits.scenario.model import shipped, shipped_scenario
from benefits.valuation.appraisal import appraise


def gain_scores(found: Knots) -> dict[str, int]:
    """Return the gain score 1–5 of each knot with a scenario Innenfor has, from its expected NPV for society.

    One at or above a limit of `knots.toml` earns the next score; one below the first limit, a loss, earns 1.
    """
    values = gain_values(found)
    return {knot: 1 + bisect_right(found.gain_scale.limits_nok, value) for knot, value in values.items()}


def gain_values(found: Knots) -> dict[str, float]:
    """Return the expected net present value for society by knot, as its scenario shows it, in NOK of the base year."""
    known = [knot for knot in found.knots if knot.scenario in shipped()]
    return {knot.id: appraise(shipped_scenario(knot.scenario)).society.expected for knot in known}
