"""Individually randomised trials: intention to treat as a difference in means, never adjusted in the headline.

Adding an estimator: write a function of a design and a sample that returns a Finding, put `@estimator("name")` over it,
and name it in the design as `estimator = "name"`.
"""

from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.experiments.design.design import Design
from analytics.experiments.estimators.base import Finding, estimator, p_of, two_sided_p
from analytics.experiments.estimators.complier import complier_effect
from analytics.experiments.estimators.leading_inference import exact_leads
from analytics.experiments.estimators.levels import person_levels
from analytics.experiments.estimators.randomisation_inference import (
    Permutation,
    assignment_p,
    blocked_events_p,
    events_p,
    individual_p,
)
from analytics.experiments.estimators.regression_adjustment import adjustments
from analytics.experiments.input.checks import Sample
from analytics.experiments.input.sufficient_statistics import Moments, blocks_of, by_arm, by_block
from analytics.results import Interval, NotEstimable
from analytics.statistics.intervals import newcombe_interval

Floats = NDArray[np.float64]
Pair = tuple[Moments, Moments]
Difference = tuple[float, float | None, float | None]
"""A difference, its standard error and degrees of freedom."""
NEEDS_PERSONS = NotEstimable("needs_person_rows")


@estimator("difference_in_means")
def difference_in_means(design: Design, sample: Sample) -> Finding:
    """Return the intention-to-treat difference with HC2 (Neyman) standard error.

    Degrees of freedom are Welch–Satterthwaite's (Bell–McCaffrey's for two groups). Blocks are weighted by their size.
    A yes/no outcome without blocks gets Newcombe's interval, of few the exact p. `se_ols`: with equal variances.
    """
    pairs = by_block(sample.rows)
    value, se, df = neyman(pairs)
    one, none = by_arm(sample.rows)
    p = p_of(value, se, df)
    low, high, method = None, None, "blocked_means" if len(pairs) > 1 else "difference_in_means"
    if len(pairs) > 1 and any(min(one.n, none.n) < 2 for one, none in pairs):
        method = "paired_means"
    if sample.kind == "binary" and len(pairs) == 1:
        limits = newcombe_interval(*_events(one), *_events(none), design.level)
        p, method, df = score_p(one, none), "risk_difference", None
        if isinstance(limits, Interval):
            low, high = limits.low, limits.high
    exact = method == "risk_difference" and bool(exact_leads((one.n, none.n), one.n * one.mean + none.n * none.mean))
    permutation = _permutation(design, sample)
    beside: dict[str, Any] = dict(adjustments(design, sample))
    beside |= {"complier": complier_effect(design, sample)} if design.received else {}
    beside["randomisation"] = NEEDS_PERSONS if permutation is None else vars(permutation)
    return Finding(
        value=value, se=se, df=df, low=low, high=high, p=p, method=method,
        se_ols=classical_se(one, none) if len(pairs) == 1 else None,
        p_randomisation=permutation.p if permutation else None,
        permutation_leads=permutation is not None and (exact or (not se and low is None)),
        beside=beside,
        facts={"blocks": len(pairs)}, levels=person_levels(design, sample),
    )  # fmt: skip


def neyman(pairs: list[Pair]) -> Difference:
    """Return the block-weighted difference in means, its HC2 standard error and Satterthwaite degrees of freedom.

    Blocks with one unit in an arm have no spread of their own: theirs is that of the blocks' differences, after Pashley
    & Miratrix (2021), Journal of Educational and Behavioral Statistics 46:271–296; for equal pairs it is Imai, King &
    Nall's (2009). One such block alone takes all others with it.
    """
    total = sum(one.n + none.n for one, none in pairs)
    weights = np.array([(one.n + none.n) / total for one, none in pairs])
    gaps = np.array([one.mean - none.mean for one, none in pairs])
    fine = np.array([min(one.n, none.n) > 1 for one, none in pairs])
    fine &= (~fine).sum() != 1
    parts: list[tuple[float, float]] = []
    for weight, pair in zip(weights[fine], np.flatnonzero(fine), strict=True):
        parts += [(weight**2 * (arm.variance or 0.0) / arm.n, arm.n - 1) for arm in pairs[pair]]
    if not fine.all():
        parts.append((between_blocks(weights[~fine], gaps[~fine]), float((~fine).sum() - 1)))
    known = all(arm.ss is not None for pair in np.flatnonzero(fine) for arm in pairs[pair])
    variance = sum(part for part, _ in parts)
    if not known or not variance > 0:
        return float(weights @ gaps), None, None
    df = 1 / sum((part / variance) ** 2 / left for part, left in parts if part)
    return float(weights @ gaps), float(np.sqrt(variance)), float(df)


def between_blocks(weights: Floats, gaps: Floats) -> float:
    """Return the variance of the weighted mean of blocks' differences, from their spread; NaN where one block holds
    half of all."""
    total = weights.sum()
    rest = np.where(weights < total / 2, total - 2 * weights, np.nan)
    pull = weights**2 / (rest * (total + (weights**2 / rest).sum()))
    return float(total**2 * (pull @ (gaps - weights @ gaps / total) ** 2))


def classical_se(one: Moments, none: Moments) -> float | None:
    """Return the least-squares standard error that assumes one variance in both arms."""
    if one.ss is None or none.ss is None or one.n + none.n <= 2:
        return None
    pooled = (one.ss + none.ss) / (one.n + none.n - 2)
    return float(np.sqrt(pooled * (1 / one.n + 1 / none.n))) or None


def _events(arm: Moments) -> tuple[float, float]:
    return float(round(arm.n * arm.mean)), arm.n


def score_p(one: Moments, none: Moments) -> float | None:
    """Return the p-value of equal proportions by the score test: χ² without correction."""
    share = (one.n * one.mean + none.n * none.mean) / (one.n + none.n)
    variance = share * (1 - share) * (1 / one.n + 1 / none.n)
    return two_sided_p(one.mean - none.mean, float(np.sqrt(variance)), None) if variance > 0 else None


def _permutation(design: Design, sample: Sample) -> Permutation | None:
    """Return the randomisation p at person level; None where only person rows could give it."""
    rows, blocks = sample.rows, blocks_of(sample.rows)
    if sample.kind == "binary":
        return _binary_permutation(design, rows)
    if not sample.persons:
        return None
    values, treated = rows["mean"].to_numpy(), rows["treated"].to_numpy()
    if not blocks.any():
        return individual_p(values, treated, design.draws, design.seed)
    return assignment_p(values, np.ones(len(values)), treated, blocks, design.draws, design.seed)


def _binary_permutation(design: Design, rows: pl.DataFrame) -> Permutation:
    pairs = by_block(rows)
    if len(pairs) == 1:
        ((one, none),) = pairs
        return events_p(round(one.n * one.mean), round(one.n), round(none.n * none.mean), round(none.n))
    lines = [[one.n * one.mean, one.n, none.n * none.mean, none.n] for one, none in pairs]
    return blocked_events_p(np.rint(np.array(lines)).astype(np.int64), design.draws, design.seed)
