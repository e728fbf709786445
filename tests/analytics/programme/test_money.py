"""Money and hours against plan: what nobody knows is never counted as zero."""

from analytics.programme.money import AgainstPlan, MoneyLine, against_plan

NAME = {"nb": "x", "en": "x"}


def line(**known: float) -> MoneyLine:
    return MoneyLine(period="2026-10", label=NAME, **known)  # type: ignore[arg-type]


def test_what_is_left_and_used_is_told_where_every_line_knows_both() -> None:
    found = against_plan([line(granted_nok=300.0, spent_nok=100.0), line(granted_nok=100.0, spent_nok=0.0)])
    assert found == {"nok": AgainstPlan(400.0, 100.0, 0, 300.0, 0.25)}


def test_a_line_that_lacks_one_leaves_what_is_left_unknown() -> None:
    found = against_plan([line(granted_nok=300.0, spent_nok=100.0), line(granted_nok=100.0)])
    assert found["nok"] == AgainstPlan(400.0, 100.0, 1, None, None)


def test_what_no_line_says_is_not_told() -> None:
    assert against_plan([line(hours=5.0)]) == {"hours": AgainstPlan(None, 5.0, 1)}
    assert against_plan([line()]) == {}


def test_nothing_granted_and_something_spent_has_no_share() -> None:
    assert against_plan([line(granted_nok=0.0, spent_nok=10.0)])["nok"] == AgainstPlan(0.0, 10.0, 0, -10.0, None)
