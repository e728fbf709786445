"""Price levels: the base amount (G), deflators, and carrying an amount from one year's kroner to another's."""

import math
from datetime import date
from functools import cache

from benefits.errors import GrunnbeloepUnknown, InvalidInput, ParameterUndefined
from benefits.parameters import parameter
from benefits.rules.basis import When, rates_on

_MUNICIPAL = "finansdepartementet.prices.municipal_deflator"
_G = "nav.grunnbeloep.grunnbeloep"
_MONTHS_OLD, _MONTHS_NEW = 4, 8


def grunnbeloep(when: When) -> float:
    """Return G on a day, in NOK; raises ParameterUndefined before May 2005 and where it was not published."""
    return float(rates_on(when)[_G])


@cache
def grunnbeloep_mean(year: int) -> float:
    """Return the mean G of a year in NOK, (4 × old + 8 × new)/12, unrounded.

    The first year of the list takes the published mean, since its old amount is not in the list.
    Raises GrunnbeloepUnknown where the amount from 1 May of the year is not published.
    """
    if not any(item.valid_from.year == year and item.value is not None for item in parameter(_G).values):
        raise GrunnbeloepUnknown(where="base_year", found=str(year), last_known=str(last_known_year()))
    new = grunnbeloep(date(year, 5, 1))
    try:
        old = grunnbeloep(date(year, 1, 1))
    except ParameterUndefined:
        return parameter("nav.grunnbeloep.grunnbeloep_mean").at(date(year, 1, 1))
    return (_MONTHS_OLD * old + _MONTHS_NEW * new) / (_MONTHS_OLD + _MONTHS_NEW)


def known_mean(year: int) -> float | None:
    """Return the mean G of a year in NOK; None where it is not published."""
    try:
        return grunnbeloep_mean(year)
    except GrunnbeloepUnknown:
        return None


def last_known_year() -> int:
    """Return the last year whose mean G is known."""
    return max(item.valid_from.year for item in parameter(_G).values if item.value is not None)


def deflated(amount: float, index_from: float, index_to: float) -> float:
    """Return an amount in the prices of another year: amount × index_to / index_from.

    `index_from` is the price index of the amount's own year, `index_to` that of the year wanted.
    """
    if not (index_from > 0 and index_to > 0):
        raise InvalidInput(where="index", found=f"{index_from}, {index_to}", allowed="> 0")
    return amount * index_to / index_from


def municipal_price_years() -> list[int]:
    """Return the years whose municipal price level is known: the first and those with a published growth."""
    known = [item.valid_from.year for item in parameter(_MUNICIPAL).values if item.value is not None]
    return [known[0] - 1, *known]


def municipal(amount: float, from_year: int, to_year: int) -> float:
    """Return a municipal cost carried between years by the municipal deflator; both years must be known."""
    known, low, high = municipal_price_years(), *sorted((from_year, to_year))
    if low < known[0] or high > known[-1]:
        raise InvalidInput(where="price_year", found=f"{from_year} – {to_year}", allowed=f"{known[0]} – {known[-1]}")
    grown = math.prod(1 + parameter(_MUNICIPAL).at(date(year, 1, 1)) for year in range(low + 1, high + 1))
    return amount * grown if to_year >= from_year else amount / grown


def regulated(amount: float, from_year: int, to_year: int, mean_to: float | None = None) -> float:
    """Return an amount carried between years by the mean G of each, as wages and benefits broadly move.

    `mean_to` is the mean G of `to_year` in NOK where it is not published.
    """
    target = grunnbeloep_mean(to_year) if mean_to is None else mean_to
    return deflated(amount, grunnbeloep_mean(from_year), target)


def to_base_year(name: str, base_year: int, mean_base: float) -> float:
    """Return the factor that carries a parameter in NOK from its price year to a base year whose mean G is given."""
    price_year = parameter(name).price_year
    return regulated(1.0, price_year, base_year, mean_base) if isinstance(price_year, int) else 1.0
