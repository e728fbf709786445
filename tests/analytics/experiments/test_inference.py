"""What the error of an answer rests on: clusters, pairs, few that start, and the level at which arms were dealt."""

import numpy as np
import polars as pl
import pytest

from analytics.experiments import Design, evaluate
from analytics.experiments.errors import ExperimentError
from analytics.experiments.estimators import randomisation_inference
from analytics.experiments.estimators.callaway_santanna import weights_of_cells
from analytics.experiments.estimators.panel import panel_from
from analytics.experiments.input.sample import sample_from

CLUSTERS = Design(method="cluster_rct", cluster="school", outcome="y", draws=99)


def schools(treated: int, control: int, *, seed: int = 1) -> pl.DataFrame:
    rng = np.random.default_rng(seed)
    units = treated + control
    school = np.repeat(np.arange(units), rng.integers(2, 9, units))
    y = rng.normal(size=units)[school] + rng.normal(size=len(school))
    return pl.DataFrame({"school": school, "arm": np.where(school < treated, "new", "control"), "y": y})


def cr2_by_matrices(table: pl.DataFrame) -> tuple[float, float]:
    """Return the CR2 error and Satterthwaite's degrees of freedom by their definition, with whole matrices."""
    x = np.column_stack([np.ones(len(table)), (table["arm"] == "new").to_numpy()]).astype(float)
    y, school = table["y"].to_numpy(), table["school"].to_numpy()
    bread = np.linalg.inv(x.T @ x)
    hat, residuals = x @ bread @ x.T, y - x @ bread @ x.T @ y
    pulls, scores = [], []
    for own in np.unique(school):
        inside = school == own
        values, axes = np.linalg.eigh(np.eye(inside.sum()) - hat[np.ix_(inside, inside)])
        adjusted = (axes / np.sqrt(values)) @ axes.T
        row = (bread @ x[inside].T @ adjusted)[1]
        scores.append(row @ residuals[inside])
        pulls.append(row @ (np.eye(len(y)) - hat)[inside])
    products = np.array(pulls) @ np.array(pulls).T
    return float(np.linalg.norm(scores)), float(np.trace(products) ** 2 / (products**2).sum())


@pytest.mark.parametrize("sides", [(5, 15), (3, 40), (12, 12)])
def test_the_closed_form_of_cr2_is_its_definition(sides) -> None:
    table = schools(*sides)
    found = evaluate(CLUSTERS, table)
    assert (found.se, found.df) == pytest.approx(cr2_by_matrices(table), rel=1e-9)
    assert "CR2" in found.method_text("en")
    assert found.permutation_leads == (min(sides) < 5 or found.df < 4)


def test_pairs_have_the_error_of_their_differences() -> None:
    rng = np.random.default_rng(2)
    y = rng.normal(size=(12, 2)) + rng.normal(size=(12, 1)) * 3
    table = pl.DataFrame({"block": np.repeat(np.arange(12), 2), "arm": ["new", "control"] * 12, "y": y.ravel()})
    found = evaluate(Design(outcome="y"), table)
    gaps = y[:, 0] - y[:, 1]
    assert found.value == pytest.approx(gaps.mean())
    assert (found.se, found.df) == pytest.approx((gaps.std(ddof=1) / 12**0.5, 11))
    assert found.low is not None
    clusters = evaluate(Design(method="cluster_rct", outcome="y"), table.with_row_index("unit"))
    assert (clusters.value, clusters.se, clusters.df) == pytest.approx((found.value, found.se, found.df))


def test_blocks_of_one_beside_larger_blocks_keep_an_error() -> None:
    table = pl.DataFrame({
        "block": [*"aabbcc", *"dddddd"], "arm": ["new", "control"] * 6, "y": [4.0, 1, 6, 4, 5, 3, 1, 1, 2, 2, 4, 4],
    })  # fmt: skip
    found = evaluate(Design(outcome="y"), table)
    within, between = 2 * 7 / 3 / 3, 1 / 3 / 3
    assert found.se == pytest.approx((within + between) ** 0.5 / 2)
    assert "unit in an arm" in found.method_text("en")


@pytest.mark.long
def test_few_that_start_have_the_limits_the_permutation_does_not_reject() -> None:
    rng = np.random.default_rng(5)
    unit, period = np.repeat(np.arange(12), 4), np.tile(np.arange(1, 5), 12)
    table = pl.DataFrame({"unit": unit, "period": period, "start": np.where(unit < 6, 3, 0), "y": rng.normal(size=48)})
    design = Design(method="staggered", outcome="y")
    found = evaluate(design, table)
    assert found.permutation_leads
    assert "permutation of the start dates" in found.method_text("en")
    under = (unit < 6) & (period >= 3)
    for limit, sign in ((found.low, -1), (found.high, 1)):
        inside, outside = (
            evaluate(design, table.with_columns(y=pl.col("y") - pl.Series(under * (limit + sign * step))))
            for step in (-1e-6, 1e-6)
        )
        assert outside.p < 0.05 <= inside.p


def test_many_that_start_have_a_t_interval() -> None:
    rng = np.random.default_rng(5)
    unit, period = np.repeat(np.arange(60), 4), np.tile(np.arange(1, 5), 60)
    table = pl.DataFrame(
        {"unit": unit, "period": period, "start": np.where(unit < 25, 3, 0), "y": rng.normal(size=240)}
    )
    found = evaluate(Design(method="staggered", outcome="y"), table)
    assert not found.permutation_leads
    sample = sample_from(Design(method="staggered", outcome="y"), table)
    panel = panel_from(Design(method="staggered", outcome="y"), sample)
    of_unit = (weights_of_cells(Design(method="staggered"), panel) * panel.outcome).sum(axis=0)
    parts = [((of_unit[side] - of_unit[side].mean()) ** 2).sum() for side in (panel.group >= 0, panel.group < 0)]
    assert found.se == pytest.approx(sum(parts) ** 0.5)
    assert found.df == pytest.approx(sum(parts) ** 2 / (parts[0] ** 2 / 24 + parts[1] ** 2 / 34))


def spells(cluster: np.ndarray, arm: np.ndarray) -> pl.DataFrame:
    rng = np.random.default_rng(8)
    time = rng.exponential(np.exp(rng.normal(size=cluster.max() + 1))[cluster] * 4).round(1) + 0.1
    known = {"arm": np.where(arm, "new", "control"), "cluster": cluster, "y": np.minimum(time, 6)}
    return pl.DataFrame({**known, "e": (time < 6).astype(int)})


@pytest.mark.long
def test_durations_count_their_clusters() -> None:
    cluster = np.repeat(np.arange(24), 10)
    table = spells(cluster, cluster < 12)
    design = {"kind": "duration", "outcome": "y", "events": "e", "draws": 99}
    persons = evaluate(Design(**design), table.drop("cluster"))
    found = evaluate(Design(method="cluster_rct", cluster="cluster", **design), table)
    assert found.value == persons.value
    assert found.se > 1.5 * persons.se
    assert 15 < found.df < 23
    alone = evaluate(Design(method="cluster_rct", cluster="id", **design), table.with_row_index("id").drop("cluster"))
    assert alone.se == pytest.approx(persons.se, rel=0.01)


@pytest.mark.long
@pytest.mark.parametrize("kind", ["number", "duration"])
def test_the_level_of_assignment_is_read_off_the_data(kind) -> None:
    cluster = np.repeat(np.arange(20), 6)
    design = {"outcome": "y", "draws": 99} | ({"kind": kind, "events": "e"} if kind == "duration" else {})
    mixed, whole = spells(cluster, np.arange(120) % 2 == 0), spells(cluster, cluster < 10)
    bare = evaluate(Design(**design), mixed.drop("cluster"))
    found = evaluate(Design(**design), mixed)
    assert (found.value, found.se) == (bare.value, bare.se)
    followed = evaluate(Design(**design), whole)
    stated = evaluate(Design(method="cluster_rct", **design), whole)
    assert (followed.value, followed.se, followed.p) == (stated.value, stated.se, stated.p)
    assert "clusters_followed" in [note.code for note in followed.notes]
    for table, code in (
        (whole.with_columns(arm=pl.when(pl.int_range(120) == 0).then(pl.lit("control")).otherwise("arm")), "E07"),
        (whole.with_columns(cluster=pl.when(pl.int_range(120) > 0).then("cluster")), "blank"),
    ):
        with pytest.raises(ExperimentError) as caught:
            evaluate(Design(**design), table)
        assert caught.value.code == code


def test_no_event_in_either_arm_is_an_answer() -> None:
    found = evaluate(Design(), pl.DataFrame({"arm": ["control", "new"], "n": [101, 105], "events": [0, 0]}))
    assert (found.value, found.verdict) == (0.0, "too_small_to_say")
    assert (found.low, found.high) == pytest.approx((-3.66, 3.53), abs=0.01)


def test_drawn_assignments_are_the_same_however_many_are_held(monkeypatch) -> None:
    rng = np.random.default_rng(6)
    means, sizes, treated = rng.normal(size=60), rng.uniform(1, 5, size=60), np.arange(60) < 20
    whole = randomisation_inference.assignment_p(means, sizes, treated, None, 500, 1)
    monkeypatch.setattr(randomisation_inference, "HELD", 600)
    assert randomisation_inference.assignment_p(means, sizes, treated, None, 500, 1) == whole
