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
# # Starring the small numbers protects nobody: one subtraction gives them back, and the cure is to hide one more
#
# *Protecting a table, and attacking it*
#
# NAV stars a count of 1 to 3. A star is worth something only if nobody can work out what stands behind it. Here a
# published table is attacked, protected, and attacked again; then two tables that are safe one by one are attacked
# together. Each sentence is held by an `assert`.

# %%
import plotly.graph_objects as go
import polars as pl

from data.catalogue import region_names
from data.deliveries.load import delivered_rows
from data.deliveries.read import sidecars
from data.disclosure.table import PUBLISHED, SUPPRESSED, Table, audit, linked, protect
from data.warehouse.connection import query

TOTAL = "total"
LIMIT = 4  # NAV hides what is under it, and shows zeros
rows = pl.concat(
    delivered_rows(each) for each in sidecars()[0] if each.folder_source == "nav" and each.adapter == "table"
)
month = rows.filter(indicator="fully_unemployed", period="2022-03", age_group="all", sex="both")
agder = month.filter(pl.col("region_code").str.starts_with("42"))
cells = agder.select(
    pl.col("region_code").replace("42", TOTAL).alias("place"),
    "count",
    pl.when(pl.col("count").is_null()).then(pl.lit(SUPPRESSED)).otherwise(pl.lit(PUBLISHED)).alias("status"),
)
assert (cells.height, agder["edition"].n_unique()) == (26, 2)
cells

# %% [markdown]
# ## As it was published: the star is 2
#
# Registered unemployed in the 25 municipalities of Agder in March 2022 stand in one file, with one star. The county's
# total stands in another. Whoever takes the 24 others from it has the star.


# %%
def attacked(given: pl.DataFrame, *told: tuple[str, tuple[str, ...]]) -> dict[str, tuple[float, float]]:
    """Return the least and most that each hidden count can be, for all that is shown. told: which places add up."""
    return {each.key[0]: (each.low, each.high) for each in audit(table(given, *told), LIMIT, hidden_at_least=1)}


def table(given: pl.DataFrame, *told: tuple[str, tuple[str, ...]]) -> Table:
    """Return the table with its sums: the total is all places, unless something else is told."""
    parts = tuple(given.filter(pl.col("place") != TOTAL)["place"].sort())
    return linked(given, ("place",), {"place": told or ((TOTAL, parts),)})


before = attacked(cells)
assert list(before.values()) == [(2, 2)]
before

# %% [markdown]
# ## The cure: one more, and the smallest that will do
#
# The county's total is what readers ask for, so it stays. Of the municipalities it is Bygland, with 5 unemployed, that
# costs the fewest persons. Now the star can be anything from 1 to 6.

# %%
after = protect(table(cells), LIMIT)
hidden = after.filter(status=SUPPRESSED)["place"].to_list()
(more,) = set(hidden) - set(before)
assert (more, cells.filter(place=more)["count"].item()) == ("4220", 5)
widened = attacked(after)
assert set(widened.values()) == {(1, 6)}

# %%
names = {code: region_names()[code] for code in hidden}
drawn = [("as published", before), ("as it is shown here", widened)]
picture = go.Figure(
    [
        go.Scatter(
            x=[low, high], y=[f"{names[code]}, {when}"] * 2, mode="lines+markers", name=names[code], showlegend=False
        )
        for when, found in drawn
        for code, (low, high) in found.items()
    ]
)
picture.update_layout(title="What can be had of the hidden counts, Agder, March 2022", xaxis_title="persons")

# %% [markdown]
# ## Two tables that are safe one by one are not safe together
#
# Eight made-up places; those with 3 or fewer are hidden. One table sums them by county, another by size. Attacked
# alone, each leaves room. Attacked together they give K away: 3, exactly. A protection that looks at one table at a
# time never sees it. One more place, N, is enough.

# %%
COUNTS = dict(zip("ABIJKLMN", (2, 2, 8, 8, 3, 3, 3, 7), strict=True))
COUNTIES = (("county-1", tuple("ABIJ")), ("county-2", tuple("KLMN")))
SIZES = (("big", tuple("LM")), ("small", tuple("ABIJKN")))
sums = {name: sum(COUNTS[part] for part in parts) for name, parts in COUNTIES + SIZES}
places = pl.DataFrame(list({**COUNTS, **sums}.items()), schema=["place", "count"], orient="row")
starred = places.with_columns(
    pl.when(pl.col("count") >= LIMIT).then("count"),
    pl.when(pl.col("count") < LIMIT).then(pl.lit(SUPPRESSED)).otherwise(pl.lit(PUBLISHED)).alias("status"),
)
alone = {name: attacked(starred, *ways)["K"] for name, ways in (("by county", COUNTIES), ("by size", SIZES))}
together = attacked(starred, *COUNTIES, *SIZES)["K"]
assert alone == {"by county": (1, 7), "by size": (1, 5)}
assert together == (3, 3)
shown = places.with_columns(status=pl.lit(PUBLISHED))
safe = protect(table(shown, *COUNTIES, *SIZES), LIMIT)
assert set(safe.filter(status=SUPPRESSED)["place"]) == set("ABKLMN")
alone, together, attacked(safe, *COUNTIES, *SIZES)

# %% [markdown]
# ## Why no star tells whether it is small or protects another
#
# Say 1 and 4 are hidden and their sum of 5 is shown. Each can be 1 to 4. Were the second marked as *hidden to protect
# another*, everybody would know that it is 4 or more, and so know both.

# %%
pair = pl.DataFrame(
    [("x", 1, SUPPRESSED), ("y", 4, SUPPRESSED), (TOTAL, 5, PUBLISHED)], schema=cells.schema, orient="row"
)
assert attacked(pair) == {"x": (1, 4), "y": (1, 4)}
marked = max(attacked(pair)["y"][0], LIMIT), attacked(pair)["y"][1]
assert marked == (4, 4)
assert tuple(5 - end for end in marked) == (1, 1)

# %% [markdown]
# ## What it costs
#
# In the default data few figures are lost: of the counts that publishers show, fewer than one in a thousand is hidden
# here. In small municipalities with many dimensions it is more, and a table with fewer dimensions then tells more.

# %%
quality = query("quality")
withheld = quality["suppressed"].sum() - sum(
    delivered_rows(each).filter(status="suppressed").height for each in sidecars()[0] if each.adapter == "table"
)
share = withheld / quality["cells"].sum()
assert 0 < share < 0.001
f"{withheld} of {quality['cells'].sum()} figures: {share:.3%}"
