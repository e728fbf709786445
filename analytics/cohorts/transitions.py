"""Flows between states: where those of an origin are later, how many are still outside, how many are back."""

from dataclasses import dataclass

import polars as pl

from analytics.errors import StatisticsInputError
from analytics.results import Interval, NotEstimable
from analytics.statistics import wilson_interval, wilson_limits
from analytics.statistics.life_table import life_table, survival_bounds
from data.catalogue import region_names
from data.flow_states import states
from data.warehouse.connection import query

TOTAL = "total"
ORIGINS = ("aap", "on_measures", "outside_without_benefit", "registered_unemployed", "social_assistance")
"""States from which a way back is asked for."""
BACK = ("inside",)
OUTSIDE = ("outside",)
BOUNDS = ("low", "high")
GROUP = ("cohort", "age_group", "origin", "interval_months")


@dataclass(frozen=True)
class FlowShare:
    """A share of those who started in an origin, 0–1.

    `estimate` is null where a hidden count is part of it; then `low` and `high` still hold the truth: the interval of
    the smallest possible count to the interval of the largest. `lowest` and `highest` are the possible counts.
    """

    estimate: float | None
    low: float
    high: float
    lowest: int
    highest: int
    started: int


@dataclass(frozen=True)
class Destinations:
    """Where the persons of one origin are after some months.

    frame: a row for each destination: destination, side, count (null: hidden), lowest, highest, share, low, high,
    status. `example`: made-up data, watermarked wherever it shows.
    """

    region_code: str
    sex: str
    cohort: str
    age_group: str
    origin: str
    months: int
    started: int
    edition: str
    citation: str
    example: bool
    frame: pl.DataFrame

    def share_in(self, sides: tuple[str, ...]) -> FlowShare:
        """Return the share whose state is on one of the sides (`inside`, `between`, `outside`, `left`)."""
        chosen = self.frame.filter(pl.col("side").is_in(sides))
        others = self.frame.filter(~pl.col("side").is_in(sides))
        lowest = max(int(chosen["lowest"].sum()), self.started - int(others["highest"].sum()))
        highest = min(int(chosen["highest"].sum()), self.started - int(others["lowest"].sum()))
        under, over = (_interval(count, self.started) for count in (lowest, highest))
        estimate = lowest / self.started if lowest == highest else None
        return FlowShare(estimate, under.low, over.high, lowest, highest, self.started)

    @property
    def still_outside(self) -> FlowShare:
        """Return the share in a state outside work, education and measures."""
        return self.share_in(OUTSIDE)

    @property
    def back_inside(self) -> FlowShare:
        """Return the share in work or education (apprenticeship included)."""
        return self.share_in(BACK)


@dataclass(frozen=True)
class ExitTimes:
    """Time to the first exit from an origin. frame: `life_table` columns; bounds: `survival_bounds` columns.

    `inside` is the number whose first exit led to work or education, where every count is known.
    """

    region_code: str
    sex: str
    cohort: str
    age_group: str
    origin: str
    started: int
    inside: int | None
    edition: str
    citation: str
    example: bool
    frame: pl.DataFrame
    bounds: pl.DataFrame


def flows(
    region: str, months: int = 12, *, cohort: str | None = None, origin: str | None = None, sex: str = "both"
) -> tuple[Destinations, ...] | NotEstimable:
    """Return the flow of each origin (and cohort, age group) of a region; last the newest, real ones after examples.

    NotEstimable: no delivery holds it, or nobody started in it.
    """
    _known_origin(origin)
    rows = query("transition_rows", region=region, sex=sex, measure="state_after", origin=origin, cohort=cohort)
    rows = rows.filter(pl.col("interval_months") == months)
    if rows.is_empty():
        return NotEstimable("no_flows", (("region", _place(region)), ("months", months)))
    groups = [group for group in rows.partition_by("edition", *GROUP, maintain_order=True) if _started(group)]
    if not groups:
        return NotEstimable("nobody_started", (("region", _place(region)),))
    return tuple(flow(group) for group in groups)


def flows_delivered() -> bool:
    """Return whether anybody has delivered where those of a state are later."""
    return "state_after" in query("transition_groups")["measure"].to_list()


def flow(rows: pl.DataFrame) -> Destinations:
    """Return the flow of one origin from its rows in the `transition` table.

    Raises StatisticsInputError: no total, a state the glossary does not know, or rows that do not add up to the origin.
    """
    first = rows.row(0, named=True)
    started = rows.filter(pl.col("destination") == TOTAL)["count"].drop_nulls()
    if started.len() != 1 or started[0] == 0:
        raise StatisticsInputError("total", str(started.to_list()), "flow_total")
    inner = rows.filter(pl.col("destination") != TOTAL).rename({"low": "lowest", "high": "highest"})
    inner = _bounded_by(_with_sides(inner), int(started[0]))
    frame = _with_limits(inner, int(started[0]))
    facts = (first["cohort"], first["age_group"], first["origin"], first["interval_months"])
    place = (first["region_code"], first["sex"], *facts, int(started[0]))
    return Destinations(*place, first["edition"], first.get("citation", ""), bool(first.get("example", False)), frame)


def exit_times(region: str, origin: str, *, cohort: str | None = None, sex: str = "both") -> ExitTimes | NotEstimable:
    """Return the time to first exit from an origin, the newest cohort with a delivery unless one is named."""
    _known_origin(origin)
    rows = query("transition_rows", region=region, sex=sex, measure="first_exit", origin=origin, cohort=cohort)
    if rows.is_empty():
        return NotEstimable("no_exits")
    groups = rows.partition_by("edition", "cohort", "age_group", maintain_order=True)
    started = [group for group in groups if _started(group)]
    return exits(started[-1]) if started else NotEstimable("nobody_started", (("region", _place(region)),))


def exits(rows: pl.DataFrame) -> ExitTimes:
    """Return the exit times of one origin from its rows in the `transition` table (measure `first_exit`)."""
    first = rows.row(0, named=True)
    started = int(rows.filter(pl.col("destination") == TOTAL)["count"][0])
    inner = rows.filter(pl.col("destination") != TOTAL)
    gone = inner.with_columns(
        way=pl.when(pl.col("destination") == "left").then(pl.lit("lost")).otherwise(pl.lit("out"))
    )
    listed = pl.len() == pl.when(pl.col("way").first() == "lost").then(1).otherwise(2)  # a row left out is not zero
    sums = gone.group_by("interval_months", "way").agg(
        pl.when(listed & (pl.col("count").null_count() == 0)).then(pl.col("count").sum()).alias("count"),
        *[pl.when(listed & (pl.col(name).null_count() == 0)).then(pl.col(name).sum()).alias(name) for name in BOUNDS],
    )
    wide = sums.pivot(on="way", index="interval_months", values=["count", "low", "high"]).sort("interval_months")
    wide = wide.with_columns(pl.lit(None, pl.Int64).alias(name) for name in _ways() if name not in wide.columns)
    months = wide["interval_months"]
    frame = life_table(months, wide["count_out"], wide["count_lost"], started)
    pairs = [(wide[f"low_{way}"], wide[f"high_{way}"]) for way in ("out", "lost")]
    bounds = survival_bounds(months, pairs[0], pairs[1], started)
    back = inner.filter(pl.col("destination") == "inside")["count"]
    inside = None if back.null_count() else int(back.sum())
    place = (first["region_code"], first["sex"], first["cohort"], first["age_group"], first["origin"], started, inside)
    return ExitTimes(
        *place, first["edition"], first.get("citation", ""), bool(first.get("example", False)), frame, bounds
    )


def sankey(found: tuple[Destinations, ...]) -> pl.DataFrame:
    """Return the links of a Sankey diagram and its table: origin, destination, count, lowest, highest, share, status.

    Hidden counts of an origin stand as one link to `hidden_together` with their known sum, so that every origin's links
    add up; the hidden rows themselves stay in the table with a null count.
    """
    tables = []
    for one in found:
        links = one.frame.select("destination", "count", "lowest", "highest", "share", "status")
        rest = one.started - int(links["count"].sum())
        if links["count"].null_count():
            link = ["hidden_together", rest, rest, rest, rest / one.started, "final"]
            links = pl.concat([links, pl.DataFrame([link], schema=links.schema, orient="row")])
        tables.append(links.select(pl.lit(one.origin).alias("origin"), pl.all()))
    return pl.concat(tables)


def _with_sides(inner: pl.DataFrame) -> pl.DataFrame:
    unknown = sorted(set(inner["destination"]) - states().keys())
    if unknown:
        raise StatisticsInputError("destination", ", ".join(unknown), "known_state")
    sides = {name: state.side for name, state in states().items()}
    return inner.with_columns(side=pl.col("destination").replace_strict(sides, return_dtype=pl.String))


def _bounded_by(inner: pl.DataFrame, started: int) -> pl.DataFrame:
    """Return the rows with every hidden count between known bounds; raise where they cannot add up to the origin."""
    shown = int(inner["count"].sum())
    filled = inner.with_columns(pl.col("lowest").fill_null(0), pl.col("highest").fill_null(started - shown))
    if not int(filled["lowest"].sum()) <= started <= int(filled["highest"].sum()):
        raise StatisticsInputError("count", f"{shown} / {started}", "adds_up")
    return filled


def _with_limits(inner: pl.DataFrame, started: int) -> pl.DataFrame:
    under, _ = wilson_limits(inner["lowest"], [started])
    _, over = wilson_limits(inner["highest"], [started])
    named = inner.select("destination", "side", "count", "lowest", "highest", "status")
    return named.with_columns(share=pl.col("count") / started, low=pl.Series(under), high=pl.Series(over)).select(
        "destination", "side", "count", "lowest", "highest", "share", "low", "high", "status"
    )


def _interval(count: int, started: int) -> Interval:
    found = wilson_interval(count, started)
    if isinstance(found, NotEstimable):
        raise StatisticsInputError("total", str(started), "flow_total")
    return found


def _started(rows: pl.DataFrame) -> bool:
    """Return whether somebody is known to have started in a group: of nobody, or of a hidden number, is no share."""
    return rows.filter(pl.col("destination") == TOTAL)["count"].to_list() not in ([0], [None])


def _place(region: str) -> str:
    return region_names().get(region, region)


def _ways() -> list[str]:
    return [f"{quantity}_{way}" for quantity in ("count", "low", "high") for way in ("out", "lost")]


def _known_origin(origin: str | None) -> None:
    if origin is not None and origin not in states():
        raise StatisticsInputError("origin", repr(origin), "known_state")
