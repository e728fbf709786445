"""Effects read from print, each trial left out, and small trials: against published numbers and statsmodels."""

import json

import numpy as np
import polars as pl
import pytest
import statsmodels.api as sm

from analytics.__main__ import main
from analytics.experiments.errors import ExperimentError
from analytics.experiments.portfolio.meta_analysis import log_risk_ratio, pool
from analytics.experiments.portfolio.pooling_input import pooled_table
from analytics.experiments.portfolio.published_effect import error_of_interval, error_of_p
from analytics.experiments.portfolio.sensitivity import leave_one_out, small_study

BCG = np.array([
    [4, 123, 11, 139], [6, 306, 29, 303], [3, 231, 11, 220], [62, 13598, 248, 12867], [33, 5069, 47, 5808],
    [180, 1541, 372, 1451], [8, 2545, 10, 629], [505, 88391, 499, 88391], [29, 7499, 45, 7277], [17, 1716, 65, 1665],
    [186, 50634, 141, 27338], [5, 2498, 3, 2341], [27, 16913, 29, 17854],
], dtype=float)  # fmt: skip
"""Colditz et al. (1994), JAMA 271:698–702: events and persons vaccinated, events and persons not."""


def bcg() -> tuple[np.ndarray, np.ndarray]:
    return log_risk_ratio(*BCG.T)


def test_altman_and_blands_example_is_read_back() -> None:
    """A relative risk of 0.81 (0.70 to 0.94): error 0.075 (BMJ 343:d2304); an effect of 0.21 with that p = 0.005."""
    error = error_of_interval(np.log(0.81), np.log(0.70), np.log(0.94))
    assert error == pytest.approx(0.075, abs=0.0005)
    assert error_of_p(-0.21, 0.005) == pytest.approx(0.075, abs=0.0005)


@pytest.mark.long
def test_a_trial_gives_the_same_by_error_interval_or_p() -> None:
    told = pl.DataFrame({"study": ["a", "b", "c"], "estimate": [2.0, 3.0, 1.0], "se": [1.0, None, None],
                         "low": [None, 3 - 1.959963984540054, None], "high": [None, 3 + 1.959963984540054, None],
                         "p": [None, None, 0.31731050786291415]})  # fmt: skip
    plain = pl.DataFrame({"study": ["a", "b", "c"], "estimate": [2.0, 3.0, 1.0], "se": [1.0, 1.0, 1.0]})
    assert pooled_table(told, "rr", 0.95)["pooled"] == pytest.approx(pooled_table(plain, "rr", 0.95)["pooled"])
    assert pooled_table(told, "rr", 0.95)["se"] == pytest.approx(pooled_table(plain, "rr", 0.95)["se"])


def test_published_odds_ratios_are_pooled_as_logarithms(tmp_path, capsys) -> None:
    path = tmp_path / "trials.csv"
    path.write_text("study,or,low,high\nSEED,10.39,2.79,38.68\nother,1.5,1.0,2.25\n")
    assert main(["pool", str(path)]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["shrunken"][0]["se"] == pytest.approx(0.6707, abs=1e-4)
    assert answer["ratio"]["pooled"] == pytest.approx(np.exp(answer["pooled"]))
    assert [each["label"] for each in answer["leave_one_out"]] == ["SEED", "other"]
    assert answer["leave_one_out"][0]["pooled"] == pytest.approx(np.log(1.5))


@pytest.mark.parametrize(
    ("columns", "found"),
    [({"estimate": [10.39], "low": [2.79], "high": [38.68]}, "10.39 (2.79, 38.68)"),
     ({"or": [1.5], "low": [2.0], "high": [1.0]}, "low, high"), ({"or": [-1.5], "p": [0.04]}, "-1.5"),
     ({"estimate": [1.5], "p": [0.0]}, "p = 0"), ({"estimate": [1.5, 2.0], "low": [1, None], "high": [2, None]}, "2"),
     ({"estimate": [1.5], "p": ["< 0.05"]}, "< 0.05")],
)  # fmt: skip
def test_what_cannot_be_read_back_is_told(columns, found) -> None:
    with pytest.raises(ExperimentError) as caught:
        pooled_table(pl.DataFrame(columns), "rr", 0.95)
    for lang in ("nb", "en"):
        assert found in caught.value.says(lang)
        assert len(caught.value.do(lang)) > 20


def test_the_table_is_the_published_one() -> None:
    assert pool(*(each.tolist() for each in bcg())).pooled == pytest.approx(-0.7145, abs=5e-5)


@pytest.mark.long
def test_without_each_trial_it_is_pooled_anew() -> None:
    effects, errors = bcg()
    names = [str(place) for place in range(13)]
    found = leave_one_out(effects.tolist(), errors.tolist(), names)
    for place in (0, 6, 12):
        rest = np.arange(13) != place
        anew = pool(effects[rest].tolist(), errors[rest].tolist())
        assert (found[place]["pooled"], found[place]["tau2"]) == (anew.pooled, anew.tau2)
    assert leave_one_out([1.0], [1.0], ["a"]) == ()


def test_small_trials_are_compared_as_by_weighted_regression() -> None:
    effects, errors = bcg()
    found = small_study(effects.tolist(), errors.tolist())
    fitted = sm.WLS(effects, np.column_stack([np.ones(13), errors]), weights=1 / errors**2).fit()
    assert (found["intercept"], found["se"], found["p"]) == pytest.approx(
        (fitted.params[1], fitted.bse[1], fitted.pvalues[1])
    )
    assert found["effect"] == pytest.approx(fitted.params[0])
    assert not found["few"]
    assert small_study([1.0, 2.0], [1.0, 2.0]).reason == "errors_alike"


@pytest.mark.parametrize("measure", ["rr", "or", "rd"])
@pytest.mark.parametrize("share", [0, 1])
def test_trials_where_nobody_or_everybody_had_the_event_are_pooled_about_no_effect(measure, share) -> None:
    n1, n0 = [20, 30], [20, 25]
    counts = pl.DataFrame({"events1": [share * n for n in n1], "n1": n1, "events0": [share * n for n in n0], "n0": n0})
    found = pooled_table(counts, measure, 0.95)
    assert found["low"] < 0 < found["high"]
    assert found["pooled"] == pytest.approx(0, abs=0.1)


def test_everybody_in_both_arms_gets_half_a_person_more_in_every_cell() -> None:
    effect, error = log_risk_ratio(*np.array([[20.0], [20.0], [30.0], [30.0]]))
    assert effect == pytest.approx(np.log((20.5 / 21) / (30.5 / 31)))
    assert error == pytest.approx((1 / 20.5 - 1 / 21 + 1 / 30.5 - 1 / 31) ** 0.5)


def test_the_error_of_a_ratio_is_read_only_where_it_says_to_be_the_logarithms() -> None:
    rows = {"or": [0.5, 0.8], "low": [0.3, 0.4], "high": [0.5**2 / 0.3, 0.8**2 / 0.4]}
    alone = pooled_table(pl.DataFrame(rows), "rr", 0.95)
    assert pooled_table(pl.DataFrame({**rows, "se": [0.01, 0.01]}), "rr", 0.95) == alone
    logs = [
        float(np.log(high / low) / 2 / 1.959963984540054) for low, high in zip(*list(rows.values())[1:], strict=True)
    ]
    named = pooled_table(pl.DataFrame({"or": rows["or"], "se_log": logs}), "rr", 0.95)
    assert (named["pooled"], named["se"]) == pytest.approx((alone["pooled"], alone["se"]))


@pytest.mark.parametrize(
    ("columns", "found"),
    [({"rr": [0.5, 0.8], "se": [0.2, 0.3]}, "rr, se"), ({"estimate": [0.5, np.inf], "se": [0.1, 0.3]}, "inf"),
     ({"estimate": [0.5, None], "se": [0.1, 0.3]}, "2"), ({"estimate": [1e200, -1e200], "se": [1.0, 1.0]}, "1e+200"),
     ({"estimate": [0.5, 0.4], "se": [0.1, -0.3], "p": [None, 0.2]}, "-0.3"),
     ({"Estimate": [0.5, 0.4], "estimate": [0.5, 0.4], "se": [0.1, 0.1]}, "Estimate, estimate, se"),
     ({"events1": [0], "n1": [0], "events0": [5], "n0": [20]}, "0")],
)  # fmt: skip
def test_a_table_of_trials_that_cannot_be_pooled_is_told(columns, found) -> None:
    with pytest.raises(ExperimentError) as caught:
        pooled_table(pl.DataFrame(columns), "rr", 0.95)
    for lang in ("nb", "en"):
        assert found in caught.value.says(lang)
        assert len(caught.value.do(lang)) > 20


def test_decimal_commas_are_read() -> None:
    told = pl.DataFrame({"estimate": ["0,5", "0,8"], "se": ["0,1", "0,3"]})
    plain = pl.DataFrame({"estimate": [0.5, 0.8], "se": [0.1, 0.3]})
    assert pooled_table(told, "rr", 0.95) == pooled_table(plain, "rr", 0.95)
