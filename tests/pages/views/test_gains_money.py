"""Who pays and what comes back: sums that add up, a saving that is no cost, and nothing about who is not touched."""

import pytest

from benefits.parameters import parameter
from benefits.scenario.model import PAYERS, shipped, shipped_scenario
from benefits.valuation.appraisal import appraise
from pages.format.numbers import nok
from pages.views.gains import (
    annotations,
    headline,
    money_flow,
    must_be_true,
    payers,
    queries,
    sliders,
    uncertainty,
    wording,
)
from pages.views.gains.selection import Case, GainsSelection
from tests.pages.views.test_gains import page
from tests.pages.views.test_gains_annotations import DRAWS, case


@pytest.mark.parametrize("name", shipped())
def test_what_comes_back_less_what_is_paid_is_what_public_budgets_gain(name: str) -> None:
    found = case(name)
    rows = money_flow.flows(found).values()
    summed = sum(each["back_nok"] - each["paid_nok"] for each in rows)
    assert summed == pytest.approx(found.appraisal.public_total.expected)
    assert all(each["paid_nok"] >= 0 for each in rows)


@pytest.mark.long
def test_a_cost_that_is_saved_comes_back_and_is_paid_by_nobody() -> None:
    saving = {"payer": "county", "nok": -2_000_000, "kind": "resource"}
    base = shipped_scenario("ips_job_support").changed(cost=[saving])
    found = Case(GainsSelection("gains", name="own", base=base, scenario=base), base, appraise(base, DRAWS))
    assert {each["paid_nok"] for each in money_flow.flows(found).values()} == {0.0}
    assert money_flow.flows(found)["county"]["back_nok"] > 1_900_000
    told = must_be_true.lines(queries.must_be_true(base.as_toml()), base)
    assert not any("-" in line or "−" in line for line in told)


@pytest.mark.long
def test_who_is_not_touched_stands_in_no_picture_and_no_table() -> None:
    found = case("completing_upper_secondary")
    assert found.appraisal.public["health_trust"].untouched
    charts = [
        payers.payers_chart(found),
        uncertainty.uncertainty_chart(found, annotations.touched(found, PAYERS), "public"),
    ]
    tables = [each.table for each in charts] + [payers.by_year(found)[0], money_flow.flow_chart(found).table]
    assert [name for each in tables for name in each["holder"] if name == wording.holder("health_trust")] == []


def test_no_money_no_picture() -> None:
    assert money_flow.flow_chart(case("ips_job_support", participants=0.0, cost_factor=0.0)) is None


def test_small_amounts_are_told_in_kroner_and_never_as_no_million() -> None:
    assert wording.amount_and_unit(6_000) == ("+6\N{NO-BREAK SPACE}000", "kr")
    assert wording.amount_and_unit(-1_200_000) == ("−1,2", "mill. kr")
    assert wording.between(-19_400, 31_000) == ("−19\N{NO-BREAK SPACE}000", "+31\N{NO-BREAK SPACE}000", "kr")
    assert wording.between(-19_400, 310_000)[2] == "mill. kr"


@pytest.mark.parametrize(("wage", "said"), [(35_000, "lønnen for en måned"), (3_000_000, "langt fra det vanlige")])
def test_a_wage_that_looks_like_a_slip_is_asked_about(wage: float, said: str) -> None:
    words = sliders.question({"wage_nok": wage})
    assert said in words
    assert nok(wage) in words
    assert (nok(12 * wage) in words) is (said == "lønnen for en måned")


@pytest.mark.parametrize("edits", [{}, {"wage_nok": 400_000.0}, {"participants": 10.0}])
def test_a_usual_wage_is_not_asked_about(edits: dict[str, float]) -> None:
    assert sliders.question(edits) == ""


def test_what_stands_in_for_a_published_number_is_told_with_it() -> None:
    base = shipped_scenario("ips_job_support").changed(parameters={"innenfor.model.productivity": 0.9})
    found = Case(GainsSelection("gains", name="own", base=base, scenario=base), base, appraise(base, 50))
    (told,) = headline._replaced(found)
    assert told == f"{parameter('innenfor.model.productivity').label['nb']} 0,9 (publisert 1)"
    assert headline._replaced(case("ips_job_support")) == []


@pytest.mark.long
def test_the_question_and_what_was_replaced_stand_on_the_page() -> None:
    assert any("Er det lønnen for en måned?" in str(each.value) for each in page(wage="50").warning)


def test_no_amount_of_the_budget_or_of_a_payer_stands_without_its_chance() -> None:
    found = case("ips_job_support")
    plan, terms = payers.plan_chart(found), payers.payers_chart(found)
    shown = {column.name for column in plan.columns}
    assert {"municipality_nok", "municipality_chance"} <= shown
    assert {name.replace("_nok", "_chance") for name in shown if name.endswith("_nok")} <= shown
    last = plan.table.to_dicts()[-1]
    assert last["municipality_chance"] == found.appraisal.economic_plan_total["municipality"]["probability_positive"]
    assert "probability_positive" in {column.name for column in terms.columns}
