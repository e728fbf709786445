"""A design that is locked: dated by the log, read-only from then on, changed by another registration that says why."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from data.curated.experiment import registration_log
from data.curated.experiment.read import record_from_toml
from data.problems import Problems
from data.records import Conflict, NotAllowed, Records, Who
from data.records.errors import DesignUnchanged, ExperimentRegistered
from data.records.exchange import bring, bring_log, lines
from data.records.files import rows_of_files, write_files
from data.records.in_use import experiments_ever, experiments_of
from data.records.spreadsheet import as_workbook, rows_of_workbook
from data.records.spreadsheet.headings import sheet_name
from data.records.verify import verify

WHO = Who("u-1", "approver")
DAY = dt.datetime(2026, 12, 1, 23, 30, tzinfo=dt.UTC)
SAID = {"nb": "x", "en": "x"}
FACTS: dict[str, Any] = {
    "title": SAID, "question": SAID, "primary_outcome": SAID, "target_group": SAID, "area": 4, "method": "rct",
    "started": dt.date(2027, 1, 4),
}  # fmt: skip
DESIGN: dict[str, Any] = {"method": "rct", "kind": "binary", "outcome": "in_work", "mde": 5.0}
TABLE = {"experiment": FACTS, "design": DESIGN}
WHY = {"nb": "Færre plasser", "en": "Fewer places"}


@pytest.fixture
def locked(records: Records) -> Records:
    """Records with one experiment that was written, then locked on the first of December."""
    records = replace(records, now=lambda: DAY)
    records.append("experiment", "jobbstart", {"experiment": FACTS}, who=WHO)
    records.register("jobbstart", TABLE, {}, who=WHO, seen_version=1)
    return records


def changed(**design: object) -> dict[str, Any]:
    return {**TABLE, "design": {**DESIGN, **design}}


def registered(records: Records) -> tuple[str, str | None]:
    (only,) = experiments_of(records.state())
    return only.registration()


def version(records: Records) -> int:
    return records.state().of("experiment")["jobbstart"].version


def again(records: Records, **design: object) -> None:
    records.register("jobbstart", changed(**design), WHY, who=WHO, seen_version=version(records))


def test_a_locked_design_is_planned_by_the_day_of_the_log(locked: Records) -> None:
    assert registered(locked) == ("planned", "2026-12-01")
    assert verify(locked).faults == ()


def test_a_clock_that_goes_backwards_dates_no_design_before_what_was_written(locked: Records) -> None:
    earlier = replace(locked, now=lambda: DAY - dt.timedelta(days=400))
    earlier.append("experiment", "kurs", {"experiment": FACTS}, who=WHO)
    seen = earlier.state().of("experiment")["kurs"].version
    earlier.register("kurs", TABLE, {}, who=WHO, seen_version=seen)
    assert locked.state().of("registration")["kurs"].value.registered == "2026-12-01"


def test_a_design_locked_after_its_start_is_late(records: Records) -> None:
    records = replace(records, now=lambda: DAY)
    table = {**TABLE, "experiment": {**FACTS, "started": dt.date(2026, 11, 30)}}
    records.append("experiment", "jobbstart", {"experiment": FACTS}, who=WHO)
    records.register("jobbstart", table, {}, who=WHO, seen_version=1)
    assert registered(records) == ("late", "2026-12-01")


def test_what_is_locked_is_changed_by_another_registration_alone(locked: Records) -> None:
    with pytest.raises(Problems) as refused:
        locked.append("experiment", "jobbstart", changed(mde=4.0), who=WHO, seen_version=version(locked))
    assert [(each.code, each.cell, each.found) for each in refused.value.exceptions] == [
        ("design_registered", "design.mde", "2026-12-01")
    ]
    asked = {**FACTS, "question": {"nb": "y", "en": "y"}}
    with pytest.raises(Problems) as refused:
        locked.append("experiment", "jobbstart", {**TABLE, "experiment": asked}, who=WHO, seen_version=version(locked))
    assert [each.cell for each in refused.value.exceptions] == ["experiment.question"]
    phase = {**TABLE, "experiment": {**FACTS, "phase": "test"}}
    locked.append("experiment", "jobbstart", phase, who=WHO, seen_version=version(locked))
    assert registered(locked) == ("planned", "2026-12-01")


def test_a_change_says_why_and_shows_as_changed_after_the_first_day(locked: Records) -> None:
    with pytest.raises(Problems) as refused:
        locked.register("jobbstart", changed(mde=4.0), {}, who=WHO, seen_version=version(locked))
    assert [each.cell for each in refused.value.exceptions] == ["why"]
    with pytest.raises(DesignUnchanged):
        locked.register("jobbstart", TABLE, WHY, who=WHO, seen_version=version(locked))
    later = replace(locked, now=lambda: DAY + dt.timedelta(days=9))
    again(later, mde=4.0)
    assert registered(later) == ("changed", "2026-12-01")
    second = later.state().of("registration")["jobbstart.2"].value
    assert (second.registered, second.why) == ("2026-12-10", WHY)
    (only,) = experiments_of(later.state())
    assert only.design is not None
    assert only.design.mde == 4.0


def test_two_who_lock_one_design_are_a_conflict_and_a_reader_may_not(locked: Records) -> None:
    seen, reader = version(locked), Who("u-2", "reader")
    again(locked, mde=4.0)
    with pytest.raises(Conflict):
        locked.register("jobbstart", changed(mde=3.0), WHY, who=WHO, seen_version=seen)
    with pytest.raises(NotAllowed):
        locked.register("jobbstart", changed(mde=3.0), WHY, who=reader, seen_version=version(locked))
    assert len(locked.state().of("registration")) == 2


def test_a_registration_is_never_moved_and_its_experiment_never_taken_away(locked: Records) -> None:
    with pytest.raises(ExperimentRegistered):
        locked.remove("experiment", "jobbstart", who=WHO, reason="x", seen_version=version(locked))
    seal = locked.state().of("registration")["jobbstart"]
    earlier = {**seal.table, "registered": dt.date(2020, 1, 1)}
    with pytest.raises(Conflict):
        locked.append("registration", "jobbstart", earlier, who=WHO, seen_version=seal.version)
    with pytest.raises(Conflict):
        locked.remove("registration", "jobbstart", who=WHO, reason="x", seen_version=seal.version)


def test_everybody_sees_an_experiment_with_its_registrations_and_neither_before_it_is_released(locked: Records) -> None:
    assert experiments_of(locked.state().public()) == ()
    locked.release("experiment", "jobbstart", who=WHO, seen_version=version(locked))
    again(locked, mde=4.0)
    (shown,) = experiments_of(locked.state().public())
    assert (shown.registration()[0], shown.design.mde if shown.design else None) == ("planned", 5.0)
    locked.release("experiment", "jobbstart", who=WHO, seen_version=version(locked))
    (shown,) = experiments_of(locked.state().public())
    assert shown.registration()[0] == "changed"
    locked.hide("experiment", "jobbstart", who=WHO, reason="x", seen_version=version(locked))
    assert (experiments_of(locked.state().public()), locked.state().public().of("registration")) == ((), {})


def test_an_erased_text_makes_no_design_look_changed(locked: Records) -> None:
    number = version(locked)
    locked.redact(number, "payload.experiment.question.nb", who=WHO, reason="Et navn")
    assert registered(locked) == ("planned", "2026-12-01")
    assert verify(locked).faults == ()


def test_as_files_it_is_a_record_with_its_line_in_the_ledger_and_comes_in_as_it_stands(
    locked: Records, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    again(locked, mde=4.0)
    home = tmp_path / "home"
    write_files(locked.state(), home)
    record = record_from_toml(home / "experiments" / "jobbstart.toml")
    entries = registration_log.entries(home / "experiments" / registration_log.BOOK)
    assert registration_log.standing("jobbstart", record.hash, entries) == ("changed", "2026-12-01")
    assert [each.hash for each in entries][-1] == record.hash
    monkeypatch.setenv("INNENFOR_HOME", str(home))
    rows = [row for row in rows_of_files() if row.kind in ("experiment", "registration")]
    found = bring(locked, rows, who=WHO, reason="")
    assert (len(rows), found.new, found.changed, found.same) == (3, (), (), 3)


def test_the_log_brings_it_whole_into_another_home(locked: Records, tmp_path: Path) -> None:
    again(locked, mde=4.0)
    other = Records(f"sqlite:///{tmp_path / 'other.sqlite'}", "4204")
    bring_log(other, "\n".join(lines(locked)))
    assert (registered(other), other.state().hash) == (("changed", "2026-12-01"), locked.state().hash)


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_the_spreadsheet_shows_registrations_and_makes_none(locked: Records, tmp_path: Path, lang: str) -> None:
    file = tmp_path / "ark.xlsx"
    again(locked, mde=4.0)
    file.write_bytes(as_workbook(locked.state(), lang))
    found = bring(locked, rows_of_workbook(file, locked.state()), who=WHO, reason="")
    assert (found.new, found.changed, found.same) == ((), (), 3)
    book = openpyxl.load_workbook(file)
    sheet = book[sheet_name("registration", lang)]
    named = [str(cell.value) for cell in sheet[1]]
    place = next(number for number, name in enumerate(named, 1) if name in ("Registrert", "Registered"))
    sheet.cell(2, place, dt.date(2020, 1, 1))
    book.save(file)
    with pytest.raises(Problems) as refused:
        bring(locked, rows_of_workbook(file, locked.state()), who=WHO, reason="")
    assert [each.code for each in refused.value.exceptions] == ["record_by_form"]
    assert len(locked.state().of("registration")) == 2


def test_a_locked_question_is_refused_at_its_cell_of_a_spreadsheet(locked: Records, tmp_path: Path) -> None:
    file = tmp_path / "ark.xlsx"
    file.write_bytes(as_workbook(locked.state(), "nb"))
    book = openpyxl.load_workbook(file)
    sheet = book[sheet_name("experiment", "nb")]
    place = next(cell.column for cell in sheet[1] if cell.value == "Spørsmål (bokmål)")
    sheet.cell(2, place, "Noe annet?")
    book.save(file)
    with pytest.raises(Problems) as refused:
        bring(locked, rows_of_workbook(file, locked.state()), who=WHO, reason="")
    told = [(each.code, each.cell, each.column) for each in refused.value.exceptions]
    assert told == [("design_registered", sheet.cell(2, place).coordinate, "Spørsmål (bokmål)")]


def test_no_experiment_of_a_later_programme_gets_the_key_whose_results_may_still_come(locked: Records) -> None:
    said = dict.fromkeys(("name", "about", "why", "hypothesis", "place"), "Flere")
    lists: dict[str, Any] = {each: [] for each in ("partner", "area", "target", "diamond", "slik_phase", "slik_part")}
    facts = {**said, **lists, "track": [], "concept": [], "started": 2021, "years": 5}
    locked.append("experiment", "experiment-1", {"experiment": FACTS}, who=WHO)
    locked.append("programme", "p", {**facts, "id": "p"}, who=WHO)
    locked.close("p", who=WHO, reason="x", seen_version=locked.state().number)
    locked.append("programme", "q", {**facts, "id": "q"}, who=WHO)
    state = locked.state()
    assert (experiments_of(state), state.free_key("decision")) == ((), "decision-1")
    assert state.free_key("experiment") not in ("experiment-1", "jobbstart")
    ever = {each.key: each.registration() for each in experiments_ever(state)}
    assert ever["jobbstart"] == ("planned", "2026-12-01")
