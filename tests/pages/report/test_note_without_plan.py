"""Before there is a plan the note is made all the same, and says that there is none."""

import datetime as dt

import pytest

from data.i18n import words
from pages.report import document
from pages.report.model import sentences
from tests import ground


@pytest.mark.long
@pytest.mark.parametrize("kind", ["status", "closing"])
def test_without_a_plan_the_note_says_so(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    ground.opened(monkeypatch)
    note = document.of_plan(None, (), "nb", kind, dt.date(2026, 11, 21))
    assert words("pages", "nb")["note.no_plan"] in " ".join(said for _, said in sentences(note))
