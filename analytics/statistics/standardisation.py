"""Rates made comparable between places with different age and sex structure."""

import numpy as np

from analytics.errors import StatisticsInputError
from analytics.results import Interval, NotEstimable
from analytics.statistics.argument_checks import Column, above_zero, at_least_zero, columns
from analytics.statistics.intervals import EXACT_BELOW, poisson_limits


def directly_standardised_rate(
    counts: object, populations: object, standard: object, per: float = 100_000, level: float = 0.95
) -> Interval | NotEstimable:
    """Return the rate per `per` a place would have with the standard population's structure, with Dobson's interval.

    `counts`, `populations` and `standard` hold one number a stratum (age group × sex), in the same order; `standard` is
    persons or weights. A stratum without standard weight lies outside the comparison and its events are not counted.
    NotEstimable: under 10 events in all; an unknown count or an empty or unknown population in a stratum that has
    standard weight (it is not zero); no standard weight at all. Raises StatisticsInputError.
    Source: Dobson, Kuulasmaa, Eberle & Scherer (1991), Statistics in Medicine 10:457–462, with Byar's limits for the
    total and the rule of 10 events of Public Health England (2018).
    """
    scale = above_zero(per, "per")
    events, persons, weights = _strata(counts, populations, standard)
    total, limits = float(events.sum()), poisson_limits(events.sum() if events.size else 0.0, level)
    if (reason := _not_standardisable(events, persons, weights)) is not None:
        return reason
    share = weights / weights.sum() / persons * scale
    rate, spread = float(share @ events), float(np.sqrt(share**2 @ events / total))
    low, high = (rate + spread * (float(limit[0]) - total) for limit in limits)
    return Interval(rate, max(low, 0.0), high)


def _strata(counts: object, populations: object, standard: object) -> tuple[Column, Column, Column]:
    events, persons, weights = columns(counts=counts, populations=populations, standard=standard)
    if np.isnan(weights).any():
        raise StatisticsInputError("standard", "None", "number")
    inside = weights > 0
    return events[inside], persons[inside], weights[inside]


def _not_standardisable(events: Column, persons: Column, weights: Column) -> NotEstimable | None:
    if not weights.size:
        return NotEstimable("no_standard")
    if unknown := int((np.isnan(events) | np.isnan(persons) | (persons == 0)).sum()):
        return NotEstimable("unknown_stratum", (("strata", unknown),))
    if (total := float(events.sum())) < EXACT_BELOW:
        return NotEstimable("few_events", (("events", total), ("minimum", EXACT_BELOW)))
    return None


def expected_count(
    populations: object, reference_counts: object, reference_populations: object
) -> float | NotEstimable:
    """Return the events a place would have if each stratum had the reference's rate.

    NotEstimable where a stratum with people here has an unknown or empty reference. Raises StatisticsInputError.
    """
    names = {"reference_counts": reference_counts, "reference_populations": reference_populations}
    persons, events, at_risk = columns(populations=populations, **names)
    inside = ~(persons == 0)
    persons, events, at_risk = persons[inside], events[inside], at_risk[inside]
    if unknown := int((np.isnan(persons) | np.isnan(events) | np.isnan(at_risk) | (at_risk == 0)).sum()):
        return NotEstimable("unknown_stratum", (("strata", unknown),))
    return float((persons * (events / at_risk)).sum())


def indirectly_standardised_ratio(
    observed: object,
    populations: object,
    reference_counts: object,
    reference_populations: object,
    level: float = 0.95,
    per: float = 1,
) -> Interval | NotEstimable:
    """Return observed ÷ expected events (the standardised ratio, SMR) with exact limits under 10 events, else Byar's.

    `observed` is one number or one a stratum; `per=100` gives the ratio per cent. 0 observed: estimate and lower limit
    are 0. NotEstimable: observed unknown, a stratum's reference unknown or empty, or nothing expected.
    Source: Breslow & Day (1987), Statistical Methods in Cancer Research II, ch. 2; APHO Technical Briefing 3 (2008).
    """
    scale, expected = above_zero(per, "per"), expected_count(populations, reference_counts, reference_populations)
    events = _total(observed)
    low, high = poisson_limits(events, level)
    if isinstance(expected, NotEstimable):
        return expected
    if np.isnan(events):
        return NotEstimable("unknown_count")
    if expected == 0:
        return NotEstimable("nothing_expected")
    return Interval(*(value / expected * scale for value in (events, float(low[0]), float(high[0]))))


def _total(observed: object) -> float:
    if observed is None or np.ndim(observed) == 0:  # type: ignore[arg-type]
        return float("nan") if observed is None else at_least_zero(observed, "observed")
    return float(columns(observed=observed)[0].sum())
