"""Pictures for print."""

import pytest

from analytics import exclusion, messages, places
from pages.note import print_charts
from pages.ui import texts
from tests import ground


@pytest.mark.long
def test_no_line_is_drawn_across_a_break(monkeypatch) -> None:
    ground.opened(monkeypatch)
    subject = messages.key_messages(places.home())[0].subject
    with texts.speaking("nb"):
        table = exclusion.trend_table(subject, "whole")
        whole, broken = (print_charts.trend_svg(table, "Kristiansand", breaks) for breaks in ((), ("2015", "2021")))
    lines = [svg.count('aria-roledescription="line mark"') for svg in (whole, broken)]
    assert lines[1] == 3 * lines[0] == 9
