"""A series is joined from editions, period by period; what is compared in a period stands in one of them."""

from pathlib import Path

import polars as pl
import pytest

from analytics.exclusion import subject
from analytics.exclusion.comparisons import Beside, beside, view_of
from analytics.exclusion.rates import Rate, View, edition_for, latest, rate_at, series
from analytics.exclusion.subject import Subject
from data.i18n import speaking
from pages.components import rates
from pages.components.downloads import csv
from tests.analytics.small_warehouse import built
from tests.ground import opened

ORDERS = {"order-1": "2025-12", "order-2": "2026-01", "order-3": "2026-02"}
SCHEMA = {
    "edition": pl.String, "region_code": pl.String, "period": pl.String, "count": pl.Int64, "population": pl.Int64,
    "value": pl.Float64, "status": pl.String,
}  # fmt: skip
NEET = View("neet_register", "15-29", "both", "")
Row = tuple[str, str, str, int | None, int | None, float | None, str]


@pytest.fixture
def orders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("INNENFOR_VAR", str(tmp_path))

    def write(*rows: Row, indicator: str = "neet_register", age_group: str = "15-29") -> View:
        named = {"indicator": indicator, "age_group": age_group, "sex": "both"}
        given = pl.DataFrame(rows, schema=SCHEMA, orient="row").with_columns(**{k: pl.lit(v) for k, v in named.items()})
        built(tmp_path, given, ORDERS)
        return View(indicator, age_group, "both", "")

    return write


def one(view: View, region: str = "42", period: str = "2024") -> Rate:
    rate = rate_at(series(view, (region,)), region, period)
    assert rate is not None
    return rate


def share(edition: str, status: str, value: float = 0.1, **counts: int | None) -> Row:
    return edition, "42", "2024", counts.get("count"), counts.get("population"), value, status


@pytest.mark.long
def test_two_monthly_orders_are_one_series(orders) -> None:
    months = [
        ("order-1", code, f"2025-{month:02}", 100, None, 0.05, "final") for month in (9, 10) for code in ("42", "0")
    ]
    newer = [("order-2", code, "2025-11", 120, None, 0.06, "final") for code in ("42", "0")]
    view = orders(*months, *newer, indicator="reduced_work_capacity", age_group="18-29")
    rows = series(view, ("42", "0")).filter(region_code="42")
    assert rows.select("period", "count", "edition").rows() == [
        ("2025-09", 100, "order-1"), ("2025-10", 100, "order-1"), ("2025-11", 120, "order-2"),
    ]  # fmt: skip
    newest = latest(rows, "42")
    assert newest is not None
    assert (newest.period, newest.edition) == ("2025-11", "order-2")


@pytest.mark.long
@pytest.mark.parametrize(
    ("rows", "taken"),
    [
        ([share("order-1", "final"), share("order-2", "final", 0.11)], "order-2"),
        ([share("order-1", "final"), share("order-2", "preliminary", 0.11)], "order-1"),
        ([share("order-1", "preliminary", count=10, population=100), share("order-2", "final")], "order-1"),
        (
            [
                share("order-1", "preliminary", count=10, population=100),
                share("order-2", "final", count=9, population=100),
            ],
            "order-2",
        ),
    ],
    ids=["newest final", "final before preliminary", "a share alone replaces no count", "counted final"],
)
def test_the_newest_final_figure_stands_unless_it_would_cost_the_count(orders, rows: list[Row], taken: str) -> None:
    assert one(orders(*rows)).edition == taken


@pytest.mark.long
def test_what_one_edition_hides_no_other_shows(orders) -> None:
    hidden = ("order-1", "42", "2024", None, 100, None, "suppressed")
    rate = one(orders(hidden, share("order-2", "final", count=3, population=100)))
    assert (rate.count, rate.value, rate.status) == (None, None, "suppressed")


@pytest.mark.long
def test_a_missing_figure_replaces_no_published_one(orders) -> None:
    missing = ("order-2", "42", "2024", None, 100, None, "missing")
    assert one(orders(share("order-1", "final", count=10, population=100), missing)).edition == "order-1"


@pytest.mark.long
def test_what_is_compared_stands_in_the_newest_edition_that_holds_both(orders) -> None:
    both = [(order, code, "2024", 10, 100, 0.1, "final") for order in ("order-1", "order-2") for code in ("42", "0")]
    alone = share("order-3", "final", count=9, population=100)
    view = orders(*both, alone)
    assert set(series(view, ("42", "0"))["edition"]) == {"order-2"}
    assert one(view).edition == "order-3"
    assert edition_for("neet_register", "42", "15-29", "both", "2024") == "order-2"


@pytest.mark.long
def test_a_period_only_the_narrow_edition_has_is_still_shown(orders) -> None:
    both = [("order-1", code, "2023", 10, 100, 0.1, "final") for code in ("42", "0")]
    view = orders(*both, share("order-2", "final", count=9, population=100))
    rows = series(view, ("42", "0")).select("region_code", "period", "edition").rows()
    assert ("42", "2024", "order-2") in rows
    assert edition_for("neet_register", "42", "15-29", "both") == "order-2"


def test_the_county_and_the_nation_have_2025_and_the_municipality_2024(monkeypatch: pytest.MonkeyPatch) -> None:
    opened(monkeypatch)
    rows = series(NEET, ("4204", "42", "0"))
    told = {code: latest(rows, code) for code in ("4204", "42", "0")}
    found = {code: (rate.period, rate.count, rate.status, rate.edition) for code, rate in told.items() if rate}
    assert found == {
        "4204": ("2024", 2465, "preliminary", "ssb-13556-2025-11"),
        "42": ("2025", 6287, "preliminary", "ssb-13563-2026-09"),
        "0": ("2025", 105314, "preliminary", "ssb-13563-2026-09"),
    }
    assert {each.value for each in told.values() if each and each.period == "2025"} == {0.102, 0.101}


@pytest.mark.long
def test_agder_is_held_against_the_rest_of_the_nation_in_2025(monkeypatch: pytest.MonkeyPatch) -> None:
    opened(monkeypatch)
    view = view_of("neet_register", "42")
    assert view is not None
    found = beside(view, "42", "2025")
    assert isinstance(found, Beside)
    rest = found.one("rest_of_nation")
    assert rest is not None
    assert (rest.count, rest.verdict) == (105314 - 6287, "no_certain_difference")
    assert {each.period for each in found.comparisons if each.kind == "past" and not each.breaks} == {
        "2021", "2022", "2023", "2024",
    }  # fmt: skip


def test_other_editions_say_only_what_is_else(monkeypatch: pytest.MonkeyPatch) -> None:
    opened(monkeypatch)
    home = Subject("4204", "4204", View("neet_register", "15-29", "both", "ssb-13556-2025-11"))
    told = subject.other_editions(home, "2024").filter(pl.col("region_code").is_in(["42", "0"]))
    assert told.select("region_code", "value", "status", "edition").rows() == [
        ("0", 0.099, "final", "ssb-13563-2026-09"), ("42", 0.102, "final", "ssb-13563-2026-09"),
    ]  # fmt: skip
    earlier = subject.other_editions(home, "2023").filter(pl.col("region_code").is_in(["42", "0"]))
    assert earlier.is_empty()


@pytest.mark.long
def test_every_point_names_its_edition_in_the_file_and_all_are_cited(monkeypatch: pytest.MonkeyPatch) -> None:
    opened(monkeypatch)
    found = subject.subject("neet_register", "4204", "15-29", "both")
    assert found is not None
    table = subject.trend_table(found, "whole")
    with speaking("en"):
        cited = rates.sources(found, table)
        file = pl.read_csv(csv(table, cited), infer_schema=False)
    assert {each.edition for each in cited} == {"November 2025", "September 2026"}
    assert set(file.filter(period="2025")["edition"]) == {"ssb-13563-2026-09"}
    assert set(file.filter(region_code="4204")["edition"]) == {"ssb-13556-2025-11"}
