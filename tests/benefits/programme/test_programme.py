"""The whole programme: sums of its measures, each person once, worked out again by hand without the model."""

import json
from copy import deepcopy

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benefits.__main__ import main
from benefits.programme.portfolio import MeasurePortfolio, shipped_portfolio, shipped_portfolios
from benefits.programme.programme_value import ProgrammeAppraisal, appraise_programme
from benefits.scenario.model import Scenario
from benefits.valuation.appraisal import appraise
from data.problems import Problems
from tests.benefits.scenarios import fields

DRAWS = 300
CERTAIN = {
    "effect": {"value": 0.2, "low": 0.2, "high": 0.2, "evidence": "rct"},
    "persistence": {"constant_years": 3},
    "displacement": {"value": 0},
    "origin": {"age": 30, "path": [{"state": "sosialhjelp"}]},
    "destination": {"state": "work", "wage_nok": 300_000, "full_time_share": 1.0, "low": 300_000, "high": 300_000},
    "income_equalisation": False,
    "horizon_years": 6,
    "parameters": {
        "innenfor.model.productivity": 1.0, "innenfor.model.leisure": 0.0, "innenfor.model.occupational_pension": 0.0,
        "innenfor.model.sosialhjelp_housing": 2400.0, "innenfor.model.sosialhjelp_months": 5.0,
        "nav.rates.sosialhjelp_single": 8100.0,
    },
}  # fmt: skip
TWO = {"title": "A programme", "measure": [{"scenario": "one.toml"}, {"scenario": "two.toml"}]}


@pytest.fixture
def folder(tmp_path):
    for name, changes in {"one": CERTAIN, "two": CERTAIN | {"participants": 50}, "open": {"horizon_years": 6}}.items():
        scenario = Scenario.from_dict(fields(**deepcopy(changes)))
        (tmp_path / f"{name}.toml").write_text(scenario.as_toml(), encoding="utf-8")
    return tmp_path


def valued(folder, **parts) -> ProgrammeAppraisal:
    return appraise_programme(MeasurePortfolio.from_dict({**TWO, **parts}, folder), DRAWS)


def by_hand(heads: float, shared: float) -> dict[str, float]:
    """2025: 300 000 kroner from social assistance (5 × 10 500) for three years, two costs of 3 million in year 0."""
    weights = sum(1.04**-year for year in range(3))
    general = 300_000 - 92_000 - 108_550
    tax = 0.22 * general + 0.017 * (300_000 - 217_400) + 0.077 * 300_000
    contribution, help_paid = 0.141 * 300_000, 5 * (8100 + 2400)
    municipality = heads * weights * (help_paid + 0.1275 * general) - 6_000_000 - shared / 1.04
    county = heads * weights * 0.0265 * general
    state = heads * weights * (tax + contribution - (0.1275 + 0.0265) * general)
    participants = heads * weights * (300_000 - tax - help_paid)
    public = municipality + county + state
    society = heads * weights * 300_000 * 1.141 - 6_000_000 - shared / 1.04 + 0.2 * public
    told = {"municipality": municipality, "county": county, "state": state, "participants": participants}
    return told | {"society": society}


def test_the_programme_is_what_a_sheet_of_paper_says(folder) -> None:
    cost = {"payer": "municipality", "year": 2026, "nok": 1_000_000}
    found = valued(folder, shared_cost=[cost], overlap=[{"measures": ["one.toml", "two.toml"], "share": 0.4}])
    for name, nok in by_hand(100 * 0.2 + 50 * 0.2 * 0.6, 1_000_000).items():
        assert found.holders[name]["expected"] == pytest.approx(nok), name
    assert found.extra_persons_in_work == pytest.approx(26)
    assert found.programme_cost == pytest.approx(6_000_000 + 1_000_000 / 1.04)
    assert found.price_per_person == pytest.approx(found.programme_cost / 26)
    assert found.price_range.p10 == found.price_range.p90 == pytest.approx(found.programme_cost / 26)
    years = {row["year"]: row["expected"] for row in found.budget["municipality"]}
    gain = 26 * (52_500 + 0.1275 * 99_450)
    assert years == pytest.approx({2025: gain - 6_000_000, 2026: gain - 1_000_000, 2027: gain, 2028: 0})


def test_a_programme_of_one_measure_is_that_measure(folder) -> None:
    found = appraise_programme(
        MeasurePortfolio.from_dict({"title": "x", "measure": [{"scenario": "open.toml"}]}, folder), DRAWS
    )
    alone = appraise(Scenario.read(folder / "open.toml"), DRAWS)
    assert found.holders["society"]["expected"] == pytest.approx(alone.society.expected)
    assert found.holders["society"]["p90"] == pytest.approx(alone.society.p90)
    assert [row["expected"] for row in found.budget["county"]] == pytest.approx(
        [row["nok"] for row in alone.economic_plan["county"]]
    )


def test_the_ledgers_and_the_tax_financing_sum_to_society(folder) -> None:
    grant = {"payer": "state_transfers", "to": "municipality", "nok": 3_100_000, "chance": 0.5}
    cost = {"payer": "municipality", "nok": 500_000, "low": 400_000, "high": 900_000}
    found = valued(
        folder, measure=[{"scenario": "open.toml"}, {"scenario": "one.toml"}], grant=[grant], shared_cost=[cost]
    )
    held = {name: each["expected"] for name, each in found.holders.items()}
    private = held["participants"] + held["employers"] + held["others"]
    assert held["society"] == pytest.approx(1.2 * held["public_total"] + private)


def test_a_grant_moves_money_and_never_society(folder) -> None:
    found = valued(folder, grant=[{"payer": "state_transfers", "to": "municipality", "nok": 3_100_000}])
    without = found.without_grants["holders"]
    assert found.holders["society"]["expected"] == pytest.approx(without["society"]["expected"])
    moved = found.holders["municipality"]["expected"] - without["municipality"]["expected"]
    assert moved == pytest.approx(3_100_000)
    assert found.budget["state"][0]["expected"] == pytest.approx(
        found.without_grants["budget"]["state"][0]["expected"] - 3_100_000
    )


def test_correlated_effects_widen_the_programme_and_leave_its_mean(folder) -> None:
    (folder / "twin.toml").write_text((folder / "open.toml").read_text())
    both = {"measure": [{"scenario": "open.toml"}, {"scenario": "twin.toml"}]}
    alone, together = (
        appraise_programme(MeasurePortfolio.from_dict({**TWO, **both, "correlation": rho}, folder), 4000).holders[
            "society"
        ]
        for rho in (0.0, 0.9)
    )
    assert together["p90"] - together["p10"] > 1.05 * (alone["p90"] - alone["p10"])
    assert together["expected"] == pytest.approx(alone["expected"], abs=0.15 * (alone["p90"] - alone["p10"]))


@pytest.mark.long
@settings(deadline=None, max_examples=10)
@given(share=st.floats(0, 1))
def test_who_is_in_both_counts_once(share: float) -> None:
    one, two = (Scenario.from_dict(fields(**deepcopy(CERTAIN | {"participants": count}))) for count in (100, 50))
    file = MeasurePortfolio.from_dict({"title": "x", "measure": [{"scenario": "ips_job_support"}]}).file
    overlap = [{"measures": ["one", "two"], "share": share}]
    both = type(file)(
        file.title,
        file.measure,
        overlap=tuple(type("Overlap", (), each | {"low": None, "high": None}) for each in overlap),
    )
    found = appraise_programme(MeasurePortfolio(both, {"one": one, "two": two}), 5)
    assert found.extra_persons_in_work == pytest.approx(20 + 10 * (1 - share))


def test_measures_in_prices_of_different_years_are_refused(folder) -> None:
    later = fields(**deepcopy(CERTAIN | {"base_year": 2026, "start_year": 2026}))
    (folder / "two.toml").write_text(Scenario.from_dict(later).as_toml())
    with pytest.raises(Problems):
        valued(folder)


@pytest.mark.long
def test_the_command_tells_the_programme_in_json_and_words(folder, capsys) -> None:
    path = folder / "programme.toml"
    path.write_text('title = "P"\n[[measure]]\nscenario = "one.toml"\n[[measure]]\nscenario = "open.toml"\n')
    assert main(["programme", str(path), "--draws", "50", "--lang", "nb", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {"holders", "budget", "without_grants", "persons_in_work", "price_per_person", "must_be_true"} <= set(found)
    assert found["sentence"].startswith("Programmet har 2 tiltak")
    assert np.isfinite(found["holders"]["society"]["expected"])


def test_a_measure_that_is_nowhere_is_refused(folder, capsys) -> None:
    path = folder / "programme.toml"
    path.write_text('title = "P"\n[[measure]]\nscenario = "nowhere.toml"\n')
    assert main(["programme", str(path), "--json"]) == 1
    assert "nowhere.toml" in capsys.readouterr().out


def test_a_grant_that_is_spent_is_a_cost_to_the_state_and_to_society_and_nothing_to_the_receiver(folder) -> None:
    grant = {"payer": "state_tax", "to": "municipality", "nok": 3_100_000, "year": 2026, "spent": True}
    found = valued(folder, grant=[grant])
    without, worth = found.without_grants["holders"], 3_100_000 / 1.04
    changed = {name: found.holders[name]["expected"] - without[name]["expected"] for name in without}
    assert changed["state"] == pytest.approx(-worth)
    assert changed["municipality"] == 0
    assert changed["society"] == pytest.approx(-1.2 * worth)
    assert found.programme_cost == pytest.approx(6_000_000 + worth)


def test_a_shared_cost_falls_in_each_of_its_years_in_kroner_of_its_own(folder) -> None:
    cost = {"payer": "county", "nok": 1_000_000, "year": [2025, 2027], "price_year": 2024}
    found = valued(folder, shared_cost=[cost])
    rows = {row["year"]: row["expected"] for row in found.budget["county"]}
    plain = {row["year"]: row["expected"] for row in valued(folder).budget["county"]}
    assert {year: rows[year] - plain[year] for year in rows} == pytest.approx(
        {2025: -1_040_000, 2026: 0, 2027: -1_040_000, 2028: 0}
    )


def test_holders_that_nothing_touches_are_told(folder) -> None:
    assert "health_trust" in valued(folder).untouched
    cost = {"payer": "health_trust", "nok": 1000}
    assert "health_trust" not in valued(folder, shared_cost=[cost]).untouched


@pytest.mark.long
@pytest.mark.parametrize("name", shipped_portfolios())
def test_a_shipped_portfolio_says_where_each_number_comes_from_and_runs_by_its_name(name: str, capsys) -> None:
    assert main(["programme", name, "--draws", "50", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    for each in found["shared"]:
        assert each["label"]["nb"]
        assert each["label"]["en"]
        assert each["source"] or each["evidence"] == "assumption"
    assert found["budget"]["municipality"][0]["year"] == 2027


def test_the_money_of_stimulab_and_its_option_stand_in_the_shipped_programme() -> None:
    file = shipped_portfolio("three_measures_with_stimulab").file
    assert [(each.nok, each.chance) for each in file.grant] == [(3_100_000, 1.0), (3_100_000, 0.5)]
    assert all(each.low is not None for each in file.shared_cost if each.evidence == "assumption")


def test_measures_discounted_otherwise_are_refused(folder) -> None:
    other = fields(**deepcopy(CERTAIN | {"discount_rate": 0.02}))
    (folder / "two.toml").write_text(Scenario.from_dict(other).as_toml())
    with pytest.raises(Problems) as refused:
        valued(folder)
    assert [each.cell for each in refused.value.exceptions] == ["measure.discount_rate"]
