"""Taxes and contributions by date. Every function takes NOK per year, as a number or an array, and returns the same."""

import numpy as np
from numpy.typing import NDArray

from benefits.errors import InvalidInput
from benefits.parameters import Rates
from benefits.rules.basis import Amount, When, as_plain, rates_on

ZONES = ("1", "1a", "2", "3", "4", "4a", "5")
_STARTS = tuple(f"skatteetaten.tax.trinnskatt_threshold_{step}" for step in range(1, 6))
_SHARES = tuple(f"skatteetaten.tax.trinnskatt_{step}" for step in range(1, 6))
Checked = NDArray[np.float64]  # NOK per year that is known to be none below zero


def minstefradrag(when: When, income: Amount) -> Amount:
    """Return the standard deduction: a share of wages or taxed benefits up to its ceiling."""
    rates = rates_on(when)
    share = rates["skatteetaten.tax.minstefradrag_rate"] * _income(income)
    return as_plain(np.minimum(share, rates["skatteetaten.tax.minstefradrag_max"]))


def general_income(when: When, income: Amount) -> Amount:
    """Return general income (alminnelig inntekt) above the personal allowance, never below zero."""
    rates = rates_on(when)
    left = _income(income) - minstefradrag(rates, income) - rates["skatteetaten.tax.personfradrag"]
    return as_plain(np.maximum(left, 0.0))


def general_income_tax(when: When, income: Amount) -> Amount:
    """Return the tax on general income, 22 per cent, that municipality, county and state share."""
    rates = rates_on(when)
    return as_plain(rates["skatteetaten.tax.general_income"] * np.asarray(general_income(rates, income)))


def bracket_tax(when: When, income: Amount) -> Amount:
    """Return the bracket tax (trinnskatt) on gross personal income: each rate on what lies inside its bracket."""
    return as_plain(_bracket_tax(rates_on(when), _income(income)))


def national_insurance(when: When, income: Amount) -> Amount:
    """Return the national insurance contribution (trygdeavgift) on wages and taxed benefits.

    Nothing up to the lower limit; above it at most 25 per cent of what exceeds the limit.
    """
    return as_plain(_national_insurance(rates_on(when), _income(income)))


def income_tax(when: When, income: Amount) -> Amount:
    """Return all tax on a wage or a taxed benefit: general income, bracket tax and national insurance."""
    parts = (general_income_tax, bracket_tax, national_insurance)
    return as_plain(sum(np.asarray(part(when, income)) for part in parts))


def employers_contribution_rate(when: When, zone: str) -> Amount:
    """Return the rate of employers' contribution (arbeidsgiveravgift) of a zone: 1, 1a, 2, 3, 4, 4a or 5."""
    if zone not in ZONES:
        raise InvalidInput(where="zone", found=str(zone), allowed=", ".join(ZONES))
    return as_plain(rates_on(when)[f"skatteetaten.tax.arbeidsgiveravgift_zone_{zone}"])


def employers_contribution(when: When, zone: str, base: Amount) -> Amount:
    """Return employers' contribution on a base (wages and occupational pension, NOK per year)."""
    return as_plain(employers_contribution_rate(when, zone) * _income(base))


def occupational_pension(wage: Amount, share: Amount) -> Amount:
    """Return the employer's payment to occupational pension: a share of the wage."""
    return as_plain(_income(wage) * np.asarray(share))


def tax_split(when: When, income: Amount) -> dict[str, Amount]:
    """Return the tax on an income by who receives it: `municipality`, `county`, `state_tax`, before equalisation.

    The municipality and the county have their points of general income, which are assumptions; the state has the rest,
    the bracket tax and the national insurance contribution.
    """
    rates, amount = rates_on(when), _income(income)
    base = np.asarray(general_income(rates, amount))
    points = {payer: rates[f"skatteetaten.tax.{payer}_share"] for payer in ("municipality", "county")}
    state = base * (rates["skatteetaten.tax.general_income"] - points["municipality"] - points["county"])
    state = state + _bracket_tax(rates, amount) + _national_insurance(rates, amount)
    return {**{payer: as_plain(base * point) for payer, point in points.items()}, "state_tax": as_plain(state)}


def income_equalisation(tax_change: Amount, lost_share: Amount) -> tuple[Amount, Amount]:
    """Return (change for the authority, change for the others) when its tax changes: they sum to zero.

    `lost_share` is the part of a tax krone that income equalisation (inntektsutjevning) takes.
    """
    moved = np.asarray(tax_change) * np.asarray(lost_share)
    return as_plain(-moved), as_plain(moved)


def _bracket_tax(rates: Rates, amount: Checked) -> Checked:
    starts, shares = [rates[name] for name in _STARTS], [rates[name] for name in _SHARES]
    tax, highest = np.zeros_like(amount), amount.max(initial=0.0)
    for start, end, share in zip(starts, [*starts[1:], np.inf], shares, strict=True):
        if highest > (start.min() if isinstance(start, np.ndarray) else start):
            tax = tax + share * np.minimum(np.maximum(amount - start, 0.0), end - start)
    return tax


def _national_insurance(rates: Rates, amount: Checked) -> Checked:
    above = np.maximum(amount - rates["skatteetaten.tax.trygdeavgift_floor"], 0.0)
    full = rates["skatteetaten.tax.trygdeavgift_wages"] * amount
    return np.asarray(np.minimum(full, rates["skatteetaten.tax.trygdeavgift_phase_in"] * above))


def _income(income: Amount) -> Checked:
    amount = np.asarray(income, dtype=float)
    if not bool((amount >= 0).all()):
        raise InvalidInput(where="income", found=str(np.min(amount)), allowed=">= 0 NOK/year")
    return amount
