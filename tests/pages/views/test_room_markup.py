"""Script and markup in every field of every form: it is shown as it was written, on every part of the page."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analytics.programme import withdrawal
from data.i18n import speaking
from data.records import Records, Who
from data.records.state import NOTHING
from pages.frame import sign_in
from pages.views.programme.room import entry, fields, forms, writer
from pages.views.programme.selection import PARTS
from tests.architecture.tree import ROOT
from tests.ground import opened
from tests.pages.views.test_room_fields import OWN, filled

WHO = Who("u-1", "approver")
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)> **fet** [lenke](javascript:alert(3)) | $a$ :red[b]"
TAG = re.compile(r"(?<!\\)<(?:script|img src=x)")
MARK = re.compile(r"(?<!\\)\[lenke(?<!\\)\]\(javascript|(?<![\\*])\*\*fet\*\*")
OWN_FIELDS = {
    "agenda": {"meeting": "meeting-1"}, "course": {"experiment": "experiment-1"}, "stakeholder": {"who": "nav"},
    "task": {"owner": "nav", "doer": "nav", "payer": ["nav"], "informed": ["nav"], "hand_over_to": "nav",
        "experiment": ""},
    "area": {"number": 7}, "knot": {"scenario": ""}, "experiment": {"experiment.concept": "Jobbussen"},
    "closing": {}, "gain": {"id": "G1"},
}  # fmt: skip


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a record of every kind, hostile in every text."""
    home = tmp_path_factory.mktemp("hostile")
    with pytest.MonkeyPatch.context() as patched, speaking("nb"):
        patched.setenv("INNENFOR_HOME", str(home))
        patched.setattr(writer, "who", lambda: WHO)
        for kind in forms.KINDS:
            hostile = {
                each.name: HOSTILE for each in forms.form_of(kind).fields
                if each.means in ("words", "long", "line") and each.name not in OWN.get(kind, {})
            }  # fmt: skip
            typed = {**filled(kind), **hostile, **OWN_FIELDS.get(kind, {})}
            key = withdrawal.holder_key(NOTHING) if kind == "programme" else fields.key_for(kind, typed)
            seen, stood = withdrawal.met(Records.open().state(), kind, key)
            entry.put(kind, key or entry.NEW, fields.payload(kind, typed, stood), seen)
    return home


@pytest.mark.slow
@pytest.mark.parametrize("part", PARTS)
def test_what_was_written_is_shown_as_it_was_written(written: Path, monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    monkeypatch.setenv("INNENFOR_HOME", str(written))
    opened(monkeypatch)
    monkeypatch.setattr(sign_in, "role", lambda: "approver")
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300).run().switch_page("pages/programme.py")
    app.query_params.clear()
    app.query_params["part"] = part
    app.run()
    assert not app.exception
    told = [(each.type, str(getattr(each, "value", "") or getattr(each.proto, "body", ""))) for each in app.main]
    assert [text for kind, text in told if kind != "code" and TAG.search(text)] == []  # a box to copy reads no marks
    assert [text for kind, text in told if kind == "markdown" and MARK.search(text)] == []
