"""The buttons that take a picture away as PNG or SVG: the browser that drew it frames it when it is asked for.

What is drawn is what is written: the same lines, with the finding, what it is about and its source around them
(`pages/static/pictures.js`). The server draws nothing anew, and shows nothing the picture does not show.
"""

from dataclasses import dataclass

import streamlit as st

from pages.format import marking
from pages.format.html import Html, image, joined, tag
from pages.format.texts import text
from pages.svg.markup import Drawing

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
    st.html(take(frame))


def drawn(frame: PictureFrame, *layers: Drawing) -> tuple[Html, Html]:
    """Return a picture of the server, one drawing or some over each other, and its buttons, folded up.

    No picture is shown without them: where the page puts the two is its own affair.
    """
    shown = joined(pictured(each, each.alt) for each in layers)
    return shown, tag("details", tag("summary", text("chart.take")), take(frame), class_="innenfor-take-fold")


def pictured(layer: Drawing, alt: str) -> Html:
    """Return a drawing of the server as HTML, with its words for who does not see it."""
    return image(layer.sent or layer.address, alt, layer.width, layer.height)


def take(frame: PictureFrame) -> Html:
    """Return the buttons of a picture as HTML."""
    told = {
        "picture": f".{frame.where}",
        "title": frame.title,
        "about": frame.about,
        "source": frame.source,
        "foot": text(marking.name_key()),
        "file": marking.file_name(frame.file),
    }
    facts = {f"data_{name}": words for name, words in told.items()}
    named = (tag("button", text(f"chart.download_{kind}"), type="button", data_kind=kind) for kind in KINDS)
    return tag("div", *named, class_="innenfor-take", **facts)
