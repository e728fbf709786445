"""What is folded up: made when it is opened, so that a page sends first what everyone sees."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import streamlit as st

from pages.frame import shell
from pages.frame.streamlit_internals import ExpanderContainer, PopoverContainer

_OPEN: ContextVar[bool] = ContextVar("open", default=True)


def is_open() -> bool:
    """Return whether what is asked for now is seen: choices in a fold that is shut are read from the link only."""
    return _OPEN.get()


@contextmanager
def choices(label: str, name: str, *, expanded: bool = False) -> Iterator[None]:
    """Fold up choices; the page is run anew when they are opened. `name` is the fold's own on its page."""
    with _opened(st.expander(label, expanded=expanded, key=f"fold-{shell.current()}-{name}", on_change="rerun")):
        yield


@contextmanager
def pocket(label: str, name: str) -> Iterator[None]:
    """Keep choices behind a button, where a fold would push the picture down; otherwise as `choices`."""
    with _opened(st.popover(label, key=f"fold-{shell.current()}-{name}", on_change="rerun")):
        yield


@contextmanager
def _opened(fold: ExpanderContainer | PopoverContainer) -> Iterator[None]:
    token = _OPEN.set(bool(fold.open))
    try:
        with fold:
            yield
    finally:
        _OPEN.reset(token)


@st.fragment
def reading(label: str, name: str, write: Callable[[], object]) -> None:
    """Fold up something to read, written by `write` when it is opened; only the fold is run anew."""
    fold = st.expander(label, key=f"read-{name}", on_change="rerun")
    if fold.open:
        with fold:
            write()
