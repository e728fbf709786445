"""Flows: known answers come back, nothing hidden becomes zero, what does not add up is named."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics import cohorts
from analytics.errors import StatisticsInputError
from analytics.results import NotEstimable
from data.flow_states import states
from tests.data import make_example_flows as model

INSIDE = ("work", "part_time_work", "education", "apprenticeship")
OUTSIDE = ("registered_unemployed", "aap", "disability_benefit", "social_assistance", "outside_without_benefit")


def _rows(counts: dict[str, int | None], total: int | None, months: int = 12, high: int = 4) -> pl.DataFrame:
    cells = [
        ("total", total, total, total),
        *((name, n, n if n is not None else 1, n if n is not None else high) for name, n in counts.items()),
    ]
    return pl.DataFrame(
        [
            ("state_after", "4204", "2020", "18-29", "both", "aap", name, months, count, low, top,
             "suppressed" if count is None else "final", "made", False)
            for name, count, low, top in cells
        ],
        schema=[
            "measure", "region_code", "cohort", "age_group", "sex", "origin", "destination", "interval_months", "count",
            "low", "high", "status", "edition", "example",
        ],
        orient="row",
    )  # fmt: skip


def test_the_states_of_the_model_are_the_states_of_the_glossary() -> None:
    assert set(model.STATES) == set(states())


def test_the_model_s_rows_are_probabilities() -> None:
    assert model.matrix().min() >= 0
    assert model.matrix().sum(axis=1) == pytest.approx(np.ones(len(model.STATES)))


@pytest.mark.parametrize("months", [12, 60])
def test_the_shipped_example_gives_the_model_s_shares_back(real: None, months: int) -> None:
    """Known answers: row i of P to the power m. 25 shares at 95 %: at least 21 of each kind must hold them."""
    found = cohorts.flows("4204", months)
    assert not isinstance(found, NotEstimable)
    held = []
    for flow in found:
        known = model.shares_after(flow.origin, months)
        for share, names in ((flow.back_inside, INSIDE), (flow.still_outside, OUTSIDE)):
            held.append(share.low <= sum(known[name] for name in names) <= share.high)
        held += [row["low"] <= known[row["destination"]] <= row["high"] for row in flow.frame.iter_rows(named=True)]
    assert np.mean(held) > 0.9


def test_the_shipped_example_says_that_it_is_one(real: None) -> None:
    found = cohorts.flows("4204", 12)
    assert not isinstance(found, NotEstimable)
    assert all(flow.example for flow in found)
    times = cohorts.exit_times("4204", "aap")
    assert isinstance(times, cohorts.ExitTimes)
    assert times.example


def test_the_shipped_delivery_is_the_one_the_script_makes() -> None:
    shipped = model.FOLDER / f"{model.NAME}.csv"
    assert shipped.read_bytes() == model.delivery()
    assert shipped.with_suffix(".toml").read_text(encoding="utf-8") == model.sidecar(model.delivery())


@pytest.mark.parametrize("origin", sorted(model.STARTED))
def test_time_to_first_exit_holds_the_model_s_survival(real: None, origin: str) -> None:
    """Known answer: (stay ÷ (stay + moves))^m. Bounds where counts are hidden, limits where they are not."""
    found = cohorts.exit_times("4204", origin)
    assert isinstance(found, cohorts.ExitTimes)
    for row in found.bounds.iter_rows(named=True):
        truth = model.still_in_state(origin, row["months"])
        assert row["low"] - 0.025 <= truth <= row["high"] + 0.025, row


def test_shares_of_a_flow_that_is_wholly_shown_are_wilson_intervals() -> None:
    flow = cohorts.flow(_rows({"work": 30, "education": 10, "aap": 60}, 100))
    assert flow.back_inside.estimate == 0.4
    assert (flow.back_inside.low, flow.back_inside.high) == (
        pytest.approx(0.3094, abs=1e-4),
        pytest.approx(0.4980, abs=1e-4),
    )
    assert flow.still_outside.estimate == 0.6


def test_a_hidden_count_widens_the_share_and_is_never_zero() -> None:
    """Hidden: education and on_measures share the remaining 5, each 1 to 4."""
    flow = cohorts.flow(_rows({"work": 30, "education": None, "aap": 65, "on_measures": None}, 100))
    back = flow.back_inside
    assert back.estimate is None
    assert (back.lowest, back.highest) == (31, 34)
    assert flow.frame.filter(pl.col("destination") == "education")["share"].to_list() == [None]


def test_what_the_others_must_hold_at_least_bounds_a_share_from_above() -> None:
    flow = cohorts.flow(_rows({"work": None, "aap": None, "education": 4}, 10, high=9))
    assert (flow.back_inside.lowest, flow.back_inside.highest) == (5, 9)
    assert (flow.still_outside.lowest, flow.still_outside.highest) == (1, 5)


@pytest.mark.parametrize(("count", "inside"), [(7, 7), (0, 0), (None, None)])
def test_a_hidden_first_exit_to_work_is_unknown_and_not_zero(count: int | None, inside: int | None) -> None:
    rows = _rows({"inside": count, "elsewhere": 5, "left": 2}, 30).with_columns(measure=pl.lit("first_exit"))
    assert cohorts.exits(rows).inside == inside


def test_the_sankey_of_an_origin_adds_up_with_the_hidden_as_one_link() -> None:
    flow = cohorts.flow(_rows({"work": 30, "education": None, "aap": 65, "on_measures": None}, 100))
    links = cohorts.sankey((flow,))
    assert links["count"].sum() == flow.started
    assert links.filter(pl.col("destination") == "hidden_together")["count"].to_list() == [5]
    assert links.filter(pl.col("status") == "suppressed")["count"].to_list() == [None, None]


@pytest.mark.parametrize(
    ("counts", "total"),
    [
        ({"work": 30, "aap": 60}, 100),
        ({"work": 30, "aap": 90}, 100),
        ({"work": 95, "aap": None}, 100),
        ({"work": 5}, None),
        ({"work": 0}, 0),
    ],
)
def test_a_flow_that_does_not_add_up_to_its_origin_is_refused(counts: dict[str, int | None], total: int | None) -> None:
    with pytest.raises(StatisticsInputError):
        cohorts.flow(_rows(counts, total))


def test_a_state_the_glossary_does_not_know_is_refused() -> None:
    with pytest.raises(StatisticsInputError, match="kiosk"):
        cohorts.flow(_rows({"work": 30, "kiosk": 70}, 100))
    with pytest.raises(StatisticsInputError):
        cohorts.flows("4204", origin="kiosk")


def test_a_region_without_a_delivery_has_no_flows(real: None) -> None:
    assert isinstance(cohorts.flows("1103"), NotEstimable)
    assert isinstance(cohorts.exit_times("1103", "aap"), NotEstimable)


def test_the_life_table_of_freireich_s_treated_patients() -> None:
    """Published: 6-MP group of 21 (Freireich 1963; Kalbfleisch & Prentice 2002): S(10) = 0.7529, S(23) = 0.4482."""
    months = [6, 7, 9, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 34, 35]
    exits = [3, 1, 0, 1, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0]
    lost = [1, 0, 1, 1, 1, 0, 0, 1, 1, 1, 0, 0, 1, 2, 1, 1]
    table = cohorts.life_table(months, exits, lost, 21)
    at = {row["months"]: row for row in table.iter_rows(named=True)}
    assert at[6]["survival"] == pytest.approx(0.8571, abs=1e-4)
    assert at[10]["survival"] == pytest.approx(0.7529, abs=1e-4)
    assert at[23]["survival"] == pytest.approx(0.4482, abs=1e-4)
    assert at[10]["standard_error"] == pytest.approx(0.0963, abs=1e-4)
    assert cohorts.median_months(table) == 23


def test_half_gone_is_the_median_and_less_than_half_has_none() -> None:
    assert cohorts.median_months(cohorts.life_table([6, 12], [5, 1], [0, 0], 10)) == 6
    assert cohorts.median_months(cohorts.life_table([6, 12], [2, 2], [0, 0], 10)) is None


def test_the_life_table_agrees_with_statsmodels_on_single_persons() -> None:
    from statsmodels.duration.survfunc import SurvfuncRight

    months, exits, lost = [3, 6, 9, 12], [7, 5, 3, 2], [2, 4, 1, 6]
    table = cohorts.life_table(months, exits, lost, 40)
    times = np.concatenate([np.repeat(months, exits), np.repeat(months, lost), np.repeat(12, 40 - 30)])
    status = np.concatenate([np.ones(sum(exits)), np.zeros(40 - sum(exits))])
    theirs = SurvfuncRight(times, status)
    assert table["survival"].to_numpy() == pytest.approx(theirs.surv_prob, rel=1e-12)
    assert table["standard_error"].to_numpy() == pytest.approx(theirs.surv_prob_se, rel=1e-12)


def test_from_the_first_unknown_count_on_the_life_table_is_unknown() -> None:
    table = cohorts.life_table([6, 12, 18], [10, None, 5], [0, 0, 0], 100)
    assert table["survival"].to_list() == [0.9, None, None]


@pytest.mark.long
@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=6),
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=6, max_size=6),
)
def test_the_bounds_hold_every_life_table_between_them(
    truth: list[tuple[int, int]], slack: list[tuple[int, int]]
) -> None:
    months = list(range(1, len(truth) + 1))
    out, lost = ([pair[place] for pair in truth] for place in (0, 1))
    spans = [(max(n - low, 0), n + high) for n, (low, high) in zip(out, slack, strict=False)]
    losses = [(max(n - high, 0), n + low) for n, (low, high) in zip(lost, slack, strict=False)]
    started = sum(out) + sum(lost) + 3
    exact = cohorts.life_table(months, out, lost, started)["survival"]
    pairs = [tuple([span[side] for span in one] for side in (0, 1)) for one in (spans, losses)]
    bounds = cohorts.survival_bounds(months, pairs[0], pairs[1], started)
    for value, low, high in zip(exact, bounds["lowest"], bounds["highest"], strict=True):
        assert low - 1e-12 <= value <= high + 1e-12


@pytest.mark.parametrize(
    ("months", "exits", "started"),
    [([6, 6], [1, 1], 10), ([12, 6], [1, 1], 10), ([6, 12], [6, 6], 10), ([0, 6], [1, 1], 10)],
)
def test_a_life_table_that_cannot_be_is_refused(months: list[int], exits: list[int], started: int) -> None:
    with pytest.raises(StatisticsInputError):
        cohorts.life_table(months, exits, [0, 0], started)


def test_when_everybody_has_left_nobody_is_still_there() -> None:
    table = cohorts.life_table([6, 12], [4, 6], [0, 0], 10)
    assert table["survival"].to_list() == pytest.approx([0.6, 0.0])
    assert table["high"].to_list()[1] is None


def test_the_example_folder_is_marked_in_its_name_and_its_sidecar() -> None:
    folder: Path = model.FOLDER
    assert folder.name.startswith("example-")
    assert "example = true" in (folder / f"{model.NAME}.toml").read_text(encoding="utf-8")
