"""What a municipality owns lies over what is shipped; where the two cannot both stand, it is said."""

import json
import os
import shutil
from pathlib import Path

import pytest

from analytics.__main__ import main as analytics_main
from analytics.experiments.portfolio.registry import experiments
from benefits.__main__ import main as benefits_main
from benefits.scenario.model import shipped, shipped_scenario
from data import home, paths
from data.__main__ import main
from data.catalogue import indicators
from data.curated.experiment import registration_log
from data.curated.plan.read import plan_in_use
from data.curated.programme.read import NoProgramme, programme
from data.deliveries import read
from data.home import HomeNotWritten, HomeUnusable
from data.i18n import LANGUAGES
from data.ingest.contract import Problems
from data.settings import settings
from data.warehouse import build
from tests import own_home
from tests.data.raw_ground import deliver


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INNENFOR_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_a_home_that_is_not_there_changes_nothing_and_is_not_made(own: Path) -> None:
    assert settings().home_municipality == "4204"
    assert programme().municipality == "4204"
    assert plan_in_use()
    assert indicators()
    assert shipped()
    assert not own.exists()


def test_the_homes_settings_lie_over_the_shipped_ones_key_by_key(own: Path) -> None:
    own_home.written(
        own / "settings.toml", 'home_municipality = "5001"\ndemo = true\n[disclosure.nav]\nthreshold = 10\n'
    )
    found = settings()
    assert (found.home_municipality, found.demo, found.language) == ("5001", True, "nb")
    assert (found.disclosure["nav"].threshold, found.disclosure["nav"].max_suppressed_count) == (10, 3)
    assert found.disclosure["county"].threshold == 5


def test_what_is_shipped_is_no_demo() -> None:
    assert settings().demo is False


@pytest.mark.long
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("content", [b"home_municipality = ", b"peers = ['\xe5']", b"a = 1\na = 2"])
def test_settings_that_cannot_be_read_are_said_with_a_cure(own: Path, content: bytes, lang: str, capsys) -> None:
    own.mkdir()
    (own / "settings.toml").write_bytes(content)
    with pytest.raises(Problems) as group:
        settings()
    (problem,) = group.value.exceptions
    assert problem.line(lang).startswith("$INNENFOR_HOME/settings.toml · ")
    assert main(["build", "--lang", lang]) == 1
    assert "settings.toml" in capsys.readouterr().out


def test_every_command_line_says_so_without_a_traceback(own: Path, capsys) -> None:
    own_home.written(own / "settings.toml", "home_municipality = ")
    own_home.written(own / "scenarios", "in the way")
    assert analytics_main(["rate", "neet_register"]) == 1
    assert benefits_main(["appraise", "ips_job_support"]) == 1
    codes = [json.loads(line)["error"]["code"] for line in capsys.readouterr().out.splitlines()]
    assert codes == ["toml_broken", "home_unusable"]


@pytest.mark.parametrize("place", ["", "indicators", "raw", "experiments", "programme", "plan", "scenarios"])
def test_a_file_where_a_folder_of_the_home_must_be_is_said(own: Path, place: str) -> None:
    own_home.written(own / place if place else own, "not a folder")
    ask = {
        "": settings, "indicators": indicators, "raw": read.sidecars, "experiments": experiments,
        "programme": programme, "plan": plan_in_use, "scenarios": shipped,
    }[place]  # fmt: skip
    with pytest.raises(HomeUnusable, match="not a folder that can be read"):
        ask()


def test_a_home_that_may_not_be_read_is_said(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refused)
    with pytest.raises(HomeUnusable, match="Permission denied"):
        home.folders("raw")


def test_the_homes_own_file_is_used_instead_of_a_shipped_one_and_the_build_says_so(own: Path) -> None:
    own_home.indicator(own, "neet_register", "Utenfor, slik vi teller")
    scenario = paths.shipped("scenarios") / "ips_job_support.toml"
    own_home.written(own / "scenarios" / scenario.name, scenario.read_text(encoding="utf-8").replace("IPS", "Vår IPS"))
    own_home.written(own / "scenarios" / "ours.toml", scenario.read_text(encoding="utf-8"))
    assert indicators()["neet_register"].label["nb"] == "Utenfor, slik vi teller"
    assert "Vår IPS" in shipped_scenario("ips_job_support").as_toml()
    assert "ours" in shipped()
    told = [note.says("nb") for note in build.home_notes()]
    assert len(told) == 2
    assert "indicators/neet_register.toml er brukt i stedet" in told[0]


@pytest.mark.long
def test_a_delivery_in_the_home_is_read_beside_the_shipped_ones(own: Path) -> None:
    before, problems = read.sidecars()
    deliver(own / "raw", edition="brought-in")
    found, more = read.sidecars()
    assert (len(found), problems, more) == (len(before) + 1, [], [])
    assert build.inputs_hash(*read.raw_folders()) != build.inputs_hash(paths.shipped("raw"))


def test_a_delivery_that_later_comes_with_innenfor_is_read_once(own: Path) -> None:
    shutil.copytree(paths.shipped("raw") / "ssb" / "2025-11", own / "raw" / "ssb" / "2025-11")
    found, problems = read.sidecars()
    assert problems == []
    assert len({each.edition for each in found}) == len(found)


@pytest.mark.long
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_same_edition_with_other_figures_is_a_problem_that_names_both(own: Path, lang: str) -> None:
    edition = next(each.edition for each in read.sidecars()[0] if each.folder_source == "ssb")
    deliver(own / "raw", edition=edition)
    [problem] = read.sidecars()[1]
    assert problem.code == "edition_shipped"
    assert "data/raw/ssb" in problem.says(lang)


@pytest.mark.long
def test_a_source_of_ones_own_needs_a_rule_of_protection(own: Path) -> None:
    deliver(own / "raw", source="stavanger", edition="own")
    [problem] = build.without_rule(read.sidecars()[0]).values()
    assert (problem.code, problem.found) == ("no_rule", "stavanger")
    own_home.written(own / "settings.toml", own_home.SETTINGS)
    settings.__globals__["_settings"].cache_clear()
    assert build.without_rule(read.sidecars()[0]) == {}


def test_kristiansands_programme_plan_and_experiments_show_in_no_other_home_municipality(own: Path) -> None:
    own_home.written(own / "settings.toml", 'home_municipality = "1103"')
    with pytest.raises(NoProgramme):
        programme()
    assert plan_in_use().plan is None
    assert all(each.published for each in experiments())


def test_another_home_municipality_has_its_own(own: Path) -> None:
    own_home.furnished(own)
    found = programme()
    assert (found.municipality, found.name["nb"], found.tasks, found.voices) == ("1103", "Jobb i nord", (), ())
    plan = plan_in_use().plan
    assert plan is not None
    assert [row.id for row in plan.rows] == ["S1"]
    assert plan.place == "$INNENFOR_HOME/plan/plan-2026-01.toml"


def test_a_design_of_ones_own_is_registered_in_the_homes_ledger(own: Path) -> None:
    design = own_home.written(own / "experiments" / "ours.toml", "")
    book = registration_log.book_of(design)
    registration_log.append("ours", "1" * 64, path=book, day="2026-01-01")
    assert book == own / "experiments" / "ledger.csv"
    assert registration_log.standing("ours", "1" * 64, registration_log.entries(book)) == ("planned", "2026-01-01")
    assert (
        registration_log.book_of(paths.shipped("experiments") / "seed.toml")
        == paths.shipped("experiments") / "ledger.csv"
    )


def test_a_home_that_cannot_be_written_is_said(own: Path) -> None:
    own_home.written(own / "experiments", "in the way")
    with pytest.raises(HomeNotWritten) as error:
        registration_log.append("ours", "1" * 64, path=own / "experiments" / "ledger.csv")
    assert "$INNENFOR_HOME/experiments/ledger.csv" in error.value.says("nb")


def test_two_homes_never_share_a_build(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INNENFOR_VAR", raising=False)
    first = paths.var()
    monkeypatch.setenv("INNENFOR_HOME", str(own.with_name("another")))
    assert len({first, paths.var(), paths.ROOT / "var"}) == 3
