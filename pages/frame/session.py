"""What the session of one reader remembers between two runs of a page; only the frame touches Streamlit's own."""

from typing import Any

import streamlit as st


def recall(key: str, otherwise: object = None) -> Any:  # noqa: ANN401 - whatever was remembered
    """Return what is remembered under a key."""
    return st.session_state.get(key, otherwise)


def remember(key: str, value: object = True) -> None:  # noqa: FBT002 - mostly it is remembered that something happened
    """Remember a value, or that something happened."""
    st.session_state[key] = value


def forget(key: str) -> None:
    """Forget what is remembered under a key, where anything is."""
    st.session_state.pop(key, None)
