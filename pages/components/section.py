"""The head of a section of a long page: heading, what is said first, the mark of an example; one element of it."""

import streamlit as st

from pages.components import example_mark
from pages.format import marking
from pages.format.html import Html, emphasised, tag


def begin(title: str, anchor: str, *said: str) -> None:
    """Write the head of a section; anchor: what a link leads to it by; said: paragraphs, `**` around what is strong."""
    st.html(head(title, anchor, *said))


def write(title: str, anchor: str, *said: str, body: Html, example: bool) -> None:
    """Write a section that is all words: its head and its body, with the mark where it is no result."""
    mark = marking.sentence(example=example)
    marked = (f"**{mark}**",) if mark else ()
    st.html(tag("div", head(title, anchor, *said, *marked), example_mark.across(body, example=example)))


def head(title: str, anchor: str, *said: str) -> Html:
    """Return the head of a section."""
    paragraphs = (tag("p", emphasised(each)) for each in said if each)
    return tag("div", tag("h2", title, id=anchor), *paragraphs, class_="innenfor-section")
