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
# # Eleven more of a hundred in work, and a portfolio that tells the next place to expect anything from harm to half
#
# *Your own experiment, from design file to portfolio.*
#
# A trial is worth what was written before it. Here one goes the whole way: how many are needed, the design as a file,
# the ledger that shows every later edit, the table, the answer with its reservations, and its place among others. The
# trial is real: the American work programme NSW (LaLonde 1986), in the sample of Dehejia and Wahba (1999): of 185 drawn
# to the programme 140 had work in 1978, of 260 others 168. Change the file and the table, and it is your own. Every
# sentence is held by an `assert`.

# %%
import re
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import plotly.graph_objects as go
import polars as pl

from analytics.experiments import Design, design_from_toml, evaluate, pool
from analytics.experiments.design.power import PlannedComparison, power, required_n_per_arm
from analytics.experiments.portfolio.registry import experiments, registered_design, to_register
from analytics.experiments.reporting.evaluation import published
from data.curated.experiment import registration_log
from data.errors import foreseen

folder = TemporaryDirectory()
place = Path(folder.name)

# %% [markdown]
# ## Before: how many does it take?
#
# With two in three of the others in work, ten more of a hundred takes about 330 persons in each arm; a prototype of 60
# persons sees such an effect one time in eight. It can tell a wonder from nothing, not a good measure from none.

# %%
wanted = required_n_per_arm(0.10, base_rate=0.65)
small = power(PlannedComparison(n=60, base_rate=0.65), 0.10)
whole = power(PlannedComparison(n=445, share=185 / 445, base_rate=0.65), 0.10)
assert 325 <= wanted <= 335
assert 0.05 < small < 0.15
assert 0.55 < whole < 0.70
round(wanted), round(small, 2), round(whole, 2)

# %% [markdown]
# ## The design is a file, and a misread file is worse than none
#
# The smallest useful effect stands in it before anyone has seen a result. A slip is refused with the name that was
# meant.

# %%
DESIGN = """
[design]
key = "nsw"
question = "Do more get work with the programme?"
method = "rct"
kind = "binary"
control = "control"
mde = 5
started = 2026-03-01
label = { nb = "i jobb", en = "in work" }
"""
file = place / "nsw.toml"
file.write_text(DESIGN.replace("method", "methd"), encoding="utf-8")
try:
    design_from_toml(file)
except ExceptionGroup as refused:
    said = [problem.line("en") for problem in foreseen(refused)]
assert any("methd" in line and "method" in line for line in said)
said

# %% [markdown]
# ## The ledger shows what was changed afterwards
#
# Registered before the start it is *planned* (the dates are this notebook's). An edit of the smallest useful effect,
# however small, is seen: the hash is another, and the design no longer has the ledger's date.

# %%
file.write_text(DESIGN, encoding="utf-8")
ledger = place / "ledger.csv"
registration_log.append(*to_register(file), path=ledger, day="2026-02-10")
design = registered_design(file, ledger)
edited = place / "edited.toml"
edited.write_text(DESIGN.replace("mde = 5", "mde = 2"), encoding="utf-8")
assert str(design.registered) == "2026-02-10"
assert registered_design(edited, ledger).registered is None
assert registration_log.standing("nsw", to_register(edited)[1], registration_log.entries(ledger))[0] == "changed"

# %% [markdown]
# ## The answer comes in natural units, with its interval and what weakens it
#
# Eleven more of a hundred had work (2 to 19, by Newcombe's interval): better than chance, and perhaps less than was
# called useful, for the interval reaches below five. Without the date in the ledger the same numbers are exploratory.

# %%
table = pl.DataFrame({"arm": ["control", "programme"], "n": [260, 185], "events": [168, 140]})
found = evaluate(design, table)
assert round(found.value, 1) == 11.1
assert (round(found.low, 1), round(found.high, 1)) == (2.4, 19.3)
assert found.verdict == "better"
assert found.low < design.mde
assert "N05" not in {note.code for note in found.notes}
assert "N05" in {note.code for note in evaluate(replace(design, registered=None), table).notes}
found.sentence("en")

# %% [markdown]
# ## A mistake is told with column, value and cure; small numbers are not told at all
#
# A misspelt control is met by what the table has. Where three had work in an arm, the page gives a band in place of the
# number: whoever reads it cannot count them.

# %%
try:
    evaluate(Design(key="nsw", control="kontrol"), table)
except Exception as refused:  # noqa: BLE001 - whatever stops a researcher is shown
    cure = foreseen(refused)[0].line("en")
assert "kontrol" in cure
few = published(design, pl.DataFrame({"arm": ["control", "programme"], "n": [40, 40], "events": [3, 20]}))
assert few.value is None
assert few.low < few.high
cure, few.sentence("en")

# %% [markdown]
# ## The portfolio: what may the next place expect?
#
# Beside it stand the published trials of individual placement and support whose number is known per hundred with an
# interval: SEED, the Norwegian multicentre trial and the Danish one. Their outcomes and people differ, so the mean is
# no effect of anything; it only says how far a single number may be trusted. Four trials disagree more than chance
# allows, the largest is drawn down the most, and a new place must reckon with anything from harm to half of all.

# %%
trials = {"NSW": (found.value, found.low, found.high)}
for each in experiments():
    known = [one for one in each.finding.get("outcomes", ()) if one.certain and one.unit == "per_100"]
    if known and re.search("IPS", each.title["en"] + each.question["en"]):
        trials[each.key] = (known[0].effect, known[0].low, known[0].high)
assert set(trials) == {"NSW", "seed", "ips-norge", "ips-denmark"}
errors = [(high - low) / (2 * 1.96) for _, low, high in trials.values()]
together = pool([value for value, _, _ in trials.values()], errors, labels=list(trials))
drawn = {row["label"]: row["value"] for row in together.shrunken}
pull = {name: trials[name][0] - drawn[name] for name in trials}
assert together.q_p < 0.05
assert max(pull, key=pull.get) == "seed"
assert together.prediction[0] < 0
assert together.prediction[1] > 50
together.pooled, together.prediction, drawn

# %%
names = list(trials)
picture = go.Figure(
    go.Scatter(
        x=[trials[name][0] for name in names],
        y=names,
        mode="markers",
        name="as measured",
        error_x={
            "symmetric": False,
            "array": [trials[name][2] - trials[name][0] for name in names],
            "arrayminus": [trials[name][0] - trials[name][1] for name in names],
        },
    )
)
picture.add_scatter(x=[drawn[name] for name in names], y=names, mode="markers", name="drawn towards the mean")
picture.add_vline(x=0, line_width=1)
picture.update_layout(title="More in work per hundred, with 95 % intervals")
folder.cleanup()

# %% [markdown]
# ## Then
#
# Put the file in `home/experiments/`, register it (`python -m analytics register home/experiments/KEY.toml`), deliver
# the table when it is there, and the page shows what this notebook shows. A table that is to be evaluated once goes
# into the workshop page, or `python -m analytics evaluate TABLE.csv --method rct --arm arm --published`.
