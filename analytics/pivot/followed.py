"""A table of one's own over people who were followed: flows between states, and what studies say became of them.

Flows are added like figures: over places, ages and sexes that share nobody, over states each person is in one of.
Results of a study are never added: its groups may overlap, and nobody has published the sum.
"""

from collections.abc import Mapping

import polars as pl

from analytics.pivot.figures import refuse_sums
from analytics.pivot.question import COLUMNS, FLOW, FLOWS, OUTCOMES, STUDY, PivotQuestion, kind_of
from analytics.pivot.refusals import PivotNothing, PivotOfSame, PivotOfStudy
from analytics.pivot.written import listed, quoted
from data.curated.outcomes.read import studies
from data.flow_states import states
from data.settings import settings
from data.warehouse.connection import filled, table, view

TOTAL, EXIT = "total", "first_exit"
_OF_VIEW = {FLOWS: "measure", OUTCOMES: "study"}


def followed_options(counted: str) -> Mapping[str, tuple[str, ...]]:
    """Return the dimensions of flows or a study with the codes each has: a study's states and groups in its own order.

    A dimension that says nothing of any row is left out; "" is where some rows have none.
    """
    rows, kind = _rows(counted), kind_of(counted)
    found = {name: sorted(rows[column].unique()) for name, column in COLUMNS[kind].items()}
    if kind == FLOWS:
        order = {"destination": [*states(), *found["destination"]], "months": sorted(found["months"], key=int)}
    else:
        study = studies()[counted.removeprefix(STUDY)]
        order = {"destination": [*study.destinations], "group": ["", *study.subgroups]}
    found |= {name: [code for code in dict.fromkeys(codes) if code in found[name]] for name, codes in order.items()}
    return {name: tuple(codes) for name, codes in found.items() if codes != [""]}


def first_row(counted: str) -> Mapping[str, str]:
    """Return a published row by dimension, from which a table begins: of flows at home, after a year, the newest."""
    rows = _rows(counted)
    if kind_of(counted) == FLOWS:
        wanted = (pl.col("region_code") == settings().home_municipality, pl.col("sex") == "both",
                  pl.col("interval_months") == "12")  # fmt: skip
        for each in wanted:
            rows = rows.filter(each) if rows.filter(each).height else rows
        rows = rows.sort("cohort", descending=True, maintain_order=True)
    first = rows.row(0, named=True)
    return {name: first[column] for name, column in COLUMNS[kind_of(counted)].items()}


def flows_statement(asked: PivotQuestion, parts: int) -> str:
    """Return the statement on `flows` that answers. Raises PivotRefused where the table cannot be made."""
    refuse_sums(asked, asked.counted[0], ("cohort",) if asked.name == EXIT else ("cohort", "months"))
    ends = asked.chosen("destination") if "destination" in asked.added else ()
    if TOTAL in ends and len(ends) > 1:
        raise PivotOfSame("pivot", "destination", TOTAL, next(end for end in ends if end != TOTAL))
    editions = _editions(asked)
    if not editions:
        raise PivotNothing(where="pivot", found=asked.counted[0])
    ways = len(ends) or 1  # the rows of a cell that stand for the same persons who started
    if asked.name == EXIT and "months" in asked.added:
        ways *= len(asked.chosen("months"))
    written = {
        "shown": ", ".join(asked.dimensions[name] for name in asked.shown),
        "interval": "" if asked.name == EXIT else ", interval_months",
        "measure": quoted(asked.name),
        "chosen": _chosen(asked),
        "editions": ", ".join(f"({quoted(cohort)}, {quoted(edition)})" for cohort, edition in editions),
        "parts": str(parts),
        "ways": str(ways),
    }
    return filled("pivot_flows", written)


def outcomes_statement(asked: PivotQuestion, parts: int) -> str:
    """Return the statement on `outcomes` that answers. Raises PivotRefused where the table cannot be made."""
    if parts > 1:
        raise PivotOfStudy(where="pivot", found=next(name for name in asked.added if len(asked.chosen(name)) > 1))
    rows = _rows(asked.counted[0])
    for name, column in asked.dimensions.items():
        rows = rows.filter(pl.col(column).is_in(asked.chosen(name)))
    if rows.is_empty():
        raise PivotNothing(where="pivot", found=asked.counted[0])
    shown = ", ".join(asked.dimensions[name] for name in asked.shown)
    return filled("pivot_outcomes", {"shown": shown, "study": quoted(asked.name), "chosen": _chosen(asked)})


def _rows(counted: str) -> pl.DataFrame:
    """Return the rows of what is counted, its dimensions as texts."""
    kind = kind_of(counted)
    name = counted.removeprefix(FLOW).removeprefix(STUDY)
    rows = view(kind).filter(pl.col(_OF_VIEW[kind]) == name)
    columns = list(COLUMNS[kind].values())
    if kind == FLOWS:  # those who start are named once at a first exit, and are no way out
        rows = rows.filter((pl.lit(name) != EXIT) | (pl.col("destination") != TOTAL)).sort(columns)
    return rows.with_columns(pl.col(columns).cast(pl.String).fill_null(""))


def _editions(asked: PivotQuestion) -> list[tuple[str, str]]:
    """Return each cohort with the edition it is read in: no example, then most of the places, then the newest."""
    rows = _rows(asked.counted[0]).join(table("edition").select("edition", "example", "published"), on="edition")
    rows = rows.filter(
        pl.col("region_code").is_in(asked.chosen("place")), pl.col("cohort").is_in(asked.chosen("cohort"))
    )
    held = rows.group_by("cohort", "edition", "example", "published").agg(pl.col("region_code").n_unique())
    best = held.sort("example", "region_code", "published", "edition", descending=[False, True, True, True])
    return sorted(best.unique("cohort", keep="first", maintain_order=True).select("cohort", "edition").iter_rows())


def _chosen(asked: PivotQuestion) -> str:
    """Return what is chosen of each dimension, as a condition."""
    return " AND ".join(_among(column, asked.chosen(name)) for name, column in asked.dimensions.items())


def _among(column: str, codes: tuple[str, ...]) -> str:
    if column == "interval_months":
        return f"{column} IN ({', '.join(str(int(code)) for code in codes)})"
    return f"{column} IN ({listed(codes)})" if "" not in codes else f"coalesce({column}, '') IN ({listed(codes)})"
