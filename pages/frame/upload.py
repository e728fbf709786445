"""A file the reader has brought: the session keeps it, also while the box it came in is not drawn."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any

import streamlit as st

from data.errors import InnenforError
from pages.format.html import Html, bullets, joined, style, tag
from pages.format.texts import language, text

_LINKS = (
    (re.compile(r":(?=//)"), ": "),
    (re.compile(r"\bwww\.", re.IGNORECASE), "www ."),
    (re.compile(r"\]\("), "] ("),
)
_ADDRESS = re.compile(r"(?<=\w)@(?=\w)")


@dataclass(frozen=True)
class Upload:
    """A file as it came: `id` is of this very upload, so that a file brought again is another.

    What is made of it may be kept by it: written as a key it is its id, however much it holds.
    """

    id: str
    name: str
    content: bytes = field(repr=False)


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
    st.html(box_words())
    st.file_uploader(label, type=types, key=box, on_change=_gone, args=(box,))
    kept = _kept(box)
    if kept is not None and st.session_state.get(box) is None:
        st.button(text("upload.remove", name=kept.name), key=f"{box}-remove", on_click=_gone, args=(box,))


def box_words(**own: str) -> Html:
    """Return a box's words, which style and `shell.js` put in the place of Streamlit's English ones.

    choose: on its button; heavy: of a file that is too large; drop: over the button, where the page has such words.
    """
    words = {"choose": text("upload.choose"), "heavy": text("upload.too_large"), **own}
    rules = "".join(f"--box-{name}:{json.dumps(said, ensure_ascii=False)};" for name, said in words.items())
    named = {f"data_{name}": said for name, said in words.items()}
    return joined((tag("span", class_="innenfor-box", **named), style(f":root{{{rules}}}")))


def unlinked(found: Any) -> Any:  # noqa: ANN401 - a frozen value of any kind, and one of the same kind
    """Return what a file held with its web addresses written so that no browser makes links of them.

    Whoever sends somebody a file must not put a way to elsewhere on our pages.
    """
    if isinstance(found, str):
        for pattern, harmless in _LINKS:
            found = pattern.sub(harmless, found)
        return _ADDRESS.sub(" (at) ", found)
    if isinstance(found, Mapping):
        return {key: unlinked(each) for key, each in found.items()}
    if type(found) in {list, tuple}:
        return type(found)(map(unlinked, found))
    if not is_dataclass(found) or isinstance(found, type):
        return found
    had = {each.name: getattr(found, each.name) for each in fields(found) if each.init}
    new = {name: unlinked(each) for name, each in had.items()}
    changed = {name: each for name, each in new.items() if each != had[name]}
    return replace(found, **changed) if changed else found


def refused(*problems: InnenforError, lead: str = "") -> None:
    """Say what is wrong with a file and what to do, a point for each problem where they are more than one.

    `lead` stands first where it is no file that was not taken in.
    """
    lines = [each.line(language()) for each in problems]
    first = tag("strong", lead or text("upload.refused"))
    words = [tag("p", first, " ", lines[0])] if len(lines) == 1 else [tag("p", first), bullets(lines)]
    st.html(tag("div", *words, class_="innenfor-notice warning", role="alert"))


def _kept(box: str) -> Upload | None:
    found: Upload | None = st.session_state.get(f"{box}-kept")
    return found


def _gone(box: str) -> None:
    """Leave a mark; whether a file came or went is seen by what the box holds."""
    st.session_state[f"{box}-gone"] = True
