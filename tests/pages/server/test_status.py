"""What an operator asks is answered: alive, ready, and with which figures."""

import datetime as dt
import json
from pathlib import Path

import pytest

from analytics import provenance
from data.warehouse.pointer import POINTER
from pages.server import bounds, status
from tests.ground import opened
from tests.pages.server.asking import asked, body

DATES = [("2026-11-28", 1), ("2026-11", 28), ("2026", 332), ("2027", 0)]


async def elsewhere(_scope, _receive, send) -> None:
    await send({"type": "http.response.start", "status": 418, "headers": []})


def told(path: str) -> tuple[int, dict]:
    sent = asked(status.Watched(elsewhere), path)
    return sent[0]["status"], json.loads(body(sent))


@pytest.mark.long
def test_the_status_names_version_build_editions_and_age(monkeypatch: pytest.MonkeyPatch) -> None:
    opened(monkeypatch)
    code, found = told(status.STATUS)
    assert (code, found["ready"], found["problem"]) == (200, True, None)
    assert found["version"] == "0.1.0"
    assert found["build"] == provenance.build_hash()
    assert set(found["editions"]) == {each.edition for each in provenance.editions()}
    assert found["newest"] == max(found["editions"].values())
    assert found["age_of_figures_days"] >= 0
    assert told(status.READY) == (200, {"ready": True})
    monkeypatch.setattr(bounds.Bounded, "open", bounds.MOST_SESSIONS)
    assert told(status.READY) == (503, {"ready": False})


@pytest.mark.parametrize("pointer", [None, "7", '{"hash": "x", "file": "gone.duckdb", "built_at": "x"}'])
def test_without_a_build_it_lives_and_is_not_ready(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pointer: str | None
) -> None:
    monkeypatch.setenv("INNENFOR_VAR", str(tmp_path))
    if pointer:
        (tmp_path / POINTER).write_text(pointer)
    assert told(status.LIVE) == (200, {"live": True})
    assert told(status.READY) == (503, {"ready": False})
    code, found = told(status.STATUS)
    assert (code, found["problem"], found["build"]) == (200, "warehouse_missing", None)


def test_other_addresses_go_on() -> None:
    assert asked(status.Watched(elsewhere), "/statuses")[0]["status"] == 418


def test_under_a_sub_path_the_same_addresses_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("streamlit.get_option", lambda name: "/tall" if name == "server.baseUrlPath" else None)
    assert told("/tall" + status.LIVE) == (200, {"live": True})
    assert asked(status.Watched(elsewhere), "/tallene" + status.LIVE)[0]["status"] == 418


@pytest.mark.parametrize(("published", "days"), DATES)
def test_age_counts_from_the_day_month_or_year_that_is_told(published: str, days: int) -> None:
    assert status.age_in_days(published, dt.date(2026, 11, 29)) == days
