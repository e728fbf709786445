import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics import cohorts
from analytics.errors import StatisticsInputError
from analytics.results import NotEstimable
from tests.analytics.cohorts.ground import AGES, rows

YEARS = (2009, 2014, 2019, 2024)
FULL = [(year, age, 100, 1000) for year in range(2008, 2025) for age in AGES]


def test_cohorts_on_the_five_year_grid_share_no_birth_year() -> None:
    frame = cohorts.cohort_frame(rows(FULL))
    births = [
        set(range(first, last + 1)) for first, last in frame.select("born_first", "born_last").unique().iter_rows()
    ]
    assert sum(map(len, births)) == len(set().union(*births))
    assert sorted(frame["year"].unique()) == [*YEARS]


def test_a_five_year_cohort_has_at_most_three_points_at_rising_ages() -> None:
    frame = cohorts.cohort_frame(rows(FULL))
    born = frame.filter(pl.col("cohort") == "1995-1999")
    assert born.select("age_group", "year").rows() == [("15-19", 2014), ("20-24", 2019), ("25-29", 2024)]
    assert frame.group_by("cohort").len()["len"].max() == 3


@pytest.mark.long
@given(st.integers(2008, 2024), st.sampled_from(AGES))
def test_every_cell_of_a_cohort_was_born_its_age_before_the_year(year: int, age: str) -> None:
    cell = cohorts.cohort_frame(rows(FULL), yearly=True).filter((pl.col("year") == year) & (pl.col("age_group") == age))
    young, old = map(int, age.split("-"))
    assert cell.select("born_first", "born_last").row(0) == (year - old, year - young)


def test_a_year_that_was_not_delivered_is_missing_and_not_zero() -> None:
    frame = cohorts.cohort_frame(rows([cell for cell in FULL if cell[0] != 2014]))
    absent = frame.filter(pl.col("year") == 2014)
    assert absent["status"].to_list() == ["missing"] * 3
    assert absent.select("count", "share", "low", "high").null_count().row(0) == (3, 3, 3, 3)


def test_nobody_outside_is_a_real_zero_with_an_upper_limit() -> None:
    frame = cohorts.cohort_frame(rows([(2024, age, 0, 50) for age in AGES]))
    assert frame["share"].to_list() == [0.0] * 3
    assert frame["low"].to_list() == [0.0] * 3
    assert frame["high"].to_list() == pytest.approx([0.0714] * 3, abs=1e-4)


def test_a_sum_with_unknown_parts_is_a_lower_bound_and_no_share() -> None:
    frame = cohorts.cohort_frame(rows([(2024, age, 90, 1000) for age in AGES], parts_missing=1))
    assert frame.select("share", "low", "high").null_count().row(0) == (3, 3, 3)
    assert frame["share_at_least"].to_list() == [0.09] * 3


def test_each_cell_knows_how_many_breaks_came_before_it() -> None:
    frame = cohorts.cohort_frame(rows(FULL), breaks=(2015, 2021)).sort("year")
    assert dict(frame.select("year", "era").iter_rows()) == {2009: 0, 2014: 0, 2019: 1, 2024: 2}


def test_kristiansand_has_the_published_counts_and_its_age_15_19_by_difference(real: None) -> None:
    table = cohorts.follow("4204")
    assert isinstance(table, cohorts.CohortTable)
    newest = table.frame.filter(pl.col("year") == 2024).sort("age_group")
    assert newest["count"].to_list() == [340, 916, 1209]
    assert newest["status"].to_list() == ["preliminary"] * 3
    assert table.edition == "ssb-13556-2025-11"
    assert table.breaks == (2015, 2021)


def test_agder_is_unknown_as_long_as_a_small_municipality_is_but_its_complete_ones_are_not(real: None) -> None:
    whole, part = cohorts.follow("42"), cohorts.follow("42", complete=True)
    assert isinstance(whole, cohorts.CohortTable)
    assert isinstance(part, cohorts.CohortTable)
    assert whole.frame.filter(pl.col("year") == 2024)["share"].null_count() == 3
    assert part.frame["share"].null_count() == 0
    assert part.left_out == ("4221", "4222", "4224", "4226", "4228")


@pytest.mark.parametrize(("region", "sex"), [("9999", "both"), ("4204", "begge"), ("Kristiansand", "both")])
def test_an_unknown_region_or_sex_is_refused(real: None, region: str, sex: str) -> None:
    with pytest.raises(StatisticsInputError):
        cohorts.follow(region, sex)


def test_an_old_county_without_figures_by_age_has_no_cohorts(real: None) -> None:
    found = cohorts.follow("09")
    assert isinstance(found, NotEstimable)
    assert "Aust-Agder" in found.sentence("nb")


def _table(
    breaks: tuple[int, ...] = (), cells: list[tuple[int, str, int | None, int]] | None = None, *, yearly: bool = False
):
    frame = cohorts.cohort_frame(rows(cells or FULL), yearly=yearly, breaks=breaks)
    return cohorts.CohortTable("neet_register", "4204", "both", "made", yearly, breaks, frame)


def test_equal_shares_give_no_certain_difference() -> None:
    found = cohorts.same_age(_table(), "20-24")
    assert isinstance(found, cohorts.SameAge)
    assert found.test.verdict == "no_certain_difference"
    assert (found.later["cohort"], found.earlier["cohort"]) == ("2000-2004", "1995-1999")


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_a_sentence_that_crosses_a_break_names_it(lang: str) -> None:
    found = cohorts.same_age(_table((2015, 2021)), "20-24")
    assert isinstance(found, cohorts.SameAge)
    assert found.breaks == (2021,)
    assert "2021" in found.sentence(lang).split(".", 2)[-1]


CLAIMS = [("nb", ("flere", "færre", "forskjell")), ("en", ("more", "fewer", "difference"))]


@pytest.mark.parametrize(("lang", "claims"), CLAIMS)
def test_no_difference_is_claimed_across_a_break(lang: str, claims: tuple[str, ...]) -> None:
    found = cohorts.same_age(_table((2015, 2021)), "20-24")
    assert isinstance(found, cohorts.SameAge)
    assert found.verdict == "across_break"
    assert not any(claim in said for claim in claims for said in (found.finding(lang), found.sentence(lang)))


def test_a_comparison_within_one_series_names_no_break() -> None:
    found = cohorts.same_age(_table((2015, 2021)), "20-24", later_year=2014)
    assert isinstance(found, cohorts.SameAge)
    assert found.breaks == ()
    assert "brudd" not in found.sentence("nb")


def test_a_series_that_begins_in_the_earlier_year_is_not_crossed() -> None:
    found = cohorts.same_age(_table((2019,)), "20-24", later_year=2024)
    assert isinstance(found, cohorts.SameAge)
    assert found.breaks == ()


@pytest.mark.parametrize(("years_apart", "shared"), [(4, True), (5, False)])
def test_cohorts_overlap_down_to_one_birth_year(years_apart: int, shared: bool) -> None:
    found = cohorts.same_age(_table(yearly=True), "20-24", years_apart=years_apart)
    assert isinstance(found, cohorts.SameAge)
    assert found.overlapping is shared


def test_yearly_neighbours_are_told_to_share_birth_years() -> None:
    found = cohorts.same_age(_table(yearly=True), "20-24", years_apart=1)
    assert isinstance(found, cohorts.SameAge)
    assert found.overlapping
    assert "deler fødselsår" in found.sentence("nb")


def test_a_cohort_whose_number_is_unknown_is_not_compared() -> None:
    found = cohorts.same_age(_table(cells=[cell for cell in FULL if cell[0] != 2019]), "20-24")
    assert isinstance(found, NotEstimable)
    assert dict(found.facts)["years"] == "2019"


@pytest.mark.parametrize(("later", "verdict"), [(130, "clearly_higher"), (70, "clearly_lower")])
def test_a_large_difference_is_told_in_its_direction(later: int, verdict: str) -> None:
    cells = [(2019, "20-24", 1000, 10_000), (2024, "20-24", later * 10, 10_000)]
    found = cohorts.same_age(_table(cells=cells), "20-24")
    assert isinstance(found, cohorts.SameAge)
    assert found.test.verdict == verdict


def test_the_preliminary_year_is_called_preliminary(real: None) -> None:
    table = cohorts.follow("4204")
    assert isinstance(table, cohorts.CohortTable)
    found = cohorts.same_age_comparisons(table)
    assert all(
        isinstance(one, cohorts.SameAge) and "Tallet for 2024 er foreløpig" in one.sentence("nb") for one in found
    )
