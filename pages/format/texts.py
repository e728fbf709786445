"""The words of the screen, in the language this reader has chosen."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

import streamlit as st

from data.format import locales
from data.i18n import LANGUAGES, say

PACKAGE = "pages"
DEFAULT = LANGUAGES[0]
CHOSEN = "_innenfor_language"
_SPOKEN: ContextVar[str | None] = ContextVar("spoken", default=None)


def text(key: str, **facts: object) -> str:
    """Return a text of the screen in the reader's language, with the facts put in; KeyError where it is missing."""
    return say(PACKAGE, language(), key, **facts)


def listed(items: Sequence[object], lang: str | None = None) -> str:
    """Return items in a row of words: `2010, 2015 og 2021`; one stands alone, none is nothing."""
    return locales.listed(items, lang or language())


def language() -> str:
    """Return the language in use: that of `speaking`, else the one the reader has chosen, else bokmål."""
    return _SPOKEN.get() or str(st.session_state.get(CHOSEN, DEFAULT))


def other_language(lang: str) -> str:
    """Return the language the toggle offers."""
    return LANGUAGES[1 - LANGUAGES.index(lang)]


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Use one language inside the block: for notes, exports and tests, which have no reader at a screen."""
    token = _SPOKEN.set(lang)
    try:
        yield
    finally:
        _SPOKEN.reset(token)
