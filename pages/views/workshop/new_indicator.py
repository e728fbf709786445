"""A table nobody has catalogued: the form in which somebody says what its figures mean."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages.format.texts import text
from pages.frame import session
from pages.views.workshop import errand
from pages.views.workshop.errand import Errand

WORDS = ("label", "definition", "unit", "denominator")
POLARITIES = ("none", "low_is_good", "high_is_good")


def show(found: Errand) -> None:
    """Ask what the figures of a file mean, and make an indicator of them."""
    offered = found.checked
    st.header(text("workshop.new.title"), anchor=False)
    st.markdown(text("workshop.new.lead"))
    with st.form("door-new", border=False):
        _figures(offered, found.said)
        for name in WORDS:
            _words(name, found.said, st.text_area if name == "definition" else st.text_input)
        left, right = st.columns(2)
        with left:
            _line("publisher", {"publisher": offered["publisher"]} | found.said)
        with right:
            if offered["by_table"] and not offered["table"]:
                _line("table", found.said)
            _polarity(found.said)
        st.form_submit_button(text("workshop.new.make"), type="primary", on_click=_make, args=(found,))


def _figures(offered: Mapping[str, Any], said: Mapping[str, str]) -> None:
    """Ask which kind of figures is meant, and who they are a part of, where the table has several."""
    kinds = {
        str(each["number"]): f"{each['name']} ({text('workshop.new.' + each['quantity'])})"
        for each in offered["figures"]
    }
    names = list(kinds)
    at = names.index(said["figure"]) if said.get("figure") in names else 0
    st.selectbox(text("workshop.new.figure"), names, at, format_func=kinds.__getitem__, key="door-new-figure")
    if offered["by_table"]:
        everybody = {"": text("workshop.new.nobody")} | kinds
        at = list(everybody).index(said.get("population", ""))
        label = text("workshop.new.population")
        st.selectbox(label, list(everybody), at, format_func=everybody.__getitem__, key="door-new-population")


def _polarity(said: Mapping[str, str]) -> None:
    at = POLARITIES.index(said.get("polarity", POLARITIES[0]))
    named = {name: text(f"workshop.new.{name}") for name in POLARITIES}
    st.selectbox(text("workshop.new.polarity"), POLARITIES, at, format_func=named.__getitem__, key="door-new-polarity")


def _words(name: str, said: Mapping[str, str], box: Any) -> None:  # noqa: ANN401 - a widget of Streamlit's
    """Ask for a text in both languages, side by side."""
    for key, column in zip((name, f"{name}_en"), st.columns(2), strict=True):
        with column:
            _line(key, said, box)


def _line(name: str, said: Mapping[str, str], box: Any = None) -> None:  # noqa: ANN401
    (box or st.text_input)(text(f"workshop.new.{name}"), said.get(name, ""), key=f"door-new-{name}")


def _make(found: Errand) -> None:
    offered = found.checked
    languages = [f"{name}{ending}" for name in WORDS for ending in ("", "_en")]
    names = ["figure", "population", *languages, "publisher", "table", "polarity"]
    said = {name: str(session.recall(f"door-new-{name}", "")).strip() for name in names}
    errand.catalogue(found, said | {"table": offered["table"] or said["table"]})
