"""The mark of what is no result, above a part of a page and across it."""

import streamlit as st

from pages.format import marking
from pages.format.html import Html, tag


def say(*, example: bool) -> None:
    """Write the mark in words, nothing where none is needed."""
    if mark := marking.sentence(example=example):
        st.caption(f"**{mark}**")


def across(shown: Html, *, example: bool) -> Html:
    """Return HTML with the mark written across it, as it is where it needs none."""
    word = marking.word(example=example)
    return tag("div", shown, class_="innenfor-marked", data_mark=word) if word else shown
