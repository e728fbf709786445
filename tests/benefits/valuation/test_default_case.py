"""The default case worked out without the model: prices of 2026, start in 2027, the four budget years 2027–2030."""

import csv

import numpy as np
import pytest

from benefits.scenario.model import Scenario
from benefits.valuation.appraisal import appraise
from data import paths

YEARS, FIRST = 10, 1
WAGE, SHARE, PENSION, CONTRIBUTION = 400_000, 0.6, 0.04, 0.141
G_2025, G_2026 = (4 * 124_028 + 8 * 130_160) / 12, (4 * 130_160 + 8 * 136_549) / 12
HELP = 5 * (8_300 + 2_400 * G_2026 / G_2025)
CERTAIN = {
    "innenfor.model.productivity": 1.0, "innenfor.model.leisure": 0.0, "innenfor.model.occupational_pension": PENSION,
    "innenfor.model.sosialhjelp_housing": 2400.0, "innenfor.model.sosialhjelp_months": 5.0,
    "nav.rates.sosialhjelp_single": 8300.0, "kdd.equalisation.symmetric_rate": 0.64,
    "innenfor.model.equalisation_county": 0.875,
}  # fmt: skip
FIELDS = {
    "participants": 100,
    "municipality": "4204",
    "horizon_years": YEARS,
    "effect": {"value": 0.1, "low": 0.1, "high": 0.1, "months": 12, "evidence": "rct"},
    "persistence": {"half_life_years": 4.0},
    "displacement": {"value": 0.2, "half_life_years": 3.0},
    "origin": {"age": 25, "path": [{"state": "sosialhjelp"}]},
    "destination": {"wage_nok": WAGE, "low": WAGE, "high": WAGE, "full_time_share": SHARE},
    "cost": [
        {"payer": "state_transfers", "nok": 4_000_000, "price_year": 2025},
        {"payer": "municipality", "nok": 500_000, "year": 2028},
    ],
    "parameters": CERTAIN,
}


def taxes(income: float) -> dict[str, float]:
    """Tax of 2026 on a wage or a taxed benefit: standard deduction 46 %, brackets from 226 100 and 318 300, 7.6 %."""
    general = max(income - min(0.46 * income, 95_700) - 114_540, 0)
    brackets = 0.017 * (min(income, 318_300) - 226_100) if income > 226_100 else 0
    brackets += 0.04 * max(income - 318_300, 0)
    insurance = min(0.076 * income, 0.25 * max(income - 99_650, 0))
    local = {"municipality": 0.1135 * general, "county": 0.024 * general}
    return {**local, "state": (0.22 - 0.1135 - 0.024) * general + brackets + insurance}


def kept() -> float:
    """Of a krone of tax: 64 % is equalised, and 35 % more below the limit, less what the own weight gives back."""
    with (paths.BENEFITS / "published" / "equalisation.csv").open(encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if row["region_code"] == "4204"]
    weight = float(max(rows, key=lambda row: row["year"])["population_weight"])
    return 1 - 0.64 * (1 - weight) - 0.35 * (1 - 0.9 * weight)


def by_hand() -> dict[str, np.ndarray]:
    gross = WAGE * SHARE
    labour = gross * (1 + PENSION) * (1 + CONTRIBUTION)
    since = np.arange(YEARS - FIRST)
    heads = 10 * 0.5 ** (np.maximum(since - 1, 0) / 4)
    heads[0] = 5
    lost = 0.2 * 0.5 ** (since / 3)
    dagpenger = np.where(since == 0, 260 * 0.0024 * gross, 0)  # an income under 2 G gives 52 weeks
    work, jobless = taxes(gross), [taxes(float(each)) for each in dagpenger]
    moved = {name: work[name] - lost * (work[name] - np.array([each[name] for each in jobless])) for name in work}
    contribution = (1 - lost) * gross * (1 + PENSION) * CONTRIBUTION
    net_jobless = dagpenger - np.array([sum(each.values()) for each in jobless])
    net = gross - sum(work.values())
    flows = {
        "municipality": HELP + kept() * moved["municipality"],
        "county": 0.125 * moved["county"],
        "state": moved["state"] + contribution - lost * dagpenger,
        "others_public": (1 - kept()) * moved["municipality"] + 0.875 * moved["county"],
        "participants": net + PENSION * gross - HELP + 0 * lost,
        "others": lost * (net_jobless - net - PENSION * gross),
        "production": (1 - lost) * labour,
    }
    told = {name: np.concatenate([np.zeros(FIRST), heads * a_head]) for name, a_head in flows.items()}
    told["heads"] = np.concatenate([np.zeros(FIRST), heads])
    told["state"][1] -= 4_000_000 * 1.035
    told["municipality"][2] -= 500_000
    public = sum(told[name] for name in ("municipality", "county", "state", "others_public"))
    resources = np.zeros(YEARS)
    resources[1:3] = 4_000_000 * 1.035, 500_000
    told["society"] = told["production"] - resources + 0.2 * public
    return told


def test_the_default_case_is_prices_of_2026_and_a_start_in_2027() -> None:
    found = appraise(Scenario.from_dict(FIELDS), draws=3)
    assert (found.base_year, found.by_year["years"][0], found.by_year["years"][-1]) == (2026, 2026, 2035)
    assert [row["year"] for row in found.economic_plan["municipality"]] == [2027, 2028, 2029, 2030]
    assert {default.key for default in found.defaults} >= {"base_year", "start_year", "cost[1].year"}


def test_every_budget_year_and_present_value_is_what_a_sheet_of_paper_says() -> None:
    found, told = appraise(Scenario.from_dict(FIELDS), draws=3), by_hand()
    discounted = 1.04 ** -np.arange(YEARS)
    state = found.public["state_transfers"].expected + found.public["state_tax"].expected
    other = found.public["other_municipalities"].expected + found.public["other_counties"].expected
    ours = {name: found.public[name].expected for name in ("municipality", "county")}
    ours |= {"state": state, "others_public": other}
    ours |= {name: getattr(found, name).expected for name in ("participants", "others", "society")}
    for name, nok in ours.items():
        assert nok == pytest.approx(float(told[name] @ discounted), abs=0.01), name
    for payer in ("municipality", "county"):
        rows = [row["nok"] for row in found.economic_plan[payer]]
        assert rows == pytest.approx(told[payer][1:5].tolist(), abs=0.01)
    assert found.by_year["persons_in_work"] == pytest.approx(told["heads"].tolist())
