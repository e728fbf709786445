"""The trend of a place's rate: claimed only where the test finds it, and never across a break."""

import polars as pl
import pytest

from analytics.exclusion import trend
from analytics.exclusion.rates import View
from analytics.exclusion.subject import Subject
from analytics.exclusion.trend import Trend, newest_trend
from analytics.results import NotEstimable

HOME = Subject("4204", "4204", View("neet_register", "15-29", "both", "invented"))


def rates(counts: list[int | None], first: int = 2021, **columns: object) -> pl.DataFrame:
    years = [str(first + step) for step in range(len(counts))]
    rows = pl.DataFrame({"period": years, "count": counts, "population": [20_000] * len(counts)})
    given = {"status": "final", "lower_bound": False, "implied": False} | columns
    return rows.with_columns(**{name: pl.lit(value) for name, value in given.items()})


@pytest.fixture
def shown(monkeypatch):
    def show(rows: pl.DataFrame) -> Trend | NotEstimable:
        monkeypatch.setattr(trend, "series", lambda *_: rows)
        return newest_trend(HOME)

    return show


@pytest.mark.parametrize(
    ("counts", "en", "nb"),
    [
        ([1000, 1200, 1400, 1600], "rose from 2021 to 2024, by about 1.0", "steg fra 2021 til 2024, med om lag 1,0"),
        ([1600, 1400, 1200, 1000], "fell from 2021 to 2024, by about 1.0", "sank fra 2021 til 2024, med om lag 1,0"),
        ([1200, 1210, 1190, 1205], "there is no certain trend", "ingen sikker utvikling"),
    ],
)
def test_a_trend_is_told_where_the_test_finds_one(shown, counts: list[int], en: str, nb: str) -> None:
    found = shown(rates(counts))
    assert en in found.sentence("en")
    assert nb in found.sentence("nb")


def test_no_break_is_crossed(shown) -> None:
    found = shown(rates([400, 400, 400, 1600, 1605, 1595, 1600], first=2018))
    assert (found.first, found.last, found.test.verdict) == ("2021", "2024", "no_certain_trend")


def test_an_unknown_year_is_left_out_and_a_preliminary_one_is_named(shown) -> None:
    found = shown(rates([1000, None, 1400, 1600], status="preliminary"))
    assert found.test.years == (2021, 2023, 2024)
    assert found.sentence("en").endswith("The figures for 2024 are preliminary.")


@pytest.mark.parametrize("columns", [{"lower_bound": True}, {"implied": True}])
def test_a_least_or_a_rounded_share_has_no_trend(shown, columns: dict[str, bool]) -> None:
    assert isinstance(shown(rates([1000, 1200, 1400], **columns)), NotEstimable)


@pytest.mark.long
def test_months_have_no_trend(shown) -> None:
    found = newest_trend(Subject("4204", "4204", View("reduced_work_capacity", "18-29", "both", "nav-2025-11")))
    assert found == NotEstimable("trend_not_yearly")
