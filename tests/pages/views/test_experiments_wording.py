"""What stands beside a verdict."""

from types import SimpleNamespace
from typing import Any

import pytest

from analytics.experiments.estimators.base import note
from data.i18n import speaking
from pages.views.experiments import wording


@pytest.mark.parametrize(("standing", "codes", "said"), [("planned", [], "Better"), ("planned", ["N02"], "Better")])
def test_a_registered_answer_has_its_verdict_alone(standing, codes, said) -> None:
    each: Any = SimpleNamespace(verdict="better", standing=standing, estimate=SimpleNamespace(notes=map(note, codes)))
    with speaking("en"):
        assert wording.verdict_line(each) == said


@pytest.mark.parametrize(("standing", "codes"), [("changed", []), ("unregistered", []), ("planned", ["N05"])])
def test_an_answer_not_registered_as_it_stands_is_called_exploratory(standing, codes) -> None:
    each: Any = SimpleNamespace(verdict="better", standing=standing, estimate=SimpleNamespace(notes=map(note, codes)))
    with speaking("nb"):
        assert "utforskende" in wording.verdict_line(each)
