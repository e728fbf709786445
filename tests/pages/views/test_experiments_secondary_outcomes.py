"""The other outcomes of an experiment on its page: named, corrected, marked, and in the file."""

import json

import polars as pl
import pytest

from analytics.experiments.portfolio.results import reported
from data.i18n import speaking
from pages.views.experiments import export, secondary_outcomes
from tests import demo_ground
from tests.pages.experiments_page import opened, told

KEY = "en-kontaktperson"
EACH = next(each for each in demo_ground.asked(reported) if each.key == KEY)


@pytest.fixture(autouse=True)
def warehouse(monkeypatch: pytest.MonkeyPatch) -> None:
    demo_ground.opened(monkeypatch)


@pytest.mark.parametrize(("lang", "exploratory"), [("nb", "utforskende"), ("en", "exploratory")])
def test_other_outcomes_stand_on_the_page_with_the_unplanned_marked(lang: str, exploratory: str) -> None:
    shown = told(opened(lang=lang, view="one", experiment=KEY))
    for name in ("off_social_assistance", "in_education", "driving_licence"):
        assert EACH.experiment.outcome_name(name, lang) in shown
    assert exploratory in shown
    assert "Holm" in shown


def test_the_file_holds_other_outcomes_with_their_corrected_p_values() -> None:
    with speaking("en"):
        content = json.loads(export.one(EACH))
        rows = pl.DataFrame(secondary_outcomes.rows(EACH))
    files = {other["outcome"]: other for other in content["other_outcomes"]}
    assert files["driving_licence"]["standing"] == "not_planned"
    assert all(other["p_adjusted"] >= other["estimate"]["p"] for other in files.values())
    assert rows["p_adjusted"].to_list() == [other["p_adjusted"] for other in content["other_outcomes"]]
