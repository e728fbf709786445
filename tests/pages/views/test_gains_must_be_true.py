"""What must be true, and what moves the answer: in words for each who pays, about the expectation the page tells."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from benefits.scenario.model import shipped, shipped_scenario
from benefits.valuation.appraisal import appraise
from benefits.valuation.what_must_be_true import what_must_be_true
from data.i18n import LANGUAGES, speaking
from pages.format.numbers import nok, per_hundred, rate
from pages.views.gains import must_be_true, uncertainty, wording
from tests.pages.views.test_gains_annotations import DRAWS, case


@pytest.fixture(params=LANGUAGES, autouse=True)
def lang(request: pytest.FixtureRequest) -> Iterator[str]:
    with speaking(str(request.param)):
        yield str(request.param)


def test_what_must_be_true_is_told_for_each_who_pays_with_what_is_reckoned_with(lang: str) -> None:
    scenario = shipped_scenario("ips_job_support")
    found = what_must_be_true(scenario, DRAWS)
    told = {line.split("**")[1].rstrip(":"): line for line in must_be_true.lines(found, scenario)}
    state = told[wording.holder("state_transfers")]
    needed = found["state_transfers"]
    assert needed.success_rate is not None
    assert per_hundred(needed.success_rate) in state
    assert per_hundred(0.103) in state
    assert rate(needed.persistence) in state
    assert nok(needed.price, -3) in state
    assert nok(needed.price_now, -3) in state
    never = {"nb": "i minus uansett", "en": "a loss however many"}[lang]
    assert never in told[wording.holder("health_trust")]
    free = {"nb": "Betaler ikke, og vinner", "en": "Pay nothing, and gain"}[lang]
    assert any(free in line and wording.holder("municipality") in line for line in told.values())


@pytest.mark.long
def test_no_cell_of_what_must_be_true_is_empty_or_a_dash() -> None:
    for name in shipped():
        table = must_be_true.table(what_must_be_true(shipped_scenario(name), 100))
        cells = [str(cell) for row in table.rows() for cell in row]
        assert not {"", "–", "None"} & set(cells)


def test_a_schedule_of_years_has_no_duration_to_ask_for() -> None:
    scenario = shipped_scenario("ips_job_support").changed(persistence={"schedule": [1.0, 0.8, 0.5]})
    found = what_must_be_true(scenario, 100)
    table = must_be_true.table(found)
    row = table.filter(table["holder"] == wording.holder("society")).row(0, named=True)
    assert row["persistence"] in ("gitt år for år", "given year by year")
    assert must_be_true.lines(found, scenario)


@pytest.mark.long
def test_the_line_of_the_tornado_is_the_number_of_the_page() -> None:
    found = replace(case("ips_job_support"), appraisal=appraise(shipped_scenario("ips_job_support")))
    chart = uncertainty.tornado_chart(found)
    assert wording.million(found.appraisal.society.expected) in chart.note
    for row in chart.table.iter_rows(named=True):
        low, high = sorted((row["npv_low_nok"], row["npv_high_nok"]))
        assert low - 1 <= found.appraisal.society.expected <= high + 1
