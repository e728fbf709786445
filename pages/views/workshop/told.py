"""What has come of a file: refused with the reason, looked at before it is loaded, loaded with a receipt, taken out."""

from collections.abc import Mapping, Sequence

import streamlit as st

from pages.components import downloads
from pages.format.html import tag, terms
from pages.format.numbers import number
from pages.format.texts import labels, language, text
from pages.frame import session
from pages.views.workshop import errand, new_indicator, own_table, refusal, wording
from pages.views.workshop.errand import FIELDS, Errand


def show(found: Errand) -> None:
    """Write what has come of it, with what can be done next."""
    if found.act in ("check", "catalogue"):
        _checked(found)
    elif found.act == "load":
        _loaded(found)
    elif found.act == "take_out":
        _taken_out(found)
    else:
        own_table.show(found)
        _another()


def _checked(found: Errand) -> None:
    if found.asks_source and found.file is not None:
        _ask_source(found)
    elif found.fine and found.checked:
        _preview(found)
    elif found.fine:
        _message("there", edition=found.answer["edition"])
        _another()
    else:
        refusal.show(found)
        if found.checked:
            new_indicator.show(found)
        _another()


def _ask_source(found: Errand) -> None:
    st.header(text("workshop.source_unknown"), anchor=False)
    st.markdown(text("workshop.source_why"))
    names = found.answer["error"]["expected"].split(", ")
    named = {name: name for name in names} | labels("source", [name for name in names if wording.is_known(name)])
    source = st.selectbox(text("workshop.source"), names, format_func=named.__getitem__, index=None, key="door-source")
    with st.container(horizontal=True):
        button = text("workshop.check")
        st.button(button, type="primary", disabled=source is None, on_click=errand.check, args=(found.file, source))
        _another()


def _preview(found: Errand) -> None:
    held = errand.in_words(found.checked)
    st.header(text("workshop.can_load" if errand.writing() else "workshop.is_fine"), anchor=False)
    st.html(tag("dl", terms(wording.held(held)), class_="innenfor-held"))
    _notes(held["notes"])
    if errand.writing():
        _form(found)
    else:
        st.info(text("workshop.read_only"))
        _another()


def _notes(notes: Sequence[str]) -> None:
    """Write what must be known of the file or of what was built, and give the whole list as a file where it is long."""
    if notes:
        st.markdown("\n".join(f"- {wording.plain(line)}" for line in notes[: refusal.MOST_LINES]))
    if len(notes) > refusal.MOST_LINES:
        downloads.button(text("workshop.whole_list"), "\n".join(notes), "innenfor-notes.txt", "door-notes")


def _form(found: Errand) -> None:
    """Ask for what the file cannot say, filled in with what is proposed."""
    st.subheader(text("workshop.about"), anchor=False)
    proposed = found.said or found.checked["proposal"]
    with st.form("door-form", border=False):
        title, *others = FIELDS
        _field(title, proposed)
        for pair in (others[:2], others[2:]):
            for name, column in zip(pair, st.columns(2), strict=True):
                with column:
                    _field(name, proposed)
        st.form_submit_button(text("workshop.load"), type="primary", on_click=_load, args=(found,))
    _another()


def _load(found: Errand) -> None:
    errand.load(found, {name: str(session.recall(f"door-{name}", "")).strip() for name in FIELDS})


def _field(name: str, proposed: Mapping[str, str]) -> None:
    st.text_input(
        text(f"workshop.field.{name}"), proposed[name], key=f"door-{name}", help=text(f"workshop.help.{name}")
    )


def _loaded(found: Errand) -> None:
    if not found.fine:
        refusal.show(found)
        _preview(found)
        return
    receipt = found.answer
    if receipt["state"] == "there":
        _message("there", edition=receipt["edition"])
    else:
        st.success(text("workshop.loaded", edition=receipt["edition"], rows=number(receipt["rows"])))
        st.html(tag("dl", terms(wording.receipt(receipt)), class_="innenfor-held"))
        _notes(receipt["build_notes"][language()])
        st.subheader(text("workshop.see"), anchor=False)
        st.html(wording.seen_on(receipt))
    with st.container(horizontal=True):
        undo = text("workshop.undo")
        st.button(undo, key="door-undo", on_click=errand.take_out, args=(receipt["edition"],))
        _another()


def _taken_out(found: Errand) -> None:
    if found.fine:
        _message("taken_out", edition=found.answer["edition"], place=found.answer["place"])
        _notes(found.answer["build_notes"][language()])
    else:
        refusal.show(found)
    _another()


def _message(name: str, **facts: str) -> None:
    st.info(text(f"workshop.{name}", **facts))


def _another() -> None:
    st.button(text("workshop.another"), key="door-another", on_click=errand.forget)
