"""Published unit costs of services by payer: a parameter `services.<payer>.<name>`, carried to the base year."""

from benefits.parameters import parameter, parameters
from benefits.rules import price_levels
from benefits.scenario.model import Spread

_SERVICES = "services."


def unit_costs() -> list[str]:
    """Return the names of the unit costs, by payer."""
    return sorted(name for name in parameters() if name.startswith(_SERVICES))


def payer_of(name: str) -> str:
    """Return who pays a unit cost."""
    return name.split(".")[1]


def price_year_of(name: str) -> int:
    """Return the year of the kroner of a unit cost."""
    year = parameter(name).price_year
    return year if isinstance(year, int) else parameter(name).values[-1].valid_from.year


def unit_cost(name: str, base_year: int) -> Spread:
    """Return a unit cost with its range in NOK of a base year, carried by the municipal deflator."""
    entry = parameter(name).values[-1]
    return carried(Spread(entry.value or 0.0, entry.low, entry.high), price_year_of(name), base_year)


def carried(nok: Spread, price_year: int | None, base_year: int) -> Spread:
    """Return kroner of a year in those of the base year; without a year they are of the base year."""
    if price_year is None:
        return nok
    factor = price_levels.municipal(1.0, price_year, base_year)
    return Spread(*(None if part is None else factor * part for part in (nok.value, nok.low, nok.high)))  # type: ignore[arg-type]
