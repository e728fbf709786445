"""The weights are those of the least squares they promise, and the same by another solver."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.counterfactual.synthetic_control import donor_weights, gaps, synthetic

SEEDS = st.integers(0, 10_000)


def places(seed: int, years: int = 13, donors: int = 12) -> np.ndarray:
    return np.random.default_rng(seed).uniform(0.05, 0.2, (years, donors + 1))


@pytest.mark.long
@given(SEEDS)
def test_weights_are_shares_of_one_whole(seed) -> None:
    shares = places(seed)
    found = donor_weights(shares[:, 0], shares[:, 1:])
    assert found.sum() == pytest.approx(1)
    assert (found >= 0).all()


@pytest.mark.parametrize("seed", range(5))
def test_no_other_weights_come_nearer_by_another_solver(seed) -> None:
    from scipy.optimize import minimize

    shares = 100 * places(seed)
    own, donors = shares[:, 0], shares[:, 1:]

    def loss(weights: np.ndarray) -> float:
        return float(((own - donors @ weights) ** 2).sum())

    even = np.full(12, 1 / 12)
    whole = {"type": "eq", "fun": lambda weights: weights.sum() - 1}
    other = minimize(loss, even, bounds=[(0, 1)] * 12, constraints=whole, options={"ftol": 1e-12, "maxiter": 500})
    assert loss(donor_weights(own / 100, donors / 100)) == pytest.approx(other.fun, rel=1e-5)


@pytest.mark.long
@given(SEEDS)
def test_a_place_that_is_an_average_of_others_is_followed_exactly(seed) -> None:
    shares = places(seed)
    true = np.random.default_rng(seed).dirichlet(np.ones(12))
    shares[:, 0] = shares[:, 1:] @ true
    made, weights = synthetic(shares, 13)
    assert made == pytest.approx(shares[:, 0], abs=1e-9)
    assert weights == pytest.approx(true, abs=1e-6)


@pytest.mark.long
@given(SEEDS, st.permutations(range(12)))
def test_the_order_of_the_donors_changes_nothing(seed, order) -> None:
    shares = places(seed)
    turned = np.column_stack([shares[:, :1], shares[:, 1:][:, order]])
    first, second = gaps(shares, 9), gaps(turned, 9)
    assert second[:, 0] == pytest.approx(first[:, 0], abs=1e-7)
    assert second[:, 1:] == pytest.approx(first[:, 1:][:, order], abs=1e-7)


def test_no_donor_is_made_of_the_place_itself() -> None:
    shares = places(1)
    moved = shares.copy()
    moved[:, 0] += 0.05
    assert gaps(moved, 9)[:, 1:] == pytest.approx(gaps(shares, 9)[:, 1:])
