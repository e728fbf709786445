"""Blocks with one arm say nothing about the difference: left out and named, in every method that uses blocks."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from analytics.experiments import Design, evaluate
from analytics.experiments.errors import ExperimentError
from analytics.experiments.reporting.evaluation import published

RNG = np.random.default_rng(4)
CLUSTERS = Design(method="cluster_rct", outcome="y", cluster="school", block="town")
PERSONS = replace(CLUSTERS, method="rct", cluster=None)


def schools(alone: str = "new") -> pl.DataFrame:
    """Four towns of 6 schools, 3 an arm, with 5 pupils; a fifth, of 4 schools and one arm, far from the others."""
    towns = [(town, school, "new" if school % 2 else "control") for town in "abcd" for school in range(6)]
    towns += [("e", school, alone) for school in range(4)]
    rows = [{"town": town, "school": f"{town}{school}", "arm": arm, "x": RNG.normal(), "r": int(arm == "new"),
             "y": RNG.normal() + 100 * (town == "e")} for town, school, arm in towns for _ in range(5)]  # fmt: skip
    return pl.DataFrame(rows)


@pytest.mark.long
@pytest.mark.parametrize("alone", ["new", "control"])
@pytest.mark.parametrize("kind", ["number", "binary"])
@pytest.mark.parametrize("design", [CLUSTERS, PERSONS, replace(PERSONS, covariates="x", received="r")])
def test_a_block_with_one_arm_changes_nothing_and_is_told(alone, kind, design) -> None:
    table = schools(alone).with_columns(y=pl.col("y") > 0 if kind == "binary" else pl.col("y"))
    found, without = (evaluate(design, rows) for rows in (table, table.filter(pl.col("town") != "e")))
    told = {note.code: dict(note.facts) for note in found.notes}
    assert told["block_one_arm"] == {
        "count": 1,
        "clusters": 4 * (design.cluster is not None),
        "persons": 20,
        "names": "e",
    }
    assert "block_one_arm" not in {note.code for note in without.notes}
    for part in (
        "value",
        "se",
        "df",
        "low",
        "high",
        "p",
        "p_randomisation",
        "n",
        "levels",
        "beside",
        "flow",
        "balance",
    ):
        assert getattr(found, part) == getattr(without, part), part


def test_the_difference_is_the_mean_of_the_blocks_own() -> None:
    table = schools()
    found = evaluate(CLUSTERS, table)
    means = table.filter(pl.col("town") != "e").group_by("town", "school", "arm").agg(pl.col("y").mean())
    arms = [means.filter(pl.col("arm") == arm).group_by("town").agg(pl.col("y").mean()).sort("town")["y"]
            for arm in ("new", "control")]  # fmt: skip
    assert found.value == pytest.approx((arms[0] - arms[1]).mean())
    assert found.method == "cluster_means"
    assert (found.method_facts["treated"], found.method_facts["control"]) == (12, 12)
    assert found.beside["wild_bootstrap"]["not_estimable"] == "within_blocks"


def test_one_block_left_is_compared_as_a_trial_of_its_own() -> None:
    table = schools().filter(pl.col("town").is_in(["a", "e"])).with_columns(y=pl.col("y") > 0)
    found = evaluate(replace(PERSONS, kind="binary"), table)
    alone = evaluate(replace(PERSONS, kind="binary", block=None), table.filter(pl.col("town") == "a").drop("town"))
    assert (found.low, found.high, found.p, found.p_randomisation) == (
        alone.low, alone.high, alone.p, alone.p_randomisation)  # fmt: skip


def test_a_block_whose_arm_lacks_every_outcome_is_left_out_and_counts_as_lost() -> None:
    table = schools().filter(pl.col("town") != "e")
    holes = table.with_columns(y=pl.when((pl.col("town") != "a") | (pl.col("arm") != "new")).then("y"))
    found = evaluate(CLUSTERS, holes)
    told = {note.code: dict(note.facts) for note in found.notes}
    assert told["block_one_arm"] == {"count": 1, "clusters": 3, "persons": 15, "names": "a"}
    assert told["outcome_missing"] == {"count": 15}
    assert found.flow["assigned"] == {"control": 60, "new": 60}
    assert found.value == evaluate(CLUSTERS, table.filter(pl.col("town") != "a")).value


@pytest.mark.parametrize("design", [CLUSTERS, PERSONS])
def test_blocks_none_of_which_has_both_arms_are_refused(design) -> None:
    table = schools().with_columns(arm=pl.when(pl.col("town") < "c").then(pl.lit("new")).otherwise(pl.lit("control")))
    with pytest.raises(ExperimentError) as caught:
        evaluate(design, table)
    assert (caught.value.code, caught.value.column, caught.value.found) == ("blocks", "town", "a, b, c, d, e")


def test_a_cluster_in_two_blocks_is_refused() -> None:
    table = schools().filter(pl.col("town") != "e").with_columns(
        town=pl.when(pl.int_range(pl.len()) == 0).then(pl.lit("b")).otherwise("town"))  # fmt: skip
    with pytest.raises(ExperimentError) as caught:
        evaluate(CLUSTERS, table)
    assert (caught.value.code, caught.value.column, caught.value.found) == ("cluster_blocks", "town", "a0")
    assert "a0" in caught.value.says("nb")


@pytest.mark.long
def test_covariates_are_adjusted_within_blocks_that_treat_unlike_shares() -> None:
    level = np.repeat([0.0, 10.0], 100)
    treated = np.concatenate([np.arange(100) < 20, np.arange(100) < 80])
    x, noise = RNG.normal(size=(2, 200))
    y = level + 1.5 * treated + x + 0.1 * noise
    table = pl.DataFrame({"block": level, "arm": np.where(treated, "new", "control"), "x": x, "y": y, "r": treated})
    found = evaluate(Design(outcome="y", covariates="x", received="r"), table)
    import statsmodels.api as sm

    by_hand = sm.OLS(y, sm.add_constant(np.column_stack([treated, x, level > 0]).astype(float))).fit(cov_type="HC2")
    assert (found.beside["ancova"]["value"], found.beside["ancova"]["se"]) == pytest.approx(
        (by_hand.params[1], by_hand.bse[1])
    )
    assert found.beside["lin"]["value"] == pytest.approx(1.5, abs=0.1)
    assert found.beside["complier"]["value"] == pytest.approx(found.value)
    assert found.beside["complier"]["se"] == pytest.approx(found.se)
    assert found.se_ols is None


@pytest.mark.long
@pytest.mark.parametrize("design", [
    replace(PERSONS, method="before_after", unit="school"), replace(PERSONS, kind="duration", events="r"),
])  # fmt: skip
def test_blocks_where_they_are_not_used_are_told(design) -> None:
    table = schools("control").unique("school", maintain_order=True).with_columns(y=pl.col("y").abs())
    asked, plain = (evaluate(each, table) for each in (design, replace(design, block=None)))
    assert "block_unused" in {note.code for note in asked.notes} - {note.code for note in plain.notes}
    assert asked.value == plain.value
    assert "town" in " ".join(str(note) for note in asked.note_texts("nb"))


@pytest.mark.long
def test_a_small_number_of_persons_left_out_is_not_shown_to_anyone() -> None:
    table = pl.DataFrame({"arm": ["control", "new"] * 2 + ["new"], "block": [*"aabb", "c"], "n": [40, 40, 50, 50, 3],
                          "events": [20, 25, 20, 25, 2]})  # fmt: skip
    (told,) = [dict(note.facts) for note in published(Design(), table).notes if note.code == "block_one_arm"]
    assert (told["count"], told["persons"]) == (1, "< 5")
    assert dict(next(n for n in evaluate(Design(), table).notes if n.code == "block_one_arm").facts)["persons"] == 3
