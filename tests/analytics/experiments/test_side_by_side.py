"""Subgroups, several arms, and the effect on those who take part."""

import numpy as np
import polars as pl
import pytest
import statsmodels.api as sm
from scipy import stats
from statsmodels.sandbox.regression.gmm import IV2SLS

from analytics.experiments import Design, evaluate
from analytics.experiments.errors import ExperimentError
from analytics.experiments.reporting.evaluation import published
from analytics.experiments.reporting.regression_table import regression_table
from analytics.statistics.multiple_testing import adjust


def persons(n: int = 240) -> pl.DataFrame:
    rng = np.random.default_rng(11)
    arm, sex, age = np.arange(n) % 2, rng.integers(0, 2, n), rng.integers(0, 3, n)
    took = np.where(arm == 1, rng.random(n) < 0.7, rng.random(n) < 0.1).astype(int)
    y = rng.normal(size=n) * (1 + sex) + 0.5 * took + 0.6 * arm * sex
    school = np.arange(n) // 2 % 20 * 2 + arm
    return pl.DataFrame({"arm": np.where(arm, "new", "control"), "sex": np.where(sex, "man", "woman"), "y": y,
                         "age": age, "took": took, "school": school})  # fmt: skip


@pytest.mark.long
def test_each_subgroup_is_evaluated_and_two_are_compared_by_welch() -> None:
    table = persons().drop("school")
    found = evaluate(Design(outcome="y", subgroup="sex"), table)
    assert found.value == evaluate(Design(outcome="y"), table).value
    lines = {line["subgroup"]: line for line in found.beside["subgroups"]["lines"]}
    men = evaluate(Design(outcome="y"), table.filter(pl.col("sex") == "man"))
    assert (lines["man"]["value"], lines["man"]["p"], lines["man"]["n"]) == (men.value, men.p, men.n)
    parts = [each["p"] for each in lines.values()]
    assert [each["p_adjusted"] for each in lines.values()] == pytest.approx(adjust(parts, "benjamini_hochberg"))
    test = found.beside["subgroups"]["interaction"]
    gap, se = lines["woman"]["value"] - lines["man"]["value"], np.hypot(lines["woman"]["se"], lines["man"]["se"])
    assert (test["value"], test["f"]) == (pytest.approx(gap), pytest.approx((gap / se) ** 2))
    x = np.column_stack([np.ones(240), (table["arm"] == "new"), (table["sex"] == "woman")]).astype(float)
    fitted = sm.OLS(table["y"].to_numpy(), np.column_stack([x, x[:, 1] * x[:, 2]])).fit(cov_type="HC2", use_t=True)
    assert (test["value"], se) == pytest.approx((fitted.params[3], fitted.bse[3]))


@pytest.mark.long
def test_several_subgroups_are_compared_by_welchs_f() -> None:
    """Controls that are all 0 leave each subgroup's effect a plain mean, and the test Welch's own."""
    table = persons().drop("school").with_columns(y=pl.when(pl.col("arm") == "new").then("y").otherwise(0.0))
    test = evaluate(Design(outcome="y", subgroup="age"), table).beside["subgroups"]["interaction"]
    groups = [part["y"].to_numpy() for _, part in table.filter(pl.col("arm") == "new").group_by("age")]
    theirs = sm.stats.anova_oneway(groups, use_var="unequal", welch_correction=True)
    assert (test["f"], test["df2"], test["p"]) == pytest.approx((theirs.statistic, theirs.df_denom, theirs.pvalue))


def test_subgroups_inside_clusters_are_compared_by_the_clusters_own_differences() -> None:
    design = Design(method="cluster_rct", cluster="school", outcome="y", subgroup="sex", draws=99)
    test = evaluate(design, persons()).beside["subgroups"]["interaction"]
    means = (
        persons()
        .group_by("school", "arm")
        .agg(
            gap=pl.col("y").filter(pl.col("sex") == "woman").mean() - pl.col("y").filter(pl.col("sex") == "man").mean()
        )
    )
    sides = [means.filter(pl.col("arm") == arm)["gap"].drop_nulls().to_numpy() for arm in ("new", "control")]
    assert test["p"] == pytest.approx(stats.ttest_ind(*sides).pvalue)
    three = evaluate(Design(**{**vars(design), "subgroup": "age"}), persons())
    assert three.beside["subgroups"]["interaction"] == {"not_estimable": "groups_share_units"}


def test_subgroups_of_aggregates_hide_together() -> None:
    table = pl.DataFrame({"arm": ["control", "new"] * 2, "sex": ["man"] * 2 + ["woman"] * 2, "n": [50] * 4,
                          "events": [20, 25, 18, 30]})  # fmt: skip
    design = Design(subgroup="sex")
    lines = published(design, table).beside["subgroups"]["lines"]
    assert [line["value"] for line in lines] == pytest.approx([10, 24])
    hidden = published(design, table.with_columns(events=pl.Series([20, 25, 3, 30])))
    assert hidden.beside["subgroups"] == {"lines": [], "interaction": {"not_estimable": "small_numbers"}}


@pytest.mark.long
def test_a_subgroup_that_is_blank_or_missing_is_refused() -> None:
    table = persons().drop("school").with_columns(sex=pl.when(pl.int_range(pl.len()) > 2).then("sex"))
    for name, found in (("sex", "3/240"), ("sexx", "sex")):
        with pytest.raises(ExperimentError) as caught:
            evaluate(Design(outcome="y", subgroup=name), table)
        assert found in caught.value.says("nb")


@pytest.mark.long
def test_a_subgroup_that_cannot_answer_says_why_and_the_others_answer() -> None:
    table = persons().drop("school").with_columns(place=pl.when(pl.int_range(pl.len()) < 80).then(pl.lit("a"))
        .when(pl.int_range(pl.len()) < 160).then(pl.lit("b")).otherwise(pl.lit("c")))  # fmt: skip
    table = table.filter((pl.col("place") != "c") | (pl.col("arm") == "new"))
    design = Design(outcome="y", subgroup="place")
    found = evaluate(design, table)
    told = found.beside["subgroups"]
    two = evaluate(design, table.filter(pl.col("place") != "c")).beside["subgroups"]
    assert told["lines"][:2] == two["lines"]
    assert (told["lines"][2]["value"], told["lines"][2]["not_estimable"]) == (None, "group_one_arm")
    assert told["interaction"] == two["interaction"] | {"groups": ["a", "b"]}
    assert "samme arm" in found.as_json("nb")["beside"]["subgroups"]["lines"][2]["says"]
    assert {"code": "group_silent", "facts": {"names": "c"}}.items() <= found.note_texts("nb")[-1].items()
    assert "c" in regression_table(found, "nb").columns
    shown = published(design, table)  # all less the others would tell the numbers of the silent one
    assert shown.beside["subgroups"] == {"lines": [], "interaction": {"not_estimable": "group_tells_another"}}
    few = table.filter((pl.col("place") != "b") | (pl.int_range(pl.len()) < 82))
    alike = table.with_columns(y=pl.when(pl.col("place") == "b").then(1.0).otherwise("y"))
    for part, line in ((few, {"se": None}), (alike, {"not_estimable": "group_one_value"})):
        told = evaluate(design, part).beside["subgroups"]
        assert line.items() <= told["lines"][1].items()
        assert told["interaction"] == {"not_estimable": "no_two_groups"}


@pytest.mark.long
def test_an_arm_that_nobody_was_measured_in_leaves_the_others_their_answers() -> None:
    table = pl.DataFrame({"arm": ["control", "a", "b"] * 20, "y": np.random.default_rng(4).normal(size=60)})
    table = table.with_columns(y=pl.when(pl.col("arm") != "b").then("y"))
    lines = evaluate(Design(outcome="y", treatments=("a", "b")), table).beside["arms"]["lines"]
    assert [(line["value"] is None, line.get("not_estimable")) for line in lines] == [
        (False, None), (True, "group_unmeasured")]  # fmt: skip


@pytest.mark.long
def test_several_arms_are_compared_at_once() -> None:
    rng = np.random.default_rng(2)
    table = pl.DataFrame({"arm": ["control", "a", "b"] * 50, "y": rng.normal(size=150)})
    found = evaluate(Design(outcome="y", treatments=("a", "b")), table)
    lines = found.beside["arms"]["lines"]
    alone = [evaluate(Design(outcome="y", treatment=arm), table) for arm in ("a", "b")]
    assert [line["value"] for line in lines] == [each.value for each in alone]
    assert [line["p_adjusted"] for line in lines] == pytest.approx(adjust([each.p for each in alone], "holm"))
    assert found.value == alone[0].value
    with pytest.raises(ExperimentError) as caught:
        evaluate(Design(outcome="y", treatments=("a", "c")), table)
    assert "a, b, control" in caught.value.says("en")


def test_vitamin_a_is_as_published() -> None:
    """Sommer & Zeger (1991), Statistics in Medicine 10:45–52, by Imbens & Rubin (1997): of 12 094 assigned 9 675 took
    it, 12 and 34 died; of 11 588 others 74. Survival +2.6 per 1 000 assigned, +3.2 per 1 000 that take it."""
    cells = ((1, 1, 9675, 12), (1, 0, 2419, 34), (0, 0, 11588, 74))
    rows = [(arm, took, dead) for arm, took, n, dead in cells for dead in [1] * dead + [0] * (n - dead)]
    table = pl.DataFrame(rows, schema=["arm", "took", "y"], orient="row").with_columns(y=1 - pl.col("y"))
    found = evaluate(Design(outcome="y", received="took", per=1000, draws=9), table)
    complier = found.beside["complier"]
    assert (found.value, complier["value"]) == (pytest.approx(2.6, abs=0.05), pytest.approx(3.2, abs=0.05))
    assert complier["took_part"] == pytest.approx({"1": 0.8, "0": 0.0}, abs=0.001)
    assert complier["low"] < complier["value"] < complier["high"]


@pytest.mark.long
def test_taking_part_is_two_stage_least_squares() -> None:
    table = persons().drop("school")
    found = evaluate(Design(outcome="y", received="took"), table).beside["complier"]
    arm, took, y = ((table["arm"] == "new").to_numpy().astype(float), table["took"].to_numpy(), table["y"].to_numpy())
    one = np.ones(len(y))
    theirs = IV2SLS(y, np.column_stack([one, took]), np.column_stack([one, arm])).fit()
    assert found["value"] == pytest.approx(theirs.params[1])
    assert found["se"] == pytest.approx(theirs.bse[1], rel=0.02)
    clustered = evaluate(Design(outcome="y", received="took", cluster="school", draws=99), persons()).beside["complier"]
    assert clustered["df"] < 38.5
    weak = table.with_columns(took=pl.when(pl.col("arm") == "new").then(pl.lit(1)).otherwise(pl.lit(1)))
    assert evaluate(Design(outcome="y", received="took"), weak).beside["complier"] == {
        "not_estimable": "nobody_more_took_part"
    }


@pytest.mark.long
def test_the_interval_of_taking_part_covers_also_where_few_do() -> None:
    rng, covered, trials = np.random.default_rng(3), 0, 300
    arm = np.arange(80) % 2
    for _ in range(trials):
        would = rng.random(80) < 0.35
        y = rng.normal(size=80) + would * (1.0 * arm + 0.8)
        table = pl.DataFrame({"arm": arm, "took": (would & (arm == 1)).astype(int), "y": y})
        found = evaluate(Design(outcome="y", received="took", draws=9), table).beside["complier"]
        covered += found["low"] is None or found["low"] <= 1.0 <= found["high"]
    assert covered / trials == pytest.approx(0.95, abs=0.03)
