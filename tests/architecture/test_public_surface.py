"""Paths that notebooks and others outside rely on stay where they were promised, whatever moves behind them."""

from importlib import import_module

import pytest

PROMISED = {
    "analytics.statistics": (
        *("Interval", "wilson_interval", "rate_interval", "directly_standardised_rate", "newcombe_interval"),
        *("difference_test", "trend_test", "funnel_limits"),
    ),
    "analytics.experiments": ("Design", "evaluate", "Portfolio", "power"),
    "benefits.discounting": ("DiscountSchedule", "R109", "discount_factor", "present_value", "annuity"),
    "benefits.measures": ("net_present_value", "benefit_cost_ratio", "mvpf", "payback_year", "break_even"),
    "benefits.rules": ("aap_day_rate", "ufoeretrygd_year", "income_tax", "employers_contribution"),
    "benefits.appraisal": ("Scenario", "appraise", "Appraisal"),
    "benefits.sharing": ("proportional", "shapley"),
    "data.sources": ("parse",),
    **{f"data.sources.{publisher}": ("parse",) for publisher in ("ssb", "nav", "county", "uia", "imdi", "fhi")},
}


@pytest.mark.parametrize("module", PROMISED)
def test_a_promised_path_offers_what_was_promised(module: str) -> None:
    found = import_module(module)
    assert [name for name in PROMISED[module] if not hasattr(found, name)] == []
