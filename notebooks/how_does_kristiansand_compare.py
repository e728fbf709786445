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
# # Kristiansand stands where the country stands, somewhat below the rest of Agder, and age and sex explain none of it
#
# *How does Kristiansand compare, and is the difference real?*
#
# In November 2024 about one in ten residents aged 15–29 was neither in work, education nor a labour-market measure
# (SSB, table 13556, preliminary). A municipality will always be above some and below others. The question is which
# differences are more than the chance of one year, more than a difference in who lives there, and large against how
# much municipalities differ anyway. Every figure below is taken from the same functions as the pages use, and every
# sentence is held by an `assert`: where the data change, the notebook stops at the sentence that no longer holds.

# %%
import plotly.graph_objects as go
import polars as pl

from analytics import regions
from analytics.exclusion.comparisons import beside, gap_in_persons, view_of
from analytics.exclusion.funnel import funnel
from analytics.exclusion.standardised_rate import standardised
from analytics.exclusion.subject import ranking_table, subject
from analytics.exclusion.trend import newest_trend

HOME, YEAR = "4204", "2024"
view = view_of("neet_register", HOME)
found = beside(view, HOME, YEAR)
found.home

# %% [markdown]
# ## Against whom?
#
# Kristiansand holds two in five of Agder's young. Set against Agder it would be compared with itself, so it is set
# against the *rest* of Agder and the rest of the country: the two sides share no person. The interval of a difference
# is Newcombe's, the test is the score test; "somewhat" is 95 per cent, "clearly" 99.8 per cent.

# %%
against = pl.DataFrame(
    {
        "against": regions.name_of(each.other) if len(each.other) == 4 else each.kind,
        "share": each.value,
        "difference": each.difference.estimate,
        "low": each.difference.low,
        "high": each.difference.high,
        "p": each.p,
        "verdict": each.verdict,
    }
    for each in found.comparisons
    if each.kind != "past"
).sort("difference")
against

# %%
verdict = {each.kind: each.verdict for each in found.comparisons if each.kind.startswith("rest")}
assert verdict == {"rest_of_county": "somewhat_lower", "rest_of_nation": "no_certain_difference"}
towns = {regions.name_of(each.other): each.verdict for each in found.comparisons if each.kind == "peer"}
assert {name for name, told in towns.items() if told.endswith("lower")} == {"Drammen", "Fredrikstad"}
assert {name for name, told in towns.items() if told.endswith("higher")} == {"Tromsø", "Stavanger", "Sandnes", "Bergen"}

picture = go.Figure(
    go.Scatter(
        x=against["difference"] * 100,
        y=against["against"],
        mode="markers",
        error_x={
            "array": (against["high"] - against["difference"]) * 100,
            "arrayminus": (against["difference"] - against["low"]) * 100,
        },
    )
)
picture.add_vline(x=0, line_width=1)
picture.update_layout(title="Kristiansand minus the other, percentage points, with 95 % intervals")

# %% [markdown]
# Kristiansand is somewhat lower than the rest of Agder and cannot be told from the rest of the country. Among the
# large towns it is below Drammen and Fredrikstad and above Tromsø, Stavanger, Sandnes and Bergen: towns differ from
# each other more than Kristiansand differs from the country.
#
# How many young people is that? The gap to the rest of Agder in persons, with its interval:

# %%
county = next(each for each in found.comparisons if each.kind == "rest_of_county")
gap = gap_in_persons(found.home, county)
assert gap.persons.high < 0
gap

# %% [markdown]
# ## Is it the age and sex of those who live there?
#
# The older are outside more often. If Kristiansand had fewer aged 25–29, its rate would be low for that alone. Directly
# standardised to the nation's ages and sexes it would be the same to the second decimal: composition explains nothing.

# %%
same = standardised(view, HOME, YEAR)
assert abs(same.crude.estimate - same.standardised.estimate) < 0.0005
same.crude, same.standardised

# %% [markdown]
# ## Is it large against how much municipalities differ?
#
# If chance alone moved 357 municipalities around the national rate, 95 of 100 would lie within the funnel's inner
# limits. Far fewer do: the spread is about four times what chance gives (the dispersion factor below). Municipalities
# truly differ, and Kristiansand, large as it is, still lies inside the limits of chance.

# %%
spread = funnel(view, YEAR)
assert spread.dispersion.significant
assert spread.dispersion.factor > 3
states = spread.places["state"].value_counts(sort=True)
assert spread.places.filter(region_code=HOME)["state"].item() == "inside"
states

# %% [markdown]
# ## A place in a list says little
#
# Number so-and-so of 357 looks exact. With an interval of under one percentage point Kristiansand could change places
# with every municipality whose rate lies within its interval:

# %%
ranking = ranking_table(subject("neet_register", HOME, "15-29", "both"), YEAR, "nation")
among = ranking.filter(pl.col("value").is_between(found.home.low, found.home.high))
place = ranking.filter(region_code=HOME)["rank"].item()
assert among.height > 30
f"number {place} of {ranking['rank'].count()}; {among.height} municipalities lie within its interval"

# %% [markdown]
# ## And over time?
#
# The register changed in 2021, so only 2021–2024 can be read as one series. In it there is no certain trend.

# %%
trend = newest_trend(subject("neet_register", HOME, "15-29", "both"))
assert trend.first == "2021"
assert trend.test.verdict == "no_certain_trend"
trend.test

# %% [markdown]
# ## What this does not say
#
# - The figures are SSB's, rounded (1 and 2 became 0 or 3), and those of 2024 are preliminary: the final may differ.
# - The interval is chance variation of a full count from year to year, not sampling.
# - Nothing here says *why* places differ, or that a programme made them do so.
