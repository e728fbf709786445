"""What the programme needs and a place does not have: until a figure of it has come in."""

import polars as pl
import pytest

from analytics.provenance import missing
from data import catalogue
from data.catalogue import indicators
from tests.analytics import small_warehouse
from tests.ground import opened


def lacking(region: str) -> set[str]:
    return {each.id for each in missing(region)}


def test_a_place_lacks_what_nobody_has_delivered_and_the_nation_less(monkeypatch: pytest.MonkeyPatch) -> None:
    opened(monkeypatch)
    assert lacking("4204") == {each.id for each in catalogue.missing()}
    assert lacking("0") == {"disability"}
    assert lacking("42") == {"aap_under_30", "social_assistance_under_30", "disability"}


@pytest.mark.parametrize(
    ("indicator", "age_group", "status", "gone"),
    [
        ("aap_recipients", "under-30", "final", {"aap_under_30"}),
        ("aap_recipients", "18-29", "preliminary", {"aap_under_30"}),
        ("aap_recipients", "18-66", "final", set()),
        ("aap_recipients", "under-30", "suppressed", set()),
        ("status_health", "15-29", "final", {"aap_under_30", "disability_benefit_under_30"}),
    ],
)
def test_what_has_come_in_for_the_young_of_a_place_is_lacking_no_more(
    indicator: str, age_group: str, status: str, gone: set[str], tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = 300 if status != "suppressed" else None
    names = ("indicator", "region_code", "period", "age_group", "sex", "count", "population", "status")
    rows = pl.DataFrame([(indicator, "4204", "2026", age_group, "both", count, 9000, status)], names, orient="row")
    small_warehouse.built(tmp_path, rows.with_columns(pl.col("count").cast(pl.Int64)))
    monkeypatch.setenv("INNENFOR_VAR", str(tmp_path))
    everything = {each.id for each in catalogue.missing()}
    assert lacking("4204") == everything - gone
    assert lacking("4203") == everything


def test_what_would_be_the_figure_is_an_indicator() -> None:
    assert {name for each in catalogue.missing() for name in each.indicators} <= indicators().keys()
