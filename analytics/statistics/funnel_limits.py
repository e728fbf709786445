"""Funnel limits around a target: how far chance alone takes a place of a given size."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from analytics.errors import StatisticsInputError
from analytics.results import NotEstimable
from analytics.statistics.argument_checks import (
    Column,
    above_zero,
    at_least_zero,
    between_zero_and_one,
    column,
    columns_among,
)
from analytics.statistics.intervals import two_sided_z


def funnel_limits(
    target: float,
    populations: object,
    levels: Sequence[float] = (0.95, 0.998),
    dispersion: float = 1.0,
) -> pl.DataFrame:
    """Return control limits for shares around `target`: columns population, level, low, high, a row a level and place.

    target ± z √(φ · target (1 − target) / population), cut to 0–1. This is the inversion of Wilson's
    interval (PHE's "Wilson" funnel): a place lies outside exactly when its Wilson interval leaves out the target, so
    funnel and intervals never disagree. `dispersion` φ > 0 widens the limits. An unknown or empty population has null
    limits; a target of 0 or 1 has limits equal to it. Raises StatisticsInputError: target outside 0–1.
    Source: Spiegelhalter (2005), Statistics in Medicine 24:1185–1202, appendix A.1; PHE (2017), funnel plot tool.
    """
    share, factor, given = _target(target), above_zero(dispersion, "dispersion"), column(populations, "populations")
    error = np.sqrt(factor * share * (1 - share) / np.where(given > 0, given, np.nan))
    parts = [_limits(share, given, two_sided_z(level) * error, level) for level in levels]
    schema = dict.fromkeys(("population", "level", "low", "high"), pl.Float64)
    return pl.concat(parts) if parts else pl.DataFrame(schema=schema)


def _limits(share: float, given: Column, reach: Column, level: float) -> pl.DataFrame:
    ends = {"low": (share - reach).clip(0, 1), "high": (share + reach).clip(0, 1)}
    frame = {"population": given, "level": np.full_like(given, level), **ends}
    return pl.DataFrame(frame).with_columns(pl.all().fill_nan(None))


@dataclass(frozen=True)
class Dispersion:
    """How much more places vary than chance: `factor` is the winsorised φ̂; 1 is chance alone."""

    factor: float
    places: int
    significant: bool

    @property
    def inflation(self) -> float:
        """Return the factor to widen funnel limits by: φ̂ where it is certainly above 1, else 1."""
        return self.factor if self.significant else 1.0


def overdispersion(
    counts: object, populations: object, target: float, winsorise: float = 0.1
) -> Dispersion | NotEstimable:
    """Return the mean squared z-score of places around `target` after winsorising, with its verdict.

    The lowest and highest `winsorise` share of z-scores are drawn in to that quantile first, so that a few outliers do
    not hide themselves. Significant where φ̂ > 1 + 2√(2/places). Places with unknown or empty numbers are not counted in
    `places`. NotEstimable: under two places, or a target of 0 or 1. Raises StatisticsInputError.
    Source: Spiegelhalter (2005), Quality and Safety in Health Care 14:347–351.
    """
    share, tail = _target(target), at_least_zero(winsorise, "winsorise")
    if tail >= 0.5:
        raise StatisticsInputError("winsorise", repr(winsorise), "under_half")
    events, persons = columns_among(counts, populations)
    known = ~np.isnan(events) & (persons > 0)
    if (places := int(known.sum())) < 2 or share in (0, 1):
        return NotEstimable("few_places")
    scores = (events[known] / persons[known] - share) / np.sqrt(share * (1 - share) / persons[known])
    scores = scores.clip(*np.quantile(scores, (tail, 1 - tail)))
    factor = float((scores**2).mean())
    return Dispersion(factor, places, factor > 1 + 2 * float(np.sqrt(2 / places)))


def _target(target: float) -> float:
    return float(target) if at_least_zero(target, "target") in (0, 1) else between_zero_and_one(target, "target")
