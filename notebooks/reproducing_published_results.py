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
# # Trust it as far as it repeats others: every published result tried here comes out to the last digit that was printed
#
# *Reproducing published results*
#
# A method that is right for somebody else's data, with somebody else's answer known in advance, is one to believe on
# one's own. Here the functions behind the pages are given what others were given: Newcombe's examples, Garwood's
# limits, Lalonde's trial, Card and Krueger's restaurants, the vaccine trials every textbook pools, the Ministry of
# Finance's discount factors, NAV's and the coastal administration's own calculations. Nothing is fitted to agree, and
# every agreement is held by an `assert`.

# %%
import numpy as np
import pandas as pd
import plotly.graph_objects as go
import polars as pl

from analytics import statistics
from analytics.cohorts import published_outcomes
from analytics.exclusion.comparisons import view_of
from analytics.exclusion.rates import series
from analytics.experiments import Design, evaluate, pool
from analytics.experiments.design.power import required_n_per_arm
from analytics.experiments.portfolio.meta_analysis import log_risk_ratio
from benefits.valuation.validation import worked_examples

tried: list[tuple[str, str, float, float, int]] = []  # what, by whom, as printed, ours, printed decimals


def held(what: str, whom: str, printed: float, ours: float, decimals: int) -> None:
    """Note a published number beside ours, and stop where they differ in what was printed."""
    assert round(float(ours), decimals) == printed, f"{what}: {ours} is not {printed}"
    tried.append((what, whom, printed, float(ours), decimals))


# %% [markdown]
# ## Intervals and differences
#
# The interval of a share is Wilson's, of a difference Newcombe's, of a small count Garwood's. Newcombe printed his
# examples to four decimals.

# %%
for (count, population), limits in {(81, 263): (0.2553, 0.3662), (15, 148): (0.0624, 0.1605)}.items():
    share = statistics.wilson_interval(count, population)
    for end, printed in zip((share.low, share.high), limits, strict=True):
        held(f"limit of {count} of {population}", "Newcombe 1998, single proportion, table 1", printed, end, 4)
apart = statistics.newcombe_interval(56, 70, 48, 80)
held("56 of 70 less 48 of 80, low", "Newcombe 1998, difference, table 2, method 10", 0.0524, apart.low, 4)
held("56 of 70 less 48 of 80, high", "Newcombe 1998, difference, table 2, method 10", 0.3339, apart.high, 4)
five = statistics.rate_interval(5, 100, per=100)
held("five events, low", "Garwood 1936", 1.623, five.low, 3)
held("five events, high", "Garwood 1936", 11.668, five.high, 3)

# %% [markdown]
# ## Trials
#
# Lalonde's job-training trial counted 140 of 185 in work against 168 of 260: eleven more of a hundred. Card and
# Krueger's restaurants kept 2.75 more full-time jobs where the minimum wage rose, with an error of 1.34. And half a
# standard deviation takes 64 persons an arm, the number everybody who ever planned a trial knows.

# %%
counts = pl.DataFrame({"arm": ["control", "training"], "n": [260, 185], "events": [168, 140]})
training = evaluate(Design(), counts)
for name, printed in (("value", 11.1), ("low", 2.4), ("high", 19.3)):
    held(f"job training, in work of 100, {name}", "Lalonde 1986", printed, getattr(training, name), 1)
stores = pl.DataFrame({
    "arm": ["PA", "NJ"], "n": [75, 309], "mean": [-2.28, 0.47], "sd": [1.25 * 75**0.5, 0.48 * 309**0.5],
})  # fmt: skip
wages = evaluate(Design(method="before_after", control="PA"), stores)
held("minimum wage, full-time jobs a store", "Card and Krueger 1994, table 3", 2.75, wages.value, 2)
held("its standard error", "Card and Krueger 1994, table 3", 1.34, wages.se, 2)
held("persons an arm for half a standard deviation", "Cohen 1988", 63.77, required_n_per_arm(0.5), 2)

# %% [markdown]
# ## Several trials together
#
# Thirteen trials of the vaccine against tuberculosis, as Colditz and others gathered them in 1994, and the eight
# schools of Rubin 1981, pooled by REML.

# %%
BCG = np.array([
    (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619), (33, 5036, 47, 5761),
    (180, 1361, 372, 1079), (8, 2537, 10, 619), (505, 87886, 499, 87892), (29, 7470, 45, 7232),
    (17, 1699, 65, 1600), (186, 50448, 141, 27197), (5, 2493, 3, 2338), (27, 16886, 29, 17825),
], dtype=float)  # fmt: skip
effects, errors = log_risk_ratio(BCG[:, 0], BCG[:, :2].sum(1), BCG[:, 2], BCG[:, 2:].sum(1))
vaccine = pool(effects, errors)
for name, printed in (("pooled", -0.7145), ("se", 0.1808), ("tau2", 0.3132)):
    held(f"vaccine trials, {name}", "Viechtbauer 2010 (metafor), REML", printed, getattr(vaccine, name), 4)
schools = pool([28, 8, -3, 7, -1, 1, 18, 12], [15, 10, 16, 11, 9, 11, 10, 18])
held("eight schools, mean", "Rubin 1981; Gelman and others, ch. 5", 7.69, schools.pooled, 2)
held("eight schools, error", "Rubin 1981; Gelman and others, ch. 5", 4.07, schools.se, 2)

# %% [markdown]
# ## Kroner
#
# The model of gains keeps its worked examples with it: the coastal administration's model FRAM, the Ministry's discount
# factors, shared costs, tax equalisation. Each runs live here as on the page *Gevinster*.

# %%
examples = worked_examples()
assert all(each.agrees for each in examples)
assert len(examples) > 15
pd.DataFrame({"what": each.quantity, "source": each.source, "published": each.published, "ours": each.ours}
             for each in examples)  # fmt: skip

# %% [markdown]
# ## The statistics themselves
#
# SSB publishes the count, the population and the share, rounded to a tenth of a per cent. What stands on the first page
# is computed from the counts. NAV's share of those aged 20–24 who had a job six months after reduced work capacity is
# 40.6 per cent, and so it is here.

# %%
view = view_of("neet_register", "4204")
newest = series(view, ("4204",)).filter(pl.col("period") == "2024").row(0, named=True)
held(
    "outside in Kristiansand, 2024, per cent", "SSB, table 13556", 9.9, 100 * newest["count"] / newest["population"], 1
)
study = published_outcomes("nav_reduced_work_capacity").frame
(after,) = study.filter(period="2024-Q3", age_group="20-24", destination="employee_only").iter_rows(named=True)
held("in a job six months later, aged 20–24, per cent", "NAV, 3rd quarter 2024", 40.6, 100 * after["share"], 1)

# %% [markdown]
# ## All of it
#
# The picture draws how far ours lies from the printed number, in units of the last digit that was printed. Within half
# a digit is rounding; all of them are.

# %%
table = pd.DataFrame(tried, columns=["what", "by", "printed", "ours", "decimals"])
table["last digits apart"] = (table["ours"] - table["printed"]) * 10 ** table["decimals"]
assert len(table) >= 20
assert table["last digits apart"].abs().max() <= 0.5 + 1e-9
picture = go.Figure(go.Scatter(x=table["last digits apart"], y=table["what"], mode="markers"))
for edge in (-0.5, 0.5):
    picture.add_vline(x=edge, line_dash="dot")
picture.update_layout(title="Ours less the printed number, in its last digit", xaxis_range=[-1, 1], height=650)
table

# %% [markdown]
# ## What this does not say
#
# - That an answer on *our* data is right: a method that is right can be asked the wrong question.
# - The tests hold many more of these, among them what needs data of others that do not come with Innenfor.
