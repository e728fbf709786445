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
# # A programme bringing in fewer than 240 of Kristiansand's young goes unseen in the yearly figures; a trial sees 30
#
# *Would we even see it?*
#
# A programme works, and the curve of the municipality does not stir. Both may be true. Before anybody looks for the
# effect of *Flere i arbeid* in the published figures, one should know the least change those figures can tell from
# chance, and what a trial of a size that a municipality can afford would see instead. Every sentence is held by an
# `assert`.

# %%
import numpy as np
import plotly.graph_objects as go
import polars as pl

from analytics import regions
from analytics.counterfactual.comparable_places import panel
from analytics.counterfactual.placebo_tests import detection_limit
from analytics.counterfactual.programme_effect import counterfactual
from analytics.counterfactual.synthetic_control import gaps
from analytics.exclusion.comparisons import view_of
from analytics.experiments.design.power import PlannedComparison, required_n_per_arm, smallest_detectable_effect

HOME, START = "4204", 2021
view = view_of("neet_register", HOME)
found = counterfactual(view, HOME, START)
print(found.sentence("en"))

# %% [markdown]
# ## What would have been: a weighted mean of towns like it
#
# Forty municipalities outside Agder, alike in size and age, are weighted so that together they follow Kristiansand
# until 2020 (Abadie, Diamond and Hainmueller 2010). Before the start the two lie within a tenth of a point of each
# other. After it Kristiansand lies lower, yet not by more than places where nothing began move by themselves.

# %%
assert found.places == 40
assert found.fit < 0.001
assert found.effect.gap < 0
assert abs(found.effect.gap) < found.effect.limit
assert found.verdict == "chance"
found.frame

# %% [markdown]
# ## The limit: one point of the rate, or 240 persons
#
# The same calculation in the forty places where nothing began gives forty gaps of pure chance. A change must exceed
# the limit below for at most one place in twenty to show as much.

# %%
assert 0.0095 < found.effect.limit < 0.0100
assert round(found.limit_persons, -1) == 240
f"{found.effect.limit:.2%} of residents aged 15–29, {found.limit_persons:.0f} persons"

# %% [markdown]
# ## How often would a true effect be seen?
#
# A gap of chance (one of the forty) is moved by an effect of known size, and we ask whether it then exceeds the limit.
# An effect of half a point is missed nearly always; it must be well above the limit before it is nearly always seen.

# %%
known = panel(view, HOME, START)
chance = gaps(known.shares, known.before(START))[known.before(START) :].mean(axis=0)[1:]
limit = detection_limit(chance)
assert limit == found.effect.limit
effects = np.arange(0, 0.0251, 0.0005)
seen = np.array([(np.abs(chance - effect) > limit).mean() for effect in effects])
by_effect = pl.DataFrame({"points": effects * 100, "persons": effects * known.population, "seen": seen})
assert seen[0] <= 0.05
assert np.interp(0.005, effects, seen) < 0.25
often = by_effect.filter(pl.col("seen") >= 0.8)
assert often["persons"].min() > found.limit_persons
picture = go.Figure(go.Scatter(x=by_effect["persons"], y=by_effect["seen"], mode="lines+markers"))
picture.add_vline(x=found.limit_persons, line_dash="dot", annotation_text="the limit")
picture.update_layout(
    title="How often the yearly figures would show a programme of a given size",
    xaxis_title="fewer young people outside, each year from 2021",
    yaxis={"title": "share of cases in which it is told from chance", "tickformat": ".0%", "range": [0, 1.05]},
)

# %% [markdown]
# ## Elsewhere it is no better
#
# In a small place the limit is fewer persons but many more points: chance moves small numbers more. In Oslo one would
# miss what brings in two thousand.

# %%
rows = []
for code in ("0301", "1103", HOME, "4225", "4211"):
    there = counterfactual(view_of("neet_register", code), code, START)
    rows.append((regions.name_of(code), there.population, 100 * there.effect.limit, there.limit_persons))
elsewhere = pl.DataFrame(rows, schema=["place", "residents", "limit_points", "limit_persons"], orient="row")
smallest, largest = elsewhere.sort("residents").row(0, named=True), elsewhere.sort("residents").row(-1, named=True)
assert smallest["limit_points"] > 3
assert largest["limit_persons"] > 2_000
elsewhere

# %% [markdown]
# ## A trial sees what the curve cannot
#
# Assign 500 young people by lot, half of them to the measure, where half would be in work anyway: the trial tells an
# effect of 12 more in work of 100 from chance with 80 per cent certainty. Among the 250 treated that is some 30 people,
# which no curve of a town of 25 000 young would ever show. To see 5 of 100 takes some 1 600 an arm.

# %%
trial = PlannedComparison(n=500, base_rate=0.5)
least = smallest_detectable_effect(trial)
assert round(100 * least) == 12
gained = least * trial.n / 2
assert 28 < gained < 33
assert gained < found.limit_persons / 5
an_arm = required_n_per_arm(0.05, base_rate=0.5)
assert 1_500 < an_arm < 1_650
f"{least:.1%} in a trial of {trial.n:.0f}: {gained:.0f} persons; 5 of 100 takes {an_arm:.0f} an arm"

# %% [markdown]
# ## What this does not say
#
# - That the programme has no effect. It says how large an effect must be before these figures can tell.
# - The register changed in 2021, the year taken as the start: what came with the break is in the gap too.
# - The figures of 2024 are preliminary, and SSB rounds its smallest counts; neither moves a limit of one point.
