"""No reader waits for a collection of garbage that another reader's click began."""

import gc
import sys
from types import ModuleType

import pytest
from streamlit import config

from pages.frame import warm_up


def test_no_click_begins_a_whole_round() -> None:
    assert config.get_option("runner.postScriptGC") is False


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
