"""Wilson's and Newcombe's intervals and what they support, written apart from the project's own, to check it by."""

import math

from scipy.stats import fisher_exact, norm

DEVIATE = {level: float(norm.isf((1 - level) / 2)) for level in (0.95, 0.998)}


def wilson(count: float, people: float, z: float) -> tuple[float, float]:
    share = count / people
    middle = (share + z * z / (2 * people)) / (1 + z * z / people)
    spread = z / (1 + z * z / people) * math.sqrt(share * (1 - share) / people + z * z / (4 * people * people))
    return middle - spread, middle + spread


def newcombe(one: tuple[int, int], two: tuple[int, int], level: float) -> tuple[float, float]:
    z = DEVIATE[level]
    share1, share2 = one[0] / one[1], two[0] / two[1]
    (low1, high1), (low2, high2) = wilson(*one, z), wilson(*two, z)
    difference = share1 - share2
    return (
        difference - math.hypot(share1 - low1, high2 - share2),
        difference + math.hypot(high1 - share1, share2 - low2),
    )


def supported(one: tuple[int, int], two: tuple[int, int]) -> tuple[int, int]:
    """Return direction (−1, 0, 1) and strength (0 nothing, 1 at 95 %, 2 at 99.8 %) that these numbers support."""
    strength = 0
    for level in (0.95, 0.998):
        low, high = newcombe(one, two, level)
        strength += (low > 1e-12 or high < -1e-12) and _exact_agrees(one, two, 1 - level)
    direction = (one[0] * two[1] > two[0] * one[1]) - (one[0] * two[1] < two[0] * one[1])
    return (direction, strength) if strength else (0, 0)


def _exact_agrees(one: tuple[int, int], two: tuple[int, int], alpha: float) -> bool:
    pooled = (one[0] + two[0]) / (one[1] + two[1])
    if min(people * part for people in (one[1], two[1]) for part in (pooled, 1 - pooled)) >= 5:
        return True
    return bool(fisher_exact([[one[0], one[1] - one[0]], [two[0], two[1] - two[0]]]).pvalue < alpha)
