"""The cohorts under 30: followed, compared at the same age, moving between states, projected.

The public surface: every number of the page `cohorts` comes from here. Shares are 0–1; unknown is null or a
`NotEstimable`, never 0. These are pseudo-cohorts: people move, so the same birth years are not the same persons.
"""

from analytics.cohorts.age_period_cohort import CONSTRAINTS, AgePeriodCohort, age_period_cohort
from analytics.cohorts.apc_design import FACTORS
from analytics.cohorts.forecast_evaluation import PastError, back_test, back_tested, own_back_test, past_error
from analytics.cohorts.projection import Projection, project, projected
from analytics.cohorts.published_outcomes import PublishedOutcomes, outcome_studies, published_outcomes
from analytics.cohorts.same_age import SameAge, same_age, same_age_comparisons, within_series
from analytics.cohorts.school_completion import COMPLETED, QUIT, SchoolPath, combined_share, school_path
from analytics.cohorts.state_labels import state_label, states_told
from analytics.cohorts.tables import (
    AGE_GROUPS,
    INDICATOR,
    SEXES,
    STEP,
    CohortTable,
    break_years,
    cohort_frame,
    cohort_rows,
    follow,
    left_out,
    newest_series,
)
from analytics.cohorts.transitions import (
    ORIGINS,
    Destinations,
    ExitTimes,
    FlowShare,
    exit_times,
    exits,
    flow,
    flows,
    flows_delivered,
    sankey,
)
from analytics.statistics.life_table import life_table, median_months, survival_bounds
