"""The mark of what is no result, above a part of a page and across it."""

import streamlit as st

from pages.format import marking


def say(*, example: bool) -> None:
    """Write the mark in words, nothing where none is needed."""
    if mark := marking.sentence(example=example):
        st.caption(f"**{mark}**")


def across(html: str, *, example: bool) -> str:
    """Return HTML with the mark written across it, as it is where it needs none."""
    word = marking.word(example=example)
    return f'<div class="innenfor-marked" data-mark="{word}">{html}</div>' if word else html
