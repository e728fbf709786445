"""Years of a small place together: sums of what is published, an interval that is not too narrow, or a reason."""

import pytest

from analytics.exclusion import pooled_years as pooling
from analytics.exclusion.rates import View, latest, series
from analytics.results import NotEstimable
from analytics.statistics import wilson_interval
from tests.ground import opened

FEW = 10


@pytest.fixture(autouse=True)
def _ground(monkeypatch: pytest.MonkeyPatch) -> None:
    opened(monkeypatch)


def view(indicator: str = "neet_register", age: str = "15-29") -> View:
    return View(indicator, age, "both", "")


def pooled(region: str, least: int = FEW, years: int = 3) -> object:
    rows = series(view(), (region,))
    newest = latest(rows, region)
    assert newest is not None
    return pooling.pooled_years(view(), newest, least, years)


@pytest.mark.parametrize("region", ["1144", "5636", "4204"])
def test_the_sums_are_those_of_the_years_and_the_interval_is_that_of_a_year(region: str) -> None:
    found = pooled(region)
    assert isinstance(found, pooling.PooledYears)
    assert (found.first, found.last) == ("2022", "2024")
    rows = [row for row in series(view(), (region,)).iter_rows(named=True) if "2022" <= row["period"] <= "2024"]
    assert found.count == sum(row["count"] for row in rows) >= FEW
    assert found.person_years == sum(row["population"] for row in rows)
    assert found.share.estimate == pytest.approx(found.count / found.person_years)
    all_apart = wilson_interval(found.count, found.person_years)
    assert found.share.high - found.share.low > all_apart.high - all_apart.low


def test_years_across_a_break_too_few_or_not_published_are_not_added() -> None:
    assert pooled("1144", years=5) == NotEstimable("pooled_break", (("first", "2020"), ("last", "2024")))
    few = pooled("1144", least=1000)
    assert few == NotEstimable("pooled_few", (("first", "2022"), ("last", "2024"), ("least", 1000)))
    assert pooled("1151") == NotEstimable("pooled_unknown", (("first", "2022"), ("last", "2024")))


def test_a_month_is_no_year() -> None:
    of_months = view("reduced_work_capacity", "18-29")
    newest = latest(series(of_months, ("42",)), "42")
    assert newest is not None
    assert pooling.pooled_years(of_months, newest, FEW) == NotEstimable("pooled_not_yearly")
