"""The gains page below its choices: the answer, then one picture at a time; the cost of exclusion in its own place."""

from pages.views.gains import (
    cost_of_exclusion,
    cost_sharing,
    headline,
    payers,
    scenario_comparison,
    selection,
    uncertainty,
    validation,
)
from pages.views.gains.selection import GainsSelection

PICTURES = {
    "payers": payers.payers,
    "flows": payers.flows,
    "plan": payers.plan,
    "uncertainty": uncertainty.uncertainty,
    "tornado": uncertainty.what_matters,
    "break_even": uncertainty.break_even,
    "sharing": cost_sharing.sharing,
    "tax_krone": cost_sharing.tax_krone,
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
    case = selection.case(choice)
    headline.show(case)
    PICTURES[selection.picture()](case)
