"""Pictures over places: the ranking, the funnel and the map."""

from functools import partial

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from analytics import exclusion, funnel_view, geography, places
from analytics.rates import rate_at
from analytics.results import NotEstimable
from data.errors import InnenforError
from pages.ui import boundaries, brought, shades, shell, tile_map
from pages.ui import funnel as funnel_plot
from pages.ui.cached import held
from pages.ui.charts import Chart
from pages.ui.exclusion_choice import Choice
from pages.ui.exclusion_parts import again, figures, joined, least_note, place_column, small_note, sources
from pages.ui.format import number, period
from pages.ui.naming import Group, group_of, named, place
from pages.ui.ranking import Reference, ranking
from pages.ui.tables import Column
from pages.ui.texts import listed, text

ranking_table = held(exclusion.ranking_table)
rate_of = held(exclusion.rate)
funnel_of = held(funnel_view.funnel)
map_of = held(geography.county_map)
read_boundaries = held(geography.read_boundaries)
_BOUNDARIES = "boundaries"


def ranking_chart(choice: Choice) -> Chart:
    """Return the regions of the subject's level in order, with the nation's level as a line."""
    found, home = choice.subject, place(choice.subject.region)
    table = named(ranking_table(found, choice.period, choice.within), "name")
    mine = rate_at(table, found.region, choice.period)
    nation = rate_of(found, choice.period, places.NATION)
    heading = _ranking_finding(table, choice, known=mine is not None and mine.value is not None)
    line = Reference(nation.value, place(places.NATION)) if nation and nation.value is not None else None
    return Chart(
        finding=heading,
        alt=text("exclusion.ranking_alt", finding=heading),
        picture=ranking(table, home, reference=line, narrow=shell.narrow()),
        table=table,
        columns=(Column("rank", text("column.place"), "count"), place_column(), *figures()),
        sources=sources(found),
        stem="ranking",
        group=group_of(found.view),
        note=joined(text("exclusion.ranking_note"), small_note(table), least_note(table)),
        **again(found, f'cross_section(view, "{choice.period}")', "analytics.rates"),
    )


def _ranking_finding(table: pl.DataFrame, choice: Choice, *, known: bool) -> str:
    """Return the place's number in the order; one alone has none, and one without a figure says so."""
    found, count = choice.subject, table["value"].count()
    facts = {"place": place(found.region), "group": group_of(found.view), "period": period(choice.period)}
    if not known:
        return text("exclusion.ranking_without", **facts, count=number(count))
    if count == 1:
        return text("exclusion.ranking_alone", **facts)
    rank = table.filter(pl.col("region_code") == found.region)["rank"].item()
    return text("exclusion.ranking_finding", **facts, count=number(count), rank=number(rank))


def funnel_chart(choice: Choice) -> Chart | NotEstimable:
    """Return every municipality by size and rate within the limits of chance around the nation's level."""
    found = choice.subject
    county = places.county_of(found.region) if choice.within == "county" else None
    made = funnel_of(found.view, choice.period, within=county)
    if isinstance(made, NotEstimable):
        return made
    table = named(made.places, "name").with_columns(pl.col("state").map_elements(funnel_plot.state_words, pl.String))
    mine = table.filter(pl.col("region_code") == found.region)
    facts = {"place": place(found.region), "group": group_of(found.view), "period": period(choice.period)}
    heading = text("exclusion.funnel_finding", **facts, state=mine["state"].item()) if mine.height else text(
        "exclusion.funnel_without", **facts
    )  # fmt: skip
    picture = funnel_plot.funnel(
        made, found.region, level_name=place(made.around), peers=places.peers_of(found.region), narrow=shell.narrow()
    )
    return Chart(
        finding=heading,
        alt=text("exclusion.funnel_alt", finding=heading),
        picture=picture,
        table=table.sort("name"),
        columns=(place_column(), Column("state", text("column.state")), *figures()),
        sources=sources(found),
        stem="funnel",
        group=group_of(found.view),
        note=joined(text("exclusion.funnel_note"), funnel_plot.dispersion_note(made), small_note(table)),
        **again(found, f'funnel(view, "{choice.period}")', "analytics.funnel_view"),
    )


def map_chart(choice: Choice) -> Chart | NotEstimable:
    """Return the municipalities of the subject's county as tiles, or in boundaries the reader supplies."""
    found = choice.subject
    county = places.county_of(found.region) or found.region
    if county == places.NATION:
        return NotEstimable("no_county_map")
    table = named(map_of(found.view, choice.period, county), "name")
    if not table["value"].count():
        return NotEstimable("no_places", (("period", period(choice.period)),))
    group = group_of(found.view)
    heading = _map_finding(table, county, group, choice.period)
    shown = table.with_columns(pl.col("verdict").map_elements(lambda code: text(f"pictures.verdict.{code}"), pl.String))
    return Chart(
        finding=heading,
        alt=text("exclusion.map_alt", finding=heading),
        picture=_map(choice, table)(narrow=shell.narrow()),
        table=shown.sort("name"),
        columns=(place_column(), Column("verdict", text("column.verdict")), *figures()),
        sources=sources(found),
        stem="map",
        group=group,
        note=joined(text("exclusion.map_note"), least_note(table)),
        **again(found, f'county_map(view, "{choice.period}", "{county}")', "analytics.geography"),
    )


def _map_finding(table: pl.DataFrame, county: str, group: Group, at: str) -> str:
    """Return how many municipalities differ with certainty from the rest of the county; none is not counted."""
    facts = {"county": place(county), "group": group, "period": period(at)}
    ways = {way: table.filter(pl.col("verdict").str.ends_with(f"_{way}")).height for way in ("higher", "lower")}
    said = [
        text(f"exclusion.map_{way}_{'one' if many == 1 else 'many'}", count=number(many))
        for way, many in ways.items()
        if many
    ]
    if said:
        return text("exclusion.map_finding", **facts, ways=listed(said))
    tested = (table["verdict"] != "not_comparable").any()
    return text("exclusion.map_none" if tested else "exclusion.map_unknown", **facts)


def _map(choice: Choice, table: pl.DataFrame) -> "partial[go.Figure]":
    by: shades.By = "verdict" if choice.by == "verdict" else "value"
    bounds = geography.class_bounds(table["value"]) if by == "value" else ()
    outlines = _outlines()
    if outlines is None:
        return partial(tile_map.tile_map, table, choice.subject.region, by=by, bounds=bounds)
    return partial(boundaries.boundary_map, outlines, table, choice.subject.region, by=by, bounds=bounds)


def _outlines() -> pl.DataFrame | None:
    """Draw the box for boundaries and return those the reader has brought; None where none are or they are refused."""
    with st.expander(text("exclusion.boundaries_heading")):
        given = brought.file(_BOUNDARIES)
        brought.draw(text("exclusion.boundaries"), ["geojson", "json"], _BOUNDARIES)
    try:
        return None if given is None else read_boundaries(given.content, given.name)
    except* InnenforError as problems:
        brought.refused(*shell.expected(problems))
    return None
