"""What stands beneath a picture or a table: its source, the same numbers as a table, the files, words to copy.

What is folded up is made when it is opened: a page sends the pictures first, and no table nobody asked for.
"""

from collections.abc import Callable, Sequence
from functools import partial

import polars as pl
import streamlit as st

from data.i18n import speaking
from pages.components import downloads, share
from pages.format import marking, texts
from pages.format.texts import text
from pages.frame.source_footer import Citation


def source_line(sources: Sequence[Citation]) -> str:
    """Return the line beneath a picture: publishers, titles and editions."""
    items = [
        text("chart.source_item", publisher=each.publisher, title=each.title, edition=each.told) for each in sources
    ]
    return text("chart.source_line", sources="; ".join(dict.fromkeys(items)))


def short_source_line(sources: Sequence[Citation]) -> str:
    """Return publishers and editions; their titles stand at the foot of the page, once."""
    items = [text("chart.source_short", publisher=each.publisher, edition=each.told_short) for each in sources]
    return text("chart.source_line", sources="; ".join(dict.fromkeys(items)))


def to_take(stem: str, write: Callable[[], object]) -> None:
    """Draw the button that opens what can be taken away, drawn by `write` when it is opened."""
    folded = st.popover(text("chart.take"), key=f"take-{stem}", on_change="rerun")
    if folded.open:
        with folded:
            write()


def files(
    frame: pl.DataFrame, sources: Sequence[Citation], stem: str, *, example: bool = False, name: str = ""
) -> None:
    """Draw the two download buttons of a table; `stem` names the elements, and the files where `name` does not."""
    for kind, make in (("csv", downloads.csv), ("xlsx", downloads.xlsx)):
        data = partial(_spoken, make, frame, sources, texts.language(), example=example)
        file = marking.file_name(f"{name or stem}.{kind}")
        downloads.button(text(f"chart.download_{kind}"), data, file, f"{kind}-{stem}")


def to_share(sentence: str, sources: Sequence[Citation], codes: Sequence[str], *, example: bool) -> None:
    """Write the finding to copy, and the commands (`codes`: shell, Python) that give the same numbers."""
    share.write(sentence, sources, example=example)
    for key, code, language in zip(("command", "python"), codes, ("bash", "python"), strict=True):
        if code:
            st.markdown(f"**{text(f'chart.{key}')}**")
            st.code(code, language=language, wrap_lines=True)


def _spoken(
    make: Callable[..., bytes], frame: pl.DataFrame, sources: Sequence[Citation], lang: str, *, example: bool
) -> bytes:
    with speaking(lang):
        return make(frame, sources, example=example)
