"""Parts of a long page: each a link that opens it in its place, so that the page sends only what is read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from pages.format.html import anchor, bullets
from pages.format.texts import language
from pages.frame import shell
from pages.frame.url import state, widgets

PART = "part"


@dataclass(frozen=True)
class PagePart:
    """A part: its own name on its page and in the link (`?part=name`), its label, and what writes it."""

    name: str
    label: str
    write: Callable[[], object]


def show(several: Sequence[PagePart]) -> None:
    """Write parts in their order: links to those that are shut, and the one the link asks for, which can be shut."""
    shut: list[PagePart] = []
    for part in several:
        if not _is_open(part.name):
            shut.append(part)
            continue
        _links(shut)
        shut = []
        with st.expander(part.label, key=_key(part.name), on_change=_tell, args=(part.name,)):
            part.write()
    _links(shut)


def _links(shut: Sequence[PagePart]) -> None:
    if shut:
        lines = (anchor(widgets.here(part=part.name), part.label) for part in shut)
        st.html(bullets(lines, class_="innenfor-parts"))


def _is_open(name: str) -> bool:
    """Return whether a part is open: as the reader left it, else as the link asks."""
    return bool(st.session_state.setdefault(_key(name), state.get(PART) == name))


def _tell(name: str) -> None:
    if not st.session_state.get(_key(name)) and state.get(PART) == name:
        state.drop(PART)


def _key(name: str) -> str:
    return f"{state.CHOICE}{shell.current()}-{PART}-{name}-{language()}"
