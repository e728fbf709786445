"""The dossiers of published trials: every number has a source, and what is not known gives no verdict."""

import json
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from analytics.experiments.portfolio import results
from analytics.experiments.portfolio.registry import PublishedOutcome
from data.i18n import LANGUAGES, speaking
from pages.views.experiments import dossier, export, phase_board
from pages.views.experiments.selection import abroad
from tests.architecture.tree import ROOT
from tests.pages.views.test_programme import said

TRIALS = {each.key: each for each in results.reported() if each.experiment.published}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", TRIALS)
def test_every_dossier_says_what_was_found_beside_whom_and_what_is_not_known(key, lang) -> None:
    each = TRIALS[key]
    with speaking(lang):
        rows, terms = dossier.outcome_rows(each), dict(dossier.terms(each))
    assert rows
    assert all(row["outcome"] and row["effect"] and row["known"] for row in rows)
    assert len(terms) >= 4
    assert each.experiment.source
    assert each.experiment.finding["says"][lang]


@pytest.mark.parametrize("key", TRIALS)
def test_a_verdict_stands_only_on_numbers_that_are_known_and_agrees_with_them(key) -> None:
    each = TRIALS[key]
    certain = [found for found in each.experiment.finding["outcomes"] if found.certain and found.unit == "per_100"]
    certain += [found for found in each.experiment.finding["outcomes"] if found.certain and found.unit == "work_days"]
    assert (each.verdict == "numbers_unknown") == (not certain)
    if each.verdict == "better":
        assert min(found.low for found in certain) > 0


def test_a_verdict_written_down_without_numbers_does_not_show() -> None:
    each = TRIALS["supported-employment"]
    written = {**each.experiment.finding, "verdict": "no_important_difference"}
    assert replace(each, experiment=replace(each.experiment, finding=written)).verdict == "numbers_unknown"


def test_an_effect_on_adults_or_from_abroad_carries_a_warning_and_one_on_the_young_here_none() -> None:
    with speaking("en"):
        warned = {key: dossier.transfer(each) for key, each in TRIALS.items()}
    assert "adults of all ages" in warned["se-klar"]
    assert "Denmark" in warned["ips-denmark"]
    assert "Sweden" in warned["supported-employment-sweden"]
    assert "adults" not in warned["supported-employment-sweden"]
    assert warned["seed"] == ""


def test_only_the_direction_is_told_where_no_size_is_known() -> None:
    with speaking("en"):
        assert dossier.effect(PublishedOutcome({"nb": "i", "en": "i"}, sign="negative")).startswith("Fewer or less")
        told = dossier.effect(PublishedOutcome({"nb": "i", "en": "i"}, effect=12, unit="per_100"))
        assert told == "+12.0 per 100 (interval not known)"


def test_norwegian_trials_come_first() -> None:
    order = [abroad(each) for each in sorted(TRIALS.values(), key=abroad)]
    assert order == sorted(order)
    assert order.count(1) == 11
    with speaking("nb"):
        page = phase_board.cards(sorted(TRIALS.values(), key=abroad))
    assert page.index("SEED") < page.index("Job Corps")


def test_the_file_holds_every_outcome() -> None:
    with speaking("en"):
        found = json.loads(export.one(TRIALS["seed"]))["finding"]["outcomes"]
    assert [each["effect"] for each in found] == [10.39, 39.3, 5.9]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", ["seed", "se-klar", "ips-denmark", "year-up"])
def test_a_dossier_opens_from_its_link(key, lang) -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run().switch_page("pages/experiments.py")
    app.query_params.clear()
    app.query_params.update({"experiment": key, "lang": lang})
    app.run()
    assert not app.exception
    found = said(app)
    with speaking(lang):
        assert TRIALS[key].experiment.finding["comparison"][lang] in found
        assert dossier.outcome_rows(TRIALS[key])[0]["outcome"] in found
