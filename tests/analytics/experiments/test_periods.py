"""Periods come in the order of time, however they are written."""

import numpy as np
import polars as pl
import pytest

from analytics.experiments import Design, evaluate
from analytics.experiments.errors import ExperimentError, PeriodsUnorderedError
from analytics.experiments.input.periods import elapsed

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


@pytest.mark.parametrize(
    ("periods", "steps"),
    [([202311, 202312, 202401], [0, 1, 2]), ([20234, 20241, 20243], [0, 1, 3]), ([202352, 202401], [0, 1]),
     ([20231231, 20240102], [0, 2]), ([2018, 2020], [0, 2]), ([0, 1, 5], [0, 1, 5]), ([202360, 202401], [0, 41]),
     ([0.5, 1.0], [0, 0.5]), ([-1, 202401], [0, 202402])],
)  # fmt: skip
def test_a_new_year_is_one_step_from_the_last(periods, steps) -> None:
    found = elapsed(np.array(periods, dtype=float))
    assert (found - found[0]).tolist() == steps


@pytest.mark.parametrize("method", ["staggered", "before_after"])
def test_the_event_study_counts_months_over_new_year(method: str) -> None:
    table = pl.DataFrame({"unit": [f"u{i}" for i in range(40) for _ in range(4)],
                          "month": [202311, 202312, 202401, 202402] * 40})  # fmt: skip
    late = table["unit"].str.slice(1).cast(pl.Int64) % 2 == 1
    table = table.with_columns(
        arm=pl.when(late).then(pl.lit("new")).otherwise(pl.lit("control")),
        start=pl.when(late).then(202401).otherwise(0), y=pl.int_range(160) % 7 + pl.col("month") % 5,
    )  # fmt: skip
    design = Design(method=method, outcome="y", period="month", arm="arm" if method == "before_after" else None)
    assert [point["time"] for point in evaluate(design, table).by_time] in ([-1, 0, 1], [-2, 0, 1])


def test_an_error_and_a_note_call_a_period_what_the_table_calls_it() -> None:
    table = pl.DataFrame({"unit": [f"u{i}" for i in range(30) for _ in range(4)],
                          "period": ["2023-K3", "2023-K4", "2024-K1", "2024-K2"] * 30})  # fmt: skip
    table = table.with_columns(start=pl.Series((["2023-K4"] * 4 + ["2024-K2"] * 4) * 15), y=pl.int_range(120) % 11)
    found = evaluate(Design(method="staggered", outcome="y"), table)
    assert any("2024-K1" in item["says"] for item in found.note_texts("nb"))
    with pytest.raises(ExperimentError) as caught:
        evaluate(Design(method="staggered", outcome="y"), pl.concat([table, table]))
    assert "u0 (2023-K3)" in caught.value.says("nb")


def holes(lacking: dict[int, list[int]], arm_of_all: str | None = None) -> pl.DataFrame:
    rows = [
        (unit, year, "new" if unit % 2 else "control", (unit * 7 + year) % 5 + 0.0)
        for unit in range(20) for year in (2021, 2022, 2023)
        if year not in lacking.get(unit, []) and not (arm_of_all == ("new" if unit % 2 else "control") and year == 2021)
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=["unit", "year", "arm", "y"], orient="row")


@pytest.mark.long
def test_units_with_a_hole_are_told_by_arm_and_period() -> None:
    design = Design(method="before_after", outcome="y", period="year", start=2022)
    table = holes({1: [2021], 3: [2021, 2023], 4: [2022]})
    found = evaluate(design, table)
    whole = table.filter(pl.len().over("unit") == 3)
    assert (found.value, found.n) == (evaluate(design, whole).value, {"control": 9, "new": 8})
    assert [point["value"] for point in found.by_time] == [point["value"] for point in evaluate(design, whole).by_time]
    said = next(item["says"] for item in found.note_texts("en") if item["code"] == "unit_incomplete")
    assert "3 of 20" in said
    assert "control: 2022 (1); new: 2021 (2), 2023 (1)" in said


def test_an_arm_without_a_whole_unit_is_refused_with_what_it_lacks() -> None:
    design = Design(method="before_after", outcome="y", period="year", start=2022)
    with pytest.raises(ExperimentError) as caught:
        evaluate(design, holes({}, arm_of_all="new").with_columns(y=pl.col("y")))
    assert "new: 2021 (10)" in caught.value.says("nb")


@pytest.mark.parametrize(("written", "start", "times"), [
    (("2024-01", "2024-02", "2024-04"), "2024-02", {0.0: 0.0, 2.0: 2.0}),
    (("2024-K1", "2024-K2", "2025-K2"), "2024-K2", {0.0: 0.0, 4.0: 4.0}),
    (("01.01.2024", "01.02.2024", "01.04.2024"), "01.02.2024", {0.0: 0.0, 2.0: 2.0}),
])  # fmt: skip
def test_a_month_nobody_was_measured_in_is_still_a_month(written, start, times) -> None:
    """The effect of every month since the start is one more: two after a gap of two."""
    steps = dict(zip(written, [0, *[time + 1 for time in times]], strict=True))
    rows = [(unit, name, start if unit % 2 else "never", max(steps[name] - 1, 0) * (unit % 2) + unit * 7 % 5 / 10)
            for unit in range(60) for name in written]  # fmt: skip
    table = pl.DataFrame(rows, schema=["unit", "period", "start", "y"], orient="row")
    found = {
        point["time"]: point["value"] for point in evaluate(Design(method="staggered", outcome="y"), table).by_time
    }
    assert found == pytest.approx(times)


def test_a_start_between_two_periods_is_told() -> None:
    table = pl.DataFrame({
        "unit": [unit for unit in range(60) for _ in range(3)], "period": ["2024-01", "2024-02", "2024-04"] * 60,
        "start": [start for unit in range(60) for start in ["2024-03" if unit % 2 else "never"] * 3],
        "y": pl.int_range(180, eager=True) * 7 % 11,
    })  # fmt: skip
    design = Design(method="staggered", outcome="y")
    notes = {note.code: dict(note.facts) for note in evaluate(design, table).notes}
    assert notes["start_between"] == {"names": "2024-03 → 2024-04"}
    seen = table.with_columns(start=pl.col("start").str.replace("2024-03", "2024-02"))
    assert "start_between" not in {note.code for note in evaluate(design, seen).notes}
