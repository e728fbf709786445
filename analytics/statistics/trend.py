"""Does a share rise or fall over the years?"""

from dataclasses import dataclass

import numpy as np

from analytics.errors import StatisticsInputError
from analytics.results import Interval, NotEstimable
from analytics.statistics.argument_checks import Column, between_zero_and_one, column, columns_among
from analytics.statistics.differences import CLEARLY
from analytics.statistics.quasibinomial import fit_binomial

FEWEST_YEARS = 3


@dataclass(frozen=True)
class TrendTest:
    """A trend over years: `odds_ratio` a year, and `slope`, the same as share points (0–1) a year at the mean share."""

    odds_ratio: Interval
    slope: Interval
    p: float
    df: int
    dispersion: float
    verdict: str
    years: tuple[float, ...]
    left_out: tuple[float, ...]


def trend_test(years: object, counts: object, populations: object, level: float = 0.95) -> TrendTest | NotEstimable:
    """Return the trend of a share by binomial regression on the logit scale, with overdispersion.

    The scale is Pearson's chi-squared ÷ degrees of freedom, never below 1; p and intervals use t with years − 2 degrees
    of freedom. Verdict: `clearly_rising`/`clearly_falling` (p < 0.002), `somewhat_…` (p < 1 − level), else
    `no_certain_trend`. Years whose count is unknown or whose population is empty are named in `left_out`.
    NotEstimable: under 3 usable years, no events, nobody without, or years so separated that no finite slope exists.
    Raises StatisticsInputError, also for a year given twice. Source: McCullagh & Nelder (1989), ch. 4.
    """
    between_zero_and_one(level, "level")
    when, events, persons, left_out = _series(years, counts, populations)
    if (reason := _no_trend(events, persons)) is not None:
        return reason
    fit = fit_binomial(np.column_stack([np.ones_like(when), when - when.mean()]), events, persons)
    if fit is None:
        return NotEstimable("separated")
    slope, mean = fit.interval(np.array([0.0, 1.0]), level), events.sum() / persons.sum()
    p = fit.p(np.array([0.0, 1.0]))
    points = _times(slope, float(mean * (1 - mean)))
    verdict, kept = _verdict(slope.estimate, p, level), tuple(when.tolist())
    return TrendTest(_ratio(slope), points, p, fit.df, fit.dispersion, verdict, kept, left_out)


def _series(years: object, counts: object, populations: object) -> tuple[Column, Column, Column, tuple[float, ...]]:
    when = column(years, "years")
    events, persons = columns_among(counts, populations)
    if len(when) != len(events):
        raise StatisticsInputError("years, counts, populations", f"{len(when)}, {len(events)}", "same_length")
    if np.isnan(when).any() or len(np.unique(when)) < len(when):
        raise StatisticsInputError("years", str(when.tolist()), "each_year_once")
    usable = ~np.isnan(events) & (persons > 0)
    order = np.argsort(when[usable])
    return *(part[usable][order] for part in (when, events, persons)), tuple(sorted(when[~usable].tolist()))  # type: ignore[return-value]


def _no_trend(events: Column, persons: Column) -> NotEstimable | None:
    if len(events) < FEWEST_YEARS:
        return NotEstimable("few_years", (("years", len(events)), ("minimum", FEWEST_YEARS)))
    if events.sum() == 0:
        return NotEstimable("no_events")
    return NotEstimable("all_events") if (events == persons).all() else None


def _ratio(logit: Interval) -> Interval:
    with np.errstate(over="ignore"):
        return Interval(*(float(np.exp(value)) for value in (logit.estimate, logit.low, logit.high)))


def _times(interval: Interval, factor: float) -> Interval:
    return Interval(interval.estimate * factor, interval.low * factor, interval.high * factor)


def _verdict(slope: float, p: float, level: float) -> str:
    if p >= 1 - level:
        return "no_certain_trend"
    certainty = "clearly" if p < 1 - CLEARLY else "somewhat"
    return f"{certainty}_{'rising' if slope > 0 else 'falling'}"
