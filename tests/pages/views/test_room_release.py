"""One record is released in one place, where it is said what becomes public with it."""

import datetime as dt

import pytest
from streamlit.testing.v1 import AppTest

from analytics.programme.room import basis
from data.i18n import speaking
from data.records import Records, Who
from data.records.in_use import row_of_files
from pages.format.texts import text
from pages.frame import sign_in
from pages.views.programme.room import entry, fields, release, writer
from tests.architecture.tree import ROOT
from tests.ground import opened

WHO = Who("u-1", "approver")


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("INNENFOR_HOME", str(tmp_path))
    monkeypatch.setattr(writer, "who", lambda: WHO)
    monkeypatch.setattr(sign_in, "role", lambda: "approver")
    opened(monkeypatch)


def shown(part: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run().switch_page("pages/programme.py")
    app.query_params.clear()
    app.query_params["part"] = part
    app.run()
    assert not app.exception
    return app


def asked(app: AppTest) -> list[str]:
    return [str(each.key) for each in app.button if str(each.key).startswith("release-")]


def captions(app: AppTest) -> str:
    return " ".join(each.value for each in app.caption)


def changed_programme() -> None:
    row = row_of_files("programme")
    assert row is not None
    Records.open().append("programme", row.key, dict(row.table), who=WHO)


def released(key: str) -> None:
    seen = Records.open().state().of("programme")[key].version
    Records.open().release("programme", key, who=WHO, seen_version=seen)


def test_the_programme_is_released_in_one_place_that_says_what_comes_with_it() -> None:
    changed_programme()
    app = shown("organisation")
    assert asked(app) == ["release-programme"]
    assert text("room.releases.programme") in captions(app)
    assert "«" not in captions(app)  # the lists beside the button do not point to it
    for part in ("areas", "method"):
        with_programme = shown(part)
        assert asked(with_programme) == []
        told = text("room.released_with.programme", part=text("programme.part.organisation"))
        assert told in captions(with_programme)
    released("flere-i-arbeid")
    assert text("room.releases.programme") not in captions(shown("organisation"))


def test_a_baseline_is_released_with_its_lines_and_its_lines_are_not_released_alone() -> None:
    line = {"id": "line-1", "name": "Unge i arbeid", "by": "Analytiker", "reason": "Register", "value": 3.0}
    form = {"form": "baseline", "version": 1, "date": dt.date(2026, 11, 30), "scale": "Personer", "example": False}
    with speaking("nb"):
        table = {**fields.payload("baseline", fields.begun("baseline"), {}), **form, "item": [line]}
    Records.open().append("baseline", "2026-11-30", table, who=WHO)
    app = shown("forms")
    app.selectbox(key="row-baseline-nb").set_value("2026-11-30").run()
    assert asked(app) == ["release-baseline"]
    assert text("room.releases.baseline") in captions(app)
    assert text("room.released_with.baseline") in captions(app)


def test_a_programme_opened_after_a_closed_one_is_released_at_the_top_alone() -> None:
    release.closed("flere-i-arbeid", "Fem år er gått")
    state = Records.open().state()
    words = dict.fromkeys(("name", "about", "why", "hypothesis"), "Unge i Agder")
    with speaking("nb"):
        typed = {**words, "started": 2027, "years": 5}
        entry.put("programme", entry.NEW, fields.payload("programme", typed, basis(state)), 0)
    app = shown("organisation")
    assert asked(app) == ["release-programme"]
    assert captions(app).count(text("room.releases.programme")) == 1
    released("programme-2")
    app = shown("organisation")
    assert asked(app) == ["release-programme"]
    assert app.button(key="release-programme").label == text("room.hide")
