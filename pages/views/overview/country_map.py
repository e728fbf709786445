"""The municipalities on a map, and the list beside it: the way for those who cannot point."""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from analytics import regions
from analytics.exclusion import county_map, subject
from analytics.exclusion.county_map import classified
from analytics.exclusion.key_messages import Message
from analytics.exclusion.rates import cross_section
from analytics.exclusion.subject import Subject
from data.settings import settings
from data.toml import toml_table
from pages.components import chart_footer, picture_files, rates
from pages.components.picture_files import PictureFrame
from pages.format import numbers
from pages.format.html import Html, anchor, bullets, joined, tag
from pages.format.place_names import group_of, place
from pages.format.texts import language, text
from pages.frame.cache import cached_object, cached_value
from pages.frame.source_footer import Citation
from pages.frame.url import widgets
from pages.plots import choropleth_fills, theme
from pages.server import held_pictures
from pages.svg.markup import Drawing
from pages.svg.norway_picture import OUTLINES, norway_picture, place_outline

subject_at = cached_value(subject.at)
newest_of_municipalities = cached_value(subject.newest_of_municipalities)
figures_of_places = cached_value(cross_section)


def municipalities(message: Message) -> tuple[pl.DataFrame, Subject, str]:
    """Return the figures of every municipality, as the message is read, in the newest period they have any."""
    when = newest_of_municipalities(message.subject) or message.rate.period
    found = subject_at(message.subject, when, "municipality")
    return figures_of_places(found.view, when, "municipality"), found, when


def country(message: Message) -> Html:
    """Return the map of every municipality with its legend, and the places near as a list; "" without any."""
    rows, found, when = municipalities(message)
    bounds = class_bounds(rows)
    if not bounds:
        return Html()
    fills = _fills(rows, bounds)
    drawn, own = _drawn(found, when), place_outline(_own(message.subject.asked), fills)
    legend = bullets(_swatches(bounds), class_="legend")
    group, time = str(group_of(found.view)), rates.period(found, when)
    heading = text("overview.map", group=group, period=time)
    cited = chart_footer.source_line((*rates.sources(found, rows), borders()))
    about = " · ".join((place(message.subject.asked), group, time))
    frame = PictureFrame("innenfor-country", heading, about, cited, "map")
    pictures, take = picture_files.drawn(frame, replace(drawn, sent=held_pictures.hold(drawn.svg)), own)
    body = tag("div", tag("div", tag("div", pictures, class_="map"), legend, take), _near(message))
    return tag("section", tag("h2", heading), body, class_="innenfor-country")


@cached_object
def _drawn(found: Subject, when: str) -> Drawing:
    """Return the map itself: the same for every place of a county, and so drawn and sent once."""
    rows = cross_section(found.view, when, "municipality")
    facts = {"group": group_of(found.view), "period": rates.period(found, when)}
    return norway_picture(
        _fills(rows, class_bounds(rows)), text("overview.map_alt", **facts, count=numbers.number(_sure(rows).height))
    )


def class_bounds(rows: pl.DataFrame) -> tuple[float, ...]:
    """Return the bounds between the classes of those figures that rest on persons enough."""
    return county_map.class_bounds(_sure(rows)["value"])


def _sure(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.filter(~pl.col("small"), ~pl.col("lower_bound")).drop_nulls("value")


def _own(asked: str) -> tuple[str, ...]:
    """Return the municipalities of the place asked for: itself, or those of the county."""
    if regions.level_of(asked) != "county":
        return (asked,)
    table = regions.current_regions().filter(pl.col("county") == asked, pl.col("level") == "municipality")
    return tuple(table["code"])


def borders() -> Citation:
    """Return where the borders come from."""
    about = toml_table(OUTLINES.with_suffix(".toml"))
    title, note = about["title"][language()], about["note"][language()]
    return Citation(about["publisher"], title, about["issued"], about["licence"], about["url"], credit=note)


def _fills(rows: pl.DataFrame, bounds: Sequence[float]) -> dict[str, str]:
    """Return code → fill: its class, or that of what is unknown or rests on too few persons."""
    shown = classified(rows, bounds).with_columns(pl.when(~pl.col("small")).then("value_class").alias("value_class"))
    classes = {number: choropleth_fills.of_class(number, bounds).fill for number in range(len(bounds) + 1)}
    pairs = shown.select("region_code", "value_class").iter_rows()
    return {code: classes.get(number, theme.colour("hairline")) for code, number in pairs}


def _swatches(bounds: Sequence[float]) -> list[Html]:
    shades = [choropleth_fills.of_class(number, bounds) for number in range(len(bounds) + 1)]
    pairs = [(shade.fill, shade.label) for shade in shades]
    pairs.append((theme.colour("hairline"), text("overview.map_open", least=_least())))
    return [joined((tag("span", class_="innenfor-drawn", style=f"background:{fill}"), label)) for fill, label in pairs]


def _least() -> int:
    return settings().small_numbers.grey_below


def _near(message: Message) -> Html:
    """Return the places beside the chosen one, highest first: its county's municipalities, or the counties."""
    asked = message.subject.asked
    county = regions.county_of(asked) if asked != regions.NATION else None
    level = "municipality" if county else "county"
    if county:
        rows, _, when = municipalities(message)
        members = regions.current_regions().filter(pl.col("county") == county, pl.col("level") == level)["code"]
        rows = rows.filter(pl.col("region_code").is_in(members.implode()))
    else:
        when = message.rate.period
        rows = figures_of_places(subject_at(message.subject, when, level).view, when, level)
    told = pl.when(~pl.col("small")).then("value")  # of too few the order would tell what the words do not
    rows = rows.sort(told, "region_code", descending=[True, False], nulls_last=True)
    heading = text(
        f"overview.near_{'county' if county else 'nation'}",
        county=place(county or asked),
        period=rates.period(message.subject, when),
    )
    lines = bullets(_line(row, asked) for row in rows.iter_rows(named=True))
    return tag("div", tag("h3", heading), lines, class_="near")


def _line(row: dict[str, object], asked: str) -> Html:
    code, value = str(row["region_code"]), row["value"]
    share = numbers.percent(value) if isinstance(value, float) else numbers.unknown()
    if row["small"] and isinstance(value, float):
        share = text("overview.near_few", least=_least())
    here = "true" if code == asked else False
    name = anchor(widgets.address("", region=code), place(code), aria_current=here)
    return joined((name, " ", tag("span", share)))
