"""Words of the programme that the page and the note share."""

from collections.abc import Sequence

import streamlit as st

from analytics.programme.readings import Voice
from pages.format.numbers import number
from pages.format.texts import text


def asked(voice: Voice) -> str:
    """Return how many young people an insight comes from."""
    return text("programme.more_than" if voice.at_least else "programme.participants", count=number(voice.participants))


def quoted(words: str) -> str:
    """Return what somebody said between the quotation marks of the reader's language."""
    return text("programme.quote", words=words)


def listed_below(lines: Sequence[str], *, numbered: bool = False) -> None:
    """Write lines as a list."""
    st.markdown("\n".join(f"{f'{place}.' if numbered else '-'} {line}" for place, line in enumerate(lines, 1)))
