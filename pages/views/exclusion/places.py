"""Pictures over places: the ranking, the funnel and the map."""

from functools import partial

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from analytics import regions
from analytics.exclusion import county_map, funnel, subject
from analytics.exclusion.rates import Rate, rate_at
from analytics.exclusion.similar_municipalities import named_beside
from analytics.exclusion.subject import when
from analytics.results import NotEstimable
from data.errors import InnenforError, foreseen
from pages.components import rates
from pages.components.chart_card import Chart
from pages.components.data_table import columns_of
from pages.format.numbers import number
from pages.format.place_names import PopulationGroup, group_of, named, place
from pages.format.sentences import FEW
from pages.format.texts import listed, text
from pages.frame import upload, visit
from pages.frame.cache import cached_object, cached_value
from pages.plots import choropleth, choropleth_fills, tile_map
from pages.plots import funnel as funnel_plot
from pages.plots.ranking import Reference, ranking
from pages.views.exclusion.selection import ExclusionSelection

ranking_table = cached_value(subject.ranking_table)
rate_of = cached_value(subject.rate)
subject_at = cached_value(subject.at)
funnel_of = cached_value(funnel.funnel)
map_of = cached_value(county_map.county_map)
_BOUNDARIES = "boundaries"


def ranking_chart(choice: ExclusionSelection) -> Chart | NotEstimable:
    """Return the regions of the subject's level in order, with the nation's level as a line."""
    found, home = choice.subject, place(choice.subject.region)
    table = named(ranking_table(found, choice.period, choice.within), "name")
    if not table["value"].count():
        return NotEstimable("no_values", when(found.view.indicator, choice.period))
    mine = rate_at(table, found.region, choice.period)
    nation = rate_of(found, choice.period, regions.NATION)
    line = Reference(nation.value, place(regions.NATION)) if nation and nation.value is not None else None
    return rates.chart(
        found,
        "ranking",
        text("exclusion.ranking_note"),
        rates.small_note(table),
        rates.least_note(table),
        finding=_ranking_finding(table, choice, mine),
        picture=ranking(table, home, reference=line, narrow=visit.narrow()),
        table=table,
        columns=(*columns_of("column", rank=("place", "count")), rates.place_column(), *rates.figures()),
        code=rates.reproduction_code(
            found,
            f"ranking --period {choice.period} --within {choice.within}",
            "analytics.exclusion.subject",
            f'ranking_table(Subject("{found.asked}", "{found.region}", view), "{choice.period}", "{choice.within}")',
            ("analytics.exclusion.subject", "Subject"),
        ),
    )


def _ranking_finding(table: pl.DataFrame, choice: ExclusionSelection, mine: Rate | None) -> str:
    """Return the place's number in the order; one alone, without a figure, or of too few persons has none."""
    found, count = choice.subject, table["value"].count()
    facts = {"place": place(found.region), "group": group_of(found.view), "period": rates.period(found, choice.period)}
    if mine is None or mine.value is None:
        return text("exclusion.ranking_without", **facts, count=number(count))
    if count == 1:
        return text("exclusion.ranking_alone", **facts)
    if rates.too_few(mine):
        return text("exclusion.ranking_few", **facts, least=FEW)
    rank = table.filter(pl.col("region_code") == found.region)["rank"].item()
    return text("exclusion.ranking_finding", **facts, count=number(count), rank=number(rank))


def funnel_chart(choice: ExclusionSelection) -> Chart | NotEstimable:
    """Return every municipality by size and rate within the limits of chance around the nation's level."""
    found = subject_at(choice.subject, choice.period, "municipality")
    county = regions.county_of(found.region) if choice.within == "county" else None
    made = funnel_of(found.view, choice.period, within=county)
    if isinstance(made, NotEstimable):
        return made
    table = named(made.places, "name").with_columns(pl.col("state").map_elements(funnel_plot.state_words, pl.String))
    peers = named_beside(found.view, found.region, choice.period)
    return rates.chart(
        found,
        "funnel",
        text("exclusion.funnel_note"),
        funnel_plot.dispersion_note(made),
        rates.small_note(table),
        finding=_funnel_finding(table, choice, found.region),
        picture=funnel_plot.funnel(
            made, found.region, level_name=place(made.around), peers=peers, narrow=visit.narrow()
        ),
        table=table.sort("name"),
        columns=(rates.place_column(), *columns_of("column", state="text"), *rates.figures()),
        code=rates.reproduction_code(
            found,
            f"funnel --period {choice.period} --within {choice.within}",
            "analytics.exclusion.funnel",
            f'funnel(view, "{choice.period}"' + (f', within="{county}")' if county else ")"),
        ),
    )


def _funnel_finding(table: pl.DataFrame, choice: ExclusionSelection, region: str) -> str:
    """Return where the place stands within the limits; one without a figure or of too few persons stands nowhere."""
    found, mine = choice.subject, table.filter(pl.col("region_code") == region)
    facts = {"place": place(region), "group": group_of(found.view), "period": rates.period(found, choice.period)}
    if mine.is_empty():
        return text("exclusion.funnel_without", **facts)
    count = mine["count"].item()
    if count is not None and count < FEW:
        return text("exclusion.funnel_few", **facts, least=FEW)
    return text("exclusion.funnel_finding", **facts, state=_inside_a_sentence(mine["state"].item()))


def _inside_a_sentence(state: str) -> str:
    return state[:1].lower() + state[1:]


def map_chart(choice: ExclusionSelection) -> Chart | NotEstimable:
    """Return the municipalities of the subject's county as tiles, or in boundaries the reader supplies."""
    found = subject_at(choice.subject, choice.period, "municipality")
    county = regions.county_of(found.region) or found.region
    if county == regions.NATION:
        return NotEstimable("no_county_map")
    table = named(map_of(found.view, choice.period, county), "name")
    if table.height == 1:
        return NotEstimable("only_municipality", (("county", place(county)),))
    if not table["value"].count():
        return NotEstimable("no_places", when(found.view.indicator, choice.period))
    shown = table.with_columns(pl.col("verdict").map_elements(lambda code: text(f"pictures.verdict.{code}"), pl.String))
    return rates.chart(
        found,
        "map",
        text("exclusion.map_note"),
        rates.least_note(table),
        finding=_map_finding(table, county, group_of(found.view), rates.period(found, choice.period)),
        picture=_map(choice, table)(narrow=visit.narrow()),
        table=shown.sort("name"),
        columns=(rates.place_column(), *columns_of("column", verdict="text"), *rates.figures()),
        code=rates.reproduction_code(
            found,
            f"map --period {choice.period}",
            "analytics.exclusion.county_map",
            f'county_map(view, "{choice.period}", "{county}")',
        ),
    )


def _map_finding(table: pl.DataFrame, county: str, group: PopulationGroup, at: str) -> str:
    """Return how many municipalities differ with certainty from the rest of the county; none is not counted."""
    facts = {"county": place(county), "group": group, "period": at}
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


def _map(choice: ExclusionSelection, table: pl.DataFrame) -> "partial[go.Figure]":
    by: choropleth_fills.By = "verdict" if choice.by == "verdict" else "value"
    bounds = county_map.class_bounds(table["value"]) if by == "value" else ()
    outlines = _outlines()
    if outlines is None:
        return partial(tile_map.tile_map, table, choice.subject.region, by=by, bounds=bounds)
    return partial(choropleth.boundary_map, outlines, table, choice.subject.region, by=by, bounds=bounds)


def _outlines() -> pl.DataFrame | None:
    """Draw the box for boundaries and return those the reader has brought; None where none are or they are refused."""
    with st.expander(text("exclusion.boundaries_heading")):
        given = upload.file(_BOUNDARIES)
        upload.draw(text("exclusion.boundaries"), ["geojson", "json"], _BOUNDARIES)
    outlines = None if given is None else _read(given)
    if isinstance(outlines, list):
        upload.refused(*outlines)
        return None
    return outlines


@cached_object
def _read(given: upload.Upload) -> pl.DataFrame | list[InnenforError]:
    """Return the outlines a file holds, or all that is wrong with it: read once, however often the reader clicks."""
    try:
        return county_map.read_boundaries(given.content, given.name)
    except ExceptionGroup as problems:
        if told := foreseen(problems):
            return told
        raise
