"""The buttons that take a place's sheet away, as PDF and as a picture."""

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from pages.components import downloads
from pages.format import marking
from pages.format.texts import language, text

if TYPE_CHECKING:
    from pages.report.sheet import Kind


def show(region: str) -> None:
    """Draw the buttons; a sheet is made when it is asked for."""
    kinds: tuple[Kind, ...] = ("pdf", "png")
    with st.container(horizontal=True, key="files-sheet"):
        for kind in kinds:
            made = partial(_made, region, language(), kind)
            name = marking.file_name(f"{region}-{language()}.{kind}")
            downloads.button(text(f"sheet.{kind}"), made, name, f"{kind}-sheet")


def _made(region: str, lang: str, kind: "Kind") -> bytes:
    from pages.report.sheet import sheet

    return sheet(region, lang, kind)
