"""A scenario as a file: taken away as TOML, and brought back; what is wrong with it is said, nothing is half loaded."""

from html import escape

import streamlit as st

from benefits.errors import UnreadableScenario
from benefits.scenario import Scenario, shipped_scenario
from data.errors import InnenforError
from data.wording import LANGUAGES
from pages.ui import gains_sliders, selections
from pages.ui.texts import language, text

OWN = "own"
_UPLOAD = "gains-upload"


def uploaded() -> Scenario | None:
    """Return the scenario the reader has brought, None where there is none or it is refused."""
    try:
        return _read()
    except InnenforError:
        return None


def scenario(name: str, own: Scenario | None) -> Scenario:
    """Return a scenario by code: the reader's own or a shipped one."""
    return own if name == OWN and own is not None else shipped_scenario(name)


def show(found: Scenario, own: Scenario | None) -> None:
    """Draw the download of the scenario as it is now, and the upload with its refusal."""
    st.markdown(text("gains.file_lead"))
    st.download_button(
        text("gains.download"),
        data=found.as_toml(),
        file_name="innenfor-scenario.toml",
        mime="application/toml",
        key="gains-download",
        on_click="ignore",
    )
    keys = tuple(selections.widget_key("scenario", lang) for lang in LANGUAGES)
    st.file_uploader(text("gains.upload"), type=["toml"], key=_UPLOAD, on_change=_arrived, args=(keys,))
    if own is not None:
        st.caption(text("gains.upload_note"))
    try:
        _read()
    except InnenforError as problem:
        st.html(_refusal(problem))


def _refusal(problem: InnenforError) -> str:
    """Return what is wrong with the file and what to do, as a notice."""
    lang = language()
    words = f"<strong>{escape(text('gains.refused'))}</strong> {escape(problem.says(lang))} {escape(problem.do(lang))}"
    return f'<div class="innenfor-notice warning" role="alert"><p>{words}</p></div>'


def _arrived(keys: tuple[str, ...]) -> None:
    """Open the scenario that came, or leave the one that went; `keys` are those of the choice of scenario."""
    own = uploaded()
    gains_sliders.clear()
    st.query_params.pop("other", None)
    if own is not None:
        st.query_params["scenario"] = OWN
    elif st.query_params.get("scenario") == OWN:
        st.query_params.pop("scenario")
    for key in keys:
        st.session_state.pop(key, None)


def _read() -> Scenario | None:
    file = st.session_state.get(_UPLOAD)
    if file is None:
        return None
    name, most = str(file.name), int(gains_sliders.settings()["upload"]["most_bytes"])
    content = file.getvalue()
    if len(content) > most:
        raise UnreadableScenario(where=name, found=text("gains.too_big", size=len(content), most=most))
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise UnreadableScenario(where=name, found=text("gains.not_utf8")) from fault
    return Scenario.from_toml(words, name)
