"""Made-up municipalities whose true effect is known: shared years, own levels and leanings, and counts by chance."""

import numpy as np

from analytics.counterfactual.comparable_places import DonorPanel

YEARS = tuple(range(2008, 2025))
START = 2021


def world(seed: int, places: int = 40, effect: float = 0.0) -> DonorPanel:
    """Return `places` donors and a home of like sizes; from 2021 the home's true share is `effect` (0–1) higher."""
    rng = np.random.default_rng(seed)
    shared = np.cumsum(rng.normal(0, 0.004, (len(YEARS), 2)), axis=0)
    true = rng.normal(0.11, 0.01, places + 1) + shared @ rng.normal(1, 0.5, (2, places + 1))
    true = np.clip(true, 0.06, 0.4)
    true[np.array(YEARS) >= START, 0] += effect
    people = rng.integers(6_000, 25_000, places + 1)
    shares = np.column_stack([_counted(rng, true[:, 1:], people[1:]), _counted(rng, true[:, :1], people[:1])])
    shares = np.roll(shares, 1, axis=1)  # home is drawn last, so that its effect moves nobody else's chance
    codes = tuple(f"{code:04}" for code in range(places + 1))
    return DonorPanel(codes, YEARS, shares, (), int(people[0]), ("made up",))


def _counted(rng: np.random.Generator, true: np.ndarray, people: np.ndarray) -> np.ndarray:
    return rng.binomial(people, np.clip(true, 0, 1)) / people
