"""Before the start: how many, and how small an effect a design can see.

Power is the chance of the very verdict the page gives: two means, and matched pairs, by the noncentral t, shares over
all outcomes, clusters few in an arm, uneven in size or counted yes and no by drawn trials, looks by their limits.
"""

from dataclasses import asdict, replace
from typing import Any, TypedDict, Unpack

import numpy as np

from analytics.experiments.design.cluster_power import PlannedClusters, number_power, share_power
from analytics.experiments.design.group_sequential import crossing_probability, sequential_limits
from analytics.experiments.design.planned_comparison import PlannedComparison
from analytics.experiments.design.verdict_power import yes_no_power
from analytics.experiments.errors import DesignNotUnderstoodError
from data import i18n
from data.format.numbers import per_hundred, sized

MOST_CLUSTERS = 2000
MOST_STEPS = 200
UNSURE = 0.25
"""How far the formula may be below the power of drawn trials."""


def power(plan: PlannedComparison, effect: float) -> float:
    """Return the chance (0–1) of a verdict better or worse; effect: in the outcome's unit, or a share difference."""
    plan.refuse_effect(effect)
    return _chance(plan, effect)


def _chance(plan: PlannedComparison, effect: float) -> float:
    if plan.looks > 1:
        return _looked_at(plan, effect)
    if plan.too_few_pairs:
        return 0.0
    if plan.drawn:
        return _drawn_power(plan, effect, 0.0)
    if plan.exact_shares and plan.base_rate is not None:
        n1 = min(max(round(plan.sides[0]), 1), round(plan.n) - 1)
        exact = yes_no_power(n1, round(plan.n) - n1, plan.raised(effect), plan.base_rate, plan.alpha)
        if exact is not None:
            return exact
    return _formula(plan, effect)


def _formula(plan: PlannedComparison, effect: float) -> float:
    return _t_power(abs(effect) / standard_error(plan, effect), _freedom(plan), plan.alpha)


def _drawn_power(plan: PlannedComparison, effect: float, least: float) -> float:
    """Return the power of drawn trials, or less than `least` where that is known before all is drawn."""
    treated, control = map(round, plan.sides)
    size = plan.n / (treated + control) if plan.clusters else 1.0
    clusters = PlannedClusters(treated, control, size, plan.cv, plan.icc, plan.alpha, plan.r2)
    if plan.base_rate is not None and plan.drawn_shares:
        return share_power(clusters, plan.raised(effect), plan.base_rate)
    one, none = plan.variances(effect)
    spread = (one / treated + none / control) / (1 / treated + 1 / control)
    return number_power(clusters, abs(effect) / max(spread, 1e-300) ** 0.5, least)


def _looked_at(plan: PlannedComparison, effect: float) -> float:
    """Return the power of several looks, with the z that one look would be worth."""
    from scipy import stats

    one = min(max(_chance(replace(plan, looks=1), effect), plan.alpha), 1 - 1e-12)
    expected = float(stats.norm.ppf(one) - stats.norm.ppf(plan.alpha / 2))
    return crossing_probability(np.array(sequential_limits(plan.looks, plan.shape, plan.alpha)), expected)


def _t_power(shift: float, df: float, alpha: float) -> float:
    from scipy import stats

    limit = float(stats.t.ppf(1 - alpha / 2, df))
    found = float(stats.nct.sf(limit, df, shift) + np.nan_to_num(stats.nct.cdf(-limit, df, shift)))
    return found if np.isfinite(found) else float(stats.norm.sf(limit - shift))


def _freedom(plan: PlannedComparison) -> float:
    """Return G − 2 under 20 clusters, one under the matched pairs' number, else Satterthwaite's of two groups with one
    variance, one less by ANCOVA."""
    if plan.pair is not None:
        return max(plan.n / 2 if not plan.clusters else plan.pairs, 2) - 1
    if plan.of_means and not plan.r2:
        return max((plan.clusters or plan.n) - 2, 1)
    spread = 1 + plan.cv**2 if plan.clusters and not plan.r2 else 1.0
    one, none = (side / spread for side in plan.sides)
    left = (1 / one + 1 / none) ** 2 / sum(1 / side**2 / max(side - 1, 0.5) for side in (one, none))
    return max(left - 1, 1) if plan.r2 else left


def standard_error(plan: PlannedComparison, effect: float = 0.0) -> float:
    """Return the standard error of the planned difference, design effect of clusters included."""
    share = plan.sides[0] / sum(plan.sides)
    variance1, variance0 = plan.variances(effect)
    variance = variance1 / share + variance0 / (1 - share) - 4 * (plan.pair or 0.0) * (variance1 * variance0) ** 0.5
    units = plan.clusters or plan.n
    chance = 1 + 1 / max(units - 4, 1) if plan.r2 else 1.0  # the covariate differs between the arms by chance
    return float(np.sqrt((1 - plan.r2) * chance * plan.inflation / plan.n * variance))


def smallest_detectable_effect(plan: PlannedComparison) -> float | None:
    """Return the smallest effect upwards found with the planned power; None where not even 100 % would be."""
    from scipy.optimize import brentq

    top = 50 * standard_error(plan)
    if plan.base_rate is not None:
        top = (1 - plan.base_rate) * (1 - 1e-9)
    if _chance(plan, top) < plan.power:
        return None
    nearest = 1e-3 if plan.drawn and plan.drawn_shares else 1e-12  # drawn shares go in small steps
    return float(brentq(lambda effect: _chance(plan, effect) - plan.power, 1e-12, top, xtol=nearest))


class PlanFacts(TypedDict, total=False):
    """What a plan may say beside its number of persons; see `PlannedComparison`."""

    share: float
    sd: float
    base_rate: float | None
    alpha: float
    looks: int
    shape: str
    r2: float
    pair: float | None


def required_n_per_arm(effect: float, *, power_wanted: float = 0.8, **facts: Unpack[PlanFacts]) -> float:
    """Return persons in the smaller arm (an equal split: in each arm), before rounding up; d = 0.5 gives 63.77.

    For yes/no outcomes the number is that of the noncentral t, then raised until the verdict's own power is enough.
    """
    from scipy.optimize import brentq

    _refuse_no_effect(effect)

    def planned(n: float) -> PlannedComparison:
        return PlannedComparison(n, power=power_wanted, **facts)

    planned(4.0).refuse_effect(effect)
    exact = planned(4.0).exact_shares

    def gap(n: float) -> float:
        plan = planned(n)
        if not exact:
            return _chance(plan, effect) - power_wanted
        return _t_power(abs(effect) / standard_error(plan, effect), _freedom(plan), plan.alpha) - power_wanted

    low, high = 4.0, 8.0
    while gap(high) < 0:
        high *= 2
    n = low if gap(low) >= 0 else float(brentq(gap, low, high, xtol=1e-9))
    while exact and _chance(planned(n), effect) < power_wanted:
        n += 1
    share = planned(n).share
    return n * min(share, 1 - share)


def required_clusters(plan: PlannedComparison, effect: float) -> PlannedComparison:
    """Return the plan with the fewest clusters of its size that give the power wanted; an even split stays even.

    Raises DesignNotUnderstoodError where 2 000 are not enough.
    """
    _refuse_no_effect(effect)
    plan.refuse_effect(effect)
    size, step = plan.n / (plan.clusters or 1), 2 if plan.share == 0.5 else 1
    for clusters in range(4, MOST_CLUSTERS + 1, step):
        found = replace(plan, n=size * clusters, clusters=clusters)
        if (
            _formula(found, effect) >= plan.power - UNSURE
            and (_drawn_power(found, effect, plan.power) if found.drawn else _chance(found, effect)) >= plan.power
        ):
            return found
    raise DesignNotUnderstoodError(where="power", found=f"effect = {effect:g}", column="effect",
                                   meant=f"≤ {MOST_CLUSTERS} clusters")  # fmt: skip


def _refuse_no_effect(effect: float) -> None:
    if effect == 0 or not np.isfinite(effect):
        raise DesignNotUnderstoodError(where="power", found=f"effect = {effect:g}", column="effect", meant="≠ 0")


def planner(plan: PlannedComparison, *, lang: str = "en", steps: int = 12) -> dict[str, Any]:
    """Return the smallest detectable effect, the curve of power over effects, and one sentence."""
    if not 1 <= steps <= MOST_STEPS:
        raise DesignNotUnderstoodError(where="power", found=f"steps = {steps}", column="steps", meant=f"1–{MOST_STEPS}")
    smallest = smallest_detectable_effect(plan)
    per = 100 if plan.base_rate is not None else 1
    top = 2 * (smallest if smallest is not None else standard_error(plan))
    curve = [{"effect": e * per, "power": _chance(plan, e)} for e in np.linspace(top / steps, top, steps).tolist()]
    words = f"experiments.power.{'none' if smallest is None else 'rate' if per == 100 else 'number'}"
    units = ("clusters" if plan.clusters else "persons") + ("" if plan.pair is None else "_in_pairs")
    facts = {"n": sized(plan.n, lang), "clusters": plan.clusters, "pairs": plan.pairs}
    who = i18n.say("analytics", lang, f"experiments.power.with_{units}", **facts)
    shown = "" if smallest is None else sized(smallest * per, lang)
    sentence = i18n.say("analytics", lang, words, who=who, effect=shown, power=per_hundred(plan.power, 0, lang))
    mde = None if smallest is None else smallest * per
    return {**asdict(plan), "smallest_detectable_effect": mde, "per": per, "curve": curve, "sentence": sentence}
