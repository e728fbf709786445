"""The tables behind the pictures of exclusion, on a warehouse of invented figures."""

from pathlib import Path

import polars as pl
import pytest

from analytics.exclusion import by_age_and_sex, county_map, indicator_profile, standardised_rate
from analytics.exclusion import funnel as funnel_view
from analytics.exclusion.funnel import Funnel, funnel
from analytics.exclusion.rates import View
from analytics.exclusion.standardised_rate import Standardised
from analytics.results import NotEstimable
from analytics.statistics import Dispersion, wilson_limits
from tests.analytics.small_warehouse import EDITION, built, invented

pytestmark = pytest.mark.long  # nearly all of them build tables of every place

VIEW = View("neet_register", "15-29", "both", EDITION)


def changed(rows: pl.DataFrame, region: str, **columns: object) -> pl.DataFrame:
    here = pl.col("region_code") == region
    return rows.with_columns(
        pl.when(here).then(pl.lit(value, dtype=rows.schema[name])).otherwise(pl.col(name)).alias(name)
        for name, value in columns.items()
    )


@pytest.fixture
def figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("INNENFOR_VAR", str(tmp_path))

    def build(rows: pl.DataFrame | None = None) -> None:
        built(tmp_path, invented() if rows is None else rows)

    return build


def one_place(found: pl.DataFrame, region: str) -> dict[str, object]:
    return found.row(by_predicate=pl.col("region_code") == region, named=True)


def test_a_funnel_holds_every_municipality_with_its_state(figures) -> None:
    figures()
    found = funnel(VIEW, "2024")
    assert isinstance(found, Funnel)
    assert found.places.height == 357
    assert found.states() == {**dict.fromkeys(funnel_view.STATES, 0), "inside": 357}
    assert isinstance(found.dispersion, Dispersion)


def test_a_place_is_outside_the_funnel_exactly_when_its_interval_leaves_out_the_level(figures) -> None:
    figures(changed(changed(invented(), "4204", count=1), "1103", count=300))
    found = funnel(VIEW, "2024")
    assert isinstance(found, Funnel)
    low, high = wilson_limits(found.places["count"], found.places["population"])
    outside = (low > found.target) | (high < found.target)
    assert ((found.places["state"] != "inside").to_numpy() == outside).all()
    assert one_place(found.places, "4204")["state"] == "below_outer"


def test_an_unknown_count_has_no_place_in_the_funnel_and_is_not_zero(figures) -> None:
    figures(changed(invented(), "4204", count=None, status="suppressed"))
    found = funnel(VIEW, "2024")
    assert isinstance(found, Funnel)
    home = one_place(found.places, "4204")
    assert (home["state"], home["value"]) == ("unknown", None)


def test_an_empty_municipality_has_no_place_in_the_funnel(figures) -> None:
    figures(changed(invented(), "4204", count=0, population=0).with_columns(value=pl.lit(None, pl.Float64)))
    found = funnel(VIEW, "2024")
    assert not isinstance(found, Funnel) or one_place(found.places, "4204")["state"] == "unknown"


def test_a_funnel_without_a_level_says_why(figures) -> None:
    figures(invented().filter(pl.col("region_code") != "0"))
    found = funnel(VIEW, "2024")
    assert isinstance(found, NotEstimable)
    assert "2024" in found.sentence("nb")


def test_a_funnel_can_be_drawn_around_the_county_with_its_own_municipalities(figures) -> None:
    figures()
    found = funnel(VIEW, "2024", "42", within="42")
    assert isinstance(found, Funnel)
    assert found.places.height == 25


def test_widened_limits_hold_more_places(figures) -> None:
    noisy = invented().with_columns(
        count=pl.when(pl.col("region_code") == "0")
        .then("count")
        .otherwise(pl.col("count") * (pl.int_range(pl.len()) % 3))
    )
    figures(noisy.with_columns(count=pl.min_horizontal("count", "population")))
    plain, wide = funnel(VIEW, "2024"), funnel(VIEW, "2024", widened=True)
    assert isinstance(plain, Funnel)
    assert isinstance(wide, Funnel)
    assert wide.states()["inside"] > plain.states()["inside"]


def test_agder_has_its_own_positions_and_others_a_grid_in_order_of_code() -> None:
    agder = county_map.tile_positions("42")
    assert one_place(agder, "4204")["row"] == 6
    west = county_map.tile_positions("46")
    assert west.select("row", "column").unique().height == west.height == 43
    assert west.select(pl.col("row") * 7 + pl.col("column")).to_series().to_list() == list(range(43))


def test_the_map_compares_each_municipality_with_the_rest_of_its_county(figures) -> None:
    figures(changed(invented(), "4223", count=1000, population=2000))
    rows = county_map.county_map(VIEW, "2024", "42")
    assert one_place(rows, "4223")["verdict"] == "clearly_higher"
    assert one_place(rows, "4204")["verdict"] != "clearly_higher"


def test_a_county_with_an_unknown_part_is_compared_with_nobody(figures) -> None:
    figures(changed(invented(), "4223", count=None, status="missing"))
    rows = county_map.county_map(VIEW, "2024", "42")
    assert set(rows["verdict"]) == {"not_comparable"}


def test_a_county_of_one_municipality_has_no_rest(figures) -> None:
    figures()
    assert county_map.county_map(VIEW, "2024", "03")["verdict"].to_list() == ["not_comparable"]


def test_a_year_without_figures_leaves_every_tile_unknown(figures) -> None:
    figures()
    rows = county_map.county_map(VIEW, "1999", "42")
    assert rows.height == 25
    assert rows["value"].null_count() == 25
    assert set(rows["status"]) == {"missing"}


def test_a_value_lies_in_the_class_its_printed_form_belongs_to() -> None:
    rows = pl.DataFrame({"value": [0.0799, 0.0801, 0.12, None]})
    assert county_map.classified(rows, (0.08, 0.1))["value_class"].to_list() == [1, 1, 2, None]


def test_places_that_are_all_alike_are_one_class() -> None:
    assert county_map.class_bounds([0.1] * 5) == ()
    assert county_map.class_bounds([None]) == ()


def test_fifteen_to_nineteen_is_unknown_where_a_part_is_and_says_so(figures) -> None:
    hidden = (pl.col("region_code") == "4204") & (pl.col("age_group") == "20-24") & (pl.col("sex") == "female")
    rows = invented().with_columns(
        count=pl.when(~hidden).then("count"), status=pl.when(hidden).then(pl.lit("missing")).otherwise("status")
    )
    figures(rows)
    found = by_age_and_sex.groups_over_time(VIEW, "4204").filter(region_code="4204", period="2024")
    young = found.row(by_predicate=(pl.col("age_group") == "15-19") & (pl.col("sex") == "female"), named=True)
    assert (young["value"], young["reason"]) == (None, "derived")
    assert found.filter(pl.col("sex") == "male")["reason"].to_list() == ["", "", ""]


def test_groups_over_time_hold_a_row_for_every_group_and_year(figures) -> None:
    figures()
    rows = by_age_and_sex.groups_over_time(VIEW, "4204")
    assert rows.height == 2 * 3 * 3 * 2
    assert set(rows["reason"]) == {""}


def test_a_place_with_the_nations_ages_has_the_same_rate_standardised(figures) -> None:
    figures()
    found = standardised_rate.standardised(VIEW, "4204", "2024")
    assert isinstance(found, Standardised)
    assert found.standardised.estimate == pytest.approx(found.crude.estimate, abs=0.002)
    assert found.standardised.low < found.standardised.estimate < found.standardised.high


def test_the_composition_adds_up_to_crude_minus_standardised() -> None:
    table = pl.DataFrame(
        {
            "age_group": ["15-19", "20-24", "25-29"],
            "sex": ["male"] * 3,
            "count": [40, 100, 150],
            "population": [1000, 1000, 1000],
            "standard": [500, 300, 200],
        }
    )
    crude, adjusted = 290 / 3000, 0.5 * 0.04 + 0.3 * 0.10 + 0.2 * 0.15
    found = standardised_rate.composition(table)
    assert found.difference == pytest.approx(crude - adjusted)
    assert (found.age_group, found.higher) == ("15-19", False)
    assert found.share < found.standard_share


def test_an_unknown_stratum_leaves_nothing_to_standardise(figures) -> None:
    figures(changed(invented(), "4204", count=None, status="missing"))
    assert isinstance(standardised_rate.standardised(VIEW, "4204", "2024"), NotEstimable)


def test_the_profile_names_every_indicator_and_never_writes_zero_for_what_is_missing(figures) -> None:
    figures()
    rows = indicator_profile.profile("4204")
    assert isinstance(rows, pl.DataFrame)
    absent = rows.filter(pl.col("indicator") == "neet_survey").row(0, named=True)
    assert (absent["reason"], absent["value"], absent["verdict"]) == ("not_at_level", None, "not_comparable")
    known = rows.filter(pl.col("reason") == "")
    assert known["least"].null_count() == 0
    assert (known["least"] <= known["value"]).all()
    assert (known["value"] <= known["most"]).all()


def test_each_row_of_the_profile_has_its_own_scale(figures) -> None:
    figures(changed(invented(), "4223", count=40))
    rows = indicator_profile.profile("4204")
    assert isinstance(rows, pl.DataFrame)
    placed = indicator_profile.on_own_scale(rows).filter(pl.col("reason") == "")
    assert placed["at_median"].to_list() == [0.0] * placed.height
    farthest = placed.select(pl.max_horizontal(pl.col("at_most").abs(), pl.col("at_least").abs())).to_series()
    assert set(farthest.round(9)) <= {0.0, 1.0}


def test_the_nation_has_no_like(figures) -> None:
    figures()
    assert isinstance(indicator_profile.profile("0"), NotEstimable)


def shares_alone(count: int) -> pl.DataFrame:
    """A published share without its population: 0.8 % of a county against 0.7 % of the nation may both be 0.75 %."""
    codes = [*(f"{code}" for code in ("11", "15", "18", "31", "32", "33")), "42", "0"]
    return pl.DataFrame(
        {
            "indicator": "partly_unemployed",
            "region_code": codes,
            "period": "2026-01",
            "age_group": "all",
            "sex": "both",
            "count": [count] * 7 + [count * 40],
            "population": pl.Series([None] * 8, dtype=pl.Int64),
            "value": [0.007] * 6 + [0.008, 0.007],
            "status": "final",
        }
    )


def test_a_difference_that_rounding_may_have_made_is_not_claimed(figures) -> None:
    figures(shares_alone(2000))
    rows = indicator_profile.profile("42")
    assert isinstance(rows, pl.DataFrame)
    assert rows.filter(pl.col("indicator") == "partly_unemployed")["verdict"].to_list() == ["no_certain_difference"]
