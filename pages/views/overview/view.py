"""The municipality's sheet: four questions with a verdict and a picture each, the map, and what is new."""

import datetime as dt

import streamlit as st

from analytics import provenance, regions
from analytics.data_quality import figure_ages
from analytics.exclusion.key_messages import Message
from pages.components import sentence_bar
from pages.components.citations import citation
from pages.format.html import Html, bullets, emphasised, link, tag
from pages.format.numbers import capitalise_first, period
from pages.format.place_names import group_of, place
from pages.format.sentences import status
from pages.format.texts import language, text
from pages.frame import shell
from pages.frame.cache import cached_value
from pages.frame.url import widgets
from pages.frame.url.choices import OF_PLACE
from pages.views.overview import country_map, tile
from pages.views.overview.answers import answer
from pages.views.overview.tiles import about, messages_of, tiles

ages_of_figures = cached_value(figure_ages)
editions = cached_value(provenance.editions)
missing_figures = cached_value(provenance.missing)
_NEWEST = 3


def choose() -> str:
    """Check the link, draw what titles all on the page, place · group · time, and return the place."""
    OF_PLACE.open()
    bar = sentence_bar.draw()
    level = next(iter(messages_of(bar.chosen)), None)
    if level is not None:
        bar.say(str(group_of(level.subject.view)), period(level.rate.period), aside=status(level.rate))
    return bar.chosen


def show_tiles(region: str) -> None:
    """Write the four tiles of a region's sheet."""
    sheet = tiles(region)
    shell.cite(*(source for each in sheet for source in each.sources))
    st.html(tile.grid(sheet, about(region)))


def show_rest(region: str) -> None:
    """Write the map, the other answers, and what is new."""
    found = {each.question: each for each in messages_of(region)}
    if "how_many" in found and (drawn := country_map.country(found["how_many"])):
        st.html(drawn)
        shell.cite(country_map.borders())
    st.html(_more(region, found))
    _newest()


def _more(region: str, found: dict[str, Message]) -> Html:
    """Return the other answers, without pictures: reduced work capacity, and what nobody has published."""
    cards = []
    if "work_capacity" in found:
        message = found["work_capacity"]
        shell.cite(citation(message.subject.view.edition, message.subject.view.indicator))
        shown = {"region": region, "indicator": message.subject.view.indicator, "picture": "trend"}
        address = widgets.address("exclusion", **shown)
        cards.append(_card("work_capacity", answer(message), address))
    cards.append(_card("missing", _missing(region), widgets.address("method") + "#missing"))
    return tag("div", *cards, class_="innenfor-answers")


def _card(question: str, said: str, address: str) -> Html:
    heading, way = (
        tag("h2", text(f"overview.{question}")),
        link(address, text(f"overview.see{'_missing' if question == 'missing' else ''}")),
    )
    return tag("section", heading, tag("p", emphasised(said)), way)


def _missing(region: str) -> str:
    names = ", ".join(_lower(each.label[language()]) for each in missing_figures(region))
    return text("overview.missing_answer", place=place(region), what=names)


def _newest() -> None:
    """Write the newest editions, which figure is the newest, and the way to how old all the others are."""
    newest_editions = sorted(editions(), key=lambda each: each.published, reverse=True)[:_NEWEST]
    items = bullets(_edition(each) for each in newest_editions)
    st.html(tag("section", tag("h2", text("overview.new")), items, class_="innenfor-new"))
    newest = ages_of_figures(regions.home(), dt.datetime.now(dt.UTC).date()).row(0, named=True)
    indicator = provenance.indicators()[newest["indicator"]]
    told = text(
        "overview.newest", what=_lower(indicator.label[language()]), months=newest["months"],
        period=period(newest["period"], frequency=indicator.frequency),
    )  # fmt: skip
    st.caption(f"{told} [{text('overview.ages')}]({widgets.address('method')}#ages)")


def _edition(each: provenance.Edition) -> str:
    facts = {"when": period(each.published), "publisher": each.publisher, "title": each.titled(language())}
    return capitalise_first(text("overview.new_item", **facts))


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]
