"""The cohorts under 30: followed, compared at the same age, moving between states, projected.

The public surface: every number of the page `cohorts` comes from here. Shares are 0–1; unknown is null or a
`NotEstimable`, never 0. These are pseudo-cohorts: people move, so the same birth years are not the same persons.
"""

from analytics.age_period_cohort import CONSTRAINTS, AgePeriodCohort, age_period_cohort
from analytics.apc_design import FACTORS
from analytics.back_test import PastError, back_test, back_tested, own_back_test, past_error
from analytics.cohort_comparisons import SameAge, same_age, same_age_comparisons, within_series
from analytics.cohort_tables import (
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
    lexis,
    newest_series,
)
from analytics.flows import (
    ORIGINS,
    ExitTimes,
    Flow,
    FlowShare,
    exit_times,
    exits,
    flow,
    flows,
    flows_delivered,
    sankey,
)
from analytics.life_table import life_table, median_months, survival_bounds
from analytics.projection import Projection, project, projected
from analytics.school_path import COMPLETED, QUIT, SchoolPath, combined_share, school_path
from analytics.state_words import state_label, states_told

__all__ = [
    "AGE_GROUPS",
    "COMPLETED",
    "CONSTRAINTS",
    "FACTORS",
    "INDICATOR",
    "ORIGINS",
    "QUIT",
    "SEXES",
    "STEP",
    "AgePeriodCohort",
    "CohortTable",
    "ExitTimes",
    "Flow",
    "FlowShare",
    "PastError",
    "Projection",
    "SameAge",
    "SchoolPath",
    "age_period_cohort",
    "back_test",
    "back_tested",
    "break_years",
    "cohort_frame",
    "cohort_rows",
    "combined_share",
    "exit_times",
    "exits",
    "flow",
    "flows",
    "flows_delivered",
    "follow",
    "left_out",
    "lexis",
    "life_table",
    "median_months",
    "newest_series",
    "own_back_test",
    "past_error",
    "project",
    "projected",
    "same_age",
    "same_age_comparisons",
    "sankey",
    "school_path",
    "state_label",
    "states_told",
    "survival_bounds",
    "within_series",
]
