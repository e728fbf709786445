"""Income equalisation (inntektsutjevning): what a municipality is settled with, and loses of an extra tax krone."""

import csv
from dataclasses import dataclass
from functools import cache

import numpy as np

from benefits.rules.basis import Amount, When, as_plain, rates_on
from data import paths

_FILE = paths.BENEFITS / "published" / "equalisation.csv"
_RATES = "kdd.equalisation"


@dataclass(frozen=True)
class TaxBase:
    """A municipality's tax per head before equalisation in a year, as a share of the nation's, and its settlement.

    settlement: NOK per head; weight: its share of the nation's residents (of those aged 15–29, the age Innenfor has).
    """

    name: str
    year: int
    ratio: float
    settlement: float
    weight: float


def tax_base(code: str, year: int) -> TaxBase | None:
    """Return the newest known tax base of a municipality, of the year or before; None where none is known."""
    known = [base for base in tax_bases().get(code, ()) if base.year <= year]
    return max(known, key=lambda base: base.year) if known else None


@cache
def tax_bases() -> dict[str, tuple[TaxBase, ...]]:
    """Return the known tax bases by municipality number, read once."""
    found: dict[str, tuple[TaxBase, ...]] = {}
    with _FILE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            numbers = (float(row[key]) for key in ("tax_ratio", "settlement_nok_per_head", "population_weight"))
            base = TaxBase(row["region_name"], int(row["year"]), *numbers)
            found[row["region_code"]] = (*found.get(row["region_code"], ()), base)
    return found


def settlement(when: When, ratio: float) -> Amount:
    """Return what a municipality gets (or pays, negative) in income equalisation, NOK per head.

    `ratio` is its tax per head as a share of the nation's. Symmetric: a rate of the distance to the mean; below the
    limit a supplement of the distance to it, which all pay for alike.
    """
    rates = rates_on(when)
    below = np.maximum(rates[f"{_RATES}.supplement_threshold"] - ratio, 0.0) * rates[f"{_RATES}.supplement_rate"]
    share = rates[f"{_RATES}.symmetric_rate"] * (1 - ratio) + below
    return as_plain(share * rates[f"{_RATES}.tax_per_head"] - rates[f"{_RATES}.supplement_financing"])


def under_limit(when: When, ratio: float) -> Amount:
    """Return 1 where a tax per head, as a share of the nation's, lies under the limit of the supplement, else 0."""
    return as_plain(np.where(ratio < np.asarray(rates_on(when)[f"{_RATES}.supplement_threshold"]), 1.0, 0.0))


def lost_of_a_krone(when: When, reach: Amount, weight: Amount) -> Amount:
    """Return the share of an extra tax krone that equalisation takes from the municipality and gives the others.

    `reach` is 1 under the limit of the supplement, 0 over it. `weight` is the municipality's own share of the nation:
    its krone raises the mean it is measured against. Its own part of what all pay for the supplement is left out.
    """
    rates = rates_on(when)
    supplement = rates[f"{_RATES}.supplement_rate"] * (1 - rates[f"{_RATES}.supplement_threshold"] * weight)
    return as_plain(rates[f"{_RATES}.symmetric_rate"] * (1 - weight) + reach * supplement)
