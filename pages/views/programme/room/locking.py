"""What locking a design means, said in its form before it is done."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import streamlit as st

from analytics.programme import withdrawal
from benefits.realisation.plan import today
from pages.format import numbers
from pages.format.texts import text

START = "design.started"


def told(kind: str, typed: Mapping[str, Any]) -> None:
    """Write that what is locked is not changed afterwards, and what a start that has been comes to."""
    if kind not in withdrawal.LOCKS:
        return
    st.caption(text(f"room.lock_lead.{kind}"))
    start = typed.get(START)
    if isinstance(start, dt.date) and start < today():
        st.warning(text("room.lock_late", day=numbers.date(start)))
