"""A published trial has a row of its own: what its interval or p tells, never pooled with what was measured here."""

from dataclasses import replace
from statistics import NormalDist

import pytest

from analytics.experiments.portfolio.pooling_errors import ErrorNotToldError
from analytics.experiments.portfolio.published_effect import read_back
from analytics.experiments.portfolio.results import overview, published_difference, reported
from data.curated.experiment.dossier import PublishedOutcome, published_verdict

WORDS = {"nb": "i arbeid", "en": "in work"}


def outcome(**facts: object) -> PublishedOutcome:
    return PublishedOutcome(words=WORDS, **{"effect": 9.5, "unit": "per_100", **facts})


def test_the_shipped_trials_stand_with_their_printed_limits_and_the_error_behind_them() -> None:
    every = reported()
    rows = {row["key"]: row for row in overview(every).iter_rows(named=True)}
    norway = rows["ips-norge"]
    assert (norway["value"], norway["low"], norway["high"], norway["unit"]) == (9.5, 0.5, 18.5, "per_100")
    assert norway["se"] == pytest.approx(18 / 2 / NormalDist().inv_cdf(0.975))
    assert norway["p"] == pytest.approx(0.0386, abs=5e-5)
    assert (rows["ips-bodo"]["value"], rows["ips-bodo"]["unit"]) == (5.6, "work_days")
    silent = [row for row in rows.values() if row["published"] and row["low"] is None]
    assert silent
    assert all(row["se"] is None and row["p"] is None for row in silent)


def test_what_is_published_corrects_no_p_value_of_ones_own() -> None:
    assert overview(reported())["p_adjusted"].null_count() == len(reported())


def test_a_p_value_alone_gives_limits_and_a_known_verdict() -> None:
    found = read_back(outcome(p=0.0386), "trial")
    assert (found.low, found.high) == pytest.approx((0.5, 18.5), abs=0.01)
    assert published_verdict({"outcomes": (outcome(p=0.04),), "verdict": "better"}) == "better"
    assert published_verdict({"outcomes": (outcome(),), "verdict": "better"}) == "numbers_unknown"
    record = next(each.experiment for each in reported() if each.key == "ips-norge")
    bare = replace(record, finding={**record.finding, "outcomes": (outcome(p=0.0386, months=12),)})
    assert published_difference(bare) == pytest.approx((9.5, 0.5, 18.5), abs=0.01)


def test_a_ratio_is_read_on_the_log_scale_and_back() -> None:
    seed = outcome(effect=10.39, low=2.79, high=38.68, unit="odds_ratio")
    found = read_back(seed, "seed")
    assert (found.value, found.low, found.high) == (10.39, 2.79, 38.68)
    again = read_back(replace(seed, low=None, high=None, p=found.p), "seed")
    assert (again.low, again.high) == pytest.approx((2.79, 38.68), rel=0.01)


def test_an_interval_that_is_not_normal_keeps_its_ends_without_an_error() -> None:
    found = read_back(outcome(effect=9.5, low=9.0, high=30.0), "trial")
    assert (found.low, found.high, found.se, found.p) == (9.0, 30.0, None, None)


@pytest.mark.parametrize("facts", [{"effect": 0, "p": 0.3}, {"effect": -1, "low": -2, "high": 3, "unit": "risk_ratio"}])
def test_numbers_that_cannot_be_are_named_with_their_trial(facts) -> None:
    with pytest.raises(ErrorNotToldError) as caught:
        read_back(outcome(**facts), "my-trial")
    assert caught.value.where == "my-trial"
