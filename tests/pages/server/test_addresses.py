"""Where others reach the server is told by two variables, which Streamlit reads only for its own starter."""

import pytest
import streamlit as st

from pages.server import addresses


@pytest.mark.parametrize(
    ("base", "hosts", "told"),
    [
        ("", "", {}),
        ("/tall/", "", {"server.baseUrlPath": "tall"}),
        (
            "tall",
            "tall.no, www.tall.no",
            {"server.baseUrlPath": "tall", "server.allowedHosts": ["tall.no", "www.tall.no"]},
        ),
    ],
)
def test_base_path_and_hosts_are_told_by_variables(
    monkeypatch: pytest.MonkeyPatch, base: str, hosts: str, told: dict[str, object]
) -> None:
    monkeypatch.setenv(addresses.BASE_PATH, base)
    monkeypatch.setenv(addresses.HOSTS, hosts)
    assert addresses.of_the_variables() == told


@pytest.mark.parametrize(
    ("path", "without"),
    [("/tall", "/"), ("/tall/", "/"), ("/tall/status", "/status"), ("/tallene", "/tallene"), ("/", "/")],
)
def test_an_address_is_known_without_its_base_path(monkeypatch: pytest.MonkeyPatch, path: str, without: str) -> None:
    monkeypatch.setattr(st, "get_option", lambda _name: "/tall/")
    assert addresses.path_of({"type": "http", "path": path}) == without
