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
# # Half of those who become unemployed have left it within three months, and no person had to leave the zone to show it
#
# *From spells to the cube, on made-up people*
#
# An analyst holds spells: who was in which state from when to when. Here they are made up, with a truth that is
# known. They become months, months become counts, counts are protected, and the truth is found again in what is
# published. Each sentence is held by an `assert`. `docs/spells.md` is the manual.

# %%
import json
import tempfile
from functools import partial
from pathlib import Path

import plotly.graph_objects as go
import polars as pl

from data.spells.build import SpellsOrder, build_cube
from data.spells.duckdb_engine import DuckDbEngine
from data.spells.invented import generate
from data.spells.rules import rules

kept = tempfile.TemporaryDirectory()
folder = Path(kept.name)
generate(4000, 11, folder / "records", ("42",))
spells = pl.read_parquet(folder / "records" / "spells" / "*.parquet")
persons = pl.read_parquet(folder / "records" / "persons" / "*.parquet")
assert persons["person"].n_unique() == 4000
spells.head()

# %% [markdown]
# ## Spells overlap, numbers of municipalities change, and every such thing is told
#
# Nothing is dropped in silence. What cannot be true, such as an end before a beginning, stops the build with the rule's
# name and how many rows break it.

# %%
order = SpellsOrder(
    folder / "records" / "spells", folder / "records" / "persons", folder / "cube", "nav", ("42",), "2020-12", "2023-12"
)
report = build_cube(order, "duckdb", partial(DuckDbEngine, "500MB"), lambda *_: None)
assert report.handled["overlap"] > 0
assert not (folder / "cube.work").exists()  # the person rows are gone
report.handled

# %% [markdown]
# ## What leaves holds no small count, and every sum is the sum of what is told

# %%
text = {"region_code": pl.String, "cohort": pl.String, "period": pl.String}
rates, flows = (
    pl.concat(pl.read_csv(file, schema_overrides=text) for file in sorted((folder / "cube").glob(f"{name}-*.csv")))
    for name in ("rates", "flows")
)
small = rules().threshold - 1
assert rates["count"].is_between(1, small).sum() == flows["count"].is_between(1, small).sum() == 0
county = rates.filter(region_code="42", age_group="15-29").pivot(
    on="sex", index=["indicator", "period"], values="count"
)
assert (county["both"] == county["female"] + county["male"]).all()
county.head()

# %% [markdown]
# ## Half have left by the third month
#
# Of a year's cohort, everybody who became unemployed in it, the first exit is told by month and by way. In the made-up
# world about 30 of 100 leave in a month, so half are gone by the third.

# %%
own = flows.filter(region_code="42", age_group="15-29", sex="both", origin="registered_unemployed", cohort="2021")
exits = own.filter(measure="first_exit")
started = exits.filter(destination="total")["count"].item()
left = (
    exits.filter(pl.col("destination") != "total")
    .group_by("months").agg(pl.col("count").sum()).sort("months")
    .with_columns(share=1 - pl.col("count").cum_sum() / started)
)  # fmt: skip
half = left.filter(pl.col("share") <= 0.5)["months"].min()
assert half == 3
picture = go.Figure(go.Scatter(x=[0, *left["months"]], y=[1, *left["share"]], mode="lines+markers"))
picture.update_layout(title="Still unemployed, of those who became so in 2021 (made up)", xaxis_title="months")

# %% [markdown]
# ## The truth is found again
#
# The chances that made the spells lie beside them. After one month as many are still unemployed as they say, but for
# chance and rounding.

# %%
truth = json.loads((folder / "records" / "truth.json").read_text(encoding="utf-8"))
here = truth["states"].index("registered_unemployed")
stay = [matrix[here][here] for matrices in truth["moves_into_month"].values() for matrix in matrices]
after = own.filter(measure="state_after", months=1)
share = after.filter(destination="registered_unemployed")["count"].item() / started
room = 3 * (0.25 / started) ** 0.5 + 2 * rules().threshold / started
assert min(stay) - room <= share <= max(stay) + room
kept.cleanup()
f"{share:.2f} of {started} are still unemployed after a month; the chances say {min(stay):.2f} to {max(stay):.2f}"
