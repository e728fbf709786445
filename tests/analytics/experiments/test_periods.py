"""Periods come in the order of time, however they are written."""

import polars as pl
import pytest

from analytics.experiments import Design, evaluate
from analytics.experiments.errors import PeriodsUnorderedError

DESIGN = Design(method="before_after")


def told(first: str, second: str) -> pl.DataFrame:
    """The comparison goes from 40 to 45, the treated from 40 to 60 of 100: 15 more."""
    return pl.DataFrame(
        {"arm": ["control"] * 2 + ["treatment"] * 2, "period": [first, second] * 2, "n": [100] * 4,
         "events": [40, 45, 40, 60]}
    )  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second"),
    [("before", "after"), ("pre", "post"), ("før", "etter"), ("baseline", "12 months"), ("2024M9", "2024M10"),
     ("Q4 2024", "Q1 2025"), ("01.12.2024", "01.02.2025"), ("2024-K4", "2025-K1"), ("wave 9", "wave 10"),
     ("2024-11-30", "2025-01"), ("Q42010", "Q12011"), ("K12023", "K42023"),
     ("2023H2", "2024H1"), ("12/2023", "01/2024"),
     ("2024-01-31 00:00:00", "2024-02-01 00:00:00"), ("2023-24", "2024-25"), ("T3", "T10"), ("2024 T3", "2025 T1")],
)  # fmt: skip
def test_the_later_period_is_the_one_after(first: str, second: str) -> None:
    assert evaluate(DESIGN, told(first, second)).value == pytest.approx(15)


@pytest.mark.parametrize(
    ("first", "second"),
    [("nov", "feb"), ("12/31/2023", "01/15/2024"), ("31.12.23", "01.02.24"), ("12-23", "01-24"), ("2024", "2024-03"),
     ("d13122023", "d01022024"), ("4/5/2023", "5/4/2023"), ("Q1", "12 months"), ("after", "12 months")],
)  # fmt: skip
def test_periods_that_tell_no_order_are_refused(first: str, second: str) -> None:
    with pytest.raises(PeriodsUnorderedError) as caught:
        evaluate(DESIGN, told(first, second))
    for lang in ("nb", "en"):
        assert first in caught.value.says(lang)
        assert "2024-K1" in caught.value.do(lang)


def test_a_start_between_two_text_periods_takes_the_later() -> None:
    table = pl.concat([told("2024-01", "2024-07").with_columns(unit=pl.col("arm") + str(i)) for i in range(3)])
    found = evaluate(Design(method="before_after", unit="unit", start="2024-05-15"), table)
    assert found.value == pytest.approx(15)
