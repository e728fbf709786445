"""What a researcher may well get wrong: each is told by column and value, and never ends in a traceback or a NaN."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from analytics.experiments import Design, evaluate
from analytics.experiments.errors import ExperimentError

PERSONS = pl.DataFrame({"id": range(12), "arm": ["control", "new"] * 6, "y": [1.5, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3]})
COUNTS = pl.DataFrame({"arm": ["control", "new"], "n": [20, 20], "events": [5, 8]})
MEANS = pl.DataFrame({"arm": ["control", "new"], "n": [5, 5], "mean": [1.0, 2.0], "sd": [1.0, 1.0]})
PANEL = pl.DataFrame({
    "unit": [f"u{i}" for i in range(12) for _ in (0, 1)], "period": [0, 1] * 12,
    "arm": ["control", "control", "new", "new"] * 6, "y": np.arange(24) + np.tile([0, 3.1, 0.4], 8),
})  # fmt: skip
LIVES = pl.DataFrame({
    "arm": ["control"] * 3 + ["new"] * 3, "interval": ["0-3", "3-6", "6-9"] * 2, "at_risk": [50, 40, 30, 50, 35, 20],
    "events": [8, 7, 5, 12, 10, 6], "censored": [2, 3, 25, 3, 5, 14],
})  # fmt: skip
PLAIN, OVER_TIME, STARTS = (
    Design(outcome="y"),
    Design(method="before_after", outcome="y"),
    Design(method="staggered", outcome="y"),
)
SPELLS = Design(kind="duration", outcome="y", events="e")


def with_(table: pl.DataFrame, **columns: object) -> pl.DataFrame:
    return table.with_columns(
        **{name: value if isinstance(value, pl.Expr) else pl.Series(value) for name, value in columns.items()}
    )


ONE = pl.int_range(pl.len()) == 3
TREATED = pl.col("arm") == "new"
MISTAKES = {
    "an outcome that is infinite": (PLAIN, with_(PERSONS, y=pl.when(ONE).then(np.inf).otherwise("y")), "y", "inf"),
    "thousands with a comma": (PLAIN, with_(PERSONS, y=["45,500", "46,100"] * 6), "y", "45,500"),
    "thousands with a space": (PLAIN, with_(PERSONS, y=["45 500", "46 100"] * 6), "y", "45 500"),
    "thousands with a point": (PLAIN, with_(PERSONS, y=["45.500,5", "46.100,2"] * 6), "y", "45.500,5"),
    "a date as outcome": (PLAIN, with_(PERSONS, y=pl.date(2025, 1, 1)), "y", "2025-01-01"),
    "a list as outcome": (PLAIN, with_(PERSONS, y=[[1.0]] * 12), "y", "[1.0]"),
    "a list as arm": (PLAIN, with_(PERSONS, arm=[["a"]] * 12), "arm", "['a']"),
    "words as outcome": (PLAIN, with_(PERSONS, y=["good", "bad"] * 6), "y", "good"),
    "yes, no and something else": (PLAIN, with_(PERSONS, y=["ja", "nei", "vet ikke"] * 4), "y", "vet ikke"),
    "no outcome at all": (PLAIN, with_(PERSONS, y=pl.lit(None, pl.Float64)), "arm", "control (y: –)"),
    "no outcome in one arm": (PLAIN, with_(PERSONS, y=pl.when(TREATED).then("y")), "arm", "control (y: –)"),
    "no rows": (PLAIN, PERSONS.clear(), "arm", "–"),
    "three arms": (PLAIN, with_(PERSONS, arm=["control", "a", "b"] * 4), "arm", "a, b, control"),
    "the outcome as arm": (Design(outcome="y", arm="y"), PERSONS, "y", "1.5"),
    "a blank arm": (PLAIN, with_(PERSONS, arm=pl.when(~ONE).then("arm")), "arm", "1/12"),
    "a misspelt cluster": (Design(outcome="y", cluster="schol"), PERSONS, "schol", "id, arm, y"),
    "a misspelt covariate": (Design(outcome="y", covariates=("agee",)), PERSONS, "agee", "id, arm, y"),
    "no cluster in their trial": (Design(method="cluster_rct", outcome="y"), PERSONS.drop("id"), "cluster", "arm, y"),
    "a blank cluster": (PLAIN, with_(PERSONS, cluster=pl.when(~ONE).then(pl.col("id") // 4)), "cluster", "1/12"),
    "an unknown estimator": (Design(outcome="y", estimator="anocva"), PERSONS, "estimator", "anocva"),
    "a period that is not there": (Design(outcome="y", period="id", at=99), PERSONS, "99", "10, 11"),
    "more events than persons": (Design(), with_(COUNTS, events=[5, 50]), "events", "50"),
    "half an event": (Design(), with_(COUNTS, events=[5.5, 8]), "events", "5.5"),
    "events in percent": (Design(), with_(COUNTS, events=["25 %", "40 %"]), "events", "25 %"),
    "fewer than no persons": (Design(), with_(COUNTS, n=[-5, 20]), "n", "-5"),
    "persons in words": (Design(), with_(COUNTS, n=["many", "20"]), "n", "many"),
    "a negative spread": (Design(), with_(MEANS, sd=[-1.0, 1.0]), "sd", "-1"),
    "an infinite mean": (Design(), with_(MEANS, mean=[np.inf, 1.0]), "mean", "inf"),
    "a mean left out": (Design(), with_(MEANS, mean=[None, 1.0]), "arm", "control (outcome: –)"),
    "a blank period": (OVER_TIME, with_(PANEL, period=pl.when(~ONE).then("period")), "period", "1/24"),
    "every unit twice": (OVER_TIME, pl.concat([PANEL, PANEL]), "unit", "u0 (0)"),
    "a unit in both arms": (OVER_TIME, with_(PANEL, arm=["control", "new"] * 12), "unit", "u0"),
    "a start in words": (STARTS, with_(PANEL, start=["soon"] * 24), "start", "soon"),
    "nobody that starts": (STARTS, with_(PANEL, start=[0] * 24), "start", "–"),
    "a covariate without end": (Design(outcome="y", covariates="x"), with_(PERSONS, x=[float("inf")] * 12), "x", "inf"),
    "ancova over periods": (replace(OVER_TIME, estimator="ancova"), PANEL, "estimator", "ancova"),
    "a block blank in some rows": (PLAIN, with_(PERSONS, block=["a", None] * 6), "block", "6/12"),
    "at risk that grows": (Design(), with_(LIVES, at_risk=[50, 40, 60, 50, 35, 20]), "at_risk", "9: 60"),
    "an interval in words": (Design(), with_(LIVES, interval=["early"] * 6), "interval", "early"),
    "a time under zero": (SPELLS, with_(PERSONS, y=-pl.col("y"), e=[1] * 12), "y", "-1.5"),
    "an event that is 2": (SPELLS, with_(PERSONS, e=[1, 2] * 6), "e", "2"),
    "spells of a roll-out": (replace(SPELLS, method="staggered"), with_(PERSONS, e=pl.lit(1)), "method", "staggered"),
    "blocks with one arm each": (PLAIN, with_(PERSONS, block=["a", "b"] * 6), "block", "a, b"),
    "a block for every person": (replace(PLAIN, block="id"), PERSONS, "id", "0, 1, 10"),
    "a number beyond all numbers": (PLAIN, with_(PERSONS, y=[1e308, -1e308] * 6), "y", "1e+308"),
    "the outcome as covariate": (replace(PLAIN, covariates="y"), PERSONS, "covariates", "y"),
    "the arm as subgroup": (replace(PLAIN, subgroup="arm"), PERSONS, "subgroup", "arm"),
    "taking part as subgroup": (
        replace(PLAIN, received="r", subgroup="r"), with_(PERSONS, r=[0, 1, 0, 1, 1, 0] * 2), "subgroup", "r"),
    "a word among a covariate's numbers": (
        replace(PLAIN, covariates="x"), with_(PERSONS, x=["ukjent", *map(str, range(11))]), "x", "ukjent"),
    "how much each took part": (replace(PLAIN, received="r"), with_(PERSONS, r=[0, 2] * 6), "r", "2"),
    "a misspelt treatment": (replace(PLAIN, treatment="nwe"), PERSONS, "nwe", "control, new"),
    "starts after the last period": (STARTS, with_(PANEL, start=[0, 0, 9, 9] * 6), "start", "9"),
    "a mark for the number of persons": (Design(), with_(COUNTS, n=["*", "20"]), "n", "*"),
    "an event that may have been": (SPELLS, with_(PERSONS, e=["ja", "kanskje"] * 6), "e", "kanskje"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_by_column_and_value_with_a_cure(mistake) -> None:
    design, table, column, value = MISTAKES[mistake]
    with pytest.raises(ExperimentError) as caught:
        evaluate(design, table)
    for lang in ("nb", "en"):
        assert column in caught.value.says(lang)
        assert value in caught.value.says(lang)
        assert len(caught.value.do(lang)) > 20


def test_a_flow_of_other_arms_or_of_fewer_than_nobody_is_refused() -> None:
    for arms, assigned, told in ((["kontrol", "new"], [20, 20], "kontrol"), (["control", "new"], [-20, 20], "-20")):
        with pytest.raises(ExperimentError) as caught:
            evaluate(Design(), COUNTS, pl.DataFrame({"arm": arms, "assigned": assigned}))
        assert told in caught.value.says("nb")


def test_a_covariate_with_decimal_commas_is_a_number() -> None:
    x = [f"{value},5" for value in range(12)]
    texts, read = (with_(PERSONS, x=each) for each in (x, [value + 0.5 for value in range(12)]))
    design = replace(PLAIN, covariates=("x",))
    assert evaluate(design, texts).beside["ancova"] == evaluate(design, read).beside["ancova"]


def test_everybody_at_one_time_has_a_cox_regression_without_a_test_of_its_ratio() -> None:
    found = evaluate(SPELLS, with_(PERSONS, y=[3.0] * 12, e=[1] * 12))
    assert found.value == 0
    assert "proportional" not in found.beside["cox"] or "not_estimable" in found.beside["cox"]["proportional"]


def test_rows_without_a_period_are_told_to_be_taken_as_changes() -> None:
    notes = evaluate(Design(method="before_after", outcome="y"), PERSONS).notes
    assert "taken_as_changes" in {note.code for note in notes}


@pytest.mark.long
def test_events_in_words_are_events() -> None:
    found = [evaluate(SPELLS, with_(PERSONS, e=[yes, no] * 6)) for yes, no in ((1, 0), ("ja", "nei"), (True, False))]
    assert len({each.value for each in found}) == 1


def test_a_flow_that_contradicts_itself_is_refused() -> None:
    flow = pl.DataFrame({"arm": ["control", "new"], "assigned": [20, 20], "measured": [20, 25]})
    with pytest.raises(ExperimentError) as caught:
        evaluate(Design(), COUNTS, flow)
    assert "new: 25 > 20 (assigned)" in caught.value.says("nb")
