"""Where nothing is delivered yet: what is published now, what is missing, who delivers it, and how to begin."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from analytics.programme import templates
from data import paths
from pages.components import downloads
from pages.format.html import Html, link, tag, terms
from pages.format.texts import text
from pages.frame.url import widgets

_FACTS = ("now", "missing", "who", "how")
More = tuple[str, dict[str, str], str]
"""A link onwards: the page, what is chosen there, and the place on it."""


@dataclass(frozen=True)
class EmptyForm:
    """An empty form to take away: its name in the texts, the file's name, and what makes it."""

    name: str
    file: str
    make: Callable[[], bytes]


def form(name: str) -> EmptyForm:
    """Return a form of the programme or the experiments, a TOML file with a line for each field."""
    return EmptyForm(name, f"{name}.toml", partial(templates.template, name))


def show(
    name: str, *, forms: Sequence[EmptyForm] = (), command: str = "", more: More | None = None, **facts: object
) -> None:
    """Write the four facts, the forms, the command that takes a filled one on, and a link (`more`) to another page.

    The texts are `[begin.<name>] title, now, missing, who, how`.
    """
    with st.container(key=f"begin-{name}"):
        st.html(_card(name, {"home": in_home(), **facts}))
        if forms:
            with st.container(horizontal=True, key=f"files-of-{name}"):
                for each in forms:
                    download(each)
        if command:
            st.code(command, language=None, wrap_lines=True)
        if more:
            page, asked, place = more
            address = widgets.address(page, **asked) + (f"#{place}" if place else "")
            st.html(link(address, text(f"begin.{name}.more")))


def in_home(*parts: str) -> str:
    """Return where a file of the municipality's own lies, as a reader types it."""
    return paths.told(paths.home().joinpath(*parts))


def _card(name: str, facts: dict[str, object]) -> Html:
    told = {fact: (text(f"begin.fact.{fact}"), text(f"begin.{name}.{fact}", **facts)) for fact in _FACTS}
    items = (tag("div", terms((pair,)), class_=fact) for fact, pair in told.items())
    title = tag("h2", text(f"begin.{name}.title", **facts))
    return tag("section", title, tag("dl", *items), class_="innenfor-begin")


def download(each: EmptyForm) -> None:
    """Draw the button that takes an empty form away."""
    downloads.button(text(f"begin.form.{each.name}"), each.make, each.file, f"form-{each.name}")
