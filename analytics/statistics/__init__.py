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
    difference_test,
    difference_verdicts,
    rest_of,
    verdicts_against_rest,
)
from analytics.statistics.funnel_limits import Dispersion, funnel_limits, overdispersion
from analytics.statistics.intervals import (
    newcombe_interval,
    newcombe_limits,
    poisson_limits,
    rate_interval,
    wilson_interval,
    wilson_limits,
)
from analytics.statistics.multiple_testing import adjust, rejected
from analytics.statistics.standardisation import (
    directly_standardised_rate,
)
from analytics.statistics.trend import TrendTest, trend_test
