"""Quantiles are numpy's to the last bit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from benefits.valuation.quantiles import quantiles

SHARES = [0.0, 0.1, 0.5, 0.9, 1.0]


@pytest.mark.long
@given(arrays(float, st.tuples(st.integers(1, 3), st.integers(1, 40)), elements=st.floats(-1e9, 1e9)))
def test_they_are_numpy_s_to_the_last_bit(draws: np.ndarray) -> None:
    assert np.array_equal(quantiles(draws, SHARES), np.quantile(draws, SHARES, axis=-1))


@pytest.mark.parametrize("count", [9_999, 10_000])
def test_the_draws_themselves_are_left_as_they_were(count: int) -> None:
    draws = np.random.default_rng(1).standard_normal(count)
    before = draws.copy()
    assert np.array_equal(quantiles(draws, [0.3]), np.quantile(before, [0.3]))
    assert np.array_equal(draws, before)
