"""What is taken from inside Streamlit is still there: an upgrade that moves any of it fails here, by name."""

import inspect
import re
import socket

import pytest
import streamlit as st
from streamlit import config
from streamlit.proto.NewSession_pb2 import CustomThemeConfig, NewSession
from streamlit.runtime import app_session
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext
from streamlit.testing.v1 import AppTest
from streamlit.web.server.starlette import starlette_server

from pages.frame import streamlit_internals
from pages.frame.streamlit_internals import PARTS_OF_INDEX
from pages.server import asgi, index_html

INDEX = (streamlit_internals.static_folder() / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("part", PARTS_OF_INDEX)
def test_every_part_of_the_page_shell_that_is_replaced_stands_in_it(part):
    found = PARTS_OF_INDEX[part].findall(INDEX)
    assert found, f"Streamlit's index.html has no {part} of the old form: mend PARTS_OF_INDEX"
    assert len(found) == 1 or part in ("inline_script", "icon")


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_no_inline_script_and_nothing_of_streamlits_own_is_left_in_the_page_shell(lang):
    page = index_html.page_shell.__wrapped__(lang)
    assert f'<html lang="{lang}"' in page
    assert re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", page) == []
    for left in ("<title>Streamlit</title>", "favicon.png", "service-desc", "agent API", "enable JavaScript to run"):
        assert left not in page
    assert page.count("shell.js") == page.count("shell.css") == page.count("</head>") == 1
    assert '<div id="root">' in page, "where Streamlit draws"


def test_streamlits_files_lie_where_they_are_sent_from():
    assert list((streamlit_internals.static_folder() / "static").rglob("*.js"))


def test_a_page_of_the_navigation_is_of_the_type_that_is_named():
    assert isinstance(st.Page(lambda: None, title="a"), streamlit_internals.StreamlitPage)


def test_a_run_tells_its_page_and_whether_the_browser_went_back():
    fields = inspect.get_annotations(ScriptRunContext)
    assert "is_history_navigation" in fields
    assert "page_script_hash" in dir(ScriptRunContext) or "page_script_hash" in fields

    def script():
        import streamlit

        from pages.frame.streamlit_internals import page_run

        run = page_run()
        streamlit.text(f"{type(run.page).__name__} {run.page != ''} {run.by_history}")

    assert AppTest.from_function(script).run().text[0].value == "str True False"


def test_outside_of_a_run_there_is_none():
    assert streamlit_internals.page_run() is None


def test_what_a_page_still_shows_is_known_before_its_widget_is_drawn() -> None:
    def page() -> None:
        import streamlit as st

        from pages.frame.streamlit_internals import shown_before

        st.session_state["told"] = shown_before("choose-me")
        st.selectbox("Me", ["a", "b"], key="choose-me")

    app = AppTest.from_function(page).run()
    assert not app.session_state["told"]
    assert app.selectbox[0].set_value("b").run().session_state["told"]


def test_connections_send_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it the messages of a run wait for the browser's receipt of the first."""
    monkeypatch.setattr(starlette_server, "_bind_socket", starlette_server._bind_socket)
    streamlit_internals.answer_at_once()
    with starlette_server._bind_socket("127.0.0.1", 0, 1) as listening:
        listening.setblocking(True)
        with socket.create_connection(listening.getsockname()), listening.accept()[0] as accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_the_theme_that_is_told_once_is_what_streamlit_tells_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    sections = ("theme", *(f"theme.{each.value}" for each in config.CustomThemeCategories))
    told = [CustomThemeConfig() for _ in sections]
    for section, message in zip(sections, told, strict=True):
        app_session._populate_theme_msg(message, section)
    assert any(message.ByteSize() for message in told)
    monkeypatch.setattr(app_session, "_populate_theme_msg", app_session._populate_theme_msg)
    streamlit_internals.tell_theme_once()
    for section, message in zip(sections, told, strict=True):
        for _ in range(2):
            again = CustomThemeConfig()
            app_session._populate_theme_msg(again, section)
            assert again == message
    session = NewSession()
    app_session._populate_theme_msg(session.custom_theme.sidebar, "theme.sidebar")
    assert session.custom_theme.HasField("sidebar") is bool(told[sections.index("theme.sidebar")].ByteSize())


def test_the_server_is_told_before_it_binds(monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    monkeypatch.setattr(streamlit_internals, "answer_at_once", lambda: order.append("told"))
    monkeypatch.setattr(streamlit_internals, "tell_theme_once", lambda: order.append("themed"))
    monkeypatch.setattr(streamlit_internals, "wake_once", lambda: order.append("woken"))
    monkeypatch.setattr(asgi.log_lines, "begin", lambda: None)
    monkeypatch.setattr(asgi.st.App, "run", lambda *_, **__: order.append("run"))
    monkeypatch.setattr(asgi.sys, "argv", [])
    asgi.main(["--port", "1"])
    assert order == ["told", "themed", "woken", "run"]
