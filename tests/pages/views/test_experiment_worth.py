"""What an experiment is worth: the link leads to its own effect under its own name and source, or there is none."""

import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from analytics.experiments.portfolio import results
from analytics.experiments.portfolio.results import Reported
from benefits.scenario.model import Scenario, shipped, shipped_scenario
from benefits.valuation.experiment_effect import ExperimentEffect, experiment_effects, with_experiment
from data import paths
from data.i18n import LANGUAGES, speaking
from pages.components.citations import experiment_sources
from pages.views.gains import experiment_choice

ROOT = paths.ROOT
EVERY = {each.key: each for each in results.reported()}


def link_of(each: Reported, lang: str) -> str:
    with speaking(lang):
        return experiment_choice.address_of(each.key)


def followed(link: str) -> str:
    """Return all that is said on the page the link leads to, links within it unescaped."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    for name, value in parse_qsl(urlsplit(link).query):
        app.query_params[name] = value
    app.switch_page(f"pages/{urlsplit(link).path.removeprefix('./')}.py").run()
    assert not app.exception
    parts = [*app.caption, *app.markdown, *app.get("html")]
    return unescape(" ".join(str(getattr(part, "value", "") or getattr(part.proto, "body", "")) for part in parts))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", EVERY)
def test_the_link_leads_to_the_experiments_own_effect_name_and_source_or_is_not_there(key: str, lang: str) -> None:
    each = EVERY[key]
    link = link_of(each, lang)
    page = followed(f"./experiments?experiment={key}&view=one&lang={lang}")
    offered = set(re.findall(r'href="(\./gains[^"]*(?:scenario|experiment)=[^"]*)"', page))
    assert offered == ({link} if link else set())
    if not link:
        assert key not in experiment_effects()
        return
    words = followed(link)
    assert "innenfor-notice" not in words
    title, sources = each.experiment.title[lang], [experiment_sources(each)[0].publisher]
    if each.experiment.published:
        scenario = shipped_scenario(dict(parse_qsl(urlsplit(link).query))["scenario"])
        title, sources = scenario.title[lang], [doi(each.experiment.source)]
    assert f'<h2><span class="innenfor-heard">{title} </span>' in words
    assert [source for source in sources if source not in words] == []
    strangers = {doi(shipped_scenario(name).raw.get("source", "")) for name in shipped()} - {
        doi(each.experiment.source)
    }
    assert [stranger for stranger in strangers if stranger and stranger in words] == []


@pytest.mark.parametrize("name", [name for name in shipped() if shipped_scenario(name).experiment])
def test_the_value_leads_back_to_the_trial_that_leads_to_it(name: str) -> None:
    there = next(
        link for link in re.findall(r'href="([^"]*)"', followed(f"./gains?scenario={name}")) if "view=one" in link
    )
    assert dict(parse_qsl(urlsplit(there).query))["experiment"] == shipped_scenario(name).experiment
    assert f"./gains?scenario={name}" in followed(there)


def doi(source: str) -> str:
    """Return the DOI in a source, empty where it has none: two texts may write it in two ways."""
    return next(
        (word.removeprefix("doi:") for word in source.split() if word.removeprefix("doi:").startswith("10.")), ""
    )


@pytest.mark.parametrize("key", experiment_effects())
def test_the_effect_that_is_handed_on_was_measured_in_that_experiment(key: str) -> None:
    effect, found = experiment_effects()[key], EVERY[key].estimate
    assert found is not None
    assert found.value is not None
    assert effect.raw * found.per == pytest.approx(found.value)
    assert (effect.raw_low * found.per, effect.raw_high * found.per) == pytest.approx((found.low, found.high))


@pytest.mark.parametrize("name", [name for name in shipped() if shipped_scenario(name).experiment])
def test_a_scenario_of_a_publication_holds_the_published_effect(name: str) -> None:
    scenario = shipped_scenario(name)
    published = EVERY[scenario.experiment].experiment
    found = published.finding
    measured = [found["treated_share"] - found["control_share"]]
    measured += [found["later_treated_share"] - found["later_control_share"]] if "later_treated_share" in found else []
    assert list(scenario.effect.value) == pytest.approx(measured)
    assert doi(published.source) == doi(scenario.raw["source"]) != ""
    assert not scenario.example


def test_a_scenario_bears_the_name_and_source_of_the_experiment_it_is_fed_by() -> None:
    base = shipped_scenario("ips_job_support")
    title = {"nb": "Et annet forsøk", "en": "Another trial"}
    effect = ExperimentEffect("other", title, 0.2, 0.1, 0.3, 0.15, 0.05, "rct", example=False, pooled=2)
    fed = with_experiment(base, effect)
    assert (dict(fed.title), fed.experiment, fed.effect.value[0]) == (title, "other", 0.15)
    assert "source" not in fed.raw
    assert Scenario.from_toml(fed.as_toml()).raw == fed.raw
    cited = ExperimentEffect("other", title, 0.2, 0.1, 0.3, 0.15, 0.05, "rct", False, 2, "Somebody (2026)")
    assert with_experiment(base, cited).raw["source"] == "Somebody (2026)"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_says_what_is_not_the_experiments(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    title = {"nb": "Et annet forsøk", "en": "Another trial"}
    effect = ExperimentEffect("other", title, 0.2, 0.1, 0.3, 0.15, 0.05, "rct", example=True, pooled=2)
    monkeypatch.setattr("pages.views.gains.queries.effects", lambda: {"other": effect})
    monkeypatch.setattr("pages.views.gains.queries.feeding_titles", lambda: {"other": (title, True)})
    base = shipped_scenario("ips_job_support")
    with speaking(lang):
        words = experiment_choice.rest_note("other", base)
    assert title[lang] in words
    assert base.title[lang] in words


def test_an_experiment_without_an_effect_leaves_the_measures_own_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.views.gains.queries.effects", dict)
    monkeypatch.setattr(
        "pages.views.gains.queries.feeding_titles", lambda: {"other": ({"nb": "Skjult", "en": "Hidden"}, False)}
    )
    words = followed("./gains?experiment=other")
    title = shipped_scenario("ips_job_support").title["nb"]
    assert f'<h2><span class="innenfor-heard">{title} </span>' in words
    assert "Tallene fra «Skjult» gir ingen effekt" in words
