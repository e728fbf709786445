"""The registry and its ledger: what was registered cannot be changed without showing."""

import json

import polars as pl
import pytest

from analytics.__main__ import main
from analytics.experiments import Design, evaluate
from analytics.experiments.portfolio.delivered import delivered
from analytics.experiments.portfolio.registry import experiment_from_toml, experiments, registered_design
from analytics.experiments.portfolio.results import reported
from data.curated.experiment import registration_log
from data.curated.experiment.registration_log import AlreadyRegisteredError, LedgerAlteredError
from data.problems import Problems
from tests import demo_ground
from tests.data import make_example_experiments

DEMO = demo_ground.HOME / "experiments"


@pytest.fixture
def record(tmp_path):
    path = tmp_path / "jobbsmak.toml"
    path.write_bytes((DEMO / "jobbsmak.toml").read_bytes())
    return path


def run(capsys, *arguments) -> tuple[int, dict]:
    code = main([str(argument) for argument in arguments])
    return code, json.loads(capsys.readouterr().out)


def test_an_edited_design_is_changed_after_registration(record, tmp_path, capsys) -> None:
    book = tmp_path / "ledger.csv"
    text = record.read_text(encoding="utf-8")
    record.write_text(text.replace("2025-03-03", "2999-03-03"), encoding="utf-8")
    code, entry = run(capsys, "register", record, "--ledger", book)
    assert (code, entry["key"]) == (0, "jobbsmak")
    assert experiment_from_toml(record).registration(book) == ("planned", entry["registered"])
    text = record.read_text(encoding="utf-8")
    record.write_text(text.replace('outcome = "in_work"', 'outcome = "earnings"'), encoding="utf-8")
    assert experiment_from_toml(record).registration(book) == ("changed", entry["registered"])


def test_a_later_phase_or_cost_is_no_change_of_the_design(record, tmp_path) -> None:
    book = tmp_path / "ledger.csv"
    registration_log.append("jobbsmak", experiment_from_toml(record).hash, path=book, day="2025-02-10")
    text = record.read_text(encoding="utf-8").replace('phase = "test"', 'phase = "scaling"').replace("18500", "19000")
    record.write_text(text, encoding="utf-8")
    assert experiment_from_toml(record).registration(book)[0] == "planned"


def test_what_is_registered_after_the_start_is_late(record, tmp_path) -> None:
    book = tmp_path / "ledger.csv"
    registration_log.append("jobbsmak", experiment_from_toml(record).hash, path=book, day="2025-03-04")
    assert experiment_from_toml(record).registration(book) == ("late", "2025-03-04")


@pytest.mark.parametrize(("delivered", "told"), [("2025-12-31", True), ("2026-01-01", False), (None, False)])
def test_results_dated_before_their_outcome_can_be_known_are_told(delivered, told) -> None:
    table = pl.DataFrame({"arm": ["control", "new"], "n": [200, 200], "events": [80, 110]})
    dates = {"registered": "2024-12-01", "started": "2025-01-01", "follow_up_months": 12}
    design = Design(**dates, delivered=delivered)
    found = evaluate(design, table)
    assert ("N09" in [item.code for item in found.notes]) is told
    assert ("too_early" in found.grade["reasons"]) is told
    assert design.hash == Design(**dates).hash
    if told:
        assert "2026-01-01" in found.note_texts("nb")[0]["says"]


def test_registering_twice_is_refused_and_an_amendment_never_becomes_planned(record, tmp_path, capsys) -> None:
    book = tmp_path / "ledger.csv"
    run(capsys, "register", record, "--ledger", book)
    code, answer = run(capsys, "register", record, "--ledger", book, "--lang", "nb")
    assert (code, answer["error"]["code"]) == (1, "already_registered")
    text = record.read_text(encoding="utf-8").replace("mde = 10.0", "mde = 2.0")
    record.write_text(text, encoding="utf-8")
    code, _ = run(capsys, "register", record, "--ledger", book, "--amend")
    assert code == 0
    assert experiment_from_toml(record).registration(book)[0] == "changed"


def test_the_ledger_only_gains_lines(tmp_path) -> None:
    book = tmp_path / "ledger.csv"
    registration_log.append("a", "1" * 64, path=book, day="2026-01-01")
    before = book.read_bytes()
    registration_log.append("b", "2" * 64, path=book, day="2026-01-02")
    assert book.read_bytes().startswith(before)


@pytest.mark.parametrize("edit", [("2026-01-01", "2025-01-01"), ("a,1", "a,3"), ("b,2", "c,2")])
def test_a_rewritten_ledger_is_noticed(tmp_path, edit) -> None:
    book = tmp_path / "ledger.csv"
    registration_log.append("a", "1" * 64, path=book, day="2026-01-01")
    registration_log.append("b", "2" * 64, path=book, day="2026-01-02")
    book.write_text(book.read_text().replace(*edit))
    with pytest.raises(LedgerAlteredError):
        registration_log.entries(book)
    with pytest.raises(LedgerAlteredError):
        registration_log.append("c", "3" * 64, path=book)


def test_a_removed_line_is_noticed(tmp_path) -> None:
    book = tmp_path / "ledger.csv"
    for key in "abc":
        registration_log.append(key, key * 64, path=book, day="2026-01-01")
    lines = book.read_text().splitlines(keepends=True)
    book.write_text("".join(lines[:2] + lines[3:]))
    with pytest.raises(LedgerAlteredError):
        registration_log.entries(book)


def test_the_same_experiment_cannot_be_registered_twice_in_one_day(tmp_path) -> None:
    book = tmp_path / "ledger.csv"
    registration_log.append("a", "1" * 64, path=book)
    with pytest.raises(AlreadyRegisteredError):
        registration_log.append("a", "1" * 64, path=book, amend=True)


@pytest.mark.usefixtures("demo")
def test_an_outcome_the_record_does_not_name_is_exploratory() -> None:
    record = experiment_from_toml(DEMO / "jobbsmak.toml")
    assert record.outcome_standing("in_work") == "planned"
    assert record.outcome_standing("wellbeing") == "not_planned"


def test_every_shipped_experiment_is_published_with_its_source() -> None:
    shipped = experiments()
    assert {item.key for item in shipped} >= {"seed", "ips-norge", "ips-bodo", "supported-employment", "se-klar"}
    assert all(item.published and item.source and not item.example for item in shipped)
    assert all(item.title.keys() == item.question.keys() == {"nb", "en"} for item in shipped)


@pytest.mark.usefixtures("demo")
def test_the_demo_adds_examples_of_every_method() -> None:
    examples = [item for item in experiments() if item.example]
    assert {item.method for item in examples} == {"rct", "cluster_rct", "staggered", "before_after"}
    assert any(item.phase == "stopped" for item in examples)
    assert not any(item.published for item in examples)


@pytest.mark.usefixtures("demo")
def test_every_example_was_registered_before_it_started() -> None:
    for item in (item for item in experiments() if item.example):
        standing, day = item.registration()
        assert standing == "planned"
        assert day == item.design.registered
        assert day < item.design.started


@pytest.mark.long
@pytest.mark.usefixtures("demo")
def test_the_examples_show_every_kind_of_answer() -> None:
    verdicts = {}
    for item in (item for item in experiments() if item.example):
        found = delivered(item)
        verdicts[item.key] = evaluate(item.design, found.table, found.flow).verdict
    assert verdicts["utvidet-karriereveiledning"] == "no_important_difference"
    assert verdicts["jobbsmak"] == "too_small_to_say"
    assert verdicts["en-kontaktperson"] == verdicts["raskere-i-jobb"] == "better"


def test_the_example_deliveries_follow_from_the_stated_truth(tmp_path) -> None:
    make_example_experiments.write(tmp_path)
    for path in sorted(make_example_experiments.FOLDER.iterdir()):
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("area = 5", "area = 9"),
        ('phase = "test"', 'phase = "later"'),
        ("question =", "questoin ="),
        ("mde =", "mdee ="),
    ],
)
def test_a_record_that_is_not_understood_is_refused(record, before, after) -> None:
    record.write_text(record.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    with pytest.raises(Problems):
        experiment_from_toml(record)


def test_a_design_alone_that_is_registered_carries_the_date_of_the_ledger(tmp_path, capsys) -> None:
    path, book = tmp_path / "pilot.toml", tmp_path / "ledger.csv"
    path.write_text('[design]\nkey = "pilot"\noutcome = "y"\n', encoding="utf-8")
    _, entry = run(capsys, "register", path, "--ledger", book)
    assert registered_design(path, book).registered == entry["registered"]
    path.write_text('[design]\nkey = "pilot"\noutcome = "z"\n', encoding="utf-8")
    assert registered_design(path, book).registered is None


@pytest.mark.long
@pytest.mark.usefixtures("demo")
def test_every_example_could_have_happened() -> None:
    found = [each for each in reported() if each.experiment.example]
    assert len(found) == 8
    for each in found:
        assert each.standing == "planned", each.key
        assert not {"N05", "N09"} & {item.code for item in each.estimate.notes}, each.key
        assert each.experiment.design.follow_up_months, each.key
