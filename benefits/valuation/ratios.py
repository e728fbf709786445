"""The ratios of an appraisal: of expectations, each with what it is from draw to draw."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benefits.no_answer import NoAnswer
from benefits.scenario.model import PRIVATE, Scenario
from benefits.valuation.decision_metrics import benefit_cost_ratio, cost_per_extra_person, mvpf, return_per_krone
from benefits.valuation.discounting import discount_factor, schedule_of
from benefits.valuation.uncertainty import ParameterDraws

Array = NDArray[np.float64]


@dataclass(frozen=True)
class RatioRange:
    """A ratio over the draws: P10 and P90, the share of them in which it is infinite, and in which it says nothing.

    P10 and P90 are of the draws that say something, infinity the largest; None where none does.
    """

    p10: float | None
    p90: float | None
    infinite: float
    undefined: float


def costs_of(scenario: Scenario, sample: ParameterDraws) -> tuple[Array, dict[str, Array]]:
    """Return the present value of the real resources used, and of all costs by who pays them, by draw.

    A saving (a negative amount) is a gain of who is spared it, and no part of what there is to pay.
    """
    draws = len(sample.effect)
    resources, paid_by = np.zeros(draws), dict[str, Array]()
    for number, cost in enumerate(scenario.costs, 1):
        if cost.nok.value < 0:
            continue
        worth = np.asarray(sample.values[f"cost[{number}]"]) * discount_factor(
            cost.year, schedule_of(scenario.discount_rate)
        )
        paid_by[cost.payer] = paid_by.get(cost.payer, np.zeros(draws)) + worth
        resources = resources + (worth if cost.kind == "resource" else 0.0)
    return resources, paid_by


def ratios(worths: Mapping[str, Array], heads: Array, resources: Array, paid: Array) -> dict[str, Any]:
    """Return each ratio of the expectations, why one has no answer, and its range over the draws.

    worths: present values by ledger; heads: in work in the year the most are; resources and paid: costs, all by draw.
    """
    willing = np.sum([worths[name] for name in PRIVATE], axis=0)
    public, society = worths["public_total"], worths["society"]
    parts = {
        "mvpf": (mvpf, willing, -public),
        "benefit_cost_ratio": (benefit_cost_ratio, society + resources, resources),
        "cost_per_extra_person_in_work": (cost_per_extra_person, paid, heads),
        "return_per_krone": (return_per_krone, society, paid),
    }
    answers = {
        name: ratio(float(np.mean(above)), float(np.mean(below))) for name, (ratio, above, below) in parts.items()
    }
    return {
        **{name: None if isinstance(answer, NoAnswer) else answer for name, answer in answers.items()},
        "no_answers": {name: answer.reason for name, answer in answers.items() if isinstance(answer, NoAnswer)},
        "ratio_ranges": {
            name: ratio_range(above, below, endless=name == "mvpf") for name, (_, above, below) in parts.items()
        },
    }


def ratio_range(above: Array, below: Array, *, endless: bool = False) -> RatioRange:
    """Return the range of a ratio; an `endless` one (public money) is infinite where nothing stands below the line."""
    beyond = np.where((above >= 0) if endless else False, np.inf, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.where(below > 0, above / below, beyond)
    said = np.sort(found[~np.isnan(found)])
    low, high = (float(said[int(np.ceil(share * len(said))) - 1]) if len(said) else None for share in (0.1, 0.9))
    return RatioRange(low, high, float(np.mean(np.isinf(found))), float(np.mean(np.isnan(found))))
