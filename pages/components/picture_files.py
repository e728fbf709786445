"""The buttons that take a picture away as PNG or SVG: the browser that drew it frames it when it is asked for.

What is drawn is what is written: the same lines, with the finding, what it is about and its source around them
(`pages/static/pictures.js`). The server draws nothing anew, and shows nothing the picture does not show.
"""

from dataclasses import dataclass
from html import escape

import streamlit as st

from pages.format import marking
from pages.format.texts import text

KINDS = ("png", "svg")


@dataclass(frozen=True)
class PictureFrame:
    """What stands around a picture that is taken away.

    where: the class of the part of the page it is drawn in. about: place, group and time in words; source: its line;
    file: the name of the file without its kind.
    """

    where: str
    title: str
    about: str
    source: str
    file: str


def buttons(frame: PictureFrame) -> None:
    """Draw the buttons of a picture."""
    st.html(html(frame))


def folded(frame: PictureFrame) -> str:
    """Return the buttons of a picture of the server as HTML, folded up."""
    return f'<details class="innenfor-take-fold"><summary>{escape(text("chart.take"))}</summary>{html(frame)}</details>'


def html(frame: PictureFrame) -> str:
    """Return the buttons of a picture as HTML."""
    told = {
        "picture": f".{frame.where}",
        "title": frame.title,
        "about": frame.about,
        "source": frame.source,
        "foot": text(marking.name_key()),
        "file": marking.file_name(frame.file),
    }
    facts = " ".join(f'data-{name}="{escape(words)}"' for name, words in told.items())
    named = "".join(
        f'<button type="button" data-kind="{kind}">{escape(text(f"chart.download_{kind}"))}</button>' for kind in KINDS
    )
    return f'<div class="innenfor-take" {facts}>{named}</div>'
