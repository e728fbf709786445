"""The ways on from a page's story: its other pictures, each with the question it answers; the workshop has the rest."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from pages.components import html
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
    back = html.link(widgets.here(picture=STORY), text("further.back")) if shown != STORY else ""
    others = _links(page, {each: widgets.here(picture=each) for each in pictures if each != shown})
    experts = html.link(widgets.address("workshop", **_place(), part="pictures"), text("further.special"))
    heading = escape(text("further.heading"))
    st.html(f'<section class="innenfor-further"><h2>{heading}</h2>{back}{others}{experts}</section>')


def show_special() -> None:
    """Write links to the pictures for specialists, page by page, of the place the link is about."""
    for page, (_, _, pictures) in SPECIAL.items():
        links = {each: widgets.address(page, **_place(), picture=each) for each in pictures}
        heading = escape(text(f"page.{page}.menu"))
        st.html(f'<section class="innenfor-further"><h2>{heading}</h2>{_links(page, links)}</section>')


def choose(page: str, pictures: Sequence[str]) -> str:
    """Draw the same ways on as one list, where a link would lose what the reader has brought; return the picture."""
    group, says, special = SPECIAL[page]
    told = {each: f"{text(f'{group}.{each}')}: {text(f'{says}.{each}')}" for each in (*pictures, *special)}
    told |= {each: f"{told[each]} ({text('further.expert')})" for each in special}
    return widgets.one_of("picture", {STORY: text("further.whole"), **told}, STORY, text("further.heading"))


def _place() -> dict[str, str]:
    """Return the place as a link carries it, where there is one."""
    region = widgets.region_followed()
    return {"region": region} if region else {}


def _links(page: str, addresses: dict[str, str]) -> str:
    group, says, _ = SPECIAL[page]
    items = "".join(
        f'<li><a href="{escape(address)}" target="_self">{escape(text(f"{group}.{each}"))}</a> '
        f"<span>{escape(capitalise_first(text(f'{says}.{each}')))}</span></li>"
        for each, address in addresses.items()
    )
    return f"<ul>{items}</ul>" if items else ""
