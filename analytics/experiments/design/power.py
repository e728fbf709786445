"""Before the start: how many, and how small an effect a design can see.

Exact for two means with the noncentral t; clusters inflate by 1 + (m − 1)·ICC and leave G − 2 degrees of freedom.
"""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from analytics.experiments.errors import DesignNotUnderstoodError
from data import i18n
from data.format.numbers import per_hundred, sized


@dataclass(frozen=True)
class PlannedComparison:
    """A planned comparison.

    n: persons measured in all; share: part of them (of the clusters) treated, 0–1; sd: of the outcome (ignored with
    base_rate); base_rate: share with the event in the control arm, 0–1; clusters: in all, equal in size; icc: 0–1.
    """

    n: float
    share: float = 0.5
    sd: float = 1.0
    base_rate: float | None = None
    clusters: int | None = None
    icc: float = 0.0
    alpha: float = 0.05
    power: float = 0.8

    def __post_init__(self) -> None:
        """Refuse what cannot be planned."""
        inside = {"share": self.share, "alpha": self.alpha, "power": self.power}
        inside |= {} if self.base_rate is None else {"base_rate": self.base_rate}
        wrong = [name for name, value in inside.items() if not 0 < value < 1]
        wrong += [name for name, bad in (("icc", not 0 <= self.icc <= 1), ("sd", not 0 < self.sd < np.inf)) if bad]
        wrong += ["n"] if not 4 <= self.n < np.inf else []
        wrong += ["clusters"] if self.clusters is not None and not 3 <= self.clusters <= self.n else []
        if wrong:
            found = ", ".join(f"{name} = {getattr(self, name)}" for name in wrong)
            raise DesignNotUnderstoodError(
                where="power", found=found, column=wrong[0], meant="0–1, n ≥ 4, 3 ≤ clusters ≤ n"
            )

    @property
    def effective_n(self) -> float:
        """Return how many independent persons the clusters are worth: n over 1 + (m − 1)·ICC."""
        size = self.n / self.clusters if self.clusters else 1.0
        return self.n / (1 + (size - 1) * self.icc)


def power(plan: PlannedComparison, effect: float) -> float:
    """Return the chance (0–1) that a two-sided test finds an effect, in the outcome's unit or as a share difference."""
    from scipy import stats

    df = (plan.clusters if plan.clusters else plan.n) - 2
    shift = abs(effect) / standard_error(plan, effect)
    limit = float(stats.t.ppf(1 - plan.alpha / 2, df))
    found = float(stats.nct.sf(limit, df, shift) + np.nan_to_num(stats.nct.cdf(-limit, df, shift)))
    return found if np.isfinite(found) else float(stats.norm.sf(limit - shift))


def standard_error(plan: PlannedComparison, effect: float = 0.0) -> float:
    """Return the standard error of the planned difference, design effect of clusters included."""
    n1, n0 = plan.n * plan.share, plan.n * (1 - plan.share)
    variance1 = variance0 = plan.sd**2
    if plan.base_rate is not None:
        raised = min(max(plan.base_rate + effect, 0.0), 1.0)
        variance0, variance1 = plan.base_rate * (1 - plan.base_rate), raised * (1 - raised)
    inflation = plan.n / plan.effective_n
    return float(np.sqrt(inflation * (variance1 / n1 + variance0 / n0)))


def smallest_detectable_effect(plan: PlannedComparison) -> float | None:
    """Return the smallest effect upwards found with the planned power; None where not even 100 % would be."""
    from scipy.optimize import brentq

    top = 50 * standard_error(plan)
    if plan.base_rate is not None:
        top = (1 - plan.base_rate) * (1 - 1e-9)
    if power(plan, top) < plan.power:
        return None
    return float(brentq(lambda effect: power(plan, effect) - plan.power, 1e-12, top, xtol=1e-12))


def required_n_per_arm(
    effect: float, *, sd: float = 1.0, share: float = 0.5, base_rate: float | None = None, alpha: float = 0.05,
    power_wanted: float = 0.8,
) -> float:  # fmt: skip
    """Return persons in the smaller arm (an equal split: in each arm), before rounding up; d = 0.5 gives 63.77."""
    from scipy.optimize import brentq

    if effect == 0 or not np.isfinite(effect):
        raise DesignNotUnderstoodError(where="power", found=f"effect = {effect:g}", column="effect", meant="≠ 0")

    def gap(n: float) -> float:
        return power(PlannedComparison(n, share, sd, base_rate, alpha=alpha, power=power_wanted), effect) - power_wanted

    low, high = 4.0, 8.0
    if gap(low) >= 0:
        return low * min(share, 1 - share)
    while gap(high) < 0:
        high *= 2
    return float(brentq(gap, low, high, xtol=1e-9)) * min(share, 1 - share)


def planner(plan: PlannedComparison, *, lang: str = "en", steps: int = 12) -> dict[str, Any]:
    """Return the smallest detectable effect, the curve of power over effects, and one sentence."""
    smallest = smallest_detectable_effect(plan)
    per = 100 if plan.base_rate is not None else 1
    top = 2 * (smallest if smallest is not None else standard_error(plan))
    curve = [{"effect": e * per, "power": power(plan, e)} for e in np.linspace(top / steps, top, steps).tolist()]
    words = f"experiments.power.{'none' if smallest is None else 'rate' if per == 100 else 'number'}"
    units, facts = "clusters" if plan.clusters else "persons", {"n": sized(plan.n, lang), "clusters": plan.clusters}
    who = i18n.say("analytics", lang, f"experiments.power.with_{units}", **facts)
    shown = "" if smallest is None else sized(smallest * per, lang)
    sentence = i18n.say("analytics", lang, words, who=who, effect=shown, power=per_hundred(plan.power, 0, lang))
    mde = None if smallest is None else smallest * per
    return {**asdict(plan), "smallest_detectable_effect": mde, "per": per, "curve": curve, "sentence": sentence}
