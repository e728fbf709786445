"""Base amounts, deflators, and kroner carried between years."""

from datetime import date

import pytest

from benefits.errors import GrunnbeloepUnknown, InvalidInput
from benefits.parameters import parameter
from benefits.rules import price_levels

MEANS = parameter("nav.grunnbeloep.grunnbeloep_mean")


@pytest.mark.parametrize("year", range(2005, 2027))
def test_the_mean_base_amount_is_the_published_one_to_the_krone(year: int) -> None:
    assert price_levels.grunnbeloep_mean(year) == pytest.approx(MEANS.at(date(year, 1, 1)), abs=0.5)


@pytest.mark.parametrize("year", [2004, 2027, 2040])
def test_a_year_without_its_own_amount_has_no_mean(year: int) -> None:
    with pytest.raises(GrunnbeloepUnknown) as refused:
        price_levels.grunnbeloep_mean(year)
    assert refused.value.found == str(year)
    assert refused.value.last_known == "2026"


def test_a_deflator_carries_an_amount_to_other_prices() -> None:
    assert price_levels.deflated(5181, 348.3, 342.5) == pytest.approx(5094.73, abs=0.01)
    with pytest.raises(InvalidInput):
        price_levels.deflated(1, 0, 100)


def test_an_amount_moves_with_the_mean_base_amount() -> None:
    assert price_levels.regulated(122225.333333, 2024, 2025) == pytest.approx(128116)
    assert price_levels.regulated(100, 2025, 2026, mean_to=134521.8) == pytest.approx(105)


def test_a_parameter_in_nominal_kroner_is_not_carried() -> None:
    assert price_levels.to_base_year("nav.rates.sosialhjelp_single", 2020, 100853) == 1.0
    assert price_levels.to_base_year("innenfor.model.wage", 2024, 122225.3333) == pytest.approx(1.0)
