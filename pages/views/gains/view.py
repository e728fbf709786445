"""The gains page below its choices: the answer, who gains, who pays, how sure; the cost of exclusion by itself."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from pages.components import chart_card
from pages.components.chart_card import Chart
from pages.components.further import STORY
from pages.format.texts import text
from pages.views.gains import (
    cost_of_exclusion,
    cost_sharing,
    headline,
    money_flow,
    must_be_true,
    payers,
    scenario_comparison,
    selection,
    uncertainty,
    validation,
)
from pages.views.gains.programme import view as whole_programme
from pages.views.gains.selection import Case, GainsSelection


def _chart(draw: Callable[[Case], Chart | None], case: Case) -> None:
    """Write the one picture of a part, or that no money moves."""
    chart = draw(case)
    if chart is None:
        st.info(text("gains.flows.nothing"))
    else:
        chart_card.show(chart)


PICTURES: dict[str, Callable[[Case], None]] = {
    "payers": payers.payers,
    "flows": partial(_chart, money_flow.flow_chart),
    "plan": partial(_chart, payers.plan_chart),
    "uncertainty": uncertainty.uncertainty,
    "tornado": partial(_chart, uncertainty.tornado_chart),
    "break_even": must_be_true.must_be_true,
    "sharing": cost_sharing.sharing,
    "tax_krone": partial(_chart, cost_sharing.tax_krone_chart),
    "compare": scenario_comparison.compare,
    "unpriced": cost_sharing.unpriced,
    "trust": validation.show,
    "parameters": validation.parameter_tables,
}


def show(choice: GainsSelection) -> None:
    """Write the chosen view."""
    if choice.view == "cost":
        cost_of_exclusion.show(choice)
        return
    if choice.view == "programme":
        whole_programme.show()
        return
    case = selection.case(choice)
    story = choice.picture == STORY
    with choice.place or st.container():
        headline.answer(case)
        if story:
            chart_card.show(payers.payers_chart(case))
        headline.apart(case)
    if story:
        uncertainty.all_public(case)
    else:
        PICTURES[choice.picture](case)
    selection.choose_picture()
