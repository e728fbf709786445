"""What is left of AAP and disability benefit beside a job, by rule. Amounts in NOK per year before tax."""

import numpy as np

from benefits.rules import price_levels
from benefits.rules.basis import Amount, When, as_plain, rates_on

_RULES = "nav.work_beside_benefit"


def aap_left(when: When, full_time_share: Amount) -> Amount:
    """Return the share of AAP that is paid beside work of a full-time share (0–1).

    The allowance falls with the hours worked, and away above 60 per cent of full time.
    """
    share = np.asarray(full_time_share, dtype=float)
    return as_plain(np.where(share <= rates_on(when)[f"{_RULES}.aap_most_work"], 1 - share, 0.0))


def income_before_disability(
    when: When, income_base: Amount, *, partner: bool = False, young_disabled: bool = False,
    grunnbeloep: float | None = None,
) -> Amount:  # fmt: skip
    """Return the income before disability, in NOK per year: the person's own, at least so many G by kind."""
    rates = rates_on(when)
    kind = "young" if young_disabled else "partner" if partner else "single"
    g = price_levels.grunnbeloep(rates) if grunnbeloep is None else grunnbeloep
    return as_plain(np.maximum(income_base, rates[f"{_RULES}.income_before_{kind}"] * g))


def ufoeretrygd_left(
    when: When, benefit: Amount, earned: Amount, income_before: Amount, *, grunnbeloep: float | None = None
) -> Amount:
    """Return the disability benefit that is paid beside a wage.

    `benefit` is that of a person without work at full degree, `income_before` that before disability. What is earned
    above 0.4 G takes benefit/income_before of each krone; nothing is paid where it is over 80 per cent of
    `income_before`.
    """
    rates = rates_on(when)
    g = price_levels.grunnbeloep(rates) if grunnbeloep is None else grunnbeloep
    over = np.maximum(np.asarray(earned) - rates[f"{_RULES}.ufoeretrygd_free_income"] * g, 0.0)
    left = np.maximum(benefit - over * np.asarray(benefit) / income_before, 0.0)
    most = rates[f"{_RULES}.ufoeretrygd_most_income"] * np.asarray(income_before)
    return as_plain(np.where(np.asarray(earned) <= most, left, 0.0))
