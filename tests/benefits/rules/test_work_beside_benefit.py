"""What is left of a benefit beside a job, at the boundaries of the rule."""

from datetime import date

import pytest

from benefits.persons.person_year import destination_account, left_of_benefit
from benefits.rules import aap_left, aap_year, income_before_disability, ufoeretrygd_left, ufoeretrygd_year
from benefits.valuation.simulation import prepared
from tests.benefits.scenarios import scenario

DAY, G = date(2026, 7, 1), 136_549


@pytest.mark.parametrize(("share", "left"), [(0.0, 1.0), (0.25, 0.75), (0.6, 0.4), (0.601, 0.0), (1.0, 0.0)])
def test_aap_falls_with_the_hours_and_away_above_sixty_per_cent(share: float, left: float) -> None:
    assert aap_left(DAY, share) == pytest.approx(left)


@pytest.mark.parametrize(
    ("day", "kind", "least"),
    [
        (date(2025, 12, 31), {"partner": True}, 3.3),
        (date(2026, 1, 1), {"partner": True}, 3.5),
        (date(2025, 12, 31), {}, 3.5),
        (DAY, {"young_disabled": True}, 4.5),
    ],
)
def test_the_least_income_before_disability_is_the_published_number_of_g(day: date, kind: dict, least: float) -> None:
    assert income_before_disability(day, 0.0, **kind, grunnbeloep=G) == pytest.approx(least * G)
    assert income_before_disability(day, 900_000.0, **kind, grunnbeloep=G) == 900_000


def test_disability_benefit_is_whole_up_to_the_limit_and_nothing_above_eighty_per_cent() -> None:
    whole, before = 2.529 * G, 3.5 * G
    assert ufoeretrygd_left(DAY, whole, 0.4 * G, before) == pytest.approx(whole)
    beside = ufoeretrygd_left(DAY, whole, 1.4 * G, before)
    assert beside == pytest.approx(whole - G * 2.529 / 3.5)
    assert ufoeretrygd_left(DAY, whole, 0.8 * before, before) == pytest.approx(whole - 2.4 * G * 2.529 / 3.5)
    assert ufoeretrygd_left(DAY, whole, 0.8 * before + 1, before) == 0


def test_a_participant_keeps_what_the_rules_leave_unless_the_scenario_says_a_share() -> None:
    def left(state: str, share: float, kept: float | None) -> float:
        model = prepared(scenario(destination__full_time_share=share, destination__benefit_kept=kept))
        at = model.at(model.point())
        return float(left_of_benefit(at, destination_account(at), state, 30))

    day, mean = date(2025, 7, 1), (4 * 124_028 + 8 * 130_160) / 12
    aap, disabled = aap_year(day, 30, 0, grunnbeloep=mean), ufoeretrygd_year(day, 30, 0, grunnbeloep=mean)
    assert left("aap", 0.5, None) == pytest.approx(0.5 * aap)
    assert left("aap", 0.8, None) == 0
    assert left("aap", 0.8, 0.3) == pytest.approx(0.3 * aap)
    assert left("ufoeretrygd", 0.5, None) == pytest.approx(disabled - (200_000 - 0.4 * mean) * 2.529 / 3.5)
    assert left("sosialhjelp", 0.5, None) == 0
