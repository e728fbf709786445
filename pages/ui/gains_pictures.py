"""The gains page below its choices: the answer, then one picture at a time; the cost of exclusion in its own place."""

from pages.ui import (
    gains_answer,
    gains_beside,
    gains_choice,
    gains_cost,
    gains_doubt,
    gains_money,
    gains_sharing,
    gains_trust,
)
from pages.ui.gains_choice import Choice

PICTURES = {
    "payers": gains_money.payers,
    "flows": gains_money.flows,
    "plan": gains_money.plan,
    "uncertainty": gains_doubt.uncertainty,
    "tornado": gains_doubt.what_matters,
    "break_even": gains_doubt.break_even,
    "sharing": gains_sharing.sharing,
    "tax_krone": gains_sharing.tax_krone,
    "compare": gains_beside.compare,
    "unpriced": gains_sharing.unpriced,
    "trust": gains_trust.show,
    "parameters": gains_trust.parameter_tables,
}


def show(choice: Choice) -> None:
    """Write the chosen view."""
    if choice.view == "cost":
        gains_cost.show(choice)
        return
    case = gains_choice.case(choice)
    gains_answer.show(case)
    PICTURES[gains_choice.picture()](case)
