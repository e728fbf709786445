"""What must be true for each holder of a whole programme to go in zero, in expectation, all measures moved alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from benefits.no_answer import NoAnswer
from benefits.programme.portfolio import MeasurePortfolio
from benefits.programme.programme_sums import Moved, ProgrammeSums, add_grants, by_holder, summed_measures
from benefits.valuation.decision_metrics import break_even
from benefits.valuation.uncertainty import check_draws

_ROOT_DRAWS = 2_000
_STEPS, _SHORTEST, _LONGEST = 4, 0.01, 10.0


@dataclass(frozen=True)
class ProgrammeMustBeTrue:
    """Where a holder's expected net present value of a programme is zero, one thing moved for all measures alike.

    effect_share: of the effects the measures are modelled with, and `persons_in_work` the extra persons then in work
    in the best year; lasting_share: of how long the effects are modelled to last; price: NOK per extra person in work
    that the programme may at most cost the holder, grants counted, beside `price_now` (negative: it is paid).
    None comes with why (`[no_answer]`); `expected` is the value as it stands.
    """

    expected: float
    effect_share: float | None
    persons_in_work: float | None
    lasting_share: float | None
    price: float | None
    price_now: float | None
    reasons: Mapping[str, str]


def programme_must_be_true(
    portfolio: MeasurePortfolio, draws: int = 10_000, seed: int = 1
) -> dict[str, ProgrammeMustBeTrue]:
    """Return what must be true for each holder that the programme touches, grants included.

    What a programme is worth is linear in its effects, so that their share is exact from two runs; how long they must
    last is a root of the model at its draws. Scheduled effects last as they are; with nothing else there is no answer.
    """
    check_draws(draws, seed)
    sums = _run(portfolio, draws, seed, Moved())
    now, idle = _means(sums), _means(_run(portfolio, draws, seed, Moved(effect=0.0)))
    persons = float(sums.heads.mean(axis=0).max())
    largest = max(abs(effect) for each in portfolio.scenarios.values() for effect in each.effect.value)
    most = 1 / largest if largest else 0.0
    lasting = _lasting(portfolio, min(draws, _ROOT_DRAWS), seed)
    return {
        name: _answer(expected, -idle[name], persons, _needed(expected, -idle[name], most), lasting(name))
        for name, expected in now.items()
        if expected != 0 or idle[name] != 0
    }


def _needed(expected: float, cost: float, most: float) -> float | NoAnswer:
    """Return the share of the effects that pays the cost; none where some measure would need more than everybody."""
    gain = expected + cost
    share = cost / gain if gain * cost > 0 else np.inf
    return share if share <= most else NoAnswer("no_break_even")


def _lasting(portfolio: MeasurePortfolio, draws: int, seed: int) -> Callable[[str], float | NoAnswer]:
    """Return what finds the share of their time that effects must last for a holder."""
    if all(each.persistence.kind == "schedule" for each in portfolio.scenarios.values()):
        return lambda _: NoAnswer("persistence_is_schedule")

    @cache
    def worth(share: float) -> dict[str, float]:
        return _means(_run(portfolio, draws, seed, Moved(lasting=share)))

    return lambda name: break_even(lambda share: worth(share)[name], _SHORTEST, _LONGEST, _STEPS)


def _answer(
    expected: float, cost: float, persons: float, needed: float | NoAnswer, lasting: float | NoAnswer
) -> ProgrammeMustBeTrue:
    """Return one holder's answer; without anybody more in work there is no price a person."""
    given = {"effect_share": needed, "lasting_share": lasting}
    reasons = {key: each.reason for key, each in given.items() if isinstance(each, NoAnswer)}
    share, years = (None if isinstance(each, NoAnswer) else float(each) for each in (needed, lasting))
    heads = None if share is None else share * persons
    if persons <= 0:
        return ProgrammeMustBeTrue(expected, share, heads, years, None, None, {**reasons, "price": "nobody_extra"})
    price, now = ((nok / persons) + 0.0 for nok in (expected + cost, cost))
    return ProgrammeMustBeTrue(expected, share, heads, years, price, now, reasons)


def _run(portfolio: MeasurePortfolio, draws: int, seed: int, moved: Moved) -> ProgrammeSums:
    sums, _ = summed_measures(portfolio, draws, seed, moved)
    add_grants(portfolio, sums, seed)
    return sums


def _means(sums: ProgrammeSums) -> dict[str, float]:
    return {name: float(np.mean(nok)) for name, nok in by_holder(sums.worth).items()}
