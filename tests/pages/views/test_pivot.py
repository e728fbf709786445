"""A table of one's own in the workshop: its link, the picture, the table, and the command with the same digits."""

import json

import polars as pl
import pytest

from pages.components.chart_card import Chart
from pages.views.workshop import pivot
from tests.ground import opened
from tests.pages.test_pages import healthy, page
from tests.printed import running

pytestmark = pytest.mark.long
FACTS = ("count", "population", "value", "edition")


@pytest.fixture(autouse=True)
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Chart]:
    """Every picture that is shown."""
    opened(monkeypatch)
    found: list[Chart] = []
    monkeypatch.setattr(pivot.chart_card, "show", found.append)
    return found


@pytest.mark.parametrize(
    "link",
    [
        {},
        {"place": "4204", "rows": "age", "columns": "sex", "period": "2024", "age": ["20-24", "25-29"]},
        {"place": ["in-42"], "rows": "place", "columns": "none", "period": "2023", "measure": "count"},
        {"place": ["4204", "4215"], "rows": "period", "columns": "age", "age": ["20-24", "25-29"]},
        {"place": ["4204", "4215"], "rows": "period", "columns": "none", "age": ["20-24", "25-29"]},
        {"indicator": "fully_unemployed", "place": ["4204", "42"], "period": ["2022-09", "2022-10"]},
    ],
)  # fmt: skip
def test_the_command_gives_the_digits_of_the_table(link: dict[str, object], drawn: list[Chart]) -> None:
    healthy(page("workshop", part="pivot", **link))
    chart = drawn[-1]
    same_as_the_command(chart)
    assert chart.sources
    assert chart.sources[0].definition


def test_figures_of_the_page_stand_in_the_table() -> None:
    said = healthy(page("workshop", part="pivot", place=["4204", "42"], period=["2024", "2025"]))
    assert "9,9 %" in said
    assert "10,2 %" in said


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ({"indicator": ["neet_register", "reduced_work_capacity"]}, "de teller ulike personer"),
        ({"columns": "none", "period": ["2023", "2024"]}, "2 tider kan ikke legges sammen"),
        (
            {"rows": "period", "columns": "none", "place": ["4204", "42"]},
            "Kristiansand og Agder kan ikke legges sammen",
        ),
        ({"age": ["15-29", "20-24"]}, "15-29 og 20-24 kan ikke legges sammen"),
        ({"place": ["1151"], "indicator": "neet_survey", "period": "2023"}, "Ingen tall er publisert"),
        ({"indicator": ["study-cohort_1995", "neet_register"]}, "følger folk over tid"),
    ],
)
def test_what_cannot_stand_in_one_table_is_refused_with_the_reason(link: dict[str, object], reason: str, drawn) -> None:
    app = page("workshop", part="pivot", **link)
    healthy(app)
    assert reason in " ".join(each.value for each in app.warning)
    assert drawn == []


def test_a_hidden_cell_stays_hidden_and_is_added_to_nothing(drawn: list[Chart]) -> None:
    link = {"indicator": "fully_unemployed", "period": "2022-10", "measure": "count", "columns": "none"}
    said = healthy(page("workshop", part="pivot", place=["municipalities"], **link))
    table = drawn[-1].table
    hidden = table.filter(status="suppressed")
    assert hidden.height
    assert hidden["count"].null_count() == hidden.height
    assert "skjult" in said
    two = [hidden["region_code"][0], "4204"]
    said = healthy(page("workshop", part="pivot", place=two, rows="age", **link))
    assert "skjult" in said


def test_another_thing_to_count_leaves_no_times_it_has_not() -> None:
    app = page("workshop", part="pivot", period=["2019", "2020"])
    app = app.multiselect(key="choose-workshop-indicator-nb").set_value(["reduced_work_capacity"]).run()
    healthy(app)
    assert not app.query_params.get("period")
    assert app.multiselect(key="choose-workshop-period-nb").value[-1].startswith("2025")
    again = page("workshop", **dict(app.query_params))
    assert again.multiselect(key="choose-workshop-indicator-nb").value == ["reduced_work_capacity"]


def test_another_part_takes_the_table_out_of_the_link() -> None:
    app = page("workshop", part="pivot", period=["2019", "2020"])
    app = app.segmented_control(key="choose-workshop-part-nb").set_value("sql").run()
    healthy(app)
    assert not app.query_params.get("period")


@pytest.mark.parametrize(
    "link",
    [
        {"indicator": "study-nav_reduced_work_capacity", "lang": "en"},
        {"indicator": "study-followed_trondelag", "rows": "destination", "columns": "later", "group": "from_outside"},
    ],
)
def test_what_a_study_says_is_asked_like_figures(link: dict[str, object], drawn: list[Chart]) -> None:
    app = page("workshop", part="pivot", **link)
    healthy(app)
    chart = drawn[-1]
    assert same_as_the_command(chart)
    assert chart.sources[0].publisher
    again = page("workshop", **dict(app.query_params))
    healthy(again)
    assert drawn[-1].table.equals(chart.table)


def same_as_the_command(chart: Chart) -> int:
    """Hold each row of a table against what its command gives, and return how many had a figure."""
    rows = json.loads(running.command(chart.command.removesuffix(" --csv") + " --json").said)["rows"]
    names = [name for name in chart.table.columns if name in rows[0] and name not in FACTS]
    given = {tuple(str(row[name] or "") for name in names): row for row in rows}
    for row in chart.table.iter_rows(named=True):
        other = given.get(tuple(str(row[name] or "") for name in names), dict.fromkeys(FACTS))
        assert [row[name] for name in FACTS] == [other[name] for name in FACTS]
    return chart.table.filter(pl.any_horizontal(pl.col("count", "value").is_not_null())).height


FLOWS = {"indicator": "flow-state_after", "rows": "destination", "columns": "none", "measure": "count"}


def test_flows_are_asked_like_figures_and_hidden_ones_are_never_reached(
    demo, monkeypatch: pytest.MonkeyPatch, drawn: list[Chart]
) -> None:
    healthy(page("workshop", part="pivot", **FLOWS, origin=["aap", "on_measures"]))
    both = drawn[-1]
    assert same_as_the_command(both) > 5
    assert both.example
    healthy(page("workshop", part="pivot", **FLOWS | {"columns": "origin"}, origin=["aap", "on_measures"]))
    each = drawn[-1].table
    sums = dict(each.group_by("destination").agg(pl.col("count").sum()).iter_rows())
    whole = dict(each.group_by("destination").agg(pl.col("count").null_count() == 0).iter_rows())
    for name, count in both.table.select("destination", "count").iter_rows():
        assert count == (sums[name] if whole[name] else None)
    assert not all(whole.values()), "no count of these is hidden: the test shows nothing"
    started = dict(each.group_by("origin").agg(pl.col("population").max()).iter_rows())
    assert set(both.table["population"].drop_nulls()) == {sum(started.values())}
    healthy(page("workshop", part="pivot", **FLOWS | {"indicator": "flow-first_exit"}, months=["6", "12"]))
    assert same_as_the_command(drawn[-1])
