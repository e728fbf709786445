"""Tables over people who were followed: what is never mixed, never added, and never reached."""

import polars as pl
import pytest

from analytics.pivot.answer import pivot
from analytics.pivot.followed import first_row, followed_options
from analytics.pivot.question import NONE, PivotAnswer, PivotQuestion, kind_of
from analytics.pivot.refusals import PivotNothing, PivotRefused
from data.warehouse.connection import view

AFTER, EXIT, STUDY = "flow-state_after", "flow-first_exit", "study-cohort_1995"


@pytest.fixture(autouse=True)
def _demo(demo) -> None:
    """Flows are delivered in the demo alone."""


def asked(counted: str, rows: str, columns: str = NONE, **chosen: tuple[str, ...]) -> PivotAnswer:
    options, first = followed_options(counted), first_row(counted)
    told = {name: codes if name in (rows, columns) else (first[name],) for name, codes in options.items()}
    return pivot(PivotQuestion((counted,), rows, columns, tuple((told | chosen).items())))


@pytest.mark.parametrize(
    ("counted", "reason"),
    [
        ((AFTER, EXIT), "when they first leave"),
        (("neet_register", AFTER), "over time"),
        ((STUDY, AFTER), "groups of its own"),
        ((STUDY, "study-nav_job_seekers"), "a definition and persons of its own"),
        ((STUDY, "neet_register"), "over time"),
    ],
)
def test_what_is_counted_by_two_definitions_has_no_table(counted: tuple[str, ...], reason: str) -> None:
    with pytest.raises(PivotRefused) as refused:
        pivot(PivotQuestion(counted, "destination", NONE, ()))
    assert reason in refused.value.says("en")
    assert refused.value.says("nb") != refused.value.says("en")


@pytest.mark.long
@pytest.mark.parametrize(
    ("counted", "rows", "chosen", "reason"),
    [
        (STUDY, "destination", {"group": ("men", "women")}, "are not added"),
        (AFTER, "destination", {"cohort": ("2019", "2023")}, "2 times cannot be added"),
        (AFTER, "destination", {"months": ("12", "60")}, "2 times cannot be added"),
        (AFTER, "origin", {"destination": ("work", "total")}, "All who started and Work"),
        (AFTER, "origin", {"sex": ("both", "female")}, "both and female"),
        (AFTER, "origin", {"age": ()}, "an age"),
    ],
)
def test_what_may_hold_a_person_twice_is_not_added(counted: str, rows: str, chosen, reason: str) -> None:
    with pytest.raises(PivotRefused) as refused:
        asked(counted, rows, **chosen)
    assert reason in refused.value.says("en")


def test_nothing_published_is_said() -> None:
    with pytest.raises(PivotNothing):
        asked(AFTER, "destination", cohort=("1950",))
    with pytest.raises(PivotNothing):
        asked(STUDY, "destination", period=("1950",))


def test_a_sum_with_a_hidden_flow_is_hidden_and_bounds_lie_in_no_answer() -> None:
    origins = followed_options(AFTER)["origin"]
    one = asked(AFTER, "destination", "origin").cells
    both = asked(AFTER, "destination", origin=origins).cells
    shown = dict(one.group_by("destination").agg(pl.col("count").null_count() == 0).iter_rows())
    assert set(shown.values()) == {True, False}
    for row in both.iter_rows(named=True):
        parts = one.filter(pl.col("destination") == row["destination"])
        assert row["count"] == (parts["count"].sum() if shown[row["destination"]] else None)
        assert (row["status"] == "suppressed") == ("suppressed" in parts["status"])
    assert {"low", "high"}.isdisjoint(both.columns)


def test_those_who_started_are_counted_once_whatever_is_added() -> None:
    total = int(asked(AFTER, "destination", destination=("total",)).cells["count"][0])
    ends = ("work", "education")
    added = asked(AFTER, "cohort", cohort=(first_row(AFTER)["cohort"],), destination=ends).cells.row(0, named=True)
    apart = asked(AFTER, "destination", destination=ends).cells
    assert added["population"] == total == apart["population"][0]
    assert added["value"] == pytest.approx(apart["value"].sum())
    exits = asked(EXIT, "destination", months=("6", "12")).cells
    each = asked(EXIT, "destination", "months", months=("6", "12")).cells
    assert exits["population"].to_list() == each.filter(pl.col("interval_months") == "6")["population"].to_list()
    sums = each.group_by("destination", maintain_order=True).agg(pl.col("count").sum())["count"]
    known = exits["count"].is_not_null()
    assert known.any()
    assert exits["count"].filter(known).to_list() == sums.filter(known).to_list()


@pytest.mark.long
def test_every_study_begins_with_a_table_that_holds_its_figures() -> None:
    names = view("outcomes")["study"].unique().to_list()
    assert len(names) > 5
    for name in names:
        counted = f"study-{name}"
        options = followed_options(counted)
        shown = [dimension for dimension, codes in options.items() if len(codes) > 1][:2] or [next(iter(options))]
        cells = asked(counted, *shown).cells
        assert cells["value"].count() + cells["count"].count() > 0, name
        assert kind_of(counted) == "outcomes"
