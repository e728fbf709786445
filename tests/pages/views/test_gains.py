"""The gains page: what the link may ask, that the numbers are the command's, and that an example stays an example."""

import json
import subprocess
import sys

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from benefits.scenario import edits as scenario_edits
from benefits.scenario.model import shipped, shipped_scenario
from benefits.valuation.appraisal import appraise
from data import paths
from data.i18n import speaking
from pages.format.numbers import signed
from pages.views.gains import sliders
from pages.views.gains.selection import PICTURES

ROOT = paths.ROOT


def page(**query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    for name, value in query.items():
        app.query_params[name] = value
    return app.switch_page("pages/gains.py").run()


def html(app: AppTest) -> str:
    return " ".join(str(each.proto.body) for each in app.get("html"))


def amount(nok: float) -> str:
    """Return an amount as a card writes it: millions with a decimal, thousands of kroner under 50 000."""
    return signed(nok, -3) if abs(nok) < 50_000 else signed(nok / 1e6, 1)


def said(app: AppTest) -> str:
    return " ".join(str(each.value) for each in (*app.subheader, *app.markdown, *app.caption)) + html(app)


@pytest.mark.parametrize("lang", ["nb", "en"])
@pytest.mark.parametrize("picture", PICTURES)
def test_every_picture_is_drawn_in_both_languages(picture: str, lang: str) -> None:
    app = page(picture=picture, lang=lang)
    assert not app.exception
    assert "innenfor-notice" not in html(app)
    assert len(app.title) == 1


@pytest.mark.parametrize("name", shipped())
def test_the_numbers_on_the_page_are_those_of_the_command(name: str) -> None:
    command = [sys.executable, "-m", "benefits", "appraise", name, "--json"]
    answer = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)
    words = html(page(scenario=name))
    with speaking("nb"):
        for ledger in ("municipality", "public_total", "participants", "employers", "others"):
            found = answer["public"][ledger] if ledger == "municipality" else answer[ledger]
            assert f'class="amount">{amount(found["expected"])} ' in words
            if found["p10"] != found["p90"] and max(-found["p10"], found["p90"]) > 50_000:
                assert f"{signed(found['p10'] / 1e6, 1)} til {signed(found['p90'] / 1e6, 1)}" in words
        assert f'innenfor-number">{amount(answer["society"]["expected"])}<' in words


def test_a_measure_that_loses_money_says_so_first() -> None:
    assert "Tiltaket lønner seg ikke" in html(page(scenario="se_no_lasting_effect"))


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("picture", PICTURES[:5])
def test_an_example_is_marked_in_every_picture(picture: str) -> None:
    app = page(scenario="example_one_contact_person", picture=picture)
    assert "Eksempeldata, ikke resultater" in html(app)
    for chart in app.get("plotly_chart"):
        assert "EKSEMPEL" in chart.proto.spec


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("participants", "-5"), ("participants", "ti"), ("effect", "1000"), ("effect", "nan"), ("displacement", "101"),
        ("horizon", "0"), ("horizon", "500"), ("lasting", "0"), ("wage", "1e9"), ("scenario", "paradise"),
        ("picture", "pie"), ("experiment", "jobbes"), ("view", "both"), ("share", ""),
        ("other", "nothing"), ("colour", "red"), ("participants", "1_0"),
    ],
)  # fmt: skip
def test_a_bad_link_is_refused_by_name_and_shows_no_number(key: str, value: str) -> None:
    app = page(**{key: value})
    words = html(app)
    assert "innenfor-notice" in words
    assert (f"«{value}»" if key != "colour" else "colour") in words
    assert '<div class="innenfor-answer' not in words


def test_a_horizon_that_cuts_off_a_cost_is_refused() -> None:
    assert "innenfor-notice" in html(page(scenario="completing_upper_secondary", horizon="2"))
    assert "innenfor-notice" not in html(page(scenario="completing_upper_secondary", horizon="3"))


def test_the_link_carries_an_edit_and_the_page_says_what_was_changed() -> None:
    plain, edited = page(), page(effect="0", participants="50")
    found = appraise(scenario_edits.edited(shipped_scenario("ips_job_support"), {"effect": 0.0, "participants": 50.0}))
    with speaking("nb"):
        assert f'innenfor-number">{signed(found.society.expected / 1e6, 1)}<' in html(edited)
    assert html(plain) != html(edited)
    assert "Du har endret" in said(edited)
    assert "Deltakere: 50" in said(edited)


def test_a_number_written_in_another_way_is_spelt_out_in_the_link() -> None:
    assert page(effect="08.0").query_params["effect"] in ("8", ["8"])


def test_resetting_takes_every_edit_out_of_the_link() -> None:
    app = page(effect="0", wage="300")
    app.button(key="gains-reset").click().run()
    assert "effect" not in app.query_params
    assert "wage" not in app.query_params
    assert html(app) == html(page())


def test_a_slider_changes_the_answer_and_the_link() -> None:
    app = page()
    assert not app.select_slider
    app.session_state["fold-gains-edit"] = True
    app.run()
    slider = next(each for each in app.select_slider if "Fortrengning" in each.label)
    slider.set_value("100").run()
    assert app.query_params["displacement"] in ("100", ["100"])
    assert html(app) != html(page())


@pytest.mark.usefixtures("demo")
def test_an_experiment_feeds_the_scenario_and_marks_an_example() -> None:
    app = page(experiment="en-kontaktperson")
    assert "Eksempeldata, ikke resultater" in html(app)
    assert app.select_slider
    assert not any("Effekt" in slider.label for slider in app.select_slider)
    assert "innenfor-notice" in html(page(experiment="en-kontaktperson", effect="5"))


@pytest.mark.parametrize("counting", ["taxes", "benefits"])
def test_what_exclusion_costs_stands_in_a_place_of_its_own(counting: str) -> None:
    app = page(view="cost", region="4204", counting=counting)
    words = said(app)
    assert "2\N{NO-BREAK SPACE}465 innbyggere" in words
    assert "Ukjent er aldri null" in words
    assert '<div class="innenfor-answer' not in words
    assert len(app.get("plotly_chart")) == 1


def test_a_measure_without_enough_gain_has_no_fair_share_and_says_so() -> None:
    words = said(page(scenario="se_no_lasting_effect", picture="sharing"))
    assert "Kostnaden kan ikke deles" in words
    assert "Ingen betaling mellom dem" in words


@pytest.mark.parametrize("name", shipped())
def test_every_own_number_of_a_scenario_is_a_stop_of_its_slider(name: str) -> None:
    scenario = shipped_scenario(name)
    for span in sliders.spans(scenario):
        own = sliders._own(scenario, span.name)
        assert own in sliders._options(scenario, span.name, own)
        assert span.option(own) == own
    st.cache_data.clear()
