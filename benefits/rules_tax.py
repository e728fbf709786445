"""Taxes and contributions by date. Every function takes NOK per year, as a number or an array, and returns the same."""

from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benefits.errors import InvalidInput, UnknownName
from benefits.parameters import value

Amount = float | NDArray[np.float64]
ZONES = ("1", "2", "3", "4", "4a", "5")
_BRACKETS = (1, 2, 3, 4, 5)


def minstefradrag(day: date, income: Amount) -> Amount:
    """Return the standard deduction: a share of wages or taxed benefits up to its ceiling."""
    share = value("skatteetaten.tax.minstefradrag_rate", day) * _income(income)
    return _plain(np.minimum(share, value("skatteetaten.tax.minstefradrag_max", day)))


def general_income(day: date, income: Amount) -> Amount:
    """Return general income (alminnelig inntekt) above the personal allowance, never below zero."""
    left = _income(income) - minstefradrag(day, income) - value("skatteetaten.tax.personfradrag", day)
    return _plain(np.maximum(left, 0.0))


def general_income_tax(day: date, income: Amount) -> Amount:
    """Return the tax on general income, 22 per cent, that municipality, county and state share."""
    return _plain(value("skatteetaten.tax.general_income", day) * np.asarray(general_income(day, income)))


def bracket_tax(day: date, income: Amount) -> Amount:
    """Return the bracket tax (trinnskatt) on gross personal income: each rate on what lies inside its bracket."""
    amount = _income(income)
    starts = [value(f"skatteetaten.tax.trinnskatt_threshold_{step}", day) for step in _BRACKETS]
    rates = [value(f"skatteetaten.tax.trinnskatt_{step}", day) for step in _BRACKETS]
    tax = np.zeros_like(amount)
    for start, end, rate in zip(starts, [*starts[1:], np.inf], rates, strict=True):
        tax = tax + rate * np.clip(amount - start, 0.0, end - start)
    return _plain(tax)


def national_insurance(day: date, income: Amount) -> Amount:
    """Return the national insurance contribution (trygdeavgift) on wages and taxed benefits.

    Nothing up to the lower limit; above it at most 25 per cent of what exceeds the limit.
    """
    amount = _income(income)
    above = np.maximum(amount - value("skatteetaten.tax.trygdeavgift_floor", day), 0.0)
    full = value("skatteetaten.tax.trygdeavgift_wages", day) * amount
    return _plain(np.minimum(full, value("skatteetaten.tax.trygdeavgift_phase_in", day) * above))


def income_tax(day: date, income: Amount) -> Amount:
    """Return all tax on a wage or a taxed benefit: general income, bracket tax and national insurance."""
    parts = (general_income_tax(day, income), bracket_tax(day, income), national_insurance(day, income))
    return _plain(sum(np.asarray(part) for part in parts))


def employers_contribution_rate(day: date, zone: str) -> float:
    """Return the rate of employers' contribution (arbeidsgiveravgift) of a zone: 1, 2, 3, 4, 4a or 5."""
    if zone not in ZONES:
        raise UnknownName(where="zone", found=str(zone), allowed=", ".join(ZONES), suggestion="")
    return value(f"skatteetaten.tax.arbeidsgiveravgift_zone_{zone}", day)


def employers_contribution(day: date, zone: str, base: Amount) -> Amount:
    """Return employers' contribution on a base (wages and occupational pension, NOK per year)."""
    return _plain(employers_contribution_rate(day, zone) * _income(base))


def occupational_pension(wage: Amount, share: Amount) -> Amount:
    """Return the employer's payment to occupational pension: a share of the wage."""
    return _plain(_income(wage) * np.asarray(share))


def tax_split(
    day: date, income: Amount, municipality_share: Amount | None = None, county_share: Amount | None = None
) -> dict[str, Amount]:
    """Return the tax on an income by who receives it: `municipality`, `county`, `state_tax`, before equalisation.

    The municipality and the county have their points of general income; the state has the rest, the bracket tax and
    the national insurance contribution. The points are assumptions; they may be given (shares of general income).
    """
    base = np.asarray(general_income(day, income))
    points = {
        "municipality": _share("municipality_share", day, municipality_share),
        "county": _share("county_share", day, county_share),
    }
    local = {payer: base * point for payer, point in points.items()}
    general = base * (value("skatteetaten.tax.general_income", day) - points["municipality"] - points["county"])
    state = general + np.asarray(bracket_tax(day, income)) + np.asarray(national_insurance(day, income))
    return {**{payer: _plain(amount) for payer, amount in local.items()}, "state_tax": _plain(state)}


def income_equalisation(tax_change: Amount, lost_share: Amount) -> tuple[Amount, Amount]:
    """Return (change for the authority, change for the others) when its tax changes: they sum to zero.

    `lost_share` is the part of a tax krone that income equalisation (inntektsutjevning) takes. The authority's own
    small part of the nation's mean is left out.
    """
    moved = np.asarray(tax_change) * np.asarray(lost_share)
    return _plain(-moved), _plain(moved)


def kept_of_a_tax_krone(day: date, payer: str) -> float:
    """Return what the municipality or the county keeps of one more krone of its own income tax, after equalisation."""
    return 1.0 - value(f"innenfor.model.equalisation_{payer}", day)


def _share(name: str, day: date, given: Amount | None) -> NDArray[np.float64]:
    return np.asarray(value(f"skatteetaten.tax.{name}", day) if given is None else given, dtype=float)


def _income(income: Amount) -> NDArray[np.float64]:
    amount = np.asarray(income, dtype=float)
    if not bool(np.all(amount >= 0)):
        raise InvalidInput(where="income", found=str(np.min(amount)), allowed=">= 0 NOK/year")
    return amount


def _plain(amount: Any) -> Amount:  # noqa: ANN401 - numpy hands back scalars and arrays alike
    return float(amount) if np.ndim(amount) == 0 else np.asarray(amount, dtype=float)
