"""The numbers of published studies come out as they were published, and the sentence says them."""

import pytest

from analytics.cohorts import PublishedOutcomes, published_outcomes
from tests.ground import opened


@pytest.fixture(autouse=True)
def _built(monkeypatch: pytest.MonkeyPatch) -> None:
    opened(monkeypatch)


def of(study: str, region: str = "4204") -> PublishedOutcomes:
    found = published_outcomes(study, region)
    assert isinstance(found, PublishedOutcomes)
    return found


@pytest.mark.parametrize(
    ("study", "where", "destination", "share"),
    [
        ("nav_reduced_work_capacity", {"period": "2024-Q3", "age_group": "20-24"}, "employee_only", 0.406),
        ("nav_reduced_work_capacity", {"period": "2021-Q3", "age_group": "25-29"}, "disability_benefit", 0.195),
        ("nav_job_seekers", {"period": "2018-Q1", "age_group": "25-29"}, "employee_only", 0.648),
        ("nav_reduced_work_capacity_counties", {"region_code": "42"}, "employee", 0.451),
        ("nav_job_seekers_counties", {"region_code": "42"}, "employee", 0.598),
        ("nav_unemployment_benefit_used_up", {"period": "2019", "age_group": "under-25"}, "employee_only", 359 / 729),
        ("moves_buskerud_vestfold_telemark", {"period": "2018", "subgroup": "from_outside"}, "inside", 1789 / 5058),
        ("moves_telemark", {"period": "2023", "subgroup": "from_outside"}, "outside", 2153 / 3513),
        ("moves_trondelag", {"period": "2019", "subgroup": "from_inside"}, "outside", 4807 / 86711),
        ("cohort_1995", {"subgroup": "three_years"}, "not_outside", 0.423),
        ("cohort_1995", {"subgroup": "men"}, "not_outside", 0.74),
        ("nav_seekers_2014", {"subgroup": "aap"}, "employee", 0.18),
        ("aap_to_disability_benefit", {"period": "2012"}, "disability_benefit", 0.6),
        ("introduction_programme", {"region_code": "42"}, "work_or_education", 0.64),
        ("introduction_programme_years", {"region_code": "10", "subgroup": "after_4"}, "work_or_education", 0.5),
    ],
)
def test_a_share_is_the_published_one(study: str, where: dict[str, str], destination: str, share: float) -> None:
    (row,) = of(study).frame.filter(**where, destination=destination).iter_rows(named=True)
    assert row["share"] == pytest.approx(share, abs=5e-5)


def test_those_outside_in_2018_are_where_the_university_says_five_years_later() -> None:
    """USN (SOBRU): 47 per cent inside and about 40 per cent outside in 2023."""
    last = of("followed_buskerud_vestfold_telemark").frame.filter(later="2023")
    shares = dict(last.select("destination", "share").iter_rows())
    assert (round(shares["inside"], 2), round(shares["outside"], 2)) == (0.47, 0.4)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("nb", "Seks måneder etter at de ikke lenger hadde nedsatt arbeidsevne (3. kvartal 2024, hele landet), "
               "var 46,5\u00a0% av dem på 20–24 år i jobb, og 16,9\u00a0% hadde uføretrygd og ingen jobb"),
        ("en", "Six months after they no longer had reduced work capacity (3rd quarter 2024, the whole country), "
               "46.5% of those aged 20–24 were in a job, and 16.9% had disability benefit and no job"),
    ],
)  # fmt: skip
def test_the_finding_says_what_was_published(lang: str, said: str) -> None:
    assert of("nav_reduced_work_capacity").finding(lang) == said


@pytest.mark.parametrize(
    ("region", "place", "whole"),
    [("4204", "Agder: 45,1", True), ("0301", "Oslo: 42,4", True), ("0", "Hele landet: 46,4", False)],
)
def test_the_reader_s_county_is_told_beside_the_nation(region: str, place: str, whole: bool) -> None:
    said = of("nav_reduced_work_capacity_counties", region).finding("nb")
    assert said.startswith(place)
    assert ("(hele landet: 46,4" in said) is whole
