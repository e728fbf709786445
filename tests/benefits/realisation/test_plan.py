"""Status by rule, actual values from indicators, and the modelled beside the realised."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.counterfactual.programme_effect import counterfactual
from analytics.exclusion import subject
from analytics.programme import readings
from benefits.realisation.benefit_map import LEVELS, benefit_map
from benefits.realisation.gain_scores import gain_scores, gain_values
from benefits.realisation.plan import Measured, compared, limit_of, measured, plan_in_use, status_of, statuses
from benefits.scenario.model import shipped_scenario
from benefits.valuation.appraisal import appraise
from data.curated.plan.rows import PlanRow
from data.i18n import LANGUAGES
from tests import demo_ground

START, END = dt.date(2024, 1, 1), dt.date(2028, 1, 1)
TODAY = dt.date(2026, 11, 21)
PLAN = demo_ground.asked(plan_in_use).plan


def row(baseline: float = 10.0, target: float = 6.0, **changes) -> PlanRow:
    facts = {"indicator": "", "unit": "days", "baseline_date": START, "target_date": END, "actual": None}
    return replace(PLAN.rows[0], **facts | {"baseline": baseline, "target": target} | changes)


def told(value: float, day: dt.date, today: dt.date = TODAY, **limits) -> tuple[str, str, bool]:
    found = status_of(row(), Measured(value, day, **limits), today)
    return found.status, found.reason, found.within_chance


HALFWAY = dt.date(2026, 1, 1)


def test_a_value_on_the_line_is_on_course_and_one_behind_it_is_late() -> None:
    assert status_of(row(), Measured(7.9, HALFWAY), TODAY).expected == pytest.approx(8, abs=0.01)
    assert told(7.9, HALFWAY) == ("on_course", "ahead", False)
    assert told(8.1, HALFWAY) == ("late", "behind", False)


def test_a_reached_target_is_on_course_also_before_and_after_its_date() -> None:
    assert told(6.0, HALFWAY)[:2] == told(5.0, dt.date(2028, 6, 1), dt.date(2029, 1, 1))[:2] == ("on_course", "reached")


def test_a_target_missed_at_its_date_is_not_realised() -> None:
    assert told(6.1, END, dt.date(2028, 2, 1)) == ("not_realised", "passed", False)


def test_a_figure_still_to_come_after_the_target_s_date_is_no_verdict() -> None:
    assert told(7.0, dt.date(2027, 1, 1), dt.date(2028, 2, 1))[:2] == ("not_measurable_yet", "awaiting")
    assert told(6.9, dt.date(2027, 1, 1), END)[:2] == ("on_course", "ahead")


@pytest.mark.parametrize("reason", ["no_actual", "no_figures", "before_baseline", "broken"])
def test_no_value_is_not_measurable_yet_and_never_zero(reason) -> None:
    found = status_of(row(), reason, TODAY)
    assert (found.status, found.reason, found.measured) == ("not_measurable_yet", reason, None)


def test_chance_is_told_where_the_interval_holds_what_the_value_is_compared_with() -> None:
    assert told(8.1, HALFWAY, low=7.5, high=8.7) == ("late", "behind", True)
    assert told(8.9, HALFWAY, low=8.5, high=9.3) == ("late", "behind", False)


@pytest.mark.long
@given(st.floats(0, 20), st.floats(0, 20), st.floats(0, 20), st.integers(1, 1460))
def test_turning_the_direction_turns_nothing_else(baseline, target, value, days) -> None:
    if baseline == target:
        return
    day = START + dt.timedelta(days)
    found = status_of(row(baseline, target), Measured(value, day), TODAY)
    turned = status_of(row(-baseline, -target), Measured(-value, day), TODAY)
    assert (found.status, found.reason) == (turned.status, turned.reason)


@pytest.mark.long
@given(st.floats(0, 20), st.floats(0, 5))
def test_a_better_value_never_gets_a_worse_status(value, better) -> None:
    order = ["on_course", "late"]
    first, second = (told(each, HALFWAY)[0] for each in (value, value - better))
    assert order.index(second) <= order.index(first)


@pytest.mark.long
def test_the_actual_value_is_the_indicator_s_own_figure(monkeypatch) -> None:
    demo_ground.opened(monkeypatch)
    found = measured(PLAN.rows[0])
    reading = readings.reading("neet_register", "", "15-29")
    assert isinstance(found, Measured)
    assert (found.value, found.low, found.period) == (reading.rate.value, reading.rate.low, reading.rate.period)
    assert found.published_baseline == readings.before(reading, dt.date(2022, 12, 31)).value


@pytest.mark.long
def test_an_indicator_without_figures_for_the_place_gives_no_other_place_s(monkeypatch) -> None:
    demo_ground.opened(monkeypatch)
    assert measured(replace(PLAN.rows[1], region="4204")) == "no_figures"
    assert measured(replace(PLAN.rows[0], baseline_date=dt.date(2025, 1, 1))) == "before_baseline"
    assert measured(replace(PLAN.rows[0], baseline_date=dt.date(2019, 12, 31))) == "broken"


@pytest.mark.long
def test_a_baseline_that_is_not_the_published_figure_is_told(monkeypatch) -> None:
    demo_ground.opened(monkeypatch)
    typed = replace(PLAN, rows=(PLAN.rows[0], replace(PLAN.rows[0], baseline=0.12)))
    assert [each.baseline_differs for each in statuses(typed, TODAY)] == [False, True]


@pytest.mark.long
def test_a_target_below_the_detection_limit_says_so(monkeypatch) -> None:
    demo_ground.opened(monkeypatch)
    small, large = (replace(PLAN.rows[0], target=target) for target in (0.090, 0.080))
    found = statuses(replace(PLAN, rows=(small, large)), TODAY)
    seen = subject.subject("neet_register", "4204", "15-29", "both")
    limit = counterfactual(seen.view, "4204", 2021).effect.limit
    assert [each.limit for each in found] == [limit, limit]
    assert [each.target_too_small for each in found] == [True, False]


@pytest.mark.long
def test_where_no_limit_is_known_no_target_is_called_too_small(monkeypatch) -> None:
    demo_ground.opened(monkeypatch)
    county, counted = replace(PLAN.rows[0], region="42"), replace(PLAN.rows[0], unit="persons")
    typed = replace(PLAN.rows[0], indicator="")
    assert [limit_of(each) for each in (county, counted, typed)] == [None, None, None]


@pytest.mark.long
def test_modelled_and_realised_stand_beside_each_other_and_are_not_the_same(monkeypatch) -> None:
    demo_ground.opened(monkeypatch)
    rows = compared(statuses(PLAN, TODAY))
    assert [each.gain.row.id for each in rows] == ["G1", "G2", "G4", "G5"]
    first = rows[0]
    people = first.gain.measured.population
    assert first.realised_persons == pytest.approx(people * (first.gain.measured.value - 0.098))
    assert first.planned_persons == pytest.approx(people * (first.gain.row.target - 0.098))
    assert first.planned_persons < 0
    assert first.society[0] < first.society[1] < first.society[2]


@pytest.mark.long
def test_a_gain_is_modelled_with_the_numbers_the_gains_page_shows(monkeypatch) -> None:
    demo_ground.opened(monkeypatch)
    for each in compared(statuses(PLAN, TODAY)):
        shown = appraise(shipped_scenario(each.scenario))
        assert each.society == (shown.society.p10, shown.society.expected, shown.society.p90)
        assert each.ledgers["others"] == (shown.others.p10, shown.others.expected, shown.others.p90)
        assert sum(each.horizons.values()) == pytest.approx(each.society[1])
        assert each.chances["society"] == shown.society.probability_positive
        assert each.chances["municipality"] == shown.public["municipality"].probability_positive
        assert each.chances.keys() - {"society"} == each.ledgers.keys()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_line_of_the_map_leads_from_a_box_to_a_later_level(lang) -> None:
    nodes, edges = benefit_map(PLAN.rows, lang)
    assert all(edge.start.level < edge.end.level and set(edge.gains) <= set(edge.start.gains) for edge in edges)
    assert {gain for node in nodes for gain in node.gains} == {each.id for each in PLAN.rows}
    assert len({node.words for node in nodes if node.level == LEVELS.index("measure")}) == 4


def test_a_level_left_empty_is_passed_over() -> None:
    empty = row(output={"nb": "", "en": ""})
    _, edges = benefit_map((empty,), "nb")
    assert [(edge.start.level, edge.end.level) for edge in edges] == [(0, 2), (2, 3), (3, 4)]


@pytest.mark.long
@pytest.mark.usefixtures("demo")
def test_a_scenario_that_loses_money_earns_the_lowest_gain() -> None:
    knots = readings.programme().knots
    values, scores = gain_values(knots), gain_scores(knots)
    assert values["wage_subsidy"] < 0
    assert scores["wage_subsidy"] == 1
    assert sorted(scores, key=scores.__getitem__) == sorted(
        scores, key=lambda name: (scores[name], list(scores).index(name))
    )
    assert all((values[a] <= values[b]) for a in scores for b in scores if scores[a] < scores[b])
