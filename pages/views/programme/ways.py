"""How the programme works: StimuLab's diamonds, SLIK, the tracks of KS, and Jobbes."""

import streamlit as st

from analytics.programme.readings import Programme
from pages.format.markdown import literal
from pages.format.texts import language, text
from pages.frame.sight import seen
from pages.views.programme.room import entry, writer
from pages.views.programme.wording import listed_below

METHODS = ("prototyping", "gains", "closing")
_JOBBES = "jobbes"
"""The insight that tells of Jobbes, by its id in the programme that ships."""


def show(found: Programme) -> None:
    """Write each way of working, with its steps or parts."""
    lang = language()
    st.subheader(text("programme.method.diamond"), anchor=False)
    st.markdown(text("programme.method.diamond_text"))
    steps = [f"**{each.name[lang]}**: {text(f'programme.diamond.{each.id}')}" for each in found.diamond]
    listed_below(steps, numbered=True)
    st.subheader(text("programme.method.slik"), anchor=False)
    st.markdown(text("programme.method.slik_text"))
    listed_below([literal(each.name[lang]) for each in found.slik_parts])
    st.markdown(f"{text('programme.method.phases')} {' → '.join(each.name[lang] for each in found.slik_phases)}.")
    st.subheader(text("programme.method.tracks"), anchor=False)
    st.markdown(f"{text('programme.method.tracks_text')} **{literal(found.hypothesis[lang])}**")
    listed_below([literal(each.name[lang]) for each in found.tracks])
    for name in METHODS:
        st.subheader(text(f"programme.method.{name}"), anchor=False)
        st.markdown(text(f"programme.method.{name}_text"))
    _concepts(found)


def _concepts(found: Programme) -> None:
    """Write the concepts, with the story of Jobbes where they are those of Jobbes: another programme has its own."""
    jobbes = any(each.id == _JOBBES for each in found.voices)
    named = {each.id: each.name[language()] for each in found.concepts}
    if jobbes or named or writer.may_write():
        st.subheader(text("programme.method.jobbes" if jobbes else "room.kind.concept"), anchor=False)
        if jobbes or not named:
            st.markdown(text("programme.method.jobbes_text" if jobbes else "room.none.concept"))
        if named:
            listed_below([literal(name) for name in named.values()])
        entry.offer("concept", named, seen())
