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
# # Job support (IPS) is expected to pay for society, not for those who fund it, and it loses where the effect fades
#
# *From effect to kroner: IPS in Kristiansand, and when it loses*
#
# A Norwegian trial (Reme et al. 2019, n = 410) found about ten more in work of a hundred after 12 and 18 months. What
# is that worth, to whom, and when is it not worth it? Costs are assumptions with a range, as is where participants
# would else have been. Every figure comes from the same model as the page *Gevinster*, and every sentence is held by an
# `assert`: where a rate or the model changes, the notebook stops at the sentence that no longer holds.

# %%
import numpy as np
import plotly.graph_objects as go
import polars as pl

from benefits.appraisal import appraise
from benefits.persons.origin_chain import origin_shares
from benefits.scenario.model import shipped_scenario
from benefits.valuation.simulation import prepared
from benefits.valuation.tax_krone import lost_shares
from benefits.valuation.what_must_be_true import what_must_be_true

HOME, MILLION, DRAWS = "4204", 1e6, 4000
scenario = shipped_scenario("ips_job_support").changed(municipality=HOME)
found = appraise(scenario, DRAWS)
found.sentence("en")

# %% [markdown]
# ## From effect to heads
#
# The effect was measured after a year and after a year and a half, so the first year counts about half of it. After
# that it fades, with a half-life of four years (1.5–8): at most one in ten participants is in work because of IPS.

# %%
heads = pl.DataFrame({"year": found.by_year["years"], "in work": found.by_year["persons_in_work"]})
first, second = heads["in work"][1:3]
assert heads["in work"][0] == 0
assert 0.35 < first / second < 0.6
assert max(heads["in work"]) == second < 11

# %% [markdown]
# ## Where they would else have been
#
# Seven in ten on AAP at the start is an assumption. The years after follow NAV's counts of who leaves it for
# disability benefit: few do in a year, so after ten years fewer than half are there. A model in which everyone is,
# after three years, counts benefits saved that nobody would have paid.

# %%
model = prepared(scenario)
shares = origin_shares(model.at(model.point()), 11)
disabled = shares["ufoeretrygd", 0].tolist()
assert disabled[0] == 0
assert 0.3 < disabled[10] < 0.5
certain = scenario.changed(
    origin__mix=None, origin__path=[{"state": "aap", "years": 3}, {"state": "ufoeretrygd", "years": 12}]
)
certain_path = appraise(certain, DRAWS)
assert certain_path.public_total.expected > found.public_total.expected

# %% [markdown]
# ## From heads to kroner, and whose
#
# Society is expected to gain, and six times in seven it does. Most of it goes to those who come into work, and to the
# state's taxes. NAV and the health trust pay: the one has its money back and hardly more, the other loses it. The
# municipality pays nothing, and its budget improves by about half a million kroner over fourteen years. Of an extra tax
# krone it keeps about three øre, so nearly all of that is social assistance that is not paid.

# %%
holders = {
    "participants": found.participants,
    "state": None,
    "municipality": found.public["municipality"],
    "health trust": found.public["health_trust"],
    "society": found.society,
}
expected = {name: each.expected / MILLION for name, each in holders.items() if each is not None}
expected["state"] = sum(found.public[payer].expected for payer in ("state_transfers", "state_tax")) / MILLION
assert expected["society"] > 0
assert 0.82 < found.society.probability_positive < 0.90
assert expected["participants"] > expected["state"] > expected["municipality"] > 0 > expected["health trust"]
assert 0.3 < expected["municipality"] < 0.7
lost = lost_shares(scenario)["municipality"].value
assert 0.965 < lost < 0.975
before = appraise(scenario.changed(income_equalisation=False), DRAWS).public["municipality"].expected / MILLION
tax = (before - expected["municipality"]) / lost
assert (1 - lost) * tax < 0.05 * expected["municipality"]
payers = {name for name, paid in found.paid_by.items() if paid > 0}
assert payers == {"state_transfers", "health_trust"}
assert found.public["state_transfers"].expected < 0.1 * found.society.expected

picture = go.Figure(go.Bar(x=list(expected), y=list(expected.values())))
picture.update_layout(title="Expected net present value, million kroner of 2026")

# %% [markdown]
# ## When it loses
#
# The same model says no where the effect does not hold. At what effect, persistence and price does society go in zero?

# %%
true = what_must_be_true(scenario, 1000)["society"]
assert true.success_rate is not None
assert true.persistence is not None
assert true.price is not None
assert 0.02 < true.success_rate < 0.103
assert true.persistence < 4
assert true.price > true.price_now
effect, parts = scenario.effect, np.linspace(0.1, 1.2, 7)
peaks = [part * max(effect.value) for part in parts]
ends = {"value": effect.value, "low": effect.low, "high": effect.high}
held = [
    scenario.changed(**{f"effect__{name}": [part * share for share in shares] for name, shares in ends.items()})
    for part in parts
]
worth = [appraise(each, DRAWS).society.expected / MILLION for each in held]
assert worth == sorted(worth)
curve = go.Figure(go.Scatter(x=peaks, y=worth))
curve.add_hline(y=0, line_width=1)
curve.update_layout(title="Society, expected million kroner, by the share who come into work because of it")

# %% [markdown]
# Supported employment against ordinary follow-up (Berg et al. 2021, 3 737 persons, Aust-Agder among the places) had an
# early gain and no lasting one. At the same price it is expected to lose more than half as many million kroner as IPS
# gains, and the chance that it pays is about one in a hundred. What is bought is the effect that lasts, not the
# activity.

# %%
without = appraise(shipped_scenario("se_no_lasting_effect").changed(municipality=HOME), DRAWS)
assert without.society.expected < 0
assert without.society.probability_positive < 0.02
assert 0.5 * found.society.expected < -without.society.expected < found.society.expected

# %% [markdown]
# ## How sure?
#
# Two of the three things that move the answer most are whether the effect is as the trial found, and how long it
# lasts. Both can be measured here, which is why the experiment is followed longer than its money lasts.

# %%
first_three = [row["name"] for row in found.tornado[:3]]
assert {"effect", "persistence.years"} <= set(first_three)
[(row["name"], round(row["swing"] / MILLION, 1)) for row in found.tornado[:6]]
