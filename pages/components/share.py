"""A finding to pass on: one sentence with its source and a link to the view it stands in, ready to copy."""

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from pages.format import marking, texts
from pages.format.texts import text
from pages.frame.source_footer import Citation
from pages.frame.url import state


def show(sentence: str, sources: Sequence[Citation], stem: str, *, example: bool = False) -> None:
    """Draw the button that opens the sentence in a box with a copy button; `stem` names the element."""
    with st.popover(text("share.button"), key=f"share-{stem}"):
        write(sentence, sources, example=example)


def write(sentence: str, sources: Sequence[Citation], *, example: bool = False) -> None:
    """Write the sentence in a box with a copy button."""
    st.markdown(text("share.how"))
    st.code(line(sentence, sources, here(), example=example), language=None, wrap_lines=True)


def line(sentence: str, sources: Sequence[Citation], address: str, *, example: bool = False) -> str:
    """Return a finding on one line: what is made up says so first, then the sentence, its sources and the link."""
    named = "; ".join(dict.fromkeys(f"{each.publisher}, {each.title} ({each.told})" for each in sources))
    parts = [f"{mark}:" if (mark := marking.word(example=example)) else "", _whole(sentence)]
    parts += [text("share.source", sources=named) if named else "", address]
    return " ".join(" ".join(filter(None, parts)).split())


def here() -> str:
    """Return the address of the view the reader sees, with everything chosen in it; "" where it is not known."""
    root = str(st.context.url or "").split("?")[0]
    spoken = {} if texts.language() == texts.DEFAULT else {"lang": texts.language()}
    query = urlencode(state.every() | spoken, doseq=True)
    return f"{root}?{query}" if root and query else root


def _whole(sentence: str) -> str:
    return sentence if sentence.rstrip().endswith((".", "!", "?")) else f"{sentence.rstrip()}."
