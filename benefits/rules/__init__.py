"""Benefits, taxes and their payers by date and age: one door to `transfers` and `taxes`.

A rule takes a `datetime.date`, or the `Rates` that hold in place of the published ones. Ages are years (a person is 25
on the birthday), amounts are nominal NOK. A day without a published rate raises ParameterUndefined: nothing is guessed.
"""

from datetime import date

from benefits.rules.child_supplement import ufoeretrygd_child_supplement
from benefits.rules.tax_equalisation import lost_of_a_krone, tax_base, under_limit
from benefits.rules.taxes import (
    ZONES,
    bracket_tax,
    employers_contribution,
    employers_contribution_rate,
    general_income,
    general_income_tax,
    income_equalisation,
    income_tax,
    minstefradrag,
    national_insurance,
    occupational_pension,
    tax_split,
)
from benefits.rules.transfers import (
    aap_day_rate,
    aap_minimum,
    aap_year,
    child_supplement_year,
    dagpenger_day_rate,
    dagpenger_weeks,
    dagpenger_year,
    is_young,
    kvp_year,
    of_working_age,
    of_young_disabled_age,
    sosialhjelp_month,
    sosialhjelp_year,
    ufoeretrygd_base,
    ufoeretrygd_floor,
    ufoeretrygd_year,
)
from benefits.rules.work_beside_benefit import aap_left, income_before_disability, ufoeretrygd_left


def rules_day(base_year: int) -> date:
    """Return the day whose rules stand for a year: 1 July."""
    return date(base_year, 7, 1)
