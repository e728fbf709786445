"""The statistics of Innenfor: pure functions on numbers, each with its method, boundary cases and source.

Shares are 0–1. A number that is unknown is None in single numbers and NaN (or null) in columns, never 0; an expected
non-answer is a `NotEstimable`; a number that cannot be raises `StatisticsInputError`. Registers are full counts: an
interval expresses chance variation from year to year.
"""

from analytics.errors import StatisticsInputError
from analytics.results import Interval, NotEstimable
from analytics.statistics.differences import (
    DifferenceTest,
    Group,
    difference_from_rest,
    difference_test,
    difference_verdicts,
    rest_of,
)
from analytics.statistics.funnel_limits import Dispersion, funnel_limits, overdispersion
from analytics.statistics.intervals import (
    newcombe_interval,
    newcombe_limits,
    poisson_limits,
    rate_interval,
    rate_limits,
    wilson_interval,
    wilson_limits,
)
from analytics.statistics.multiple_testing import adjust, rejected
from analytics.statistics.standardisation import (
    directly_standardised_rate,
    expected_count,
    indirectly_standardised_ratio,
)
from analytics.statistics.trend import TrendChange, TrendTest, trend_test

__all__ = [
    "DifferenceTest",
    "Dispersion",
    "Group",
    "Interval",
    "NotEstimable",
    "StatisticsInputError",
    "TrendChange",
    "TrendTest",
    "adjust",
    "difference_from_rest",
    "difference_test",
    "difference_verdicts",
    "directly_standardised_rate",
    "expected_count",
    "funnel_limits",
    "indirectly_standardised_ratio",
    "newcombe_interval",
    "newcombe_limits",
    "overdispersion",
    "poisson_limits",
    "rate_interval",
    "rate_limits",
    "rejected",
    "rest_of",
    "trend_test",
    "wilson_interval",
    "wilson_limits",
]
