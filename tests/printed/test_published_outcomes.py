"""The command and the snippet under every published study give the numbers of its picture."""

import pytest

from analytics import cohorts
from data.i18n import speaking
from pages.components.chart_card import Chart
from pages.views.cohorts.published_outcomes import outcomes_chart
from pages.views.cohorts.selection import CohortsSelection
from tests.ground import opened
from tests.printed import numbers, running


@pytest.mark.long
@pytest.mark.parametrize("study", [each.id for each in cohorts.outcome_studies()])
def test_what_is_printed_under_a_study_gives_its_numbers(study: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(monkeypatch)
    with speaking("nb"):
        made = outcomes_chart(CohortsSelection("4204", "both", "flows", complete=False, study=study))
    assert isinstance(made, Chart)
    columns = [column.name for column in made.columns]
    answer = running.command(made.command)
    assert answer.code == 0
    assert numbers.missing(made.table, columns, answer.numbers()) == {}
    given, _ = running.python(made.python)
    assert numbers.missing(made.table, columns, set(running.numbers_in(given))) == {}
