"""Published benefit models, to the digits they were printed with."""

from datetime import date

import pytest

from benefits.rules import aap_day_rate
from benefits.rules.price_levels import deflated
from benefits.scenario.model import shipped_scenario
from benefits.valuation.cost_sharing import Sharing, shapley
from benefits.valuation.decision_metrics import mvpf, net_benefit, net_present_value, tax_financing_term
from benefits.valuation.discounting import DiscountSchedule, annuity, discount_factor, present_value

# Kystverket FRAM 3.5, tests/fasiter.csv: maintenance, investment (three equal lines), then what accidents cost, then
# the published tax-financing cost and net benefit.
FRAM = {
    "stretch 10, package 40": (
        623546.8933691394, -6061276.428631482,
        [2667463.0803416856, 794684.8565399564, 7021889.424514847, 492810.09708953614, 5947131.293280128,
         4655586.175421449],
        -3512056.4785050615, 507226.0561572327,
    ),
    "stretch 10, package 51": (
        1438905.313511497, -1354873.5546352726,
        [6066334.264421461, 689607.4945615513, 15995125.938347971, 1314836.2926912974, 12240375.715801526,
         8975843.504357798],
        -525143.0700788641, 42131264.78970842,
    ),
    "stretch 10, package 80": (
        -3174019.494434285, -1212255.2857262962,
        [1588095.361442057, 515093.4639280444, 4326780.360023427, 355318.0630964375, 3523128.9982389845,
         2441221.9308730704],
        -1362157.070322635, 4576695.755666211,
    ),
    "stretch 10, package 90": (
        -11884313.03971814, -8182723.1786525,
        [8866227.67510758, 993358.8677905928, 14741483.419160143, 1224753.036242833, 11519752.697877664,
         10796344.563120723],
        -7286496.515135128, 4422941.168488771,
    ),
    "stretch 12.1, package 1": (
        -11069867.046583187, -102414891.82730949,
        [19199743.52798671, 22383365.880253017, 180758470.4190439, 7542350.41588827, 99437795.95961183,
         77610902.26834264],
        -63662908.50570234, 24955177.436912395,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FRAM)
def test_fram_adds_the_cost_of_public_funds(case: str) -> None:
    maintenance, investment, accidents, term, surplus = FRAM[case]
    lines = {"maintenance": maintenance, **{f"investment {n}": investment for n in range(3)}}
    public = tuple(lines)
    lines |= {f"accidents {n}": amount for n, amount in enumerate(accidents)}
    assert tax_financing_term(sum(lines[name] for name in public)) == pytest.approx(term, rel=1e-9)
    assert net_benefit(lines, public) == pytest.approx(surplus, rel=1e-9)


@pytest.mark.parametrize(
    ("year", "factor"),
    [(1, 0.961538), (10, 0.675564), (40, 0.208289), (41, 0.202222), (75, 0.074022), (76, 0.072571)],
)
def test_the_discount_ladder_of_the_circular(year: int, factor: float) -> None:
    assert round(discount_factor(year), 6) == factor


@pytest.mark.parametrize(("years", "worth"), [(10, 8.110896), (40, 19.792774)])
def test_the_annuity_at_four_per_cent(years: int, worth: float) -> None:
    assert round(annuity(years, 0.04), 6) == worth


def test_green_book_factors_come_from_a_schedule_of_their_own() -> None:
    green_book = DiscountSchedule(((1, 0.035), (31, 0.03), (76, 0.025)))
    published = {1: 0.9662, 10: 0.7089, 30: 0.3563, 31: 0.3459, 50: 0.1973, 75: 0.0942}
    assert {year: round(discount_factor(year, green_book), 4) for year in published} == published


def test_job_corps_costs_more_than_it_is_worth_to_those_who_took_part() -> None:
    cost = 16158 - (-0.18 + 52.33 + 220)
    assert round(cost) == 15886
    assert round(68.59 + 2314, 2) == 2382.59
    assert round(mvpf(68.59 + 2314, cost), 3) == 0.150


def test_year_up_raises_earnings_by_less_than_it_costs() -> None:
    earnings = [deflated(nok, index, 342.5) for nok, index in ((-5338, 342.5), (5181, 348.3), (7011, 348.9))]
    worth = present_value(earnings, 0.03)
    tax = 0.186 * worth
    assert round(worth, 2) == 6095.65
    assert round(worth - tax) == 4962
    assert round(tax) == 1134
    assert round(mvpf(worth - tax + 6614, 28290 - tax), 3) == 0.426
    assert net_present_value(earnings, DiscountSchedule.constant(0.03)) == worth


@pytest.mark.parametrize(
    ("day", "age", "rate"),
    [(date(2025, 5, 1), 24, 681.17), (date(2025, 5, 1), 25, 1021.76), (date(2024, 6, 30), 24, 636.04)],
)
def test_the_least_aap_day_rate(day: date, age: float, rate: float) -> None:
    assert round(aap_day_rate(day, age, 0), 2) == rate


def test_the_bankruptcy_game_with_an_estate_of_two_hundred() -> None:
    shares = shapley({"a": 100, "b": 200, "c": 300}, 400)
    assert isinstance(shares, Sharing)
    assert {name: round(value, 2) for name, value in shares.values.items()} == {"a": 33.33, "b": 83.33, "c": 83.33}
    assert {name: round(share, 2) for name, share in shares.cost_shares.items()} == {
        "a": 66.67,
        "b": 116.67,
        "c": 216.67,
    }


def test_the_individual_job_support_scenario_stands_on_the_published_shares() -> None:
    effect = shipped_scenario("ips_job_support").effect
    assert effect.value == pytest.approx((0.366 - 0.271, 0.374 - 0.271))
    assert effect.evidence == "rct"
