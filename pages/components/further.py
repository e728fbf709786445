"""The ways on from a page's story: its other pictures, each with the question it answers; the workshop has the rest."""

from collections.abc import Sequence

import streamlit as st

from pages.format.html import Html, anchor, bullets, joined, link, tag
from pages.format.numbers import capitalise_first
from pages.format.texts import text
from pages.frame.url import widgets

STORY = "story"
"""The option of a page that shows its story: a few pictures together, instead of one."""

SPECIAL: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "exclusion": ("picture", "exclusion.says", ("standardised", "funnel", "profile")),
    "cohorts": ("cohorts.picture", "cohorts.says", ("lexis", "apart")),
    "gains": ("gains.picture", "gains.says", ("tornado", "sharing", "tax_krone", "trust", "parameters")),
}
"""Page → the texts that name its pictures and tell of them, and those of its pictures that are for specialists."""


def show(page: str, pictures: Sequence[str], shown: str) -> None:
    """Write links to the other pictures of a page, and to the workshop, where those for specialists are listed.

    shown: the picture that stands alone on the page now, or `STORY`.
    """
    back = (link(widgets.here(picture=STORY), text("further.back")),) if shown != STORY else ()
    others = _links(page, {each: widgets.here(picture=each) for each in pictures if each != shown})
    experts = link(widgets.address("workshop", **_place(), part="pictures"), text("further.special"))
    heading = tag("h2", text("further.heading"))
    st.html(tag("section", heading, *back, others, experts, class_="innenfor-further"))


def show_special() -> None:
    """Write links to the pictures for specialists, page by page, of the place the link is about."""
    for page, (_, _, pictures) in SPECIAL.items():
        links = {each: widgets.address(page, **_place(), picture=each) for each in pictures}
        heading = tag("h2", text(f"page.{page}.menu"))
        st.html(tag("section", heading, _links(page, links), class_="innenfor-further"))


def told(page: str, pictures: Sequence[str]) -> dict[str, str]:
    """Return the same ways on as a list to choose from, where a link would lose what the reader has brought."""
    group, says, special = SPECIAL[page]
    named = {each: f"{text(f'{group}.{each}')}: {text(f'{says}.{each}')}" for each in (*pictures, *special)}
    named |= {each: f"{named[each]} ({text('further.expert')})" for each in special}
    return {STORY: text("further.whole"), **named}


def _place() -> dict[str, str]:
    """Return the place as a link carries it, where there is one."""
    region = widgets.region_followed()
    return {"region": region} if region else {}


def _links(page: str, addresses: dict[str, str]) -> Html:
    group, says, _ = SPECIAL[page]
    items = [
        joined(
            (
                anchor(address, text(f"{group}.{each}")),
                " ",
                tag("span", capitalise_first(text(f"{says}.{each}"))),
            )
        )
        for each, address in addresses.items()
    ]
    return bullets(items) if items else Html()
