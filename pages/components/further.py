"""The ways on from a page's story: its other pictures, each with the question it answers, and those for specialists."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from pages.components import html
from pages.format.texts import text
from pages.frame.url import widgets

STORY = "story"
"""The option of a page that shows its story: a few pictures together, instead of one."""


def show(group: str, says: str, pictures: Sequence[str], special: Sequence[str], shown: str) -> None:
    """Write links to the pictures, named by the texts of `group` and told by those of `says`.

    shown: the picture that stands alone on the page now, or `STORY`.
    """
    heading = text("further.heading")
    back = html.link(widgets.here(picture=STORY), text("further.back")) if shown != STORY else ""
    others = _links(group, says, [each for each in pictures if each != shown])
    experts = _links(group, says, [each for each in special if each != shown])
    folded = f"<details><summary>{escape(text('further.special'))}</summary>{experts}</details>" if experts else ""
    st.html(f'<section class="innenfor-further"><h2>{escape(heading)}</h2>{back}{others}{folded}</section>')


def choose(group: str, says: str, pictures: Sequence[str], special: Sequence[str]) -> str:
    """Draw the same ways on as one list, where a link would lose what the reader has brought; return the picture."""
    told = {each: f"{text(f'{group}.{each}')}: {text(f'{says}.{each}')}" for each in (*pictures, *special)}
    told |= {each: f"{told[each]} ({text('further.expert')})" for each in special}
    return widgets.one_of("picture", {STORY: text("further.whole"), **told}, STORY, text("further.heading"))


def _links(group: str, says: str, pictures: Sequence[str]) -> str:
    items = "".join(
        f'<li><a href="{escape(widgets.here(picture=each))}" target="_self">{escape(text(f"{group}.{each}"))}</a> '
        f"<span>{escape(text(f'{says}.{each}'))}</span></li>"
        for each in pictures
    )
    return f"<ul>{items}</ul>" if items else ""
