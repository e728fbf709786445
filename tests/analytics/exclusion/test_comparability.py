import pytest

from analytics.cohorts import AGE_GROUPS
from analytics.exclusion.comparability import DefinitionsDiffer, SumTerm, addable, apart

NEET = "neet_register"


@pytest.mark.parametrize("other", ["neet_survey", "reduced_work_capacity", "fully_unemployed", "upper_secondary_quit"])
def test_definitions_of_two_families_never_share_an_axis(other: str) -> None:
    assert apart(NEET, other).reason == "families"


def test_shares_of_different_groups_never_share_an_axis() -> None:
    assert apart("upper_secondary_completed", "upper_secondary_quit").reason == "wholes"


@pytest.mark.parametrize(("lang", "words"), [("nb", ("register", "intervju")), ("en", ("register", "interview"))])
def test_the_refusal_names_both_definitions_in_the_readers_language(lang: str, words: tuple[str, str]) -> None:
    refused = apart("neet_survey", NEET)
    assert all(word in refused.says(lang) for word in words)
    assert refused.do(lang)
    assert refused.as_json(lang)["error"]["code"] == "definitions_differ"


def test_two_groups_of_nav_are_never_added() -> None:
    with pytest.raises(DefinitionsDiffer) as refused:
        addable([SumTerm("fully_unemployed"), SumTerm("partly_unemployed")])
    assert refused.value.reason == "added"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (SumTerm(NEET, age_group="15-29"), SumTerm(NEET, age_group="20-24")),
        (SumTerm(NEET, age_group="15-20"), SumTerm(NEET, age_group="20-24")),
        (SumTerm(NEET, sex="both"), SumTerm(NEET, sex="female")),
        (SumTerm(NEET, region="42"), SumTerm(NEET, region="4204")),
        (SumTerm(NEET, region="03"), SumTerm(NEET, region="0301")),
        (SumTerm(NEET, region="0"), SumTerm(NEET, region="4204")),
        (SumTerm(NEET, region="1001"), SumTerm(NEET, region="4204")),
        (SumTerm(NEET, age_group="under-30"), SumTerm(NEET, age_group="25-34")),
        (SumTerm(NEET, age_group="young"), SumTerm(NEET, age_group="30-61")),
        (SumTerm(NEET), SumTerm(NEET)),
    ],
)
def test_parts_that_may_hold_the_same_person_are_never_added(one: SumTerm, other: SumTerm) -> None:
    with pytest.raises(DefinitionsDiffer) as refused:
        addable([one, other])
    assert refused.value.reason == "overlapping"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (SumTerm(NEET, age_group="15-19"), SumTerm(NEET, age_group="20-24")),
        (SumTerm(NEET, sex="male"), SumTerm(NEET, sex="female")),
        (SumTerm(NEET, region="4203"), SumTerm(NEET, region="4204")),
        (SumTerm(NEET, region="11"), SumTerm(NEET, region="4204")),
    ],
)
def test_parts_that_share_nobody_are_added(one: SumTerm, other: SumTerm) -> None:
    assert addable([one, other]) is None


def test_the_age_groups_of_the_cohorts_are_added_to_fifteen_to_twenty_nine() -> None:
    assert addable([SumTerm(NEET, age_group=age) for age in AGE_GROUPS]) is None
