"""A prototype is tried within six months: when it is due, and when it is over time."""

import datetime as dt
from dataclasses import replace

import pytest

from analytics.experiments.portfolio.registry import Experiment
from analytics.programme import course
from tests import demo_ground

BEFORE, AFTER = dt.date(2025, 9, 2), dt.date(2025, 9, 4)


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> Experiment:
    from analytics.experiments.portfolio.registry import experiments

    demo_ground.opened(monkeypatch)
    return next(each for each in experiments() if each.key == "jobbsmak")


def test_an_experiment_is_due_six_months_after_its_start(tried: Experiment) -> None:
    assert course.due(tried) == dt.date(2025, 9, 3)
    assert (course.overdue(tried, BEFORE), course.overdue(tried, AFTER)) == (False, True)


@pytest.mark.parametrize("phase", ["scaling", "sustained", "stopped"])
def test_what_is_no_longer_tried_is_not_over_time(tried: Experiment, phase: str) -> None:
    assert not course.overdue(replace(tried, phase=phase), AFTER)


def test_what_has_not_started_has_no_day(tried: Experiment) -> None:
    unstarted = replace(tried, started=None)
    assert course.due(unstarted) is None
    assert not course.overdue(unstarted, AFTER)
