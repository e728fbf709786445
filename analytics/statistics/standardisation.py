"""Rates made comparable between places with different age and sex structure."""

import numpy as np

from analytics.errors import StatisticsInputError
from analytics.results import Interval, NotEstimable
from analytics.statistics.argument_checks import Column, above_zero, columns
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
