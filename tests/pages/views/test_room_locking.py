"""A researcher locks a design in a form: from the form by the log to the verdict on the page, and what is refused."""

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from analytics.__main__ import main
from analytics.experiments.design.design import design_from_toml
from analytics.programme import going, withdrawal
from benefits.valuation.experiment_effect import experiment_effects
from data.i18n import LANGUAGES, speaking
from data.problems import Problems
from data.records import Conflict, Records, Who
from data.warehouse import build
from pages.format.numbers import per_hundred
from pages.format.texts import text
from pages.frame import sign_in
from pages.frame.sight import seeing
from pages.views.experiments import protocol
from pages.views.programme.room import design_form, entry, faults, fields, forms, locking, writer
from tests import experiment_home
from tests.architecture.tree import ROOT
from tests.experiment_home import KEY, RESULTS
from tests.ground import opened as ground
from tests.pages.experiments_page import opened, told

WHO = Who("u-1", "editor")
FACTS = {
    "experiment.title": "Kort kurs", "experiment.question": "Kommer flere i jobb?", "experiment.area": "3",
    "experiment.primary_outcome": "i jobb", "experiment.target_group": "18–29 år",
}  # fmt: skip
DESIGN: dict[str, Any] = {
    "experiment.question": "Kommer flere i jobb?", "experiment.target_group": "18–29 år",
    "experiment.unit_of_assignment": "person", "experiment.primary_outcome": "i jobb", "design.method": "rct",
    "design.outcome": "in_work", "design.label": "i jobb", "design.kind": "binary", "design.good": "up",
    "design.mde": 5.0, "experiment.planned_n": 480, "design.started": dt.date(2026, 2, 2),
    "design.follow_up_months": 3,
}  # fmt: skip
LOCKED = dt.datetime(2026, 1, 12, 9, tzinfo=dt.UTC)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home in which somebody has written an experiment; the day is 12 January 2026."""
    experiment_home.opened(tmp_path / "home", monkeypatch)
    ground(monkeypatch)
    monkeypatch.setattr(writer, "who", lambda: WHO)
    monkeypatch.setattr(sign_in, "role", lambda: "editor")
    at = Records.open()
    monkeypatch.setattr(Records, "open", lambda: replace(at, now=lambda: LOCKED))
    with speaking("nb"):
        entry.put("experiment", KEY, fields.payload("experiment", FACTS, {}), 0)
    return tmp_path / "home"


def put(typed: dict[str, Any], *, kind: str = "design", seen: int | None = None) -> None:
    version, stood = withdrawal.met(Records.open().state(), kind, KEY)
    with speaking("nb"):
        entry.put(kind, KEY, fields.payload(kind, typed, stood), version if seen is None else seen)


def room() -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run().switch_page("pages/programme.py")
    app.query_params.clear()
    app.run()
    assert not app.exception
    return app


def keys(app: AppTest) -> set[str]:
    return {str(each.key) for each in app.button}


@pytest.mark.long
@pytest.mark.parametrize("lang", LANGUAGES)
def test_from_the_form_to_the_verdict_on_the_page(home: Path, capsys, monkeypatch, lang: str) -> None:
    monkeypatch.setenv("INNENFOR_VAR", str(home.parent / "var"))
    put(DESIGN)
    experiment_home.deliver(home, RESULTS)
    build.build()
    shown = told(opened(lang=lang, view="one", experiment=KEY))
    assert {"nb": "Planlagt: registrert 12. januar 2026", "en": "Planned: registered 12 January 2026"}[lang] in shown
    capsys.readouterr()
    assert main(["evaluate", "--experiment", KEY, "--published", "--lang", lang]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["verdict"] == "better"
    assert answer["sentence"].partition(". ")[0] in shown
    assert not {"N05", "N09"} & {note["code"] for note in answer["notes"]}
    with speaking(lang):
        assert text("experiments.exploratory") not in shown


@pytest.mark.long
def test_what_an_experiment_of_the_records_is_worth_is_shown_to_those_who_see_it(home: Path, monkeypatch) -> None:
    monkeypatch.setenv("INNENFOR_VAR", str(home.parent / "var"))
    put(DESIGN)
    experiment_home.deliver(home, RESULTS)
    build.build()
    effect = experiment_effects()[KEY]
    assert KEY not in experiment_effects(())
    assert effect.raw == pytest.approx(140 / 185 - 168 / 260, abs=0.01)
    shown = gains(experiment=KEY)
    assert "Kort kurs" in shown
    with speaking("nb"):
        assert per_hundred(effect.value) in shown
    assert f"gains?experiment={KEY}" in told(room())
    assert f"gains?experiment={KEY}" in told(opened(lang="nb", view="one", experiment=KEY))
    monkeypatch.setattr(sign_in, "role", lambda: "")
    assert "Kort kurs" not in gains()


def gains(**parameters: str) -> str:
    """Return all words of the page of gains with these parameters in its link."""
    return told(opened("gains", lang="nb", **parameters))


def test_what_is_locked_is_shown_in_the_room_and_its_form_is_the_one_for_changes(home: Path) -> None:
    assert {"open-design"} == keys(room()) & {"open-design", "open-redesign"}
    put(DESIGN)
    app = room()
    assert {"open-redesign"} == keys(app) & {"open-design", "open-redesign"}
    assert "away-experiment" not in keys(app)
    shown = told(app)
    assert "Planlagt: registrert 12. januar 2026, ikke endret siden." in shown
    assert "Registrering av forsøk: **Kort kurs** (ny)" in shown


def test_a_change_is_shown_with_its_reason_and_the_result_is_exploratory(home: Path) -> None:
    put(DESIGN)
    put({**DESIGN, "design.mde": 8.0, "why": "Færre plasser enn ventet"}, kind="redesign")
    shown = told(opened(lang="nb", view="one", experiment=KEY))
    assert "Endret etter registreringen 12. januar 2026." in shown
    assert "12. januar 2026: Færre plasser enn ventet" in shown


def test_a_start_that_has_been_is_told_before_it_is_locked_and_stays_late(home: Path, monkeypatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(locking, "today", LOCKED.date)
    monkeypatch.setattr(locking.st, "warning", said.append)
    with speaking("nb"):
        locking.told("design", {locking.START: dt.date(2026, 1, 12)})
        locking.told("design", {locking.START: dt.date(2026, 1, 11)})
    assert len(said) == 1
    assert "11. januar 2026" in said[0]
    put({**DESIGN, "design.started": dt.date(2026, 1, 11)})
    assert "etter at det startet: resultatet er utforskende" in told(opened(lang="nb", view="one", experiment=KEY))


def test_two_who_lock_and_a_stale_form_see_what_stands_there(home: Path) -> None:
    seen = withdrawal.met(Records.open().state(), "design", KEY)[0]
    put(DESIGN)
    with pytest.raises(Conflict) as refused:
        put({**DESIGN, "design.mde": 8.0}, seen=seen)
    assert refused.value.now is not None
    with speaking("nb"):
        assert fields.typed_of("design", refused.value.now)["design.mde"] == 5.0
    with pytest.raises(Conflict), speaking("nb"):
        entry.put("experiment", KEY, fields.payload("experiment", FACTS, {}), seen)
    with pytest.raises(Problems) as unsaid:  # what the first form comes to when it is saved again, knowingly
        put({**DESIGN, "design.mde": 8.0})
    with speaking("nb"):
        assert "alt registrert 2026-01-12" in faults.told("design", unsaid.value)[""]
    assert len(Records.open().state().of("registration")) == 1


def test_what_is_locked_is_refused_at_its_field_in_the_experiments_own_form(home: Path) -> None:
    put(DESIGN)
    version, stood = withdrawal.met(Records.open().state(), "experiment", KEY)
    with speaking("nb"):
        moved = fields.payload("experiment", {**FACTS, "experiment.question": "Noe annet?"}, stood)
        with pytest.raises(Problems) as refused:
            entry.put("experiment", KEY, moved, version)
        told_at = faults.told("experiment", refused.value)
        assert list(told_at) == ["experiment.question"]
        assert "Spørsmål kan ikke endres her: utformingen er registrert 2026-01-12" in told_at["experiment.question"]
        entry.put(
            "experiment", KEY, fields.payload("experiment", {**FACTS, "experiment.title": "Nytt navn"}, stood), version
        )
    assert Records.open().state().of("experiment")[KEY].value.title["nb"] == "Nytt navn"


@pytest.mark.parametrize("kind", design_form.FORMS)
def test_nobody_is_reached_by_what_stands_in_a_design(home: Path, kind: str) -> None:
    if kind == "redesign":
        put(DESIGN)
    begun = {**DESIGN, "design.mde": 8.0, "why": "Færre plasser"}
    before = Records.open().events()
    asked = [each for each in forms.form_of(kind).fields if each.means in ("line", "words", "long", "list")]
    for each in asked:
        with pytest.raises(Problems) as refused:
            put({**begun, each.name: "Ring 412 34 567"}, kind=kind)
        with speaking("nb"):
            assert each.name in faults.told(kind, refused.value)
    assert Records.open().events() == before


def test_script_in_a_field_is_text_on_the_page(home: Path) -> None:
    put({**DESIGN, "experiment.unit_of_assignment": "<script>alert(1)</script>"})
    shown = told(opened(lang="nb", view="one", experiment=KEY))
    assert "&lt;script&gt;alert(1)" in shown
    assert "<script>alert(1)" not in shown


def test_a_form_that_is_filled_in_is_a_design_and_is_shown_as_it_was(home: Path) -> None:
    whole = {
        **DESIGN, "experiment.hypothesis": "Minst fem", "design.control": "control", "design.treatment": "treatment",
        "design.allocation": 0.5, "design.covariates": "age, sex", "experiment.secondary_outcomes": "earnings",
        "experiment.ethics": "Ikke framleggingspliktig", "experiment.public_registry": "ISRCTN1",
    }  # fmt: skip
    put(whole)
    with speaking("nb"):
        shown = fields.typed_of("design", Records.open().state().of("experiment")[KEY].table)
    assert {name: value for name, value in shown.items() if value not in (None, "")} == whole
    record = Records.open().state().of("experiment")[KEY].value
    assert (record.method, record.smallest_useful_effect, record.started) == ("rct", 5.0, "2026-02-02")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_protocol_tells_what_is_locked_and_its_design_is_read_back_as_it_was(home: Path, lang: str) -> None:
    put({**DESIGN, "experiment.hypothesis": "# Minst *fem*\n~~~"})
    put({**DESIGN, "design.mde": 8.0, "why": "Færre plasser"}, kind="redesign")
    with speaking(lang):
        (each,) = [one for one in going.reported_seen((), Records.open().state()) if one.key == KEY]
        with seeing(inner=True):
            found = protocol.protocol(each)
    assert each.experiment.design is not None
    assert "Færre plasser" in found
    assert each.experiment.hash in found
    file = home / "design.toml"
    file.write_text(found.partition("~~~toml\n")[2].partition("~~~")[0], encoding="utf-8")
    assert design_from_toml(file).hash == each.experiment.design.hash


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_field_and_button_has_its_words(lang: str) -> None:
    with speaking(lang):
        for kind, form in design_form.FORMS.items():
            assert len({forms.label(kind, each) for each in form.fields}) == len(form.fields)
            assert text(f"room.alter.{kind}") != text("room.change")
            for each in form.fields:
                assert all(forms.option(kind, each, code) for code in each.options)
