# ---
# jupyter:
#   jupytext:
#     formats: py:percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Every cohort is outside more often as it grows older; whether the younger cohorts do better, the register cannot say
#
# *Following cohorts 2008–2025*
#
# SSB's table 13556 counts residents by five-year age groups, so birth years can be followed from 15–19 through 20–24 to
# 25–29: on a grid of five years each cohort is seen three times, and no two cohorts share a birth year. They are
# pseudo-cohorts: people move in and out of Kristiansand, and the same birth years are not the same persons.
#
# Each sentence is held by an `assert`.

# %%
import plotly.graph_objects as go
import polars as pl

from analytics.cohorts import age_period_cohort, cohort_rows, follow
from analytics.exclusion.comparisons import view_of
from analytics.exclusion.rates import series
from analytics.statistics.differences import difference_test

HOME, NATION = "4204", "0"
cohorts = follow(HOME).frame
cohorts.select("cohort", "age_group", "year", "count", "population", "share", "low", "high", "era")

# %%
picture = go.Figure(
    [
        go.Scatter(x=rows["age_group"], y=rows["share"] * 100, name=str(cohort), mode="lines+markers")
        for (cohort,), rows in cohorts.sort("cohort", "age_group").group_by("cohort", maintain_order=True)
    ]
)
picture.update_layout(title="Outside, per cent, by birth years and age: Kristiansand")

# %% [markdown]
# ## With age: from one in twenty to one in seven
#
# In every cohort that is seen twice the share rises with each step of age, in Kristiansand as in the country. Nobody
# leaves school at sixteen to stand outside; it builds up through the twenties.


# %%
def steps(frame: pl.DataFrame) -> pl.Series:
    """Return how much the share of each cohort rises from one age group to the next."""
    ordered = frame.sort("cohort", "age_group")
    return ordered.select(pl.col("share").diff().over("cohort"))["share"].drop_nulls()


assert (steps(cohorts) > 0).all()
assert (steps(follow(NATION).frame) > 0).all()
at_ages = cohorts.filter(pl.col("year") == 2024).sort("age_group")
assert at_ages["age_group"].to_list() == ["15-19", "20-24", "25-29"]
assert [round(1 / share) for share in at_ages["share"]] == [23, 10, 7]
at_ages.select("age_group", "cohort", "count", "population", "share")

# %% [markdown]
# ## From cohort to cohort: three eras, and only one step within one
#
# At the same age the cohorts of 2024 look better than those of 2019: 12.5 per cent of those aged 20–24 then, 10.4 now.
# But the register of wage earners changed in 2015 and that of the self-employed in 2021, so the two numbers do not
# count the same. How much can the change of register be worth? In the one year from 2020 to 2021, with almost the same
# people in each age group, the national share fell by twice as much as in any year from 2015 to 2020:

# %%
view = view_of("neet_register", NATION)
whole = series(view, (NATION,)).sort("period").drop_nulls("count")
shares = dict(whole.select("period", "value").iter_rows())
fall = shares["2021"] - shares["2020"]
within = [shares[str(year + 1)] - shares[str(year)] for year in range(2015, 2020)]
assert fall < 2 * min(within)
f"2020 to 2021: {fall * 100:+.1f} points; the largest fall within 2015–2020: {min(within) * 100:+.1f}"

# %% [markdown]
# Part of that was the recovery from the pandemic's year. The table cannot tell the two apart, and so no sentence of
# ours says that the young of 2024 do better than those of 2019. Within one register there is a single step on this
# grid, 2009 to 2014: there those aged 20–24 stood outside somewhat *more* often than those five years before them, and
# for those aged 25–29 no difference is certain.


# %%
def at(year: int, age: str) -> tuple[float, float]:
    """Return how many were outside, and of how many residents."""
    row = cohorts.filter(year=year, age_group=age)
    return row["count"].item(), row["population"].item()


tests = {age: difference_test(*at(2014, age), *at(2009, age)) for age in ("20-24", "25-29")}
verdicts = {age: test.verdict for age, test in tests.items()}
assert verdicts == {"20-24": "somewhat_higher", "25-29": "no_certain_difference"}
tests

# %% [markdown]
# ## Age, period and cohort: what no model can give
#
# Age is the year less the birth year. A model with all three therefore has a whole line of solutions with the same fit:
# the straight-line parts of age, period and cohort can be moved between them. What is left, and what the model below
# reports, is the curvature: which cohorts depart from a straight line. With breaks in 2015 and 2021 even that is read
# with the changes of register as period effects.

# %%
model = age_period_cohort(cohort_rows(HOME))
curvatures = model.curvatures()
assert curvatures["ratio"].is_finite().all()
model.net_drift, curvatures

# %% [markdown]
# ## What would tell
#
# Persons followed through one register: the same people, five years later, with moves and destinations. Those flows
# exist in SSB's microdata.no and at NAV, and are published for other places (see *What becomes of them* on the cohorts
# page and `python -m analytics outcomes`). For Kristiansand they must be ordered.
