"""Every number has a unit, a source, a grade and words; every source and number is used."""

import re
from datetime import date
from pathlib import Path

import pytest

from benefits import rules
from benefits.errors import ParameterUndefined, ParameterUnknown
from benefits.parameters import (
    FOLDER,
    GRADES,
    PUBLISHED,
    UNITS,
    Parameters,
    RecordedParameters,
    parameter,
    parameters,
    sources,
)
from benefits.rules import ZONES, aap_year, employers_contribution_rate, income_before_disability, ufoeretrygd_floor
from benefits.scenario.model import ORIGIN_STATES
from benefits.scenario.unit_costs import unit_costs
from benefits.valuation.simulation import prepared
from data.i18n import LANGUAGES
from data.ingest.contract import Problems
from tests.benefits.scenarios import scenario

ALL = sorted(parameters())
SOURCE_TEXT = "\n".join(path.read_text(encoding="utf-8") for path in FOLDER.parent.rglob("*.py"))
ENTRY = """
[rate]
label = {{ nb = "sats", en = "rate" }}
unit = "{unit}"
evidence = "{evidence}"
source = "{source}"
locator = "p. 1"
{extra}
values = [{values}]
"""
PLAIN = {
    "unit": "share",
    "evidence": "statute",
    "source": "law",
    "extra": "",
    "values": "{ valid_from = 2020-01-01, value = 0.5 }",
}


def folder(tmp_path: Path, **changes: str) -> Path:
    (tmp_path / "nav").mkdir()
    (tmp_path / "sources.toml").write_text(
        '[law]\ntitle = { nb = "Lov", en = "Law" }\npublisher = "Parliament"\nurl = ""\n'
    )
    (tmp_path / "nav" / "rates.toml").write_text(ENTRY.format(**{**PLAIN, **changes}))
    return tmp_path


@pytest.mark.parametrize("name", ALL)
def test_a_parameter_has_words_unit_grade_and_source(name: str) -> None:
    entry = parameter(name)
    assert all(entry.label[lang].strip() for lang in ("nb", "en"))
    assert entry.unit in UNITS
    assert entry.evidence in GRADES
    assert entry.source in sources()
    assert entry.locator


@pytest.mark.parametrize("name", ALL)
def test_an_assumption_has_a_range_around_its_value(name: str) -> None:
    for item in parameter(name).values:
        if item.evidence == "assumption" and item.value is not None:
            assert item.low is not None
            assert item.high is not None
            assert item.low <= item.value <= item.high


@pytest.mark.parametrize("name", ALL)
def test_a_price_year_stands_if_and_only_if_the_unit_holds_kroner(name: str) -> None:
    assert (parameter(name).price_year is not None) == ("NOK" in parameter(name).unit)


def test_every_source_is_used() -> None:
    assert set(sources()) == {entry.source for entry in parameters().values()}


@pytest.mark.long
def test_every_parameter_is_used_by_the_model() -> None:
    assert sorted(set(ALL) - used_by_running() - used_by_name()) == []


def used_by_running() -> set[str]:
    """Names the model asks for over every state, grade, zone and switch."""
    found: set[str] = set()
    for state in ORIGIN_STATES:
        path = {"age": 23, "path": [{"state": state}]}
        found |= set(prepared(scenario(origin=path, expenditure_equalisation=True)).spreads)
    for grade in GRADES:
        found |= set(prepared(scenario(effect__evidence=grade, effect__deadweight=0.1)).spreads)
    mixed = {"age": 23, "mix": [{"state": state, "share": 1 / len(ORIGIN_STATES)} for state in ORIGIN_STATES]}
    found |= set(prepared(scenario(origin=mixed, real_growth=True)).spreads) | set(unit_costs())
    noted = RecordedParameters()
    for zone in ZONES:
        employers_contribution_rate(noted.at(date(2025, 7, 1)), zone)
    for partner in (True, False):
        for young in (True, False):
            ufoeretrygd_floor(noted.at(date(2025, 7, 1)), partner=partner, young_disabled=young)
            income_before_disability(noted.at(date(2025, 7, 1)), 0.0, partner=partner, young_disabled=young)
    return found | noted.used


def used_by_name() -> set[str]:
    """Names whose last part stands as a text of its own in the model's code."""
    return {name for name in ALL if re.search(rf'[".]{re.escape(name.split(".")[-1])}"', SOURCE_TEXT)}


def test_a_value_holds_from_its_day_on() -> None:
    minimum = parameter("nav.rates.aap_minimum")
    assert minimum.at(date(2024, 6, 30)) == 2.00
    assert minimum.at(date(2024, 7, 1)) == 2.041


def test_no_value_stands_before_the_first() -> None:
    with pytest.raises(ParameterUndefined) as refused:
        parameter("nav.grunnbeloep.grunnbeloep").at(date(2005, 4, 30))
    assert refused.value.name == "nav.grunnbeloep.grunnbeloep"
    assert refused.value.day == date(2005, 4, 30)


def test_the_base_amount_of_may_2027_is_not_guessed() -> None:
    amount = parameter("nav.grunnbeloep.grunnbeloep")
    assert (amount.at(date(2026, 4, 30)), amount.at(date(2026, 5, 1))) == (130160, 136549)
    with pytest.raises(ParameterUndefined):
        amount.at(date(2027, 5, 1))


def test_an_entry_without_a_value_means_abolished(tmp_path: Path) -> None:
    values = "{ valid_from = 2020-01-01, value = 0.5 }, { valid_from = 2022-01-01 }"
    entry = parameters(folder(tmp_path, values=values))["nav.rates.rate"]
    assert entry.at(date(2021, 12, 31)) == 0.5
    assert entry.latest() == 0.5
    with pytest.raises(ParameterUndefined):
        entry.at(date(2022, 1, 1))


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"unit": "bananas"}, "unit"),
        ({"evidence": "hearsay"}, "evidence"),
        ({"source": "nobody"}, "source"),
        ({"evidence": "assumption"}, "values[1].low"),
        ({"unit": "NOK/year"}, "price_year"),
        ({"unit": "NOK/year", "extra": "price_year = 'now'"}, "price_year"),
        ({"extra": "price_year = 2025"}, "price_year"),
        ({"extra": "note = 'x'"}, "note"),
        ({"values": "{ valid_from = 2020-01-01, value = 0.5, low = 0.6, high = 0.7 }"}, "values[1].value"),
        ({"values": "{ valid_from = 2020-01-01, value = 0.5, low = 0.4 }"}, "values[1].high"),
        ({"values": "{ valid_from = 2021-01-01, value = 1 }, { valid_from = 2020-01-01, value = 2 }"}, "values"),
        ({"values": "{ valid_from = '2021', value = 1 }"}, "values[1].valid_from"),
        ({"values": ""}, "values"),
    ],
)
def test_a_parameter_that_breaks_a_rule_is_refused(tmp_path: Path, changes: dict[str, str], key: str) -> None:
    with pytest.raises(Problems) as refused:
        parameters(folder(tmp_path, **changes))
    (problem,) = refused.value.exceptions
    assert problem.where == f"rates.toml: rate.{key}"
    assert all(problem.line(lang) for lang in LANGUAGES)


def test_the_faults_of_all_parameter_files_are_told_at_once(tmp_path: Path) -> None:
    where = folder(tmp_path, unit="bananas", evidence="hearsay")
    (where / "sources.toml").write_text("[law]\ntitle = 1\n")
    (where / "nav" / "more.toml").write_text("= 1")
    with pytest.raises(Problems) as refused:
        parameters(where)
    assert {each.where for each in refused.value.exceptions} == {
        "sources.toml: law.title", "sources.toml: law.publisher", "sources.toml: law.url", "more.toml",
        "rates.toml: rate.unit", "rates.toml: rate.evidence",
    }  # fmt: skip


def test_a_parameter_nobody_has_written_is_refused() -> None:
    with pytest.raises(ParameterUnknown, match=r"nav\.rates\.bananas"):
        PUBLISHED.value("nav.rates.bananas", date(2025, 1, 1))


def test_a_replacement_reaches_the_rules_that_are_given_it_and_no_others() -> None:
    day = date(2025, 1, 1)
    lower = Parameters({"nav.rates.aap_rate": 0.5})
    assert aap_year(lower.at(day), 40, 600_000) == 300_000
    assert aap_year(day, 40, 600_000) == 396_000
    assert (lower.at(day)["nav.rates.aap_rate"], PUBLISHED.at(day)["nav.rates.aap_rate"]) == (0.5, 0.66)


@pytest.mark.parametrize(
    ("rule", "arguments", "name"),
    [
        ("aap_year", (40, 600_000.0), "nav.rates.aap_rate"),
        ("aap_day_rate", (24, 0.0), "nav.rates.aap_minimum_under_25"),
        ("aap_year", (40, 9e6), "nav.grunnbeloep.grunnbeloep"),
        ("ufoeretrygd_year", (40, 600_000.0), "nav.rates.ufoeretrygd_rate"),
        ("kvp_year", (24,), "nav.rates.kvp_under_25"),
        ("dagpenger_year", (40, 400_000.0), "nav.rates.dagpenger_day"),
        ("sosialhjelp_year", (40,), "nav.rates.sosialhjelp_single"),
        ("income_tax", (400_000.0,), "skatteetaten.tax.general_income"),
        ("bracket_tax", (400_000.0,), "skatteetaten.tax.trinnskatt_1"),
        ("national_insurance", (400_000.0,), "skatteetaten.tax.trygdeavgift_wages"),
        ("minstefradrag", (100_000.0,), "skatteetaten.tax.minstefradrag_rate"),
        ("employers_contribution", ("1", 400_000.0), "skatteetaten.tax.arbeidsgiveravgift_zone_1"),
    ],
)
def test_every_rule_computes_with_the_parameters_it_is_given(rule: str, arguments: tuple, name: str) -> None:
    day, compute = date(2025, 7, 1), getattr(rules, rule)
    doubled = Parameters({name: 2 * PUBLISHED.value(name, day)})
    assert compute(doubled.at(day), *arguments) != compute(day, *arguments)
