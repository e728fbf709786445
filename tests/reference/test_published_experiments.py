"""Published experiments come out to the printed digits: the truth table of the engine."""

import numpy as np
import polars as pl
import pytest

from analytics.experiments import Design, evaluate, pool
from analytics.experiments.design.group_sequential import crossing_probability, sequential_constant, sequential_limits
from analytics.experiments.design.power import required_n_per_arm
from analytics.experiments.estimators.survival import median
from analytics.experiments.input.durations import durations_from
from analytics.experiments.portfolio.meta_analysis import log_risk_ratio
from analytics.statistics.multiple_testing import rejected
from tests.shared_files import shared

BCG = [
    (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619), (33, 5036, 47, 5761),
    (180, 1361, 372, 1079), (8, 2537, 10, 619), (505, 87886, 499, 87892), (29, 7470, 45, 7232),
    (17, 1699, 65, 1600), (186, 50448, 141, 27197), (5, 2493, 3, 2338), (27, 16886, 29, 17825),
]  # fmt: skip
"""Colditz et al. (1994): vaccinated ill, vaccinated well, control ill, control well."""

REMISSION = {
    "6-MP": [(6, 1), (6, 1), (6, 1), (6, 0), (7, 1), (9, 0), (10, 1), (10, 0), (11, 0), (13, 1), (16, 1), (17, 0),
             (19, 0), (20, 0), (22, 1), (23, 1), (25, 0), (32, 0), (32, 0), (34, 0), (35, 0)],
    "placebo": [(t, 1) for t in (1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23)],
}  # fmt: skip
"""Freireich et al. (1963): weeks in remission and whether it ended."""


@pytest.fixture(scope="module")
def nsw():
    causaldata = pytest.importorskip("causaldata")
    table = causaldata.nsw_mixtape.load_pandas().data
    return table.assign(employed=(table.re78 > 0).astype(int))


@pytest.mark.long
def test_nsw_job_training_raised_earnings_by_1794_dollars(nsw) -> None:
    found = evaluate(Design(arm="treat", outcome="re78"), nsw)
    assert found.value == pytest.approx(1794.34, abs=0.005)
    assert found.se == pytest.approx(671.00, abs=0.005)
    assert found.se_ols == pytest.approx(632.85, abs=0.005)
    assert found.n == {"0": 260, "1": 185}


def test_nsw_job_training_put_11_more_of_100_in_work(nsw) -> None:
    found = evaluate(Design(arm="treat", outcome="employed", label={"en": "in work"}), nsw)
    assert (round(found.value, 1), round(found.low, 1), round(found.high, 1)) == (11.1, 2.4, 19.3)
    assert found.sentence("en") == "11 more in work per 100 (2 to 19). Better."


def test_nsw_from_four_counts_equals_nsw_from_persons(nsw) -> None:
    persons = evaluate(Design(arm="treat", outcome="employed"), nsw)
    counts = pl.DataFrame({"arm": [1, 0], "n": [185, 260], "events": [140, 168]})
    cells = evaluate(Design(), counts)
    for name in ("value", "se", "se_ols", "low", "high", "p", "p_randomisation"):
        assert getattr(cells, name) == pytest.approx(getattr(persons, name), rel=1e-12)


def test_card_and_krueger_changes_of_balanced_stores_give_2_75_with_1_34() -> None:
    changes = pl.DataFrame({
        "arm": ["PA", "NJ"], "n": [75, 309], "mean": [-2.28, 0.47],
        "sd": [1.25 * 75**0.5, 0.48 * 309**0.5],
    })  # fmt: skip
    found = evaluate(Design(method="before_after", control="PA"), changes)
    assert (round(found.value, 2), round(found.se, 2)) == (2.75, 1.34)


def test_card_and_krueger_four_cells_give_the_same_difference() -> None:
    cells = pl.DataFrame({
        "arm": ["PA", "PA", "NJ", "NJ"], "period": [1, 2, 1, 2], "n": [77, 77, 321, 319],
        "mean": [23.33, 21.17, 20.44, 21.03],
        "sd": [1.35 * 77**0.5, 0.94 * 77**0.5, 0.51 * 321**0.5, 0.52 * 319**0.5],
    })  # fmt: skip
    found = evaluate(Design(method="before_after", control="PA"), cells)
    assert round(found.value, 2) == 2.75
    assert "cells_independent" in [note.code for note in found.notes]


def test_county_teen_employment_matches_callaway_and_santanna() -> None:
    table = pl.read_csv(shared("fixtures/experiments/mpdta.csv"))
    design = {"method": "staggered", "unit": "countyreal", "period": "year", "start": "first.treat", "outcome": "lemp"}
    simple = evaluate(Design(**design), table)
    dynamic = evaluate(Design(**design, aggregation="dynamic"), table)
    assert (simple.value, simple.se) == pytest.approx((-0.0399513, 0.0120340), abs=1e-6)
    assert (dynamic.value, dynamic.se) == pytest.approx((-0.0772398, 0.0199650), abs=1e-6)
    by_time = {point["time"]: round(point["value"], 4) for point in simple.by_time}
    assert [by_time[t] for t in (0, 1, 2, 3)] == [-0.0199, -0.0510, -0.1373, -0.1008]


def test_organ_donation_has_one_treated_state_and_permutation_leads() -> None:
    causaldata = pytest.importorskip("causaldata")
    table = causaldata.organ_donations.load_pandas().data
    table = table.assign(active=(table.State == "California").astype(int))
    design = Design(method="before_after", arm="active", unit="State", period="Quarter_Num", outcome="Rate", start=4)
    found = evaluate(design, table)
    assert found.value == pytest.approx(-0.0225, abs=5e-5)
    assert (round(found.p, 2), found.permutation_leads, found.verdict) == (0.19, True, "too_small_to_say")
    assert found.beside["wild_bootstrap"]["p"] == pytest.approx(0.45, abs=0.02)
    assert found.se is None


def test_bcg_vaccine_pools_to_the_published_log_risk_ratio() -> None:
    table = np.array(BCG, dtype=float)
    effects, errors = log_risk_ratio(table[:, 0], table[:, :2].sum(1), table[:, 2], table[:, 2:].sum(1))
    found = pool(effects, errors)
    assert (round(found.pooled, 4), round(found.se, 4)) == (-0.7145, 0.1808)
    assert (round(found.low, 4), round(found.high, 4)) == (-1.1084, -0.3206)
    assert (round(found.tau2, 4), round(found.i2, 2), round(found.q, 3)) == (0.3132, 92.22, 152.233)
    assert np.exp(found.prediction_z).round(3).tolist() == [0.155, 1.549]
    assert np.exp(found.prediction).round(3).tolist() == [0.136, 1.763]


def test_eight_schools_are_not_made_surer_than_their_errors_allow() -> None:
    found = pool([28, 8, -3, 7, -1, 1, 18, 12], [15, 10, 16, 11, 9, 11, 10, 18])
    assert (round(found.pooled, 2), round(found.se, 2), round(found.q, 3), found.tau2) == (7.69, 4.07, 4.707, 0.0)


def test_newcombe_1998_example() -> None:
    table = pl.DataFrame({"arm": ["control", "new"], "n": [80, 70], "events": [48, 56]})
    found = evaluate(Design(per=1), table)
    assert (round(found.low, 4), round(found.high, 4)) == (0.0524, 0.3339)


def test_benjamini_and_hochberg_1995_reject_four_where_bonferroni_rejects_three() -> None:
    p = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1,
    ]
    assert sum(rejected(p, "bonferroni")) == 3
    assert sum(rejected(p, "benjamini_hochberg")) == 4


def test_half_a_standard_deviation_needs_64_an_arm() -> None:
    assert required_n_per_arm(0.5) == pytest.approx(63.77, abs=0.005)


@pytest.mark.long
@pytest.mark.parametrize(
    ("shape", "looks", "constant"),
    [("pocock", 2, 2.178), ("pocock", 5, 2.413), ("obrien_fleming", 2, 1.977), ("obrien_fleming", 5, 2.040)],
)
def test_group_sequential_constants(shape, looks, constant) -> None:
    assert sequential_constant(looks, shape) == pytest.approx(constant, abs=0.0005)
    limits = np.array(sequential_limits(looks, shape))
    assert crossing_probability(limits) == pytest.approx(0.05, abs=5e-5)


def leukaemia() -> pl.DataFrame:
    return pl.DataFrame(
        [(arm, time, event) for arm, rows in REMISSION.items() for time, event in rows],
        schema=["arm", "weeks", "relapse"], orient="row",
    )  # fmt: skip


def test_leukaemia_remission_has_the_published_medians_logrank_and_hazard_ratio() -> None:
    design = Design(kind="duration", control="placebo", outcome="weeks", events="relapse")
    found = evaluate(design, leukaemia())
    none, one = durations_from(design, leukaemia()).arms
    assert (median(none), median(one)) == (8, 23)
    assert found.beside["logrank"]["chi2"] == pytest.approx(16.79, abs=0.005)
    assert found.beside["cox"]["log_ratio"] == pytest.approx(-1.572, abs=0.0005)
    assert found.beside["cox"]["se"] == pytest.approx(0.412, abs=0.0005)


def test_leukaemia_remission_as_life_table_gives_the_same_as_persons() -> None:
    design = Design(kind="duration", control="placebo", outcome="weeks", events="relapse")
    rows = [
        {"arm": arm, "interval": t, "at_risk": r, "events": d, "censored": c}
        for arm, table in zip(("placebo", "6-MP"), durations_from(design, leukaemia()).arms, strict=True)
        for t, r, d, c in zip(table.time, table.at_risk, table.events, table.censored, strict=True)
    ]
    cells = evaluate(Design(control="placebo"), pl.DataFrame(rows))
    persons = evaluate(design, leukaemia())
    assert (cells.value, cells.se, cells.p) == (persons.value, persons.se, persons.p)
    assert cells.beside["logrank"] == persons.beside["logrank"]
    assert cells.beside["cox"] == {"not_estimable": "needs_person_rows"}
