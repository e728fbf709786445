"""The experiments page: all of them shown, the sentence first, examples marked, small counts kept."""

import json
import re
from dataclasses import replace

import polars as pl
import pytest

from analytics.__main__ import main
from analytics.experiments.design.design import Design
from analytics.experiments.portfolio import results
from analytics.experiments.portfolio.registry import experiments
from analytics.experiments.reporting.evaluation import published
from analytics.results import NotEstimable
from data.i18n import speaking
from pages.views.experiments import export, figures, portfolio, registration, selection, wording
from pages.views.experiments.selection import ExperimentsSelection, shown, target_code
from tests import demo_ground
from tests.pages.experiments_page import opened, told

EVERY = demo_ground.asked(results.reported)
BY_KEY = {each.key: each for each in EVERY}
EXAMPLES = [each.key for each in EVERY if each.experiment.example]


@pytest.fixture(autouse=True)
def warehouse(monkeypatch: pytest.MonkeyPatch) -> None:
    demo_ground.opened(monkeypatch)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_every_registered_experiment_stands_on_the_first_view(lang: str) -> None:
    app = opened(lang=lang)
    words = told(app)
    assert not app.exception
    assert [each.experiment.title[lang] for each in EVERY if each.experiment.title[lang] not in words] == []
    assert len(experiments()) == len(EVERY)


@pytest.mark.parametrize("key", [each.key for each in EVERY])
@pytest.mark.parametrize("lang", ["nb", "en"])
def test_a_link_opens_one_experiment_with_its_sentence(key: str, lang: str) -> None:
    app = opened(experiment=key, lang=lang)
    words, each = told(app), BY_KEY[key]
    assert not app.exception
    with speaking(lang):
        assert wording.effect(each) in words
        assert wording.verdict(each) in words
    assert ("Eksempel" in words or "Example" in words) == each.experiment.example


def test_effects_are_told_in_natural_units() -> None:
    with speaking("nb"):
        assert wording.effect(BY_KEY["en-kontaktperson"]) == "11 flere i jobb per 100 (3 til 19)."
        assert "568 000 kr per ekstra person i jobb" in plain(wording.cost(BY_KEY["en-kontaktperson"]))


def test_a_cost_has_no_upper_limit_where_no_effect_cannot_be_ruled_out() -> None:
    with speaking("en"):
        words = wording.cost(BY_KEY["jobbsmak"])
        assert plain(words).startswith("At least NOK 54,000")
        assert "no upper limit" in words
        assert "Cannot be computed" in wording.cost(BY_KEY["felles-inngang"])


@pytest.mark.parametrize("key", EXAMPLES)
def test_an_example_is_marked_in_picture_table_and_file(key: str) -> None:
    each = BY_KEY[key]
    found = each.estimate
    assert found is not None
    charts = [figures.effect_chart(each, found), figures.time_chart(each, found)]
    assert all(chart.example for chart in charts if chart)
    assert json.loads(export.one(each))["example"] is True
    assert f"--experiment {key} " in wording.command(each)


def test_the_forest_of_examples_holds_no_published_trial() -> None:
    chart = portfolio.forest_chart(*[tuple(BY_KEY[key] for key in EXAMPLES)] * 2, example=True)
    titles = {each.experiment.title["nb"] for each in EVERY if each.experiment.published}
    assert not titles & set(chart.table["name"])
    assert chart.example


def test_the_mean_rests_on_all_also_when_the_reader_selects_some() -> None:
    origin = tuple(BY_KEY[key] for key in EXAMPLES)
    some = shown(origin, ExperimentsSelection("portfolio", verdict="better"))
    whole = portfolio.forest_chart(origin, origin, example=True).table
    part = portfolio.forest_chart(origin, some, example=True).table
    names = part.select("name")
    for column in ("shrunken", "p_adjusted"):
        assert whole.join(names, on="name", maintain_order="left")[column].to_list() == part[column].to_list()


def test_published_trials_and_examples_are_never_pooled_together() -> None:
    mean = results.pooled(EVERY)
    assert not isinstance(mean, NotEstimable)
    assert {line["label"] for line in mean.shrunken} <= set(EXAMPLES)


def test_examples_stand_aside_when_a_real_experiment_reports() -> None:
    real = replace(BY_KEY["en-kontaktperson"], experiment=replace(BY_KEY["en-kontaktperson"].experiment, example=False))
    assert [each.key for each in results.per_100((real, BY_KEY["jobbsmak"]))] == ["en-kontaktperson"]
    assert isinstance(results.pooled((real, BY_KEY["jobbsmak"])), NotEstimable)


@pytest.mark.parametrize(("name", "value"), [("area", "3"), ("verdict", "better"), ("verdict", "too_small_to_say")])
def test_a_filter_keeps_what_fits_and_nothing_else(name: str, value: str) -> None:
    kept = shown(EVERY, replace(ExperimentsSelection("portfolio"), **{name: value}))
    fits = [str(each.experiment.area if name == "area" else each.verdict) == value for each in EVERY]
    assert kept == tuple(each for each, fit in zip(EVERY, fits, strict=True) if fit)
    assert 0 < len(kept) < len(EVERY)


def test_a_target_group_has_the_same_name_in_the_link_in_both_languages() -> None:
    codes = {target_code(each) for each in EVERY}
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code) for code in codes)


def test_an_experiment_that_has_not_reported_is_shown_as_such(tmp_path) -> None:
    (tmp_path / "new.toml").write_text(
        '[experiment]\narea = 3\nmethod = "rct"\ntitle = { nb = "Ny", en = "New" }\nquestion = { nb = "?", en = "?" }\n'
        'primary_outcome = { nb = "i jobb", en = "in work" }\ntarget_group = { nb = "unge", en = "young" }\n'
    )
    (only,) = results.reported(tmp_path, tmp_path / "ledger.csv")
    assert only.verdict == "not_reported"
    with speaking("en"):
        assert wording.verdict(only) == "Not reported"
        assert "Not given before" in wording.grade(only)
        lines = dict(registration.record_lines(only))
    assert lines["Ethics approval"] == "Not stated"
    assert "exploratory" in lines["Standing"]


def test_an_edited_record_shows_as_changed_after_registration(monkeypatch: pytest.MonkeyPatch) -> None:
    each = replace(BY_KEY["jobbsmak"], standing="changed")
    with speaking("en"):
        assert "Changed after registration" in dict(registration.record_lines(each))["Standing"]


def test_what_the_source_does_not_state_is_said_not_to_be_stated() -> None:
    with speaking("en"):
        pilot, effort = (
            dict(registration.record_lines(BY_KEY[key])) for key in ("nav-in-school-pilot", "strengthened-youth-effort")
        )
    assert pilot["Method"] == "Not stated in the source we use"
    assert effort["Unit of assignment"] == "Not stated"


@pytest.mark.parametrize("key", EXAMPLES)
def test_no_small_count_stands_on_an_experiments_page(key: str) -> None:
    each = BY_KEY[key]
    found = each.estimate
    assert found is not None
    stages = list(found.flow.values())
    counts = [count for stage in stages for count in stage.values()]
    steps = [abs(one[arm] - two[arm]) for one in stages for two in stages for arm in one.keys() & two.keys()]
    assert not [count for count in (*counts, *steps) if 0 < count < 5]
    points = [point for point in found.by_time if "at_risk" in point or "events" in point]
    assert points == []


def test_the_page_of_a_trial_that_lost_a_few_hides_how_many() -> None:
    each = BY_KEY["jobbsmak"]
    found = each.estimate
    assert found is not None
    with speaking("en"):
        chart = figures.flow_chart(each, found)
    hidden = chart.table.filter(pl.col("count").is_null())
    assert sorted(set(hidden["stage"])) == ["Assigned", "Started"]  # who was measured is known, and who was lost is not
    assert "under five" in chart.note
    assert "hidden" in " ".join(str(each.text) for each in chart.picture.layout.annotations)


def test_hidden_cells_are_told_as_a_band_without_a_dot() -> None:
    table = pl.DataFrame({"arm": ["control", "treatment"], "n": [40, 40], "events": [3, 20]})
    design = Design(key="x", kind="binary", registered="2025-01-01", label={"nb": "i jobb", "en": "in work"})
    band = replace(BY_KEY["jobbsmak"], answer=published(design, table))
    assert band.estimate is not None
    assert band.estimate.value is None
    with speaking("nb"):
        assert wording.effect(band).startswith("Mellom ")
        picture = figures.effect_chart(band, band.estimate).picture
    assert [trace for trace in picture.data if trace.mode == "markers"] == []


@pytest.mark.parametrize("key", ["en-kontaktperson", "klar-til-livet-klar-til-jobb", "raskere-i-jobb"])
def test_the_command_on_the_page_gives_the_numbers_on_the_page(key: str, capsys: pytest.CaptureFixture[str]) -> None:
    with speaking("en"):
        command = wording.command(BY_KEY[key])
    assert main(command.split()[3:]) == 0
    given = json.loads(capsys.readouterr().out)
    found = BY_KEY[key].estimate
    assert found is not None
    assert given == found.as_json("en")


@pytest.mark.parametrize("key", EXAMPLES)
@pytest.mark.parametrize("lang", ["nb", "en"])
def test_every_second_opinion_has_a_name_and_the_headline_its_standing(key: str, lang: str) -> None:
    each = BY_KEY[key]
    found = each.estimate
    assert found is not None
    with speaking(lang):
        rows = registration.inference_rows(each, found)
    assert rows[0]["standing"] in ("planlagt", "planned")
    assert rows[0]["value"] == found.value
    assert all(row["method"] and row["standing"] for row in rows)


@pytest.mark.parametrize("parameters", [{"experiment": "nobody"}, {"area": "8"}, {"view": "all"}, {"n": "401"}])
def test_a_bad_link_is_refused_by_name(parameters: dict[str, str]) -> None:
    words = told(opened(**parameters))
    assert next(iter(parameters.values())) in words
    assert "innenfor-cards" not in words


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"target": "all-young-adults-on-aap-in-the-municipality"}, ("1 forsøk",)),
        ({"experiment": "seed"}, ("Norge", "18–29 år")),
        ({"experiment": "raskere-i-jobb"}, ("Kristiansand", "18–29 år registrert hos NAV", "4. november 2024")),
        ({"view": "planner", "clusters": "0"}, ("personer trekkes", "40 % har utfallet uten tiltaket")),
    ],
)  # fmt: skip
def test_the_bar_says_where_with_whom_and_when(parameters: dict[str, str], said: tuple[str, ...]) -> None:
    bar = next(part for part in re.findall(r"<h2>.*?</h2>", told(opened(**parameters))) if 'class="dot"' in part)
    plain = bar.replace("\u2060", "").replace("\u00a0", " ")
    assert [words for words in said if words not in plain] == []


def test_one_experiment_begins_with_one_whose_numbers_are_known() -> None:
    published = [each for each in EVERY if each.experiment.published]
    assert min(published, key=lambda each: (*selection.rank(each), each.key)).verdict == "better"


def test_the_file_of_all_estimates_leaves_no_experiment_out() -> None:
    content = json.loads(export.every(EVERY, "nb"))
    assert [each["key"] for each in content] == [each.key for each in EVERY]
    assert all(each["says"] for each in content if each["example"])
    assert all("estimate" in each or "finding" in each for each in content)
    assert not [each["key"] for each in content if each["example"] and each["published"]]
