"""Cox with clusters, and whether its ratio is one over all times."""

import numpy as np
import polars as pl
import pytest
from scipy import stats
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


def _by_hand(table: pl.DataFrame, slope: float) -> tuple[list[float], np.ndarray]:
    """Return Efron's Schoenfeld residuals and score residuals, as their definition says, event for event."""
    x, time, event = (table[name].to_numpy().astype(float) for name in ("arm", "y", "e"))
    of_events, score = np.zeros(len(x)), np.zeros(len(x))
    for at in np.unique(time[event == 1]):
        risk, tied = time >= at, (time == at) & (event == 1)
        for gone in range(int(tied.sum())):
            weight = np.exp(slope * x) * (risk - gone / tied.sum() * tied)
            mean = weight @ x / weight.sum()
            of_events[tied] += (x[tied] - mean) / tied.sum()
            score -= weight * (x - mean) / weight.sum()
    return of_events[event == 1].tolist(), score + of_events


def test_ties_have_efrons_residuals_in_the_test_of_one_ratio_and_in_the_clusters_error() -> None:
    """In months most events are tied; another package's report: residuals as without ties gave p = 0.55, not 0.40."""
    rng = np.random.default_rng(7)
    table = persons(rng, 160, ratio=1.5).with_columns(y=(pl.col("y") * 3).ceil(), office=np.arange(160) % 40 // 2 * 2)
    table = table.with_columns(arm=pl.col("office") // 2 % 2)
    design = Design(kind="duration", outcome="y", events="e", cluster="office", draws=9)
    found = evaluate(design, table).beside["cox"]
    of_events, score = _by_hand(table, found["log_ratio"])
    model = PHReg(table["y"].to_numpy(), table["arm"].to_numpy()[:, None].astype(float),
                  status=table["e"].to_numpy(), ties="efron")  # fmt: skip
    variance = float(-1 / model.hessian(np.array([found["log_ratio"]]))[0, 0])
    assert score.sum() == pytest.approx(0, abs=1e-5)
    sums = np.array([score[(table["office"] == each).to_numpy()].sum() for each in table["office"].unique()])
    assert found["se"] == pytest.approx(variance * np.sqrt((sums**2).sum() * 20 / 19), rel=1e-4)
    order = stats.rankdata(table.filter(pl.col("e") == 1)["y"].to_numpy())
    order -= order.mean()
    chi2 = len(order) * variance * (order @ of_events) ** 2 / (order @ order)
    assert found["proportional"]["chi2"] == pytest.approx(chi2, rel=1e-4)
