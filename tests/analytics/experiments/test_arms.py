"""What an arm is called, and an arm that says something else than the first treated period."""

import numpy as np
import polars as pl
import pytest

from analytics.experiments import Design, evaluate
from analytics.experiments.errors import ExperimentError

STARTS, BEFORE = (Design(method=method, outcome="y") for method in ("staggered", "before_after"))
UNIT, PERIOD = np.repeat(np.arange(12), 4), np.tile(np.arange(2021, 2025), 12)
START = np.where(UNIT < 6, 2023, 0)


def units(arm: np.ndarray, start: np.ndarray = START) -> pl.DataFrame:
    """Twelve units over four years; the first six start in 2023 and gain 2."""
    y = UNIT / 10 + 2.0 * ((UNIT < 6) & (PERIOD >= 2023)) + np.sin(7.0 * UNIT + 3 * PERIOD)
    return pl.DataFrame({"unit": [f"u{each}" for each in UNIT], "period": PERIOD, "arm": arm, "start": start, "y": y})


EVER, BY_THEN = (np.where(side, "new", "control") for side in (UNIT < 6, (UNIT < 6) & (PERIOD >= 2023)))


@pytest.mark.long
@pytest.mark.parametrize("arm", [EVER, BY_THEN, np.where(UNIT < 6, "early", "late")])
def test_an_arm_that_agrees_or_says_something_else_leaves_the_estimate(arm) -> None:
    assert evaluate(STARTS, units(arm)).value == evaluate(STARTS, units(arm).drop("arm")).value


@pytest.mark.parametrize("design", [STARTS, BEFORE])
@pytest.mark.parametrize(("at", "start", "told"), [(0, 0, "u0 (new, –)"), (11, 2023, "u11 (control, 2023)")])
def test_an_arm_against_the_start_is_told_by_unit_arm_and_start(design, at, start, told) -> None:
    table = units(EVER, np.where(at == UNIT, start, START))
    with pytest.raises(ExperimentError) as caught:
        evaluate(design, table)
    assert (caught.value.code, caught.value.column, caught.value.found, caught.value.count) == (
        "arm_start", "arm", told, 4)  # fmt: skip
    for lang in ("nb", "en"):
        assert told in caught.value.says(lang)
        assert "arm" in caught.value.do(lang)


def test_arms_turned_round_are_refused_and_not_evaluated() -> None:
    with pytest.raises(ExperimentError) as caught:
        evaluate(STARTS, units(np.where(UNIT < 6, "control", "new")))
    assert (caught.value.code, caught.value.count) == ("arm_start", 48)


@pytest.mark.long
def test_a_start_after_the_last_period_fits_both_arms() -> None:
    late = np.where(UNIT == 11, 2030, START)
    for arm in (EVER, np.where(UNIT == 11, "new", EVER)):
        assert evaluate(STARTS, units(arm, late)).value == evaluate(STARTS, units(EVER)).value


def test_before_and_after_one_start_may_stand_in_every_row() -> None:
    everywhere = evaluate(BEFORE, units(EVER, np.full(48, 2023)))
    assert everywhere.value == evaluate(BEFORE, units(EVER)).value


@pytest.mark.parametrize(("control", "treated"), [
    ("nei", "Ja"), ("NEI", "JA"), ("no", "Yes"), (0, 1), (False, True), ("FALSE", "TRUE"), ("usann", "sann"),
    ("Kontrollgruppe", "Tiltaksgruppe"), ("untreated", "treated"),
])  # fmt: skip
def test_the_usual_words_for_a_control_arm_are_known(control, treated) -> None:
    y = [1.0, 4, 2, 6, 3, 8]
    table = pl.DataFrame({"arm": [control, treated] * 3, "y": y})
    assert evaluate(Design(outcome="y"), table).value == pytest.approx(4)
