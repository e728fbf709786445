"""No reader waits for a collection of garbage that another reader's click began."""

import gc
import sys
from types import ModuleType

import pytest
from streamlit.testing.v1 import AppTest

from pages.frame import warm_up


def test_a_run_walks_through_nothing_that_is_alive() -> None:
    rounds: list[int] = []

    def counted(phase: str, told: dict[str, int]) -> None:
        if phase == "start":
            rounds.append(told["generation"])

    app = AppTest.from_string("import streamlit as st\nst.button('again')").run()
    gc.callbacks.append(counted)
    gc.disable()  # what Python collects by itself may come at any time
    try:
        app.button[0].click().run()
    finally:
        gc.enable()
        gc.callbacks.remove(counted)
    assert not app.exception
    assert 2 not in rounds


def test_what_is_loaded_is_set_aside_once(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(gc, "collect", lambda: done.append("collect"))
    monkeypatch.setattr(gc, "freeze", lambda: done.append("freeze"))
    monkeypatch.setattr(warm_up, "_loaded", 0)
    warm_up.set_aside()
    warm_up.set_aside()
    assert done == ["collect", "freeze"]
    monkeypatch.setitem(sys.modules, "innenfor_one_more", ModuleType("innenfor_one_more"))
    warm_up.set_aside()
    assert done == ["collect", "freeze"] * 2
