"""What a form saves: two who add at once both get a record of their own; a row somebody changed is a conflict."""

import datetime as dt

import pytest

from analytics.programme import templates, withdrawal
from analytics.programme.readings import programme
from analytics.programme.room import basis
from data.i18n import speaking
from data.problems import Problems
from data.records import Conflict, Records, RecordState, Who
from data.records.events import texts_with
from data.records.exchange import lines
from data.records.in_use import row_of_files
from data.records.state import NOTHING
from pages.views.programme.room import entry, faults, fields, forms, parts, release, writer
from tests.pages.views.test_room_fields import filled

WHO = Who("u-1", "approver")
DECISION = {"title": "Jobbes går videre", "body": "Styringsgruppen", "date": dt.date(2026, 10, 1)}


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("INNENFOR_HOME", str(tmp_path))
    monkeypatch.setattr(writer, "who", lambda: WHO)


def test_two_who_add_at_once_both_get_a_record_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    entry.put("decision", entry.NEW, DECISION, 0)
    stale = iter(["decision-1"])  # the key that was free when the second looked
    fresh = RecordState.free_key
    monkeypatch.setattr(RecordState, "free_key", lambda state, kind: next(stale, "") or fresh(state, kind))
    entry.put("decision", entry.NEW, {**DECISION, "title": "Jobbes stanses"}, 0)
    titles = {key: each.value.title["nb"] for key, each in Records.open().state().of("decision").items()}
    assert titles == {"decision-1": "Jobbes går videre", "decision-2": "Jobbes stanses"}


def test_a_row_that_was_changed_meanwhile_is_not_written_over() -> None:
    entry.put("decision", entry.NEW, DECISION, 0)
    seen = Records.open().state().of("decision")["decision-1"].version
    entry.put("decision", "decision-1", {**DECISION, "title": "Først"}, seen)
    with pytest.raises(Conflict):
        entry.put("decision", "decision-1", {**DECISION, "title": "Sist"}, seen)
    assert Records.open().state().of("decision")["decision-1"].value.title["nb"] == "Først"


def test_target_groups_that_somebody_wrote_become_no_links() -> None:
    rows = [{"targets": "[unge](https://example.org)"}] * 2
    assert r"\[unge\](" in parts._sums("measure", rows, RecordState())


@pytest.mark.long
def test_another_programme_is_opened_after_a_closed_one_with_its_partners_and_phases() -> None:
    release.closed("flere-i-arbeid", "Fem år er gått")
    state = Records.open().state()
    assert (state.closed, len(state.of("hand_over"))) == (True, 9)
    words = dict.fromkeys(("name", "about", "why", "hypothesis"), "Unge i Agder")
    with speaking("nb"):
        typed = {**words, "started": 2027, "years": 5}
        entry.put("programme", entry.NEW, fields.payload("programme", typed, basis(state)), 0)
    found = programme(Records.open().state())
    assert (found.id, found.name["nb"], found.started) == ("programme-2", "Unge i Agder", 2027)
    assert (len(found.partners), found.concepts, found.hand_overs) == (5, (), ())


@pytest.mark.long
def test_a_row_of_a_file_is_changed_as_a_record_of_its_own() -> None:
    row = row_of_files("hand_over")
    assert row is not None
    with speaking("nb"):
        typed = {**fields.typed_of("hand_over", row.table), "answer": "yes"}
        entry.put("hand_over", row.key, fields.payload("hand_over", typed, row.table), 0)
    found = programme(Records.open().state()).hand_overs
    assert ([each.answer for each in found].count("yes"), len(found)) == (1, 9)


def test_a_fault_is_told_at_its_field() -> None:
    said = {"nb": "x", "en": "x"}
    scores = {name: {"score": 3, "reason": said, "by": said} for name in ("gain", "necessity")}
    wrong = {"name": said, "example": False, "ease": {"score": 7, "reason": said, "by": said}, **scores}
    zero = {**templates.scale(), "weights": dict.fromkeys(("ease", "gain", "necessity"), 0.0)}
    told = [("knot", wrong, "ease.score", "Lett: poeng"), ("course", {"owner": "Ring 911 22 333"}, "owner", "Eier")]
    for kind, table, field, called in (*told, ("knot_scale", zero, "weights.ease", "Vekt: lett")):
        with pytest.raises(Problems) as refused:
            entry.put(kind, entry.NEW, table, 0)
        with speaking("nb"):
            told_at = faults.told(kind, refused.value)
            assert list(told_at) == [field]
            assert called in told_at[field]


PARTNER = {"name": {"nb": "Qvigstad og sønn", "en": "Qvigstad and son"}, "level": {"nb": "bedrift", "en": "firm"}}


@pytest.mark.long
def test_a_name_that_is_erased_is_left_in_no_key_and_no_id() -> None:
    entry.put("partner", entry.NEW, PARTNER, 0)
    entry.put("partner", entry.NEW, PARTNER, 0)
    records = Records.open()
    added = programme(records.state()).partners[-2:]
    assert [each.id for each in added] == ["partner-6", "partner-7"]
    for event, place, _ in texts_with(records.events(), "qvigstad"):
        records.redact(event.number, place, who=WHO, reason="Et navn")
    for lang in ("nb", "en"):
        assert "Qvigstad" not in programme(records.state()).partners[-1].name[lang]
    assert "qvigstad" not in "".join(lines(records)).casefold()


@pytest.mark.long
def test_a_key_that_was_taken_away_is_not_given_to_another() -> None:
    entry.put("decision", entry.NEW, DECISION, 0)
    entry.put("decision", entry.NEW, {**DECISION, "title": "Jobbes stanses"}, 0)
    seen = Records.open().state().of("decision")["decision-2"].version
    withdrawal.take_away("decision", "decision-2", who=WHO, reason="Ført feil", seen=seen)
    entry.put("decision", entry.NEW, {**DECISION, "title": "Noe annet"}, 0)
    state = Records.open().state()
    assert list(state.of("decision")) == ["decision-1", "decision-3"]
    assert withdrawal.gone(state, "decision")["decision-2"]["title"] == "Jobbes stanses"


@pytest.mark.long
def test_four_programmes_after_each_other_are_all_kept() -> None:
    names = ("Annet", "Tredje", "Fjerde")
    release.closed("flere-i-arbeid", "Over")
    for name in names:
        words = dict.fromkeys(("name", "about", "why", "hypothesis"), name)
        state = Records.open().state()
        with speaking("nb"):
            typed = fields.payload("programme", {**words, "started": 2027, "years": 5}, basis(state))
        entry.put("programme", entry.NEW, typed, 0)
        release.closed(withdrawal.holder_key(Records.open().state()), "Over")
    state = Records.open().state()
    assert list(state.past) == ["flere-i-arbeid", "programme-2", "programme-3"]
    assert list(state.of("programme")) == ["programme-4"]


@pytest.mark.long
@pytest.mark.parametrize("kind", [kind for kind in forms.KINDS if kind != "gain"])
def test_nobody_is_reached_by_what_stands_in_a_record(kind: str) -> None:
    """Every field of every form that takes words of its own: the number is told at its field, and nothing is kept."""
    asked = [each for each in forms.form_of(kind).fields if each.means in ("line", "words", "long", "list")]
    assert asked or kind in ("status", "knot_scale")
    with speaking("nb"):
        if kind == "line":
            entry.put("baseline", "2026-11-30", fields.payload("baseline", filled("baseline"), {}), 0)
        before = Records.open().events()
        for each in asked:
            typed, begins = (
                {**filled(kind), each.name: "Ring 412 34 567"},
                basis(NOTHING) if kind == "programme" else {},
            )
            with pytest.raises(Problems) as refused:
                entry.put(kind, fields.key_for(kind, typed) or entry.NEW, fields.payload(kind, typed, begins), 0)
            assert each.name in faults.told(kind, refused.value)
    assert Records.open().events() == before
