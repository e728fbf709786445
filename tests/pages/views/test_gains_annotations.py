"""The parts of the gains page: files brought back, streams that balance, chances and edits in words, the tables."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
import streamlit as st
from hypothesis import given
from hypothesis import strategies as hs

from benefits.parameters import parameters, sources
from benefits.scenario.edits import edited
from benefits.scenario.model import shipped, shipped_scenario
from benefits.valuation.appraisal import appraise
from benefits.valuation.cost_sharing import Sharing, organisation_gains, proportional
from benefits.valuation.tax_krone import lost_shares
from data.errors import InnenforError, foreseen
from data.i18n import speaking
from pages.views.gains import (
    annotations,
    cost_of_exclusion,
    cost_sharing,
    experiment_choice,
    must_be_true,
    payers,
    queries,
    scenario_file,
    uncertainty,
    validation,
    wording,
)
from pages.views.gains.selection import Case, GainsSelection
from pages.views.gains.sliders import Span, described
from pages.views.gains.wording import size

DRAWS = 300


@dataclass(frozen=True)
class File:
    """A file as the reader's browser hands it over."""

    name: str
    content: bytes
    file_id: str = "1"

    def getvalue(self) -> bytes:
        return self.content


def case(name: str, **edits: float) -> Case:
    base = shipped_scenario(name)
    scenario = edited(base, edits)
    return Case(
        GainsSelection("gains", name=name, base=base, scenario=scenario, edits=edits),
        scenario,
        appraise(scenario, DRAWS),
    )


@pytest.fixture(params=["nb", "en"], autouse=True)
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    with speaking(str(request.param)):
        yield str(request.param)


@pytest.fixture
def brought() -> Iterator[None]:
    yield
    for key in ("gains-upload", "gains-upload-kept"):
        st.session_state.pop(key, None)


def bring(content: bytes, name: str = "mine.toml") -> None:
    st.session_state["gains-upload"] = File(name, content)


@pytest.mark.usefixtures("brought")
def test_a_scenario_that_was_taken_away_comes_back_the_same() -> None:
    away = edited(shipped_scenario("ips_job_support"), {"participants": 7.0, "effect": 0.05})
    bring(away.as_toml().encode())
    assert scenario_file.uploaded() == away


@pytest.mark.usefixtures("brought")
@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe", b"a = ", b"x" * 300_000, b"[effect]\nvalue = 10", b"participants = -1", b"",
        b"a = " + b"[" * 90_000,
        shipped_scenario("ips_job_support").as_toml().replace("horizon_years = 15", "horizon_years = 500").encode(),
    ],
)  # fmt: skip
def test_a_file_that_is_no_scenario_is_refused_in_words_and_nothing_is_loaded(content: bytes) -> None:
    bring(content)
    assert scenario_file.uploaded() is None
    with pytest.raises((InnenforError, ExceptionGroup)) as refused:
        scenario_file._read()
    problems = foreseen(refused.value)
    assert problems
    assert all(each.says("nb") and each.do("en") for each in problems)


@pytest.mark.parametrize("name", shipped())
def test_short_medium_and_long_term_sum_to_the_present_value(name: str) -> None:
    table = payers.payers_chart(case(name)).table
    for row in table.iter_rows(named=True):
        assert row["short_nok"] + row["medium_nok"] + row["long_nok"] == pytest.approx(row["expected_nok"], abs=0.01)


@pytest.mark.parametrize("name", shipped())
def test_society_is_in_no_table_with_the_ledgers(name: str) -> None:
    found = case(name)
    society = wording.holder("society")
    for table in (payers.payers_chart(found).table, payers.by_year(found)[0]):
        assert society not in table["holder"].to_list()
    assert payers.society_by_year(found)["holder"].to_list() == [society]


@pytest.mark.long
@pytest.mark.parametrize("name", shipped())
def test_every_chart_can_be_said_drawn_and_made_again(name: str) -> None:
    found = case(name)
    charts = [
        payers.payers_chart(found), payers.plan_chart(found), uncertainty.tornado_chart(found),
        uncertainty.uncertainty_chart(found, ("society",), "society"), cost_sharing.tax_krone_chart(found),
        must_be_true.true_chart(found, queries.must_be_true(found.scenario.as_toml())),
    ]  # fmt: skip
    for chart in charts:
        assert chart.alt
        assert chart.example == found.scenario.example
        command = f"python -m benefits {'must-be-true' if chart.stem == 'gains-true' else 'appraise'} {name} "
        assert chart.command.startswith(command) or not chart.command
        assert "appraise(scenario, draws=" in chart.python
        assert not chart.table.is_empty()
        assert len(chart.columns) == len({column.name for column in chart.columns} & set(chart.table.columns))


def test_the_python_of_an_edited_copy_gives_its_numbers() -> None:
    found = case("ips_job_support", effect=0.05, displacement=0.4, cost_factor=2.0)
    names: dict[str, object] = {}
    *lines, last = annotations.python(found).splitlines()
    exec("\n".join(lines), names)
    assert eval(last, names).society == found.appraisal.society
    assert annotations.command(found).startswith("python -m benefits appraise innenfor-scenario.toml")


def test_the_edits_are_said_with_their_units(spoken: str) -> None:
    scenario = shipped_scenario("ips_job_support")
    words = described(scenario, {"wage_nok": 380_000.0, "displacement": 0.25, "lasting_years": 2.5})
    expected = {"nb": ["380 000 kr", "25 %", "2,5 år"], "en": ["NOK 380,000", "25%", "2.5 years"]}[spoken]
    assert [said.split(": ")[-1] for said in words] == expected


@pytest.mark.parametrize(("share", "nb", "en"), [(0.0, "0", "0"), (0.001, "under 1", "under 1"), (1.0, "100", "100")])
def test_a_chance_is_never_nothing_where_some_draws_say_otherwise(share: float, nb: str, en: str, spoken: str) -> None:
    assert wording.chance(share).startswith(nb if spoken == "nb" else en)
    assert wording.chance(0.999).startswith("over 99")


def test_the_table_of_parameters_holds_every_dated_value() -> None:
    rows = [line for each in parameters().values() for line in validation.lines(each, set())]
    assert len(rows) == sum(len(each.values) for each in parameters().values())
    assert all(row["label"] and row["source"] and row["unit"] and row["evidence"] for row in rows)


def test_the_worked_examples_come_out() -> None:
    rows, agreeing = validation.examples()
    assert agreeing == rows.height >= 20


def test_one_person_outside_costs_what_a_thousandth_of_a_thousand_do() -> None:
    one, many = cost_of_exclusion.if_all(1, lost_taxes=True), cost_of_exclusion.if_all(1000, lost_taxes=True)
    for state in cost_of_exclusion.IF_ALL:
        amounts = [cost_of_exclusion._amounts(found[state]) for found in (one, many)]
        assert sum(amounts[1].values()) == pytest.approx(1000 * sum(amounts[0].values()))


@pytest.mark.long
@given(hs.text(max_size=12))
def test_whatever_a_link_says_a_span_gives_a_number_inside_it_or_nothing(raw: str) -> None:
    span = Span("effect", ("−100 – 100",), low=-100.0, high=100.0, decimals=1)
    found = span.option(raw)
    assert found is None or (-100 <= float(found) <= 100 and span.option(found) == found)


def test_what_a_file_says_of_itself_is_words_and_not_markdown() -> None:
    title = "![x](https://example.org/a.png) **stor** [her](https://example.org) <b>"
    base = shipped_scenario("ips_job_support").changed(title=title, source="`kode` $x$")
    found = Case(GainsSelection("gains", name="own", base=base, scenario=base), base, appraise(base, DRAWS))
    shown = annotations.title(found) + annotations.model(found).title
    assert not set("[]<>`*$!") & set(shown)
    assert "stor" in shown


def test_who_should_pay_by_gain_is_what_the_bar_by_gain_says() -> None:
    found = case("ips_job_support")
    gains, cost = organisation_gains(found.appraisal)
    share = proportional(gains, cost)
    assert isinstance(share, Sharing)
    chart = cost_sharing.sharing_chart(found, {"proportional": share, "shapley": share})
    assert size(max(share.cost_shares.values())) in chart.finding
    other = cost_sharing.sharing_chart(found, {"proportional": share, "shapley": replace(share, cost_shares=gains)})
    assert other.finding == chart.finding


def test_the_tax_krone_follows_the_scenario_s_own_equalisation() -> None:
    own = {"kdd.equalisation.symmetric_rate": {"value": 0.5, "low": 0.4, "high": 0.6}}
    scenario = shipped_scenario("ips_job_support").changed(parameters=own)
    chart = cost_sharing.tax_krone_chart(replace(case("ips_job_support"), scenario=scenario))
    assert chart.table.row(0, named=True)["kept"] == pytest.approx(1 - lost_shares(scenario)["municipality"].value)
    assert "17 " in chart.finding


def test_sources_are_told_in_the_readers_language() -> None:
    for found in sources().values():
        assert set(found.title) == {"nb", "en"}
    told = {}
    for lang in ("nb", "en"):
        with speaking(lang):
            told[lang] = {each.title for each in annotations.citations(case("ips_job_support"))}
    assert any("Skattesatser og avgifter" in title for title in told["nb"])
    assert any("Tax rates and contributions" in title for title in told["en"])


def test_the_years_of_one_year_are_that_year() -> None:
    assert "2026–2026" not in annotations.price_note(case("ips_job_support", horizon_years=1))
    assert "2026–2040" in annotations.price_note(case("ips_job_support"))


@pytest.mark.long
@pytest.mark.usefixtures("demo")
def test_the_effect_of_an_experiment_is_told_in_one_unit() -> None:
    assert "%" not in experiment_choice._told("en-kontaktperson")
