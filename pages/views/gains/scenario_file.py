"""A scenario as a file: taken away as TOML, and brought back; what is wrong with it is said, nothing is half loaded."""

import streamlit as st

from benefits.errors import UnreadableScenario
from benefits.scenario.model import Scenario
from data.errors import InnenforError, foreseen
from pages.components import downloads
from pages.format import marking
from pages.format.texts import text
from pages.frame import session, upload
from pages.frame.url import parameters, state, widgets
from pages.views.gains import queries, sliders

OWN = "own"
_UPLOAD = "gains-upload"
_OPENED = "_innenfor_opened"


class FileNotInLink(parameters.LinkError, code="file_not_in_link"):
    """The link asks for the reader's own scenario, and the session has no such file."""


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
    return own if name == OWN and own is not None else queries.at_hand(name)


def show(found: Scenario, own: Scenario | None) -> None:
    """Draw the download of the scenario as it is now, and the upload with its refusal."""
    st.markdown(text("gains.file_lead"))
    downloads.button(text("gains.download"), _taken(found), marking.file_name("scenario.toml"), "gains-download")
    upload.draw(text("gains.upload"), ["toml"], _UPLOAD)
    if own is not None:
        st.caption(text("gains.upload_note"))
    try:
        _read()
    except (InnenforError, ExceptionGroup) as problem:
        upload.refused(*foreseen(problem))


def _taken(found: Scenario) -> str:
    """Return the scenario as a file to take away, its mark as the first line."""
    mark = marking.sentence(example=found.example)
    return f"# {mark}\n{found.as_toml()}" if mark else found.as_toml()


def arrive() -> Scenario | None:
    """Return the reader's own scenario; one that has just come is opened, one that has gone is left.

    Raises FileNotInLink where the link asks for a file nobody has brought.
    """
    own, file = uploaded(), upload.file(_UPLOAD)
    seen = "" if file is None else file.id
    if seen != session.recall(_OPENED, ""):
        _turn_to(own)
        session.remember(_OPENED, seen)
    if own is None and state.get("scenario") == OWN:
        raise FileNotInLink(where="scenario", found=OWN)
    return own


def _turn_to(own: Scenario | None) -> None:
    sliders.clear(OWN)
    widgets.begin_anew("other")
    if own is not None:
        widgets.begin_anew("scenario")
        state.put("scenario", OWN)
    elif state.get("scenario") == OWN:
        widgets.begin_anew("scenario")


def _read() -> Scenario | None:
    file = upload.file(_UPLOAD)
    if file is None:
        return None
    name, content = file.name, file.content
    most = int(sliders.settings()["upload"]["most_bytes"])
    if len(content) > most:
        raise UnreadableScenario(where=name, found=text("gains.too_big", size=len(content), most=most))
    found: Scenario = upload.unlinked(Scenario.from_bytes(content, name))
    return found
