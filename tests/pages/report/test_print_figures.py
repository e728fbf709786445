"""Pictures for print."""

import pytest

from analytics import regions
from analytics.exclusion import key_messages
from analytics.exclusion import subject as exclusion
from data.i18n import speaking
from pages.report import print_figures
from tests import ground


@pytest.mark.long
def test_no_line_is_drawn_across_a_break(monkeypatch) -> None:
    ground.opened(monkeypatch)
    subject = key_messages.key_messages(regions.home())[0].subject
    with speaking("nb"):
        table = exclusion.trend_table(subject, "whole")
        whole, broken = (print_figures.trend_svg(table, "Kristiansand", breaks) for breaks in ((), ("2015", "2021")))
    lines = [svg.count('aria-roledescription="line mark"') for svg in (whole, broken)]
    assert lines[1] == 3 * lines[0] == 9
