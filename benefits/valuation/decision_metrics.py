"""Measures of whether a measure pays: net present value, ratios, payback, break-even. Amounts in NOK."""

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import pairwise

import numpy as np

from benefits.errors import InvalidInput
from benefits.no_answer import NoAnswer
from benefits.parameters import parameter
from benefits.valuation.discounting import R109, Rate, discount_factors, present_value

_SEARCH_STEPS = 64
_ROUNDS = 200
_CLOSE = 1e-14


def net_present_value(flows: Sequence[float], schedule: Rate = R109, first_year: int = 0) -> float:
    """Return the present value of net flows (gains plus, costs minus), in NOK of year 0."""
    return present_value(flows, schedule, first_year)


def tax_financing_term(net_public: float, rate: float | None = None) -> float:
    """Return the cost of financing by taxes: 0.20 × the net public effect, negative when budgets worsen."""
    share = parameter("finansdepartementet.r109.tax_financing_cost").latest() if rate is None else rate
    return share * net_public


def net_benefit(lines: Mapping[str, float], public: Collection[str], rate: float | None = None) -> float:
    """Return the sum of priced lines (present values, NOK) and the tax-financing term of those in `public`.

    Raises InvalidInput where `public` names a line that is not there.
    """
    missing = sorted(set(public) - set(lines))
    if missing:
        raise InvalidInput(where="public", found=", ".join(missing), allowed=", ".join(sorted(lines)))
    term = tax_financing_term(math.fsum(lines[name] for name in set(public)), rate)
    return math.fsum([*lines.values(), term])


def benefit_cost_ratio(benefits: float, costs: float) -> float | NoAnswer:
    """Return benefits over costs, both present values with costs as a positive number; no answer without costs."""
    return benefits / costs if costs > 0 else NoAnswer("no_cost", (("cost", costs),))


def mvpf(willingness_to_pay: float, net_cost: float) -> float | NoAnswer:
    """Return the marginal value of public funds: willingness to pay over net cost to public budgets.

    Infinite when the net cost is zero or less and willingness to pay is not negative; no answer when both are
    below that (nobody wants it and it saves money: the ratio would look like a gain).
    """
    if net_cost > 0:
        return willingness_to_pay / net_cost
    return math.inf if willingness_to_pay >= 0 else NoAnswer("mvpf_undefined")


def payback_year(flows: Sequence[float], schedule: Rate | None = R109, first_year: int = 0) -> int | None:
    """Return the first year from which the accumulated flows are never negative again; None within no year.

    Flows are discounted with `schedule`; None leaves them undiscounted. Flows that never go negative pay back at once.
    """
    amounts = np.asarray(flows, dtype=float)
    if schedule is not None:
        amounts = amounts * discount_factors(first_year, len(amounts), schedule)
    accumulated = np.cumsum(amounts)
    tolerance = 1e-12 * float(np.abs(amounts).sum())
    negative = np.flatnonzero(accumulated < -tolerance)
    if len(negative) == 0:
        return first_year
    return None if negative[-1] == len(amounts) - 1 else first_year + int(negative[-1]) + 1


def break_even(
    net_gain: Callable[[float], float], low: float, high: float, steps: int = _SEARCH_STEPS
) -> float | NoAnswer:
    """Return where a continuous net gain is zero between low and high, the one nearest to low; else no answer.

    A change of sign is searched in `steps` equal steps from low; it is then closed in on by false position with
    halving until the ends meet, so that a root is as exact as the numbers allow.
    """
    points = [low + (high - low) * step / steps for step in range(steps + 1)]
    values = [net_gain(point) for point in points]
    if not any(values):
        return NoAnswer("never_matters")
    for (left, right), (at_left, at_right) in zip(pairwise(points), pairwise(values), strict=True):
        if at_left == 0 or at_right == 0:
            return left if at_left == 0 else right
        if (at_left < 0) != (at_right < 0):
            return _closed_in(net_gain, left, right, (at_left, at_right))
    return NoAnswer("no_break_even", (("low", low), ("high", high)))


def cost_per_extra_person(cost: float, extra_persons: float) -> float | NoAnswer:
    """Return NOK per extra person in work; no answer where the measure brings nobody into work."""
    return cost / extra_persons if extra_persons > 0 else NoAnswer("nobody_extra")


def return_per_krone(net_gain: float, cost: float) -> float | NoAnswer:
    """Return the net gain per krone spent on the measure, both present values."""
    return net_gain / cost if cost > 0 else NoAnswer("no_cost", (("cost", cost),))


def _closed_in(net_gain: Callable[[float], float], left: float, right: float, ends: tuple[float, float]) -> float:
    """Return the root in a bracket: false position that halves the weight of an end that stays (Illinois)."""
    at_left, at_right = ends
    best = min((abs(at_left), left), (abs(at_right), right))
    for _ in range(_ROUNDS):
        point = (left * at_right - right * at_left) / (at_right - at_left)
        if not min(left, right) < point < max(left, right):
            point = (left + right) / 2
        at_point = net_gain(point)
        best = min(best, (abs(at_point), point))
        if (
            at_point == 0
            or abs(right - left) <= _CLOSE * max(abs(left), abs(right))
            or best[0] <= _CLOSE * abs(ends[0])
        ):
            break
        if (at_point < 0) == (at_right < 0):
            right, at_right, at_left = point, at_point, at_left / 2
        else:
            left, at_left, right, at_right = right, at_right, point, at_point
    return best[1]
