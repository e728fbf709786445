"""One run of a page: which page and screen, what it has cited so far, and the state of the data it began with."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

import streamlit as st

from pages.frame.source_footer import Citation


@dataclass
class Visit:
    """What is true for one run, and what the page has told in it."""

    page: str
    narrow: bool
    state: str = ""
    citations: list[Citation] = field(default_factory=list)
    titled: bool = False


VISIT: ContextVar[Visit | None] = ContextVar("visit", default=None)


@contextmanager
def visiting(name: str) -> Iterator[Visit]:
    """Begin a run of the page with a file name; it ends with the block."""
    visit = Visit(name, _told_narrow())
    token = VISIT.set(visit)
    try:
        yield visit
    finally:
        VISIT.reset(token)


def one_state(ask: Callable[[], str]) -> str:
    """Return the state of the data, asked for once a run: a page does not change build halfway."""
    visit = VISIT.get()
    if visit is None:
        return ask()
    visit.state = visit.state or ask()
    return visit.state


def narrow() -> bool:
    """Return whether the reader's screen is a phone's, as the browser told when it connected."""
    visit = VISIT.get()
    return _told_narrow() if visit is None else visit.narrow


def _told_narrow() -> bool:
    return dict(st.context.cookies).get("innenfor_narrow") == "1"
