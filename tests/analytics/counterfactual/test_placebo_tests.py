"""Where nothing began the verdict is rare, and the limit is what it says it is."""

import numpy as np
import pytest

from analytics.counterfactual.placebo_tests import LEVEL, detection_limit, permutation_p
from analytics.counterfactual.programme_effect import placebo
from tests.analytics.counterfactual.worlds import START, world


def false_findings(trials: int) -> tuple[float, float, float]:
    """Return how often p, the size, and both together call a change of nothing more than chance."""
    found = [placebo(world(seed), START) for seed in range(trials)]
    bold = [(each.p <= LEVEL, abs(each.gap) > each.limit, each.beyond_chance) for each in found]
    by_p, by_size, both = np.array(bold).mean(axis=0)
    return float(by_p), float(by_size), float(both)


@pytest.mark.long
def test_no_effect_is_seldom_called_one() -> None:
    by_p, by_size, both = false_findings(150)
    assert 0.01 <= by_p <= 0.10
    assert 0.01 <= by_size <= 0.10
    assert both <= 0.06


@pytest.mark.slow
def test_the_permutation_holds_its_level_over_many_trials() -> None:
    by_p, by_size, both = false_findings(3_000)
    assert 0.035 <= by_p <= 0.065
    assert 0.03 <= by_size <= 0.065
    assert both <= 0.04


@pytest.mark.parametrize("places", [19, 20, 40, 41, 100])
def test_what_exceeds_the_limit_has_a_p_of_one_in_twenty_at_most_and_what_does_not_has_more(places) -> None:
    placebos = np.random.default_rng(places).normal(size=places)
    limit = detection_limit(placebos)
    assert permutation_p(np.nextafter(limit, np.inf), np.abs(placebos)) <= LEVEL
    assert permutation_p(limit, np.abs(placebos)) > LEVEL


def test_fewer_than_nineteen_places_can_show_nothing() -> None:
    assert detection_limit(np.arange(18.0)) == float("inf")


def test_twice_the_spread_among_the_places_gives_twice_the_limit() -> None:
    placebos = np.random.default_rng(0).normal(size=40)
    assert detection_limit(2 * placebos) == pytest.approx(2 * detection_limit(placebos))
