"""The real app shows nothing made up, on any page or choice; in the demo every page and everything on it is marked."""

from html import unescape

import polars as pl
import pytest
from google.protobuf.text_format import MessageToString
from streamlit.testing.v1 import AppTest

from analytics.experiments.portfolio import results
from analytics.programme import readings, templates
from benefits.realisation.plan import plan_in_use
from benefits.scenario.model import shipped, shipped_scenario
from data.i18n import LANGUAGES, speaking, words
from pages.components import data_table, downloads, share
from pages.format import marking
from pages.frame import shell
from pages.frame.source_footer import Citation
from pages.server import index_html
from pages.views.cohorts import selection
from pages.views.experiments import selection as experiments_choice
from pages.views.gains import selection as gains_choice
from pages.views.programme import selection as programme_choice
from tests import demo_ground, ground
from tests.architecture.tree import ROOT

CHOICES = {
    "cohorts": ("picture", selection.PICTURES),
    "experiments": ("view", experiments_choice.VIEWS),
    "gains": ("picture", gains_choice.PICTURES),
    "programme": ("part", programme_choice.PARTS),
}
VIEWS = [(page, {}) for page in shell.page_names() if page not in CHOICES] + [
    (page, {name: option}) for page, (name, options) in CHOICES.items() for option in options
]
MARKS = ("chart.example", "chart.example_words", "chart.demo_words", "shell.demo_title")
CLASSES = ("innenfor-badge example", "innenfor-marked", "innenfor-demo")
BEGINS = {
    ("cohorts", "flows"): "flows", ("experiments", "portfolio"): "experiments", ("programme", "status"): "plan",
    ("programme", "board"): "board", ("programme", "organisation"): "responsibility", ("programme", "knots"): "knots",
    ("programme", "forms"): "forms", ("programme", "voices"): "voices",
}  # fmt: skip


def view(page: str, **query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.query_params.update(query)
    app.switch_page(f"pages/{page}.py").run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    """Return everything a page sends: texts, labels, options, HTML and pictures."""
    sent = (element.proto for element in app.main if element.proto is not None)
    return unescape(" ".join(MessageToString(each, as_utf8=True) for each in sent)).replace("\\'", "'")


@pytest.fixture(scope="module")
def invented() -> set[str]:
    """Every name that only the demo has: experiments, gains, knots, tasks, needs of the made-up voices."""

    def names() -> set[str]:
        found = readings.programme()
        own = [each.experiment.title for each in results.reported() if each.experiment.example]
        own += [each.name for each in (*found.tasks, *found.knots.knots)]
        own += [voice.need for voice in found.voices if voice.example]
        own += [row.gain for row in plan_in_use().plan.rows]
        return {word for each in own for word in each.values()}

    def published() -> set[str]:
        found = readings.programme()
        titles = [each.name for each in (*found.concepts, *found.areas)]
        titles += [shipped_scenario(name).title for name in shipped()]
        told = {word for each in titles for word in each.values()}
        return told.union(*(words("pages", lang).values() for lang in LANGUAGES))

    real = published()
    return {word for word in demo_ground.asked(names) if not any(word in each for each in real)}


@pytest.mark.parametrize(("page", "query"), VIEWS)
def test_the_real_app_shows_nothing_made_up(monkeypatch, invented, page, query) -> None:
    ground.opened(monkeypatch)
    for lang in LANGUAGES:
        found = said(view(page, lang=lang, **query))
        told = words("pages", lang)
        assert [word for word in sorted(invented) if word in found] == []
        assert [sign for sign in (*(told[key] for key in MARKS), *CLASSES) if sign in found] == []


@pytest.mark.parametrize(("page", "query"), VIEWS)
def test_the_demo_marks_every_page_and_every_picture(monkeypatch, page, query) -> None:
    demo_ground.opened(monkeypatch)
    app = view(page, **query)
    told = words("pages", "nb")
    found = said(app)
    assert found.count('innenfor-demo\\"') == 1
    assert told["shell.demo_title"] in found
    for chart in app.get("plotly_chart"):
        assert any(told[mark] in chart.proto.spec for mark in ("chart.example", "chart.demo"))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("place", "name"), BEGINS.items())
def test_a_part_nobody_has_filled_says_how_to_begin(monkeypatch, place, name, lang) -> None:
    ground.opened(monkeypatch)
    page, option = place
    found = said(view(page, lang=lang, **{CHOICES[page][0]: option}))
    told = words("pages", lang)
    assert [fact for fact in ("who", "how") if told[f"begin.fact.{fact}"] not in found] == []
    assert told[f"begin.{name}.title"] in found
    forms = [told[f"begin.form.{each}"] for each in (*templates.FORMS, "plan")]
    assert any(way in found for way in (*forms, "python -m data check"))


def test_the_pages_with_content_do_not_ask_anybody_to_begin(monkeypatch) -> None:
    demo_ground.opened(monkeypatch)
    for page, option in BEGINS:
        assert "innenfor-begin" not in said(view(page, **{CHOICES[page][0]: option})), (page, option)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_taken_from_the_demo_carries_the_mark_published_figures_too(monkeypatch, lang) -> None:
    frame, sources = pl.DataFrame({"a": [1]}), [Citation("SSB", "Utenfor", "2025-11", "CC BY 4.0")]
    for demo in (True, False):
        with monkeypatch.context() as process, speaking(lang):
            (demo_ground if demo else ground).opened(process)
            mark = words("pages", lang)["chart.demo_words"]
            carried = [
                mark in downloads.csv(frame, sources).decode(),
                share.line("Ti.", sources, "").startswith(words("pages", lang)["chart.demo"]),
                "demo" in data_table.html(frame, [data_table.TableColumn("a", "A")], "Tabell"),
                "demo" in marking.file_name("a.csv"),
                words("pages", lang)["shell.demo_name"] == words("pages", lang)[marking.name_key()],
            ]
        assert carried == [demo] * len(carried)


def test_the_window_of_the_demo_has_another_title(monkeypatch) -> None:
    index_html.page_shell.cache_clear()
    demo_ground.opened(monkeypatch)
    assert "<title>Innenfor – demo</title>" in index_html.page_shell("nb")
    index_html.page_shell.cache_clear()
