"""What the reader has chosen: widgets whose state lives in the link, and the frozen values they stand for."""

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any, Literal
from urllib.parse import urlencode

import streamlit as st

from analytics import regions
from data.i18n import LANGUAGES
from pages.format import texts
from pages.format.place_names import place
from pages.format.texts import text
from pages.frame import expander, shell
from pages.frame.url import state

_HOME = "_innenfor_region"


@cache
def region_labels() -> Mapping[str, str]:
    """Return region code → label of every region of today: the nation, counties, then municipalities by name."""
    table = regions.current_regions()
    order = {"nation": 0, "county": 1, "municipality": 2}
    rows = sorted(table.iter_rows(named=True), key=lambda row: (order[row["level"]], _alphabet(row["name"])))
    return MappingProxyType({row["code"]: _label(row) for row in rows})


def region(*, quiet: bool = False) -> str:
    """Draw the choice of region and return its code; it follows the reader from page to page.

    quiet: its label is for those who hear the page; the sentence it stands in tells what it is.
    """
    default = str(st.session_state.get(_HOME, regions.home()))
    chosen = one_of("region", region_labels(), default, text("choose.region"), quiet=quiet)
    st.session_state[_HOME] = chosen
    return chosen


def region_followed() -> str:
    """Return the region the reader is about, where no choice of it is drawn: the link's, else the last; "" for none."""
    return state.get("region") or str(st.session_state.get(_HOME, ""))


def place_chosen() -> str:
    """Return the name of the place the link is about, "" where it names none."""
    code = state.get("region")
    return place(code) if code and code in region_labels() else ""


def one_of(
    name: str,
    labels: Mapping[str, str],
    default: str,
    label: str,
    *,
    buttons: bool = False,
    quiet: bool = False,
    resets: Sequence[str] = (),
) -> str:
    """Draw a choice among codes by their labels, kept in the link as `?name=code`, and return the code.

    The link carries the code, so it survives a change of language. An option the page no longer has (another
    indicator was chosen) gives way to the default; `resets` names the choices that hang on this one: they are drawn
    after it, and begin anew where it changes. In a fold that is shut nothing is drawn: the link alone tells.
    """
    asked, options = state.get(name), list(labels)
    start = asked if asked is not None and asked in options else default if default in options else options[0]
    if not expander.is_open():
        _write(name, start, default)
        return start
    key = prepared(name, options, start)
    seen: Literal["collapsed", "visible"] = "collapsed" if quiet else "visible"
    named: dict[str, Any] = {"key": key, "format_func": labels.__getitem__, "label_visibility": seen}
    if buttons:
        chosen = str(st.segmented_control(label, options, required=True, **named))
    else:
        chosen = str(st.selectbox(label, options, **named))
    chosen = chosen if chosen in options else start  # an option of before the server started anew
    if chosen != start:
        begin_anew(*resets)
    _write(name, chosen, default)
    return chosen


def several(name: str, labels: Mapping[str, str], default: Sequence[str], label: str) -> tuple[str, ...]:
    """Draw a choice of any number of codes, kept in the link as `?name=a&name=b`, and return them as they were chosen.

    What is left empty is so on this screen alone: a link without the name stands for the default.
    """
    asked = [code for code in state.every().get(name, ()) if code in labels]
    start = asked or [code for code in default if code in labels]
    if not expander.is_open():
        return tuple(start)
    key = widget_key(name)
    left = [st.session_state.get(widget_key(name, lang)) for lang in (texts.language(), *LANGUAGES)]
    kept = next((codes for codes in left if codes is not None and all(code in labels for code in codes)), start)
    if not state.outlives(key):
        st.session_state[key] = list(kept)
    words = text("choose.several")
    drawn = st.multiselect(label, list(labels), key=key, format_func=labels.__getitem__, placeholder=words)
    chosen = [code for code in drawn if code in labels]
    if chosen != state.every().get(name, list(default)):
        state.put(name, *chosen) if chosen else state.drop(name)
    return tuple(chosen)


def prepared(name: str, options: Sequence[str], start: str) -> str:
    """Return the key of a choice, its state set to what the reader has left there, else to `start`.

    What was left may stand under the other language, where that was changed in the same moment.
    """
    key = widget_key(name)
    if st.session_state.get(key) not in options and not state.outlives(key):
        left = [st.session_state.get(widget_key(name, lang)) for lang in LANGUAGES]
        st.session_state[key] = next((value for value in left if value in options), start)
    return key


def asked(name: str) -> str | None:
    """Return what is chosen by a name before its choice is drawn: what stands in the widget, else in the link."""
    return st.session_state.get(widget_key(name)) or state.get(name)


def begin_anew(*names: str) -> None:
    """Take choices back: out of the link, and out of the widgets, which must not be drawn yet in this run."""
    keys = {widget_key(name, lang) for name in names for lang in LANGUAGES}
    state.forget(keys.__contains__)
    state.drop(*names)


def widget_key(name: str, lang: str | None = None) -> str:
    """Return the key of a choice: of its own on each page and in each language, so that none inherits another's."""
    return f"{state.CHOICE}{shell.current()}-{name}-{lang or texts.language()}"


def address(page: str, **parameters: str) -> str:
    """Return the link to a page with these parameters, in the reader's language."""
    spoken = {} if texts.language() == texts.DEFAULT else {"lang": texts.language()}
    query = urlencode(parameters | spoken)
    return f"./{page}" + (f"?{query}" if query else "")


def here(**parameters: str) -> str:
    """Return the link to this view with other parameters; an empty one is left out."""
    kept = {name: values[-1] for name, values in state.every().items() if name != "lang"} | parameters
    return address(shell.current(), **{name: value for name, value in kept.items() if value})


def linked(name: str, options: Sequence[str]) -> str:
    """Return what the link asks for where it is an option, else the first: a choice that is made by links alone."""
    raw = state.get(name)
    return raw if raw is not None and raw in options else options[0]


def _write(name: str, chosen: str, default: str) -> None:
    """Keep the link true: every choice but the untouched default stands in it."""
    present = state.get(name)
    if present == chosen or (present is None and chosen == default and name != "region"):
        return
    state.put(name, chosen)


def _label(row: Mapping[str, object]) -> str:
    """Return a place's label, with its names in other languages, so that it is found by each of them."""
    name = " – ".join((str(row["name"]), *regions.other_names_of(str(row["code"]))))
    return f"{name} ({row['code']})" if row["level"] == "municipality" else name


def _alphabet(name: str) -> tuple[int, ...]:
    """Return a sort key in Norwegian order: æ, ø, å last, whatever the machine's locale."""
    order = {"æ": 0x7B, "ä": 0x7B, "ø": 0x7C, "ö": 0x7C, "å": 0x7D}
    return tuple(order.get(letter, ord(letter)) for letter in name.lower())
