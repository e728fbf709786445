"""A person-year by who pays and who receives it."""

import pytest

from benefits.persons.person_year import benefit_account, destination_account, participant_account
from benefits.persons.sampled_scenario import SampledScenario
from benefits.scenario.model import BENEFIT_STATES
from benefits.valuation.simulation import prepared
from tests.benefits.scenarios import scenario


@pytest.mark.parametrize("state", BENEFIT_STATES)
def test_each_benefit_is_paid_by_the_state_or_by_the_municipality(state: str) -> None:
    given = SampledScenario(scenario(income_equalisation=False), {})
    account = benefit_account(given, state, 30, income_base=400_000)
    by_state = state in ("aap", "ufoeretrygd", "dagpenger")
    assert account.public["state_transfers"] == pytest.approx(-account.gross if by_state else 0)
    assert (account.public["municipality"] < 0) is not by_state


def test_social_assistance_beside_a_wage_is_free_of_tax() -> None:
    model = prepared(scenario(destination__benefit_kept=0.4))
    given = model.at(model.point())
    job = destination_account(given)
    both = participant_account(given, job, "sosialhjelp", 30)
    assert both.net_income - job.net_income == pytest.approx(both.gross - job.gross)
    assert both.gross - job.gross == pytest.approx(0.4 * benefit_account(given, "sosialhjelp", 30).gross)


def test_a_wage_with_a_range_of_its_own_is_not_made_uncertain_twice() -> None:
    ranged = scenario(destination__low=350_000, destination__high=450_000)
    assert "innenfor.model.wage_factor" in prepared(scenario()).spreads
    assert "innenfor.model.wage_factor" not in prepared(ranged).spreads
