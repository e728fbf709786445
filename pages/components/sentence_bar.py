"""The sentence that titles all on a page: place · group · time, on one line, in sight however far the reader goes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape

import streamlit as st

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
        parts = [f"<span>{escape(unbroken(each))}</span>" for each in words if each]
        dot = '<span class="dot" aria-hidden="true">·</span>'
        tail = f'<span class="aside">{escape(aside)}</span>' if aside else ""
        named = f'<span class="innenfor-heard">{escape(self.name)} </span>' if self.name else ""
        self.words.html(f"<h2>{named}{dot.join(parts)}{tail}</h2>")

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
