"""Cox with clusters, and whether its ratio is one over all times."""

import numpy as np
import polars as pl
import pytest
from statsmodels.duration.hazard_regression import PHReg

from analytics.experiments import Design, evaluate
from analytics.experiments.estimators.cox_regression import cox
from analytics.experiments.input.durations import durations_from

DESIGN = Design(kind="duration", outcome="y", events="e")


def persons(rng, n: int = 120, *, shape: float = 1.0, ratio: float = 1.0) -> pl.DataFrame:
    """Weibull times; with a shape other than 1 among the treated the ratio of hazards changes over time."""
    arm = np.arange(n) % 2
    time = np.where(arm == 1, rng.weibull(shape, n) / ratio, rng.exponential(size=n))
    end = rng.uniform(0.5, 3.0, n)
    return pl.DataFrame({"arm": arm, "y": np.minimum(time, end), "e": (time <= end).astype(int)})


def proportional_p(table: pl.DataFrame) -> float:
    return cox(DESIGN, durations_from(DESIGN, table))["proportional"]["p"]


@pytest.mark.long
def test_hazards_that_are_proportional_are_called_so_nineteen_times_of_twenty() -> None:
    rng = np.random.default_rng(4)
    p = [proportional_p(persons(rng, 60, ratio=1.6)) for _ in range(100)]
    assert np.mean(np.array(p) < 0.05) == pytest.approx(0.05, abs=0.06)
    assert np.mean(p) == pytest.approx(0.5, abs=0.1)


@pytest.mark.long
def test_hazards_that_cross_are_told() -> None:
    table = persons(np.random.default_rng(5), 600, shape=3.0)
    assert proportional_p(table) < 0.001
    found = evaluate(DESIGN, table)
    assert "hasardraten" in " ".join(item["says"] for item in found.note_texts("nb") if item["code"] == "N10")


@pytest.mark.long
def test_without_clusters_it_is_as_before_and_with_them_the_error_is_theirs() -> None:
    rng = np.random.default_rng(6)
    cluster = np.repeat(np.arange(40), 8)
    shared = rng.gamma(2, 0.5, 40)[cluster]
    time = rng.exponential(size=320) / shared
    table = pl.DataFrame({"arm": cluster % 2, "y": np.minimum(time, 2.0), "e": (time <= 2).astype(int),
                          "office": cluster})  # fmt: skip
    bare = evaluate(DESIGN, table.drop("office")).beside["cox"]
    found = evaluate(Design(kind="duration", outcome="y", events="e", cluster="office", draws=99), table).beside["cox"]
    model = PHReg(table["y"].to_numpy(), (table["arm"] == 1).to_numpy()[:, None].astype(float),
                  status=table["e"].to_numpy(), ties="efron")  # fmt: skip
    robust = model.fit(groups=cluster)
    assert found["se"] == pytest.approx(robust.bse[0] * (40 / 39) ** 0.5, rel=1e-6)
    assert found["log_ratio"] == pytest.approx(bare["log_ratio"])
    assert (found["df"], bare["df"]) == (38, None)
    assert found["se"] > bare["se"]
