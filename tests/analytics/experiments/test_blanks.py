"""What is blank in some rows is said or left out, never counted as something."""

import numpy as np
import polars as pl
import pytest

from analytics.experiments import Design, evaluate
from analytics.experiments.errors import BlankError

ARM = np.where(np.arange(40) < 20, "treatment", "control")


def measured() -> pl.DataFrame:
    rng = np.random.default_rng(1)
    return pl.DataFrame({"unit": np.arange(40), "block": np.arange(40) % 4, "arm": ARM, "y": rng.normal(size=40)})


@pytest.mark.parametrize("role", ["unit", "block"])
@pytest.mark.parametrize("method", ["rct", "before_after"])
def test_a_column_blank_in_some_rows_is_refused_by_name(role, method) -> None:
    both = [measured().with_columns(period=pl.lit(time)) for time in (1, 2)]
    table = (pl.concat(both) if method == "before_after" else measured()).with_columns(
        pl.when(pl.col("unit") > 2).then(role).alias(role)
    )
    design = {"method": method, "outcome": "y", "unit": "unit", "block": "block"}
    with pytest.raises(BlankError) as caught:
        evaluate(Design(**design, **({"period": "period"} if method == "before_after" else {})), table)
    lost = table[role].null_count()
    assert (caught.value.column, caught.value.count, caught.value.found) == (role, lost, f"{lost}/{len(table)}")


def test_a_missing_baseline_is_not_a_baseline_of_zero() -> None:
    level = pl.when(pl.col("unit") % 4 > 0).then(10.0 + pl.col("y"))
    table = pl.concat([measured().with_columns(period=pl.lit(0), y=level), measured().with_columns(period=pl.lit(1))])
    (line,) = evaluate(Design(outcome="y", unit="unit", period="period"), table).balance
    known = table.filter((pl.col("period") == 0) & pl.col("y").is_not_null())
    for side, arm in (("treated", "treatment"), ("control", "control")):
        assert line[side] == pytest.approx(known.filter(pl.col("arm") == arm)["y"].mean())
