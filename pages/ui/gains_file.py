"""A scenario as a file: taken away as TOML, and brought back; what is wrong with it is said, nothing is half loaded."""

from dataclasses import dataclass
from typing import ClassVar

import streamlit as st

from benefits.errors import UnreadableScenario
from benefits.scenario import Scenario, shipped_scenario
from data.errors import InnenforError, foreseen
from pages.ui import brought, gains_sliders, links, marking, selections, view_link
from pages.ui.texts import text

OWN = "own"
_UPLOAD = "gains-upload"
_OPENED = "_innenfor_opened"


@dataclass(eq=False)
class FileNotInLink(links.LinkError):
    """The link asks for the reader's own scenario, and the session has no such file."""

    code: ClassVar[str] = "file_not_in_link"


def uploaded() -> Scenario | None:
    """Return the scenario the reader has brought, None where there is none or it is refused."""
    try:
        return _read()
    except (InnenforError, ExceptionGroup) as problem:
        if not foreseen(problem):
            raise
        return None


def scenario(name: str, own: Scenario | None) -> Scenario:
    """Return a scenario by code: the reader's own or a shipped one."""
    return own if name == OWN and own is not None else shipped_scenario(name)


def show(found: Scenario, own: Scenario | None) -> None:
    """Draw the download of the scenario as it is now, and the upload with its refusal."""
    st.markdown(text("gains.file_lead"))
    st.download_button(
        text("gains.download"),
        data=_taken(found),
        file_name=marking.file_name("scenario.toml"),
        mime="application/toml",
        key="gains-download",
        on_click="ignore",
    )
    brought.draw(text("gains.upload"), ["toml"], _UPLOAD)
    if own is not None:
        st.caption(text("gains.upload_note"))
    try:
        _read()
    except (InnenforError, ExceptionGroup) as problem:
        brought.refused(*foreseen(problem))


def _taken(found: Scenario) -> str:
    """Return the scenario as a file to take away, its mark as the first line."""
    mark = marking.sentence(example=found.example)
    return f"# {mark}\n{found.as_toml()}" if mark else found.as_toml()


def arrive() -> Scenario | None:
    """Return the reader's own scenario; one that has just come is opened, one that has gone is left.

    Raises FileNotInLink where the link asks for a file nobody has brought.
    """
    own, file = uploaded(), brought.file(_UPLOAD)
    seen = "" if file is None else file.id
    if seen != st.session_state.get(_OPENED, ""):
        _turn_to(own)
        st.session_state[_OPENED] = seen
    if own is None and view_link.get("scenario") == OWN:
        raise FileNotInLink(where="scenario", found=OWN)
    return own


def _turn_to(own: Scenario | None) -> None:
    gains_sliders.clear(OWN)
    selections.begin_anew("other")
    if own is not None:
        selections.begin_anew("scenario")
        view_link.put("scenario", OWN)
    elif view_link.get("scenario") == OWN:
        selections.begin_anew("scenario")


def _read() -> Scenario | None:
    file = brought.file(_UPLOAD)
    if file is None:
        return None
    name, content = file.name, file.content
    most = int(gains_sliders.settings()["upload"]["most_bytes"])
    if len(content) > most:
        raise UnreadableScenario(where=name, found=text("gains.too_big", size=len(content), most=most))
    return Scenario.from_bytes(content, name)
