"""An outcome in another unit of measure gives the same answer in that unit: p, verdict and limits."""

import numpy as np
import polars as pl
import pytest

from analytics.experiments import Design, evaluate
from analytics.experiments.errors import ExperimentError
from analytics.experiments.portfolio.pooling_input import pooled_table

RNG = np.random.default_rng(8)
FEW = pl.DataFrame({"unit": np.repeat(np.arange(9), 5), "period": np.tile(np.arange(1, 6), 9),
                    "start": np.repeat([0, 0, 0, 0, 0, 0, 3, 3, 4], 5)}).with_columns(
    y=pl.Series(RNG.normal(size=45)) + 2 * (pl.col("start") > 0) * (pl.col("period") >= pl.col("start")))  # fmt: skip
MANY = pl.DataFrame(
    {
        "unit": np.repeat(np.arange(60), 5),
        "period": np.tile(np.arange(1, 6), 60),
        "start": np.repeat(np.tile([0, 3], 30), 5),
        "y": np.random.default_rng(4).normal(size=300),
    }
)
PERSONS = pl.DataFrame(
    {"arm": np.arange(48) % 2, "y": RNG.normal(size=48), "school": np.arange(48) // 8 * 2 + np.arange(48) % 2}
)
SCHOOLS = PERSONS.with_columns(arm=pl.col("school") % 2)
CASES = {
    "few staggered starts": (Design(method="staggered", outcome="y", draws=99), FEW),
    "persons": (Design(outcome="y", draws=99), PERSONS.drop("school")),
    "schools, all ways counted": (Design(method="cluster_rct", cluster="school", outcome="y", draws=99), SCHOOLS),
    "many staggered starts": (Design(method="staggered", outcome="y"), MANY),
    "before and after": (Design(method="before_after", outcome="y", draws=99),
                         MANY.with_columns(arm=(pl.col("start") > 0).cast(int), start=pl.lit(3))),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("scale", [1e-149, 1e-60, 1e-12, 1e12])
def test_an_outcome_in_another_unit_has_the_same_answer(case, scale) -> None:
    design, table = CASES[case]
    first, second = (evaluate(design, each) for each in (table, table.with_columns(pl.col("y") * scale)))
    for name in ("value", "se", "low", "high"):
        told = getattr(first, name)
        assert getattr(second, name) == (None if told is None else pytest.approx(told * scale, rel=1e-9))
    assert (second.p, second.p_randomisation, second.df) == pytest.approx((first.p, first.p_randomisation, first.df))
    assert second.verdict == first.verdict


@pytest.mark.parametrize("case", CASES)
def test_a_spread_that_is_small_beside_the_outcome_is_still_a_spread(case) -> None:
    """Quarters beside 10¹² are whole to a computer, and no rounding."""
    design, table = CASES[case]
    table = table.with_columns((pl.col("y") * 4).round() / 4)
    first, second = (evaluate(design, each) for each in (table, table.with_columns(pl.col("y") + 1e12)))
    for name in ("value", "se", "low", "high"):
        assert getattr(second, name) == pytest.approx(getattr(first, name), abs=3e-4)
    assert (second.df, second.p) == pytest.approx((first.df, first.p), rel=1e-3)
    assert (second.p_randomisation, second.verdict) == (first.p_randomisation, first.verdict)


@pytest.mark.parametrize("rows", [10, 1000, 50_000])
def test_equal_outcomes_have_no_spread_however_many_they_are(rows) -> None:
    at = np.arange(rows)
    table = pl.DataFrame({"arm": at % 2, "y": np.where(at % 2, 0.1, 0.7), "school": at % 10})
    for design in (Design(outcome="y", draws=9), Design(method="cluster_rct", cluster="school", outcome="y", draws=9)):
        found = evaluate(design, table if design.cluster else table.drop("school"))
        assert (found.value, found.se, found.permutation_leads) == (pytest.approx(-0.6), None, True)


def test_equal_changes_of_unlike_levels_have_no_spread() -> None:
    unit, level = np.arange(40), RNG.uniform(0, 1e6, 40)
    steps = [pl.DataFrame({"unit": unit, "period": np.full(40, at), "arm": unit % 2,
                           "y": level + at * np.where(unit % 2, 0.1, 0.3)}) for at in (0, 1)]  # fmt: skip
    found = evaluate(Design(method="before_after", outcome="y", draws=99), pl.concat(steps))
    assert (found.se, found.permutation_leads) == (None, True)
    assert found.value == pytest.approx(-0.2)
    starts = pl.concat(steps).drop("arm").with_columns(start=pl.col("unit") % 2)
    assert evaluate(Design(method="staggered", outcome="y"), starts).se is None


@pytest.mark.parametrize("size", [1e-160, -1e60])
def test_an_outcome_whose_powers_no_computer_holds_is_refused_with_its_cure(size) -> None:
    design, table = CASES["persons"]
    with pytest.raises(ExperimentError) as caught:
        evaluate(design, table.with_columns(pl.col("y").abs().clip(1, 1) * size * pl.col("arm")))
    assert (caught.value.code, caught.value.found) == ("scale", f"{size:g}")
    for lang, cure in (("nb", "annen enhet"), ("en", "another unit")):
        assert cure in caught.value.do(lang)


def test_a_covariate_in_another_unit_adjusts_alike() -> None:
    design, table = Design(outcome="y", covariates=("x",), draws=9), PERSONS.drop("school")
    x = np.random.default_rng(5).normal(size=48)
    found = [evaluate(design, table.with_columns(x=x * scale)).beside for scale in (1.0, 1e-15, 1e12)]
    for name in ("ancova", "lin"):
        assert [each[name]["value"] for each in found] == pytest.approx([found[0][name]["value"]] * 3)
    lives = table.with_columns(y=pl.col("y").exp(), event=pl.Series(np.arange(48) % 3 < 2))
    spells = Design(kind="duration", outcome="y", events="event", covariates=("x",))
    ratios = [evaluate(spells, lives.with_columns(x=x * scale)).beside["cox_adjusted"]["log_ratio"]
              for scale in (1.0, 1e-15, 1e15)]  # fmt: skip
    assert ratios == pytest.approx([ratios[0]] * 3, rel=1e-4)
    same = evaluate(design, table.with_columns(x=pl.lit(0.1))).beside["ancova"]
    assert same["value"] == pytest.approx(evaluate(Design(outcome="y", draws=9), table).value)


@pytest.mark.long
@pytest.mark.parametrize("scale", [1e-12, 1e12])
def test_trials_in_another_unit_are_pooled_alike(scale) -> None:
    told = {"estimate": [28.0, 8, -30, 7, -1], "se": [5.0, 10, 6, 11, 9]}
    first, second = (
        pooled_table(pl.DataFrame({name: np.array(each) * by for name, each in told.items()}), "rr", 0.95)
        for by in (1.0, scale)
    )
    assert (second["pooled"], second["low"]) == pytest.approx((first["pooled"] * scale, first["low"] * scale))
    assert (second["tau2"], second["i2"]) == pytest.approx((first["tau2"] * scale**2, first["i2"]), rel=1e-4)


def test_times_with_a_zone_are_the_days_of_their_own_clock() -> None:
    days = FEW.with_columns(
        period=pl.datetime(2024, pl.col("period"), 1, time_zone="Europe/Oslo"),
        start=pl.when(pl.col("start") > 0).then(
            pl.datetime(2024, pl.max_horizontal("start", 1), 1, time_zone="Europe/Oslo")
        ),
    )
    iso = days.with_columns(pl.col("period", "start").dt.to_string("%Y-%m-%dT%H:%M:%S%z"))
    for table in (days, days.to_pandas(), iso):
        assert evaluate(CASES["few staggered starts"][0], table).value == evaluate(*CASES["few staggered starts"]).value
