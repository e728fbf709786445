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
# # In six municipalities of ten, one year's share could be the country's moved by chance: what can be said of yours
#
# *Any municipality: write its number below*
#
# A municipality reads its own share first. Before anybody explains it, three things must be asked: is it another than
# elsewhere, how many persons is that, and has it moved? The answers are given here for one municipality, whichever it
# is: one that was merged or split may have no past, and a small one may have no verdict. Where something cannot be
# said, the reason stands in its place. The numbers are those of the pages *Oversikt* and *Utenforskap*; those of the
# home municipality are also printed by `python -m analytics rate neet_register --age 15-29`.

# %%
import os

import plotly.graph_objects as go
import polars as pl

from analytics import regions
from analytics.exclusion import subject as exclusion
from analytics.exclusion.comparisons import beside, gap_in_persons
from analytics.exclusion.funnel import funnel
from analytics.exclusion.trend import newest_trend
from analytics.results import NotEstimable

HOME = os.environ.get("INNENFOR_PLACE", regions.home())  # the municipality's number, such as "4204"
found = exclusion.subject("neet_register", HOME, "15-29", "both")
assert found is not None
assert regions.name_of(HOME), "no such municipality"
newest = exclusion.newest(found)
assert newest is not None
place, year = regions.name_of(found.region), newest.period
{"place": place, "year": year, "outside": newest.count, "of": newest.population, "share": newest.value}

# %% [markdown]
# ## First: how far does chance alone move a municipality?
#
# The funnel draws the limits within which 95 of 100 municipalities would lie if all had the country's risk. Some six in
# ten do lie there, so for most a distance from the country is nothing to explain. The rest truly differ.

# %%
spread = funnel(exclusion.at(found, year).view, year)
inside = spread.places.filter(state="inside").height / spread.places.drop_nulls("value").height
assert 0.55 < inside < 0.7
mine = spread.places.filter(region_code=HOME)
{"inside the limits": inside, place: mine["state"].item() if mine.height else "not among the municipalities"}

# %%
known = spread.places.drop_nulls("value")
curve = spread.limits.filter(level=spread.limits["level"].min()).sort("population")
picture = go.Figure()
for name in ("low", "high"):
    picture.add_scatter(x=curve["population"], y=curve[name] * 100, mode="lines", line_color="#888888", name="95 %")
picture.add_scatter(x=known["population"], y=known["value"] * 100, mode="markers", marker_size=5, name="municipalities")
picture.add_scatter(x=mine["population"], y=mine["value"] * 100, mode="markers", marker_size=14, name=place)
picture.update_xaxes(type="log", title="residents aged 15–29")
picture.update_layout(title=f"Outside, {year}, per cent: {place} among all municipalities", showlegend=False)

# %% [markdown]
# ## Is it another share than elsewhere, and how many persons is that?
#
# Held against the *rest* of its county and of the country, so that nobody stands on both sides (Newcombe's interval,
# score test). A gap is told in persons only where the test supports a difference at all.

# %%
answer = beside(exclusion.at(found, year).view, found.region, year)
rows = []
for each in () if isinstance(answer, NotEstimable) else answer.comparisons:
    if each.kind in ("rest_of_county", "rest_of_nation", "similar", "past"):
        gap = gap_in_persons(answer.home, each)
        told = isinstance(gap.persons, NotEstimable) or not gap.certain
        persons = None if told else round(gap.persons.estimate)
        rows.append({"against": each.kind, "share": each.value, "verdict": each.verdict, "persons": persons})
against = pl.DataFrame(rows)
assert isinstance(answer, NotEstimable) or against.height >= 2
answer.sentence("en") if isinstance(answer, NotEstimable) else against

# %% [markdown]
# ## Has it moved?
#
# Only years since the last break are read as one series, and only a place that has been itself for three years or more
# has a trend: one that was split in 2024 has none.

# %%
trend = newest_trend(found)
trend.sentence("en")
