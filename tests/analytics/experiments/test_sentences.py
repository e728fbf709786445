"""Outcomes said in words, and effects told with what weakens them."""

import polars as pl
import pytest

from analytics.experiments import Design, evaluate
from tests.analytics.experiments.test_checks import DESIGN, PERSONS, both_languages, refused


@pytest.mark.parametrize(("yes", "no"), [("ja", "nei"), ("Yes", "No"), ("True", "False")])
def test_yes_and_no_in_words_are_one_and_nought(yes: str, no: str) -> None:
    worded = PERSONS.with_columns(i_jobb=pl.when(pl.col("i_jobb") == 1).then(pl.lit(yes)).otherwise(pl.lit(no)))
    assert evaluate(DESIGN, worded).value == evaluate(DESIGN, PERSONS).value


def test_e09_words_in_a_yes_no_outcome_are_named() -> None:
    table = PERSONS.with_columns(i_jobb=pl.when(pl.col("id") < 2).then(pl.lit("vet ikke")).otherwise(pl.lit("ja")))
    error = refused(Design(arm="gruppe", outcome="i_jobb", unit="id", kind="binary"), table)
    assert (error.code, error.count) == ("E09", 2)
    both_languages(error, "i_jobb", "vet ikke")


def test_durations_of_a_cluster_trial_say_that_clusters_are_not_counted() -> None:
    table = pl.DataFrame(
        {"k": [f"k{i % 6}" for i in range(60)], "arm": ["control", "new"] * 30, "d": list(range(1, 61)),
         "e": [1, 1, 0] * 20}
    )  # fmt: skip
    facts = {"kind": "duration", "outcome": "d", "events": "e", "registered": "2026-01-01"}
    clustered = evaluate(Design(method="cluster_rct", **facts), table.drop("k"))
    assert (clustered.low, clustered.verdict) == (None, "too_small_to_say")
    assert "clusters_unused" in [note.code for note in clustered.notes]
    assert clustered.grade["execution"] == evaluate(Design(**facts), table).grade["execution"] - 1


def test_an_effect_and_its_limits_have_the_same_decimals() -> None:
    table = pl.DataFrame({"arm": ["control", "new"], "n": [60, 60], "mean": [5.0, 6.3], "sd": [2.0, 2.0]})
    assert (
        evaluate(Design(), table).sentence("en").endswith("1.3 higher than without the measure (0.6 to 2.0). Better.")
    )
