"""The child supplement to disability benefit, which income reduces. Amounts in NOK per year before tax."""

import numpy as np

from benefits.errors import InvalidInput
from benefits.rules import price_levels
from benefits.rules.basis import Amount, When, as_plain, rates_on

_RULES = "nav.child_supplement"


def ufoeretrygd_child_supplement(
    when: When, children: float, whole: Amount, income: Amount, income_before: Amount, *,
    partner_income: Amount | None = None, grunnbeloep: float | None = None,
) -> Amount:  # fmt: skip
    """Return the child supplement to disability benefit (National Insurance Act §§ 12-15 and 12-16).

    0.4 G a child, so much that it and the whole benefit (`whole`, of a person without work) are at most 95 per cent of
    `income_before` disability; then less by half of the income above a free amount. `income` is the person's own: wage
    and the benefit that is paid, without the supplement. `partner_income` is the other parent's, of which 1 G does not
    count; None is a single provider, whose free amount is lower. Raises InvalidInput on fewer than no children.
    """
    if not children >= 0:
        raise InvalidInput(where="children", found=str(children), allowed=">= 0")
    rates = rates_on(when)
    g = price_levels.grunnbeloep(rates) if grunnbeloep is None else grunnbeloep
    room = rates[f"{_RULES}.most_of_income_before"] * np.asarray(income_before) - whole
    full = np.clip(rates[f"{_RULES}.per_child"] * children * g, 0.0, np.maximum(room, 0.0))
    counted, free = np.asarray(income, dtype=float), rates[f"{_RULES}.free_more"] * max(children - 1, 0.0)
    if partner_income is None:
        free = free + rates[f"{_RULES}.free_single"]
    else:
        free = free + rates[f"{_RULES}.free_couple"]
        deducted = rates[f"{_RULES}.partner_deduction"] * g
        counted = counted + np.maximum(np.asarray(partner_income) - deducted, 0.0)
    lost = rates[f"{_RULES}.lost_of_income"] * np.maximum(counted - free * g, 0.0)
    return as_plain(np.maximum(full - lost, 0.0))
