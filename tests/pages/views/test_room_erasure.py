"""The approver finds a text that should not stand in the records, and erases it from the browser."""

import datetime as dt
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.i18n import speaking
from data.records import Records, Who
from data.records.kinds import KINDS
from pages.format.texts import text
from pages.frame import sign_in
from pages.views.programme.room import writer
from tests.architecture.tree import ROOT
from tests.ground import opened

WHO = Who("u-1", "approver")
BODY = "Vi ringer **Kari**, " + "og ser hva hun sier. " * 5


def page() -> None:
    from analytics.programme.room import Records
    from pages.views.programme.room import erasure

    erasure.show(Records.open().state())


@pytest.fixture
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Records:
    monkeypatch.setenv("INNENFOR_RECORDS", f"sqlite:///{tmp_path / 'records.sqlite'}")
    monkeypatch.setattr(writer, "who", lambda: WHO)
    log = Records.open()
    decision = {"title": "Jobbes går videre", "body": BODY, "date": dt.date(2026, 10, 1)}
    log.append("decision", "d", decision, who=WHO)
    log.append("decision", "e", decision, who=WHO)
    return log


def test_a_name_is_found_erased_with_a_reason_and_not_found_again(records: Records) -> None:
    app = AppTest.from_function(page, default_timeout=30).run()
    assert not app.radio
    app.text_input(key="erase-words").set_value("kari").run()
    assert len(app.radio[0].options) == 2
    assert r"\*\*Kari" in app.radio[0].options[0]
    app.button[0].click().run()
    assert app.error[0].value  # a reason is asked for
    assert len(records.events()) == 2
    app.text_input[1].set_value("Et navn")
    app.button[0].click().run()
    assert not app.exception
    assert app.success[0].value
    assert not app.radio
    app.run()
    assert len(app.radio[0].options) == 1
    assert [event.act for event in records.events()] == ["set", "set", "redact"]
    assert records.state().of("decision")["d"].table["body"] == "(fjernet)"


def test_words_that_stand_nowhere_are_told(records: Records) -> None:
    app = AppTest.from_function(page, default_timeout=30).run()
    app.text_input(key="erase-words").set_value("Ola").run()
    assert (app.info[0].value, len(app.radio)) == (text("room.erase.none"), 0)


@pytest.mark.parametrize("may", [True, False])
def test_the_page_has_it_for_whoever_may_release_and_for_nobody_else(
    records: Records, monkeypatch: pytest.MonkeyPatch, *, may: bool
) -> None:
    opened(monkeypatch)
    monkeypatch.setattr(sign_in, "role", lambda: "approver" if may else "editor")
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run().switch_page("pages/programme.py")
    app.query_params.clear()
    app.query_params["part"] = "erase"
    app.run()
    assert not app.exception
    assert [each.key for each in app.text_input if each.key == "erase-words"] == ["erase-words"] * may


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_every_kind_of_record_has_a_name_there(lang: str) -> None:
    with speaking(lang):
        assert all(text(f"room.kind_one.{kind}") for kind in KINDS)
