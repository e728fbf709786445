"""A planted effect is found, a break is never told as one, and the words say what the numbers say."""

from dataclasses import astuple, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.counterfactual import programme_effect
from analytics.counterfactual.comparable_places import DonorPanel, panel
from analytics.counterfactual.programme_effect import Counterfactual, counterfactual, placebo
from analytics.exclusion import subject
from analytics.results import NotEstimable
from data.format.numbers import number, points
from data.i18n import LANGUAGES
from tests.analytics.counterfactual.worlds import START, world

HOME = subject.subject("neet_register", "4204", "15-29", "both")
REAL = panel(HOME.view, "4204", START)


def planted(monkeypatch: pytest.MonkeyPatch, effect: float, first: int, found: DonorPanel = REAL) -> Counterfactual:
    """Return the answer for the real figures with an effect planted in the home from a year on."""
    shares = found.shares.copy()
    shares[np.array(found.years) >= first, 0] += effect
    monkeypatch.setattr(programme_effect, "panel", lambda *_: replace(found, shares=shares))
    made = counterfactual(HOME.view, "4204", START)
    assert isinstance(made, Counterfactual)
    return made


@pytest.mark.long
@given(st.integers(0, 500), st.sampled_from([-0.04, -0.03, 0.03, 0.04]))
@settings(max_examples=15)
def test_a_planted_effect_is_recovered(seed, effect) -> None:
    without, found = placebo(world(seed), START), placebo(world(seed, effect=effect), START)
    assert found.gap - without.gap == pytest.approx(effect, abs=0.004)
    assert found.limit == pytest.approx(without.limit)
    assert found.gap * effect > 0


@pytest.mark.long
def test_large_effects_are_seen_in_nearly_every_world() -> None:
    seen = [placebo(world(seed, effect=-0.04), START).beyond_chance for seed in range(25)]
    assert np.mean(seen) >= 0.8


@pytest.mark.long
@pytest.mark.parametrize(("effect", "verdict"), [(-0.03, "lower"), (0.04, "higher"), (0.0, "chance")])
def test_an_effect_after_the_break_is_told_on_the_real_figures(monkeypatch, effect, verdict) -> None:
    plain, found = planted(monkeypatch, 0.0, START), planted(monkeypatch, effect, START + 1)
    assert found.verdict == verdict
    assert found.effect.gap - plain.effect.gap == pytest.approx(effect * 3 / 4)
    assert found.effect.limit == plain.effect.limit


@pytest.mark.long
@pytest.mark.parametrize("jump", [-0.05, -0.03, 0.04])
def test_a_jump_in_the_year_of_the_break_is_told_as_the_break_and_never_as_an_effect(monkeypatch, jump) -> None:
    found = planted(monkeypatch, jump, START)
    assert found.effect.beyond_chance
    assert (found.verdict, found.at_break.year) == ("break", 2021)
    assert "brudd" in found.finding("nb")


@pytest.mark.long
def test_the_same_jump_without_a_break_is_an_effect(monkeypatch) -> None:
    monkeypatch.setattr(programme_effect, "_breaks", lambda _: ())
    assert planted(monkeypatch, -0.04, START).verdict == "lower"


@pytest.mark.long
def test_the_real_figures_leave_it_open_and_say_how_large_a_change_must_be() -> None:
    found = counterfactual(HOME.view, "4204", START)
    assert found.verdict == "chance"
    assert abs(found.effect.gap) < found.effect.limit
    assert found.limit_persons == pytest.approx(found.effect.limit * found.population)
    for lang in LANGUAGES:
        told = found.sentence(lang)
        assert points(found.effect.limit, 1, lang) in told
        assert number(found.limit_persons, -1, lang) in told
    assert found.sentence("nb").count("2021") == 2
    assert "foreløpige" in found.sentence("nb")


def test_donors_lie_outside_the_county_and_are_known_in_every_year() -> None:
    assert len(REAL.codes) == 41
    assert not [code for code in REAL.codes[1:] if code.startswith("42")]
    assert np.isfinite(REAL.shares).all()
    assert REAL.years == tuple(range(2008, 2025))


@pytest.mark.long
def test_years_in_which_nothing_began_use_no_figure_from_the_start_on() -> None:
    found = counterfactual(HOME.view, "4204", START)
    assert [(each.start, each.last) for each in found.in_time] == [(y, y + 3) for y in range(2013, 2018)]
    moved = REAL.shares.copy()
    moved[-4:] = 0.5
    untouched = placebo(replace(REAL, shares=moved).until(START), 2017)
    assert astuple(untouched) == pytest.approx(astuple(found.in_time[-1]))


@pytest.mark.long
@pytest.mark.parametrize(
    ("indicator", "region", "start", "reason"),
    [
        ("neet_register", "42", START, "counterfactual_not_for"),
        ("neet_survey", "0", START, "counterfactual_not_for"),
        ("neet_register", "4204", 2012, "counterfactual_before"),
        ("neet_register", "4204", 2025, "counterfactual_after"),
    ],
)
def test_where_it_cannot_be_said_the_reason_is_said(indicator, region, start, reason) -> None:
    found = counterfactual(subject.nearest_subject(indicator, region, "both").view, region, start)
    assert isinstance(found, NotEstimable)
    assert found.reason == reason
    assert all(found.sentence(lang) for lang in LANGUAGES)
