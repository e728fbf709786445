"""What must be true for each holder to go in zero, in expectation: how many succeed, how long, at what price."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from benefits.no_answer import NoAnswer
from benefits.persons.head_worth import SOCIETY, worth_parts
from benefits.scenario.model import LEDGERS, Scenario
from benefits.valuation.decision_metrics import break_even
from benefits.valuation.simulation import prepared, worths
from benefits.valuation.uncertainty import check_draws

HOLDERS = (SOCIETY, "public_total", *LEDGERS)
_STEPS, _LONGEST = 4, 40.0


@dataclass(frozen=True)
class MustBeTrue:
    """Where a holder's expected net present value is zero, one thing moved and all else drawn as it is.

    success_rate: extra persons in work per participant in the best year, known for certain; persistence: half-life or
    constant years; price: what the measure may at most cost the holder, NOK per participant (to society with the
    tax financing), against `price_now`. None comes with why (`[no_answer]`); `expected` is the value as it stands.
    """

    expected: float
    success_rate: float | None
    persistence: float | None
    price: float | None
    price_now: float
    reasons: Mapping[str, str]


def what_must_be_true(
    scenario: Scenario, draws: int = 2_000, seed: int = 1, effect_draws: ArrayLike | None = None
) -> dict[str, MustBeTrue]:
    """Return what must be true for each holder that the measure touches; roots of the model at its draws.

    `effect_draws`: an experiment's draws in place of the scenario's effect, as in `appraise`.
    """
    check_draws(draws, seed)
    model = prepared(scenario, effect_draws)
    sample = model.drawn(draws, seed)
    parts = worth_parts(model.at(sample))
    people = float(np.mean(sample.values["participants"]))

    @cache
    def by_effect(peak: float) -> dict[str, float]:
        moved = model.with_peak(peak)
        certain = np.tile(moved.effect_point, (draws, 1))
        return _means(worths(moved, replace(sample, effect=certain, effect_point=moved.effect_point), parts))

    @cache
    def by_years(years: float) -> dict[str, float]:
        return _means(worths(model, replace(sample, values={**sample.values, "persistence.years": years}), parts))

    now = _means(worths(model, sample, parts))
    gains = _means(worths(model, sample, parts, costs=False))
    fading = scenario.persistence.kind == "half_life_years"
    lasting = (0.01, _LONGEST) if fading else (0.0, float(scenario.horizon_years))
    found = {}
    for name in HOLDERS:
        if now[name] == 0 and by_effect(1.0)[name] == 0:
            continue
        scheduled = scenario.persistence.kind == "schedule"
        answers: dict[str, Any] = {
            "success_rate": _root(by_effect, name, (0.0, 1.0)),
            "persistence": NoAnswer("persistence_is_schedule") if scheduled else _root(by_years, name, lasting),
        }
        cost = gains[name] - now[name]
        answers["price"] = gains[name] / people if cost > 0 and people else NoAnswer("no_cost")
        found[name] = _told(now[name], answers, cost / people if people else 0.0)
    return found


def _told(expected: float, answers: Mapping[str, Any], price_now: float) -> MustBeTrue:
    reasons = {key: answer.reason for key, answer in answers.items() if isinstance(answer, NoAnswer)}
    known = {key: None if key in reasons else float(answer) for key, answer in answers.items()}
    return MustBeTrue(expected, **known, price_now=price_now, reasons=reasons)


def _root(run: Callable[[float], Mapping[str, float]], name: str, ends: Sequence[float]) -> float | NoAnswer:
    return break_even(lambda at: run(at)[name], ends[0], ends[1], _STEPS)


def _means(worth: Mapping[str, Any]) -> dict[str, float]:
    return {name: float(np.mean(nok)) for name, nok in worth.items()}
