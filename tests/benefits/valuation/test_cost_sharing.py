"""Who should pay what: every coalition counted, nobody asked for more than the gain."""

import math
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.results import NotEstimable
from benefits.errors import InvalidInput
from benefits.valuation.appraisal import appraise
from benefits.valuation.cost_sharing import (
    Sharing,
    organisation_gains,
    organisation_positions,
    proportional,
    shapley,
    side_payments,
)
from tests.benefits.scenarios import FIELDS, scenario

AMOUNTS = st.dictionaries(st.sampled_from("abcdef"), st.floats(-1e6, 1e6), min_size=1, max_size=6)
COSTS = st.floats(0, 2e6)


def by_every_order(gains: dict[str, float], cost: float) -> dict[str, float]:
    """Shapley's own definition: the mean of what a player adds over all orders of arrival."""
    winners = [name for name, gain in gains.items() if gain > 0]
    burden = cost - sum(gain for gain in gains.values() if gain < 0)
    added = dict.fromkeys(gains, 0.0)
    orders = list(permutations(winners))
    for order in orders:
        inside = 0.0
        for name in order:
            before = max(0.0, inside - burden)
            inside += gains[name]
            added[name] += (max(0.0, inside - burden) - before) / len(orders)
    return added


@pytest.mark.long
@settings(deadline=None, max_examples=50)
@given(AMOUNTS, COSTS)
def test_the_shapley_value_is_the_mean_over_every_order(gains: dict[str, float], cost: float) -> None:
    shares = shapley(gains, cost)
    if isinstance(shares, Sharing):
        assert dict(shares.values) == pytest.approx(by_every_order(gains, cost), abs=1e-3)
    else:
        assert sum(gains.values()) < cost + 1e-3


@pytest.mark.long
@settings(deadline=None, max_examples=50)
@given(AMOUNTS, COSTS, st.randoms())
def test_the_order_of_players_does_not_matter(gains: dict[str, float], cost: float, random) -> None:
    names = list(gains)
    random.shuffle(names)
    shuffled = {name: gains[name] for name in names}
    for method in (shapley, proportional):
        one, other = method(gains, cost), method(shuffled, cost)
        if isinstance(one, Sharing):
            assert one.cost_shares == other.cost_shares
        else:
            assert one == other


@pytest.mark.long
@settings(deadline=None, max_examples=50)
@given(AMOUNTS, COSTS)
def test_shares_cover_the_cost_and_leave_nobody_worse_off(gains: dict[str, float], cost: float) -> None:
    for method in (shapley, proportional):
        shares = method(gains, cost)
        if isinstance(shares, Sharing):
            assert math.fsum(shares.cost_shares.values()) == pytest.approx(cost, abs=1e-3)
            assert all(value >= -1e-6 for value in shares.values.values())
            assert all(shares.cost_shares[name] <= max(gains[name], 0) + 1e-3 for name in gains)


def test_gains_that_do_not_reach_the_cost_have_no_share() -> None:
    for method in (shapley, proportional):
        answer = method({"a": 100, "b": 50}, 151)
        assert isinstance(answer, NotEstimable)
        assert "150" in answer.sentence("en")
        assert answer.sentence("nb")


def test_gains_that_just_reach_the_cost_are_all_paid() -> None:
    shares = shapley({"a": 100, "b": 50}, 150)
    assert isinstance(shares, Sharing)
    assert shares.cost_shares == {"a": 100, "b": 50}


def test_a_loss_is_added_to_the_cost_and_made_good() -> None:
    shares = shapley({"county": -50, "state": 200, "municipality": 100}, 100)
    assert isinstance(shares, Sharing)
    assert shares.cost_shares["county"] == -50
    assert shares.values["county"] == 0
    assert sum(shares.cost_shares.values()) == pytest.approx(100)


def test_equal_players_pay_the_same_and_one_without_gain_nothing() -> None:
    shares = shapley({"a": 100, "b": 100, "c": 0}, 60)
    assert isinstance(shares, Sharing)
    assert shares.cost_shares == pytest.approx({"a": 30, "b": 30, "c": 0})


def test_proportional_shares_follow_the_gains() -> None:
    shares = proportional({"a": 100, "b": 300}, 200)
    assert isinstance(shares, Sharing)
    assert shares.cost_shares == pytest.approx({"a": 50, "b": 150})


def test_a_free_gain_costs_nobody() -> None:
    assert shapley({"a": 5}, 0).cost_shares == {"a": 0}
    assert proportional({}, 0).cost_shares == {}


@pytest.mark.parametrize("cost", [-1, float("nan"), float("inf")])
def test_a_cost_that_is_no_cost_is_refused(cost: float) -> None:
    with pytest.raises(InvalidInput):
        shapley({"a": 1}, cost)


def test_too_many_players_are_refused_with_a_reason() -> None:
    answer = shapley({str(number): 1.0 for number in range(17)}, 1)
    assert isinstance(answer, NotEstimable)
    assert answer.reason == "too_many_players"


@settings(deadline=None, max_examples=50)
@given(st.dictionaries(st.sampled_from("abcdef"), st.floats(-1e6, 1e6), max_size=6))
def test_side_payments_leave_nobody_worse_off_or_do_not_exist(positions: dict[str, float]) -> None:
    payments = side_payments(positions)
    if isinstance(payments, NotEstimable):
        assert math.fsum(positions.values()) < 0
        return
    after = dict(positions)
    for payment in payments:
        assert payment.nok >= 0
        after[payment.payer] -= payment.nok
        after[payment.receiver] += payment.nok
    assert all(position >= -1e-3 for position in after.values())


def test_the_state_is_one_player_and_costs_are_put_back() -> None:
    appraisal = appraise(scenario(), draws=50)
    gains, cost = organisation_gains(appraisal)
    positions = organisation_positions(appraisal)
    assert cost == pytest.approx(3_000_000)
    assert gains["municipality"] == pytest.approx(positions["municipality"] + 3_000_000)
    assert positions["state"] == pytest.approx(
        appraisal.public["state_tax"].expected + appraisal.public["state_transfers"].expected
    )
    shares = shapley(gains, cost)
    assert isinstance(shares, Sharing)
    assert shares.cost_shares["state"] > shares.cost_shares["municipality"]


def test_a_saving_is_a_gain_of_who_is_spared_it_and_no_cost_to_share() -> None:
    saving = {"payer": "county", "year": 1, "nok": -1_000_000}
    plain, spared = (appraise(scenario(cost=[*FIELDS["cost"], *more]), draws=50) for more in ([], [saving]))
    gains, cost = organisation_gains(spared)
    before, same = organisation_gains(plain)
    assert cost == pytest.approx(same)
    assert spared.programme_cost == pytest.approx(plain.programme_cost)
    assert gains["county"] - before["county"] == pytest.approx(1_000_000 / 1.04)
    assert spared.society.expected - plain.society.expected == pytest.approx(1.2 * 1_000_000 / 1.04)
    assert spared.benefit_cost_ratio == pytest.approx(1 + spared.society.expected / 3_000_000)
    only = appraise(scenario(cost=[saving]), draws=50)
    assert organisation_gains(only)[1] == 0
    assert isinstance(shapley(*organisation_gains(only)), Sharing)


def test_an_organisation_that_nothing_touches_has_no_place_at_the_table() -> None:
    assert "health_trust" not in organisation_positions(appraise(scenario(), draws=50))
    cost = {"payer": "health_trust", "nok": 1_000}
    gains, _ = organisation_gains(appraise(scenario(cost=[*FIELDS["cost"], cost]), draws=50))
    assert gains["health_trust"] == pytest.approx(0.0)
