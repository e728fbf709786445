"""What has no owner has a way into the form (pressed in tests/browser); the closing counts what was said yes to."""

import pytest
from streamlit.testing.v1 import AppTest

from data.i18n import speaking
from data.records import Records, Who
from pages.frame import sign_in
from pages.views.programme.room import entry, fields, writer
from tests.architecture.tree import ROOT
from tests.ground import opened

WHO = Who("u-1", "approver")


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("INNENFOR_HOME", str(tmp_path))
    monkeypatch.setattr(writer, "who", lambda: WHO)
    monkeypatch.setattr(sign_in, "role", lambda: "approver")
    opened(monkeypatch)


def shown() -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run().switch_page("pages/programme.py")
    app.query_params.clear()
    app.query_params["part"] = "hand_over"
    app.run()
    assert not app.exception
    return app


def bodies(app: AppTest) -> str:
    return " ".join(each.proto.body for each in app.get("html"))


def owners(app: AppTest) -> list[str]:
    return [str(each.key) for each in app.button if str(each.key).startswith("owner-")]


def test_each_without_an_owner_has_a_way_into_the_form_until_somebody_says_yes() -> None:
    app = shown()
    assert bodies(app).count("fått en eier: 0 av 4.") == 2  # counted in the closing, named where owners are sought
    assert bodies(app).count("Uten eier:") == 1
    assert "De som mangler eier, står under «Hvem som er spurt om å overta»." in bodies(app)
    assert len(owners(app)) == 4
    typed = {"what": "concept/matchmaking", "to": "NAV Agder", "answer": "yes"}
    with speaking("nb"):
        entry.put("hand_over", entry.NEW, fields.payload("hand_over", typed, {}), 0)
    (record,) = Records.open().state().of("hand_over").values()
    assert (record.value.what, record.value.answer) == ("concept/matchmaking", "yes")
    app = shown()
    assert "fått en eier: 1 av 4. Uten eier: Utvidet karriereveiledning" in bodies(app)
    assert "owner-concept/matchmaking" not in owners(app)
    assert "Menneskelig matchmaking: 1 er spurt om å overta, og 1 har sagt ja." in bodies(app)


def test_those_who_may_only_read_see_the_count_and_no_way_in(monkeypatch) -> None:
    monkeypatch.setattr(writer, "who", lambda: Who("u-2", "reader"))
    monkeypatch.setattr(sign_in, "role", lambda: "reader")
    app = shown()
    assert "fått en eier: 0 av 4." in bodies(app)
    assert owners(app) == []


def test_an_experiment_nobody_has_given_a_phase_is_not_said_to_be_stopped() -> None:
    said = {"nb": "Jobbstart", "en": "Jobbstart"}
    words = dict.fromkeys(("title", "question", "primary_outcome", "target_group"), said)
    Records.open().append("experiment", "jobbstart", {"experiment": {**words, "area": 4, "method": "rct"}}, who=WHO)
    told = bodies(shown())
    assert "innsatsområder og 1 forsøk: 1 uten fase." in told
    assert "1 stanset" not in told
