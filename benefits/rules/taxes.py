"""Taxes and contributions by date. Every function takes NOK per year, as a number or an array, and returns the same."""

from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benefits.errors import InvalidInput
from benefits.parameters import PUBLISHED, Parameters, Rates

Amount = float | NDArray[np.float64]
ZONES = ("1", "2", "3", "4", "4a", "5")
_BRACKETS = (1, 2, 3, 4, 5)


def minstefradrag(day: date, income: Amount, *, parameters: Parameters = PUBLISHED) -> Amount:
    """Return the standard deduction: a share of wages or taxed benefits up to its ceiling."""
    rates = parameters.at(day)
    share = rates["skatteetaten.tax.minstefradrag_rate"] * _income(income)
    return _plain(np.minimum(share, rates["skatteetaten.tax.minstefradrag_max"]))


def general_income(day: date, income: Amount, *, parameters: Parameters = PUBLISHED) -> Amount:
    """Return general income (alminnelig inntekt) above the personal allowance, never below zero."""
    allowance = parameters.at(day)["skatteetaten.tax.personfradrag"]
    left = _income(income) - minstefradrag(day, income, parameters=parameters) - allowance
    return _plain(np.maximum(left, 0.0))


def general_income_tax(day: date, income: Amount, *, parameters: Parameters = PUBLISHED) -> Amount:
    """Return the tax on general income, 22 per cent, that municipality, county and state share."""
    rate = parameters.at(day)["skatteetaten.tax.general_income"]
    return _plain(rate * np.asarray(general_income(day, income, parameters=parameters)))


def bracket_tax(day: date, income: Amount, *, parameters: Parameters = PUBLISHED) -> Amount:
    """Return the bracket tax (trinnskatt) on gross personal income: each rate on what lies inside its bracket."""
    amount, rates = _income(income), parameters.at(day)
    starts = [rates[f"skatteetaten.tax.trinnskatt_threshold_{step}"] for step in _BRACKETS]
    shares = [rates[f"skatteetaten.tax.trinnskatt_{step}"] for step in _BRACKETS]
    tax = np.zeros_like(amount)
    for start, end, share in zip(starts, [*starts[1:], np.inf], shares, strict=True):
        tax = tax + share * np.clip(amount - start, 0.0, end - start)
    return _plain(tax)


def national_insurance(day: date, income: Amount, *, parameters: Parameters = PUBLISHED) -> Amount:
    """Return the national insurance contribution (trygdeavgift) on wages and taxed benefits.

    Nothing up to the lower limit; above it at most 25 per cent of what exceeds the limit.
    """
    amount, rates = _income(income), parameters.at(day)
    above = np.maximum(amount - rates["skatteetaten.tax.trygdeavgift_floor"], 0.0)
    full = rates["skatteetaten.tax.trygdeavgift_wages"] * amount
    return _plain(np.minimum(full, rates["skatteetaten.tax.trygdeavgift_phase_in"] * above))


def income_tax(day: date, income: Amount, *, parameters: Parameters = PUBLISHED) -> Amount:
    """Return all tax on a wage or a taxed benefit: general income, bracket tax and national insurance."""
    parts = (general_income_tax, bracket_tax, national_insurance)
    return _plain(sum(np.asarray(part(day, income, parameters=parameters)) for part in parts))


def employers_contribution_rate(day: date, zone: str, *, parameters: Parameters = PUBLISHED) -> Amount:
    """Return the rate of employers' contribution (arbeidsgiveravgift) of a zone: 1, 2, 3, 4, 4a or 5."""
    if zone not in ZONES:
        raise InvalidInput(where="zone", found=str(zone), allowed=", ".join(ZONES))
    return _plain(parameters.at(day)[f"skatteetaten.tax.arbeidsgiveravgift_zone_{zone}"])


def employers_contribution(day: date, zone: str, base: Amount, *, parameters: Parameters = PUBLISHED) -> Amount:
    """Return employers' contribution on a base (wages and occupational pension, NOK per year)."""
    return _plain(employers_contribution_rate(day, zone, parameters=parameters) * _income(base))


def occupational_pension(wage: Amount, share: Amount) -> Amount:
    """Return the employer's payment to occupational pension: a share of the wage."""
    return _plain(_income(wage) * np.asarray(share))


def tax_split(
    day: date,
    income: Amount,
    municipality_share: Amount | None = None,
    county_share: Amount | None = None,
    *,
    parameters: Parameters = PUBLISHED,
) -> dict[str, Amount]:
    """Return the tax on an income by who receives it: `municipality`, `county`, `state_tax`, before equalisation.

    The municipality and the county have their points of general income; the state has the rest, the bracket tax and
    the national insurance contribution. The points are assumptions; they may be given (shares of general income).
    """
    rates = parameters.at(day)
    base = np.asarray(general_income(day, income, parameters=parameters))
    points = {
        "municipality": _share("municipality_share", rates, municipality_share),
        "county": _share("county_share", rates, county_share),
    }
    local = {payer: base * point for payer, point in points.items()}
    general = base * (rates["skatteetaten.tax.general_income"] - points["municipality"] - points["county"])
    for part in (bracket_tax, national_insurance):
        general = general + np.asarray(part(day, income, parameters=parameters))
    return {**{payer: _plain(amount) for payer, amount in local.items()}, "state_tax": _plain(general)}


def income_equalisation(tax_change: Amount, lost_share: Amount) -> tuple[Amount, Amount]:
    """Return (change for the authority, change for the others) when its tax changes: they sum to zero.

    `lost_share` is the part of a tax krone that income equalisation (inntektsutjevning) takes. The authority's own
    small part of the nation's mean is left out.
    """
    moved = np.asarray(tax_change) * np.asarray(lost_share)
    return _plain(-moved), _plain(moved)


def _share(name: str, rates: Rates, given: Amount | None) -> NDArray[np.float64]:
    return np.asarray(rates[f"skatteetaten.tax.{name}"] if given is None else given, dtype=float)


def _income(income: Amount) -> NDArray[np.float64]:
    amount = np.asarray(income, dtype=float)
    if not bool(np.all(amount >= 0)):
        raise InvalidInput(where="income", found=str(np.min(amount)), allowed=">= 0 NOK/year")
    return amount


def _plain(amount: Any) -> Amount:  # noqa: ANN401 - numpy hands back scalars and arrays alike
    return float(amount) if np.ndim(amount) == 0 else np.asarray(amount, dtype=float)
