"""The accessibility statement: how far the pages are in accordance with the law, what is not, and whom to tell."""

import datetime as dt

import streamlit as st

from data.settings import settings
from pages.format.numbers import date
from pages.format.texts import text

GAPS = ("pointer", "pdf", "size")
TRIED = dt.date(2026, 11, 29)  # when the whole of `tested` was last done


def show() -> None:
    """Write the statement."""
    st.markdown(text("accessibility.status"))
    gaps = "\n".join(f"- {text(f'accessibility.gap.{each}')}" for each in GAPS)
    st.markdown(f"{text('accessibility.known')}\n\n{gaps}")
    st.markdown(text("accessibility.tested", day=date(TRIED)))
    st.markdown(text("accessibility.contact", contact=settings().contact or text("accessibility.nobody")))
