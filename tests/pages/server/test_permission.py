"""Who may write is told by how the process was started; signs that others reach the server take the leave away."""

import pytest
import streamlit as st

import environment
from pages.server import permission

PROXIES = ("X-Forwarded-For", "x-forwarded-host", "Forwarded", "Via", "X-Real-IP", "X-Original-Host")


@pytest.mark.parametrize(("said", "may"), [("1", True), ("", False), ("0", False), ("true", False), (None, False)])
def test_only_the_start_gives_leave_to_write(monkeypatch: pytest.MonkeyPatch, said: str | None, *, may: bool) -> None:
    monkeypatch.delenv(permission.LOCAL, raising=False)
    if said is not None:
        monkeypatch.setenv(permission.LOCAL, said)
    assert permission.may_write({"Host": "127.0.0.1:8501"}) is may


@pytest.mark.parametrize("header", PROXIES)
def test_behind_a_proxy_nobody_writes(monkeypatch: pytest.MonkeyPatch, header: str) -> None:
    monkeypatch.setenv(permission.LOCAL, "1")
    assert not permission.may_write({"Host": "localhost", header: ""})


@pytest.mark.parametrize(("option", "value"), [("server.baseUrlPath", "tall"), ("server.allowedHosts", ["tall.no"])])
def test_a_server_with_an_address_for_others_lets_nobody_write(
    monkeypatch: pytest.MonkeyPatch, option: str, value: object
) -> None:
    monkeypatch.setenv(permission.LOCAL, "1")
    monkeypatch.setattr(st, "get_option", lambda name: value if name == option else None)
    assert not permission.may_write({})


def test_the_starter_and_the_server_mean_the_same_variable() -> None:
    assert permission.LOCAL == environment.LOCAL
    assert environment.LOCAL in environment.LEFT_OUT
