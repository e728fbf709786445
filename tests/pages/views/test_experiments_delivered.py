"""From UiA's file to the reader: the build, the page, the download and the command tell the same number."""

import json
from pathlib import Path

import pytest

from analytics.__main__ import main
from analytics.experiments.portfolio import results
from data.i18n import LANGUAGES, speaking
from data.warehouse import build
from pages.views.experiments import export, wording
from tests import experiment_home
from tests.experiment_home import FLOW, KEY, RECORD, RESULTS
from tests.pages.experiments_page import opened, told


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    experiment_home.opened(folder, monkeypatch)
    experiment_home.registered(folder)
    return folder


def answer(capsys, *arguments: object) -> dict:
    capsys.readouterr()
    assert main([*map(str, arguments)]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_file_page_download_and_command_tell_the_same(home: Path, capsys, lang: str) -> None:
    file, flow = experiment_home.deliver(home), experiment_home.deliver(home, FLOW, "flow")
    build.build()
    record = home / "experiments" / f"{KEY}.toml"
    by_file = answer(capsys, "evaluate", record, file, "--flow", flow, "--published", "--lang", lang)
    by_key = answer(capsys, "evaluate", "--experiment", KEY, "--published", "--lang", lang)
    assert by_key == by_file
    (each,) = [each for each in results.reported() if each.key == KEY]
    with speaking(lang):
        downloaded = json.loads(export.one(each))
        sentence, command = wording.effect(each), wording.command(each)
    assert downloaded["estimate"] == by_key
    assert answer(capsys, *command.split()[3:]) == by_key
    shown = told(opened(lang=lang, view="one", experiment=KEY))
    assert sentence in shown
    assert sentence[1:60] in by_key["sentence"]
    assert "Universitetet i Agder" in shown


def test_before_the_build_the_page_says_that_one_is_due_and_serves_what_was(home: Path) -> None:
    experiment_home.deliver(home)
    build.build()
    before = told(opened(lang="en", view="one", experiment=KEY))
    assert "run.py data" not in before
    experiment_home.deliver(home, RESULTS.replace("168", "150"), published="2026-09")
    waiting = told(opened(lang="en", view="one", experiment=KEY))
    assert "uia-2026-09-results" in waiting
    assert "run.py data" in waiting
    (old,) = [each for each in results.reported() if each.key == KEY]
    build.build()
    (new,) = [each for each in results.reported() if each.key == KEY]
    assert old.estimate.value != new.estimate.value
    assert "run.py data" not in told(opened(lang="en", view="one", experiment=KEY))


def test_a_changed_record_shows_at_the_next_click_without_a_build(home: Path) -> None:
    experiment_home.deliver(home)
    build.build()
    assert "Short course" in told(opened(lang="en", view="one", experiment=KEY))
    file = home / "experiments" / f"{KEY}.toml"
    file.write_text(RECORD.replace("Short course", "A longer course"), encoding="utf-8")
    assert "A longer course" in told(opened(lang="en", view="one", experiment=KEY))


def test_an_experiment_without_a_delivery_is_shown_and_not_given_one(home: Path) -> None:
    build.build()
    (each,) = [each for each in results.reported() if each.key == KEY]
    assert (each.verdict, each.estimate, each.delivery) == ("not_reported", None, None)
    assert "Short course" in told(opened(lang="en", view="one", experiment=KEY))
