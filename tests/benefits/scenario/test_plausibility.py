"""A slip is asked about: a month's wage, per cent for a share, an amount far from the published one."""

import pytest

from benefits.valuation.appraisal import appraise
from data.i18n import LANGUAGES
from data.problems import Problems
from tests.benefits.scenarios import scenario


@pytest.mark.parametrize(
    ("changes", "code", "said"),
    [
        ({"destination__wage_nok": 35_000}, "looks_monthly", "420000"),
        ({"destination__wage_nok": 3_000}, "asks", "120000 – 1500000"),
        ({"destination__wage_nok": 4_000_000}, "asks", "120000 – 1500000"),
        ({"grunnbeloep_nok": 1}, "asks", "64058"),
        ({"participants": 5_000_000}, "asks", "0 – 105000"),
        ({"grunnbeloep_nok": 1_300_000}, "asks", "256232"),
        ({"parameters": {"nav.rates.aap_rate": 66}}, "looks_like_percent", "0.66"),
        ({"parameters": {"skatteetaten.tax.general_income": 22}}, "looks_like_percent", "0.22"),
        ({"parameters": {"skatteetaten.tax.general_income": 2200}}, "toml_value", "from 0 to 1"),
        ({"parameters": {"nav.rates.aap_minimum": 204.1}}, "asks", "1.0205 – 4.082"),
        ({"parameters": {"nav.rates.aap_rate": {"value": 0.66, "low": 0.6, "high": 70}}}, "looks_like_percent", "0.7"),
    ],
)
def test_a_number_that_looks_like_a_slip_is_a_question_in_words(changes, code: str, said: str) -> None:
    with pytest.raises(Problems) as refused:
        scenario(**changes)
    (problem,) = refused.value.exceptions
    assert problem.code == code
    assert said in problem.line("en")
    assert all(problem.cell in problem.line(lang) for lang in LANGUAGES)


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"destination__wage_nok": 90_000}, "destination.wage_nok"),
        ({"grunnbeloep_nok": 60_000}, "grunnbeloep_nok"),
        ({"participants": 200_000}, "participants"),
        ({"parameters": {"nav.rates.aap_minimum": 4.2}}, "parameters.nav.rates.aap_minimum"),
    ],
)
def test_an_unusual_number_stands_where_it_is_meant(changes, name: str) -> None:
    with pytest.raises(Problems):
        scenario(**changes)
    assert scenario(**changes, meant=[name])


@pytest.mark.parametrize("wage", [120_000, 400_000, 1_500_000])
def test_a_plausible_wage_is_no_question(wage: float) -> None:
    assert scenario(destination__wage_nok=wage).destination.wage.value == wage


def test_the_answer_says_what_replaced_a_published_number() -> None:
    found = appraise(scenario(parameters={"nav.rates.aap_minimum": 2.1}, grunnbeloep_nok=130_000), 20)
    assert found.replaced["nav.rates.aap_minimum"] == {"published": 2.041, "used": 2.1}
    assert found.replaced["grunnbeloep_nok"] == {"published": pytest.approx(128_116), "used": 130_000}
    assert "published_replaced" in found.notes
    assert appraise(scenario(), 20).replaced == {}
