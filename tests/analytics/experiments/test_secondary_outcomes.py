"""Other outcomes: all shown and corrected together, the unplanned marked; the ledger says what was planned."""

import json
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from analytics.__main__ import main
from analytics.experiments.portfolio import registry, results
from analytics.experiments.portfolio.registry import experiment_from_toml
from analytics.experiments.portfolio.secondary_outcomes import secondary
from data.curated.experiment import registration_log
from tests import demo_ground

RECORD = experiment_from_toml(demo_ground.HOME / "experiments" / "en-kontaktperson.toml")


def delivery(events: dict[str, tuple[int, int]]) -> pl.DataFrame:
    rows = [
        {"experiment": RECORD.key, "arm": arm, "period": 1, "outcome": outcome, "n": 200, "events": count}
        for outcome, pair in {"in_work": (60, 90), **events}.items()
        for arm, count in zip(("control", "treatment"), pair, strict=True)
    ]
    before = [{**row, "period": 0, "outcome": "worked_year_before"} for row in rows[:2]]
    return pl.DataFrame(rows + before)


def test_p_values_of_other_outcomes_are_corrected_by_holm() -> None:
    table = delivery({"off_social_assistance": (60, 85), "in_education": (40, 57), "driving_licence": (90, 93)})
    found = {each.outcome: each for each in secondary(RECORD, table, "planned")}
    p = [found[name].answer.p for name in ("off_social_assistance", "in_education", "driving_licence")]
    assert [found[name].p_adjusted for name in found] == pytest.approx([3 * p[0], 2 * p[1], p[2]])
    assert found["in_education"].answer.verdict == "better", "without correction it would have been shown as better"
    assert found["in_education"].verdict == "too_small_to_say"
    assert found["off_social_assistance"].verdict == "better"


def test_an_outcome_nobody_planned_is_exploratory_and_a_baseline_is_no_outcome() -> None:
    table = delivery({"in_education": (40, 57), "driving_licence": (90, 93)})
    standings = {each.outcome: each.standing for each in secondary(RECORD, table, "planned")}
    assert standings == {
        "off_social_assistance": "planned",
        "in_education": "planned",
        "driving_licence": "not_planned",
    }


def test_a_planned_outcome_that_was_not_delivered_does_not_disappear() -> None:
    missing = secondary(RECORD, delivery({"in_education": (40, 57)}), "planned")[0]
    assert (missing.outcome, missing.verdict, missing.p_adjusted) == ("off_social_assistance", "not_reported", None)


def test_small_counts_of_other_outcomes_are_hidden() -> None:
    told = [secondary(RECORD, delivery({"in_education": (40, few)}), "planned")[1].answer for few in (1, 4)]
    assert told[0] == told[1]
    assert told[0].value is None


@pytest.mark.long
@pytest.mark.usefixtures("demo")
def test_the_ledger_and_not_the_file_says_when_a_design_was_registered(tmp_path: Path) -> None:
    book = tmp_path / "ledger.csv"
    (ours,) = [each for each in results.reported(book=book) if each.key == RECORD.key]
    assert ours.standing == "unregistered"
    assert "N05" in [note.code for note in ours.answer.notes]
    registration_log.append(RECORD.key, RECORD.hash, path=book, day="2026-03-01")
    late = next(each for each in results.reported(book=book) if each.key == RECORD.key)
    assert "N05" in [note.code for note in late.answer.notes], "registered after the start"


def test_a_record_on_the_command_line_has_the_ledgers_date(tmp_path: Path) -> None:
    path, book = demo_ground.HOME / "experiments" / "en-kontaktperson.toml", tmp_path / "ledger.csv"
    registration_log.append(RECORD.key, RECORD.hash, path=book, day="2026-03-01")
    assert registry.registered_design(path, book).registered == "2026-03-01"
    assert registry.registered_design(path, tmp_path / "none.csv") == RECORD.design


def test_a_design_without_a_record_can_be_registered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, book = tmp_path / "short-course.toml", tmp_path / "ledger.csv"
    path.write_text('[design]\noutcome = "in_work"\nmde = 5\n', encoding="utf-8")
    assert main(["register", str(path), "--ledger", str(book)]) == 0
    entry = json.loads(capsys.readouterr().out)
    design = registry.design_from_toml(path)
    assert (entry["key"], entry["hash"]) == ("short-course", design.hash)
    entries = registration_log.entries(book)
    assert registration_log.standing("short-course", design.hash, entries)[0] == "planned"
    assert registration_log.standing("short-course", replace(design, mde=4.0).hash, entries)[0] == "changed"
