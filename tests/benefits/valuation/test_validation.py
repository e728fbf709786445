"""The published examples come out, live, to the digits they were printed with."""

import pytest

from benefits.scenario.model import shipped_scenario
from benefits.valuation.appraisal import appraise
from benefits.valuation.validation import PublishedComparison, assumptions, worked_examples

EXAMPLES = worked_examples()


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: f"{row.example}-{row.quantity}")
def test_a_worked_example_comes_out_as_published(row: PublishedComparison) -> None:
    assert row.agrees, (row.published, row.ours)
    assert row.label["nb"]
    assert row.label["en"]


def test_all_the_worked_examples_are_there() -> None:
    assert {row.example for row in EXAMPLES} >= {
        "fram",
        "discounting",
        "annuity",
        "job_corps",
        "year_up",
        "aap_under_25",
    }


@pytest.mark.parametrize(("ours", "agrees"), [(1.234, True), (1.2349, False), (1.2335, True), (1.2, False)])
def test_agreement_is_to_the_printed_digits(ours: float, agrees: bool) -> None:
    row = PublishedComparison("x", {}, "", "y", 1.234, ours)
    assert row.agrees == agrees
    assert row.difference == pytest.approx(ours - 1.234)


def test_assumptions_come_with_how_far_they_move_the_answer() -> None:
    rows = assumptions(appraise(shipped_scenario("ips_job_support"), draws=50))
    swings = [row.swing for row in rows]
    assert swings == sorted(swings, reverse=True)
    assert {"innenfor.model.productivity", "innenfor.model.occupational_pension"} <= {row.name for row in rows}
    assert all(row.low < row.high for row in rows)
