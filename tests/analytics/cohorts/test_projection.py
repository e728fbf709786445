import math

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics import cohorts, regions
from analytics.errors import StatisticsInputError
from analytics.results import Interval, NotEstimable
from tests.analytics.cohorts.ground import AGES, rows

CELLS = [
    (2019, "15-19", 50, 1000), (2019, "20-24", 100, 1000), (2019, "25-29", 150, 1000),
    (2024, "15-19", 60, 1200), (2024, "20-24", 120, 1100), (2024, "25-29", 90, 900),
]  # fmt: skip


def _made(cells: list[tuple[int, str, int | None, int]] = CELLS, **options: object) -> cohorts.Projection:
    made = cohorts.projected(rows(cells), **options)  # type: ignore[arg-type]
    assert isinstance(made, cohorts.Projection), made
    return made


def test_persons_are_today_s_younger_times_the_last_change_times_today_s_rate() -> None:
    """20–24 in 2029: 1200 × 1100/1000 × 120/1100 = 144; 25–29: 1100 × 900/1000 × 90/900 = 99; 15–19: as today, 60."""
    frame = _made().frame
    assert frame["outside"].to_list() == pytest.approx([60, 144, 99, 303])
    assert frame["population"].to_list() == pytest.approx([1200, 1320, 990, 3510])
    assert frame["assumed"].to_list() == [True, False, False, True]


def test_cohort_change_carries_the_cohort_s_own_rate_on() -> None:
    """20–24: rate 60/1200 × (120/1100 ÷ 50/1000) = 0.1091; 25–29: 120/1100 × (90/900 ÷ 100/1000) = 0.1091."""
    frame = _made(method="cohort_change").frame
    assert frame["share"].to_list()[:3] == pytest.approx([0.05, 0.05 * (120 / 1100) / 0.05, (120 / 1100) * 0.1 / 0.1])


def test_a_scenario_multiplies_the_rate_of_its_age_alone() -> None:
    plain, fewer = _made(), _made(multipliers={"20-24": 0.5})
    ratio = fewer.frame["outside"] / plain.frame["outside"]
    assert ratio.to_list()[:3] == pytest.approx([1, 0.5, 1])
    assert fewer.total.estimate == pytest.approx(303 - 72)


def test_the_same_seed_gives_the_same_interval_and_another_seed_another() -> None:
    first, again, other = _made(seed=7), _made(seed=7), _made(seed=8)
    assert first.total == again.total
    assert first.total != other.total
    assert first.total.low < first.total.estimate < first.total.high


@pytest.mark.long
@given(st.integers(0, 200), st.integers(201, 2000))
def test_the_interval_holds_the_projection_or_lies_beside_it_by_rounding_only(count: int, people: int) -> None:
    cells = [(year, age, count, people) for year in (2019, 2024) for age in AGES]
    made = _made(cells, draws=2000)
    assert made.total.low - 3 <= made.total.estimate <= made.total.high + 3
    assert (made.frame["low"] >= 0).all()


def test_the_interval_grows_with_chance_in_small_places() -> None:
    widths = []
    for scale in (1, 100):
        made = _made([(year, age, (count or 0) * scale, people * scale) for year, age, count, people in CELLS])
        widths.append((made.total.high - made.total.low) / made.total.estimate)
    assert widths[0] == pytest.approx(10 * widths[1], rel=0.15)


@pytest.mark.parametrize("hole", [cell[:2] for cell in CELLS if cell[:2] != (2019, "25-29")])
def test_a_number_that_is_unknown_is_named_and_nothing_is_projected(hole: tuple[int, str]) -> None:
    cells = [(year, age, None if (year, age) == hole else count, people) for year, age, count, people in CELLS]
    found = cohorts.projected(rows(cells))
    assert isinstance(found, NotEstimable)
    assert dict(found.facts)["cells"] == f"{hole[1].replace('-', '–')} ({hole[0]})"


def test_a_count_that_is_only_a_lower_bound_is_not_projected() -> None:
    whole = rows(CELLS)
    least = pl.when(pl.col("year") == 2024, pl.col("age_group") == "20-24").then(1).otherwise(0)
    found = cohorts.projected(whole.with_columns(least.cast(whole.schema["parts_missing"]).alias("parts_missing")))
    assert isinstance(found, NotEstimable)
    assert dict(found.facts)["cells"] == "20–24 (2024)"


def test_no_scenario_puts_more_outside_than_there_are() -> None:
    frame = _made(multipliers={"25-29": 11}).frame
    assert frame["outside"][2] == frame["population"][2] == pytest.approx(990)


def test_a_break_in_the_first_year_is_not_crossed_and_one_in_the_last_is() -> None:
    assert _made(breaks=(2019,)).breaks == ()
    assert _made(breaks=(2020, 2024)).breaks == (2020, 2024)


def test_years_that_are_missing_are_named() -> None:
    found = cohorts.projected(rows([cell for cell in CELLS if cell[0] == 2024]))
    assert isinstance(found, NotEstimable)
    assert "2019" in found.sentence("nb")


def test_an_age_nobody_was_in_cannot_carry_a_ratio() -> None:
    cells = [(year, age, 0, 0) if (year, age) == (2019, "15-19") else (year, age, n, p) for year, age, n, p in CELLS]
    assert isinstance(cohorts.projected(rows(cells)), NotEstimable)


@pytest.mark.parametrize("wrong", [{"multipliers": {"20-24": -1}}, {"multipliers": {"30-34": 1}}, {"method": "magic"}])
def test_a_scenario_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(StatisticsInputError):
        cohorts.projected(rows(CELLS), **wrong)  # type: ignore[arg-type]


def test_the_back_test_says_what_the_projection_would_have_said(real: None) -> None:
    """For every region and age, 2019 → 2024: the table's `said` is the projection made from 2019."""
    tested = cohorts.back_test().filter((pl.col("region_code") == "4204") & (pl.col("base_year") == 2019))
    made = cohorts.project("4204", base_year=2019)
    assert isinstance(made, cohorts.Projection)
    said = dict(tested.select("age_group", "said").iter_rows())
    assert [said[age] for age in made.frame["age_group"]] == pytest.approx(made.frame["outside"].to_list())
    assert dict(tested.select("age_group", "came").iter_rows()) == {
        "15-19": 340,
        "20-24": 916,
        "25-29": 1209,
        "15-29": 2465,
    }


@pytest.mark.parametrize("method", ["rates_hold", "cohort_change"])
def test_a_world_in_which_rates_hold_is_foretold_without_error(method: str) -> None:
    """Truth: rates and numbers of persons never change."""
    cells = [(year, age, n, 1000) for year in range(2008, 2025) for age, n in zip(AGES, (50, 110, 140), strict=True)]
    table = rows(cells).with_columns(level=pl.lit("municipality"))
    tested = cohorts.back_tested(table, method)  # type: ignore[arg-type]
    assert tested["ratio"].to_list() == pytest.approx([1.0] * tested.height)
    assert tested["base_year"].unique().sort().to_list() == list(range(2013, 2020))


def test_a_forecast_uses_nothing_from_after_its_base_year() -> None:
    cells = [(year, age, 100, 1000) for year in range(2008, 2025) for age in AGES]
    later = [(year, age, 900 if year > 2019 else n, p) for year, age, n, p in cells]
    said = [
        cohorts.back_tested(rows(one).with_columns(level=pl.lit("county"))).filter(pl.col("base_year") <= 2019)["said"]
        for one in (cells, later)
    ]
    assert said[0].to_list() == said[1].to_list()


@pytest.mark.long
def test_past_errors_give_an_interval_that_the_past_itself_would_have_kept(real: None) -> None:
    tested = cohorts.back_test()
    made = cohorts.project("4204")
    assert isinstance(made, cohorts.Projection)
    past = cohorts.past_error(made, tested)
    assert isinstance(past, cohorts.PastError)
    assert past.forecasts >= 100
    assert past.median < 1 < past.interval.high / made.total.estimate
    assert past.interval.estimate == pytest.approx(made.total.estimate * past.median)
    assert past.side(made.total.estimate) == "within"


@pytest.mark.long
def test_every_interval_of_a_projection_holds_its_own_estimate(real: None) -> None:
    """Every place with figures: chance around the projection, past errors around the projection times their median."""
    tested, held = cohorts.back_test(), 0
    for row in regions.current_regions().iter_rows(named=True):
        made = cohorts.project(row["code"], draws=400, complete=row["level"] == "county")
        if isinstance(made, NotEstimable):
            continue
        past = cohorts.past_error(made, tested)
        spans = [made.total, *([] if isinstance(past, NotEstimable) else [past.interval])]
        spans += [Interval(each["outside"], each["low"], each["high"]) for each in made.frame.iter_rows(named=True)]
        assert [span for span in spans if not span.low <= span.estimate <= span.high] == [], row["name"]
        held += len(spans)
    assert held > 1000


@pytest.mark.parametrize(("said", "side"), [(89.0, "low"), (90.0, "within"), (110.0, "within"), (111.0, "high")])
def test_what_was_said_is_held_against_past_errors(said: float, side: str) -> None:
    assert cohorts.PastError(Interval(100, 90, 110), 1.0, 20, 5, "county").side(said) == side


def test_few_past_forecasts_give_no_interval() -> None:
    table = rows([(year, age, 100, 1000) for year in (2014, 2019, 2024) for age in AGES]).with_columns(
        level=pl.lit("county")
    )
    found = cohorts.past_error(_made(), cohorts.back_tested(table))
    assert isinstance(found, NotEstimable)
    assert dict(found.facts)["forecasts"] == 1


def test_the_base_year_s_breaks_and_preliminary_status_travel_with_the_projection(real: None) -> None:
    made = cohorts.project("4204")
    assert isinstance(made, cohorts.Projection)
    assert made.breaks == (2021,)
    assert made.preliminary
    assert math.isclose(made.total.estimate, made.frame["outside"][:3].sum())
