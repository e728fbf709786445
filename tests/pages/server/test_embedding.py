import asyncio
from types import SimpleNamespace

import pytest

from data import paths
from data.settings import Settings
from data.settings import settings as shipped
from data.toml import fitted, toml_table
from pages.server import asgi, embedding

SITE = "https://www.kommune.no"


def answered(query: bytes) -> dict[str, str]:
    """Return the headers of one answer of the hardened server."""
    sent: list[dict] = []

    async def inner(_scope, _receive, send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def keep(message) -> None:
        sent.append(message)

    scope = {"type": "http", "path": "/exclusion", "query_string": query, "method": "GET"}
    asyncio.run(asgi.Hardened(inner)(scope, None, keep))
    return {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}


def test_nobody_may_embed_by_default() -> None:
    assert shipped(paths.DATA / "settings.toml").embed_hosts == ()
    headers = answered(b"embed=true")
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("query", [b"embed=true", b"region=4204&embed=true"])
def test_a_site_of_the_settings_may(monkeypatch: pytest.MonkeyPatch, query: bytes) -> None:
    monkeypatch.setattr(embedding, "settings", lambda: SimpleNamespace(embed_hosts=(SITE,)))
    headers = answered(query)
    assert f"frame-ancestors 'self' {SITE}" in headers["content-security-policy"]
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "x-frame-options" not in headers


@pytest.mark.parametrize("query", [b"", b"embed=false", b"embed=true&embed=false", b"embedded=true"])
def test_only_an_address_that_asks_for_it_is_opened(monkeypatch: pytest.MonkeyPatch, query: bytes) -> None:
    monkeypatch.setattr(embedding, "settings", lambda: SimpleNamespace(embed_hosts=(SITE,)))
    assert "frame-ancestors 'none'" in answered(query)["content-security-policy"]


def test_settings_that_cannot_be_read_open_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Settings:
        raise ExceptionGroup("settings", [ValueError()])

    monkeypatch.setattr(embedding, "settings", broken)
    assert "frame-ancestors 'none'" in answered(b"embed=true")["content-security-policy"]


@pytest.mark.parametrize("site", ["*", "http://a.no", "https://a.no/path", "https://a.no; script-src *", "https://*"])
def test_what_is_no_site_is_refused_where_it_stands(site: str) -> None:
    tables = toml_table(paths.DATA / "settings.toml") | {"embed_hosts": [site]}
    with pytest.raises(ExceptionGroup) as refused:
        fitted(tables, Settings, "settings.toml")
    (problem,) = refused.value.exceptions
    told = f"{problem.place()} {problem.says('nb')} {problem.do('nb')}"
    assert "embed_hosts" in told
    assert "https://www.kommune.no" in told
