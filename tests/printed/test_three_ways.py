"""Page, command and notebook give the same digits, at places and times drawn by a seed (INNENFOR_SEED)."""

import json
import os
import random
import runpy

import pytest

from analytics import regions
from pages.components import chart_card as charts
from pages.components.chart_card import Chart
from tests.architecture import tree
from tests.ground import opened
from tests.pages.test_pages import healthy, page
from tests.printed import running

pytestmark = pytest.mark.long
NOTEBOOK = tree.ROOT / "notebooks" / "any_municipality.py"
FACTS = ("count", "population", "value", "low", "high", "status", "edition")
DRAWN = 2


def places() -> list[str]:
    codes = [row["code"] for row in regions.current_regions().iter_rows(named=True) if row["level"] == "municipality"]
    return random.Random(f"three ways {os.environ.get('INNENFOR_SEED', '1')}").sample(sorted(codes), DRAWN)


@pytest.mark.parametrize("draw", range(DRAWN))
def test_page_command_and_notebook_give_the_same_digits(draw: int, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(monkeypatch)
    place, shown = places()[draw], list[Chart]()
    monkeypatch.setattr(charts, "show", shown.append)
    healthy(page("exclusion", region=place, indicator="neet_register", age="15-29"))
    on_page = next(chart for chart in shown if chart.stem == "trend")
    command = running.command(f"python -m analytics rate neet_register --region {place} --age 15-29")
    given = {(row["region_code"], row["period"]): row for row in json.loads(command.said)["rows"]}
    monkeypatch.setenv("INNENFOR_PLACE", place)
    newest = runpy.run_path(str(NOTEBOOK))["newest"]
    rows = [row for row in on_page.table.iter_rows(named=True) if row["place"] == regions.name_of(place)]
    assert rows
    for row in rows:
        assert {name: row[name] for name in FACTS} == {
            name: pytest.approx(given[place, row["period"]][name], rel=1e-12) if isinstance(row[name], float)
            else given[place, row["period"]][name] for name in FACTS
        }  # fmt: skip
    last = next(row for row in rows if row["period"] == newest.period)
    assert {name: last[name] for name in FACTS} == {name: getattr(newest, name) for name in FACTS}
