"""What must be true for the programme as a whole: how well its measures do, how long they last, at what price."""

import streamlit as st

from benefits.programme.portfolio import shipped_portfolio
from benefits.programme.programme_break_even import ProgrammeMustBeTrue, programme_must_be_true
from benefits.valuation.cost_sharing import ORGANISATIONS
from pages.format.numbers import nok, number, rate, whole_percent
from pages.format.texts import text
from pages.frame.cache import cached_value
from pages.views.gains.programme.portfolio_reading import ProgrammeCase
from pages.views.gains.queries import DRAWS, SEED
from pages.views.gains.wording import THOUSANDS, holder

_TOLD = ("society", "public_total", *ORGANISATIONS)


def show(case: ProgrammeCase) -> None:
    """Write a sentence for society, the public budgets together and each organisation that pays."""
    found = _found(case.name, case.content)
    told = [_sentence(name, found[name], case) for name in _TOLD if name in found and (found[name].price_now or 0) > 0]
    st.markdown("\n".join(f"- {line}" for line in told))
    st.caption(text("gains.true_together.note"))


@cached_value
def _found(name: str, content: str) -> dict[str, ProgrammeMustBeTrue]:  # noqa: ARG001 - what the file says, for the cache
    return programme_must_be_true(shipped_portfolio(name), DRAWS, SEED)


def _sentence(name: str, each: ProgrammeMustBeTrue, case: ProgrammeCase) -> str:
    own, now = number(case.value.extra_persons_in_work), nok(each.price_now, THOUSANDS)
    ways = []
    if each.effect_share is not None:
        facts = {"share": whole_percent(each.effect_share), "needed": number(each.persons_in_work), "own": own}
        ways.append(text("gains.true_together.effect", **facts))
    if each.lasting_share is not None:
        ways.append(text("gains.true_together.lasting", times=rate(each.lasting_share)))
    if each.price is not None and each.price > 0:
        ways.append(text("gains.true_together.price", price=nok(each.price, THOUSANDS), now=now))
    if not ways:
        return text("gains.true_together.never", holder=holder(name), now=now)
    *first, last = ways
    said = text("gains.true.or", first=", ".join(first), last=last) if first else last
    return text("gains.true.even", holder=holder(name), ways=said)
