"""A file the reader has brought: the session keeps it, also while the box it came in is not drawn."""

from dataclasses import dataclass
from html import escape

import streamlit as st

from data.errors import InnenforError
from pages.format.texts import language, text


@dataclass(frozen=True)
class Upload:
    """A file as it came: `id` is of this very upload, so that a file brought again is another."""

    id: str
    name: str
    content: bytes


def file(box: str) -> Upload | None:
    """Return the file brought through a box, None where there is none or it was taken away."""
    here, kept = st.session_state.get(box), _kept(box)
    if here is not None and (kept is None or kept.id != here.file_id):
        kept = Upload(here.file_id, str(here.name), here.getvalue())
        st.session_state[f"{box}-kept"] = kept
    elif here is None and kept is not None and f"{box}-gone" in st.session_state:
        st.session_state.pop(f"{box}-kept")
        kept = None
    st.session_state.pop(f"{box}-gone", None)
    return kept


def draw(label: str, types: list[str], box: str) -> None:
    """Draw the box, and a button that takes away what was brought before it was drawn anew."""
    st.file_uploader(label, type=types, key=box, on_change=_gone, args=(box,))
    kept = _kept(box)
    if kept is not None and st.session_state.get(box) is None:
        st.button(text("upload.remove", name=kept.name), key=f"{box}-remove", on_click=_gone, args=(box,))


def refused(*problems: InnenforError, lead: str = "") -> None:
    """Say what is wrong with a file and what to do, a point for each problem where they are more than one.

    `lead` stands first where it is no file that was not taken in.
    """
    lines = [escape(each.line(language())) for each in problems]
    lead = f"<strong>{escape(lead or text('upload.refused'))}</strong>"
    points = "".join(f"<li>{line}</li>" for line in lines)
    words = f"<p>{lead} {lines[0]}</p>" if len(lines) == 1 else f"<p>{lead}</p><ul>{points}</ul>"
    st.html(f'<div class="innenfor-notice warning" role="alert">{words}</div>')


def _kept(box: str) -> Upload | None:
    found: Upload | None = st.session_state.get(f"{box}-kept")
    return found


def _gone(box: str) -> None:
    """Leave a mark; whether a file came or went is seen by what the box holds."""
    st.session_state[f"{box}-gone"] = True
