"""The sentence that titles all on a page: place · group · time, on one line, in sight however far the reader goes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st

from pages.format.html import tag
from pages.format.numbers import unbroken
from pages.format.place_names import place
from pages.format.texts import text
from pages.frame import expander
from pages.frame.streamlit_internals import DeltaGenerator
from pages.frame.url import widgets


@dataclass(frozen=True)
class SentenceBar:
    """The bar of a page: what is chosen in it (mostly a place) as code and in words, its row, and its other words."""

    chosen: str
    name: str
    row: DeltaGenerator
    words: DeltaGenerator

    def say(self, *words: str, aside: str = "") -> None:
        """Write what follows the choice, a heading with it: the group, the time; `aside` where there is room for it."""
        dot = tag("span", "·", class_="dot", aria_hidden="true")
        parts = [part for each in words if each for part in (dot, tag("span", unbroken(each)))][1:]
        tail = (tag("span", aside, class_="aside"),) if aside else ()
        named = (tag("span", f"{self.name} ", class_="innenfor-heard"),) if self.name else ()
        self.words.html(tag("h2", *named, *parts, *tail))

    @contextmanager
    def change(self, name: str) -> Iterator[None]:
        """Keep the choices of group, time and more behind the bar's button."""
        with self.row, expander.pocket(text("choose.change"), name):
            yield


def draw(choose: Callable[[], tuple[str, str]] | None = None) -> SentenceBar:
    """Draw the bar with its choice, of place unless `choose` draws another and returns its code and name."""
    row = st.container(horizontal=True, vertical_alignment="center", wrap=False, key="innenfor-bar")
    with row:
        chosen, name = (choose or _place)()
        return SentenceBar(chosen, name, row, st.empty())


def _place() -> tuple[str, str]:
    """Draw the choice of place; it also finds places by their other names, as the reader types."""
    region = widgets.region(quiet=True)
    return region, place(region)
