"""Readers in a hurry, who change two things at once or click before the browser has heard of the last change."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from streamlit.runtime.state import QueryParamsProxy
from streamlit.testing.v1 import AppTest

from benefits.scenario.model import shipped_scenario
from data import paths
from pages.frame.streamlit_internals import PageRun
from pages.frame.url import state
from pages.views.gains.selection import FIRST
from tests.ground import opened

ROOT = paths.ROOT


@dataclass
class Browser:
    """What a browser tells of a run beside its link: whether the reader went back or forward."""

    back: bool = False


@pytest.fixture(autouse=True)
def browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    opened(monkeypatch)
    genuine, told = state.page_run, Browser()

    def run() -> PageRun | None:
        known = genuine()
        return known and PageRun(known.page, told.back)

    monkeypatch.setattr(state, "page_run", run)
    return told


def page(name: str, fold: str = "", **link: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.query_params.update(link)
    if fold:
        app.session_state[f"fold-{name}-{fold}"] = True
    return app.switch_page(f"pages/{name}.py").run()


def notices(app: AppTest) -> str:
    return " ".join(body for each in app.get("html") if "innenfor-notice" in (body := str(each.proto.body)))


def link(app: AppTest) -> dict[str, str]:
    return {name: value if isinstance(value, str) else value[-1] for name, value in app.query_params.items()}


def go_back(app: AppTest, browser: Browser, **link: str) -> AppTest:
    browser.back = True
    app = with_link(app, **link).run()
    browser.back = False
    return app


def with_link(app: AppTest, **link: str) -> AppTest:
    app.query_params.clear()
    app.query_params.update(link)
    return app


def choose(app: AppTest, name: str, value: str, lang: str = "nb") -> None:
    key = f"-{name}-{lang}"
    next(each for each in (*app.selectbox, *app.select_slider) if str(each.key).endswith(key)).set_value(value)


def test_an_age_chosen_with_another_indicator_in_one_run_gives_way() -> None:
    app = page("exclusion", "more")
    choose(app, "age", "20-24")
    choose(app, "indicator", "fully_unemployed")
    app.run()
    assert notices(app) == ""
    assert link(app) == {"region": "4204", "indicator": "fully_unemployed"}


def test_the_other_measure_may_become_the_first_in_one_run() -> None:
    app = page("exclusion", "more")
    choose(app, "also", "neet_survey")
    choose(app, "indicator", "neet_survey")
    app.run()
    assert notices(app) == ""
    assert "also" not in link(app)


def test_an_edit_made_with_a_change_of_scenario_in_one_run_gives_way() -> None:
    app = page("gains", "edit", participants="50")
    choose(app, f"{FIRST}-displacement", "100")
    choose(app, "scenario", "completing_upper_secondary")
    app.run()
    assert notices(app) == ""
    assert link(app) == {"scenario": "completing_upper_secondary"}


@pytest.mark.usefixtures("demo")
def test_an_effect_typed_with_an_experiment_in_one_run_gives_way() -> None:
    app = page("gains", "edit")
    choose(app, f"{FIRST}-effect", "0")
    choose(app, "experiment", "en-kontaktperson")
    app.run()
    assert notices(app) == ""
    assert link(app) == {"experiment": "en-kontaktperson"}


def test_a_slider_moved_in_the_run_that_sets_it_back_stays_back() -> None:
    app = page("gains", "edit", displacement="20")
    choose(app, f"{FIRST}-displacement", "100")
    app.button(key="gains-reset").click()
    app.run()
    assert "displacement" not in link(app)


def test_an_old_link_from_a_browser_that_has_not_heard_takes_no_choice_back() -> None:
    app = page("exclusion", "more", sex="female")
    choose(app, "indicator", "fully_unemployed")
    app.run()
    assert "sex" not in link(app)
    app.session_state["fold-exclusion-more"] = False
    with_link(app, region="4204", sex="female").run()
    assert notices(app) == ""
    assert link(app) == {"region": "4204", "indicator": "fully_unemployed"}


def test_an_old_link_takes_no_change_of_language_back() -> None:
    app = page("programme", lang="en")
    app.button(key="innenfor-other").click().run()
    with_link(app, lang="en").run()
    assert "lang" not in link(app)
    assert app.button(key="innenfor-other").label == "English"


def test_a_browser_that_is_about_to_hear_of_a_link_is_told_that_it_is_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    app = page("programme")
    app.button(key="innenfor-other").click().run()
    told: list[object] = []
    genuine = QueryParamsProxy.from_dict
    monkeypatch.setattr(QueryParamsProxy, "from_dict", lambda self, new: (told.append(new), genuine(self, new)))
    app.button(key="innenfor-other").click()
    with_link(app).run()  # the click was made before the browser heard of English
    assert told == [{}]


def test_a_choice_made_with_a_change_of_language_is_kept() -> None:
    app = page("exclusion")
    choose(app, "region", "4203")
    app.button(key="innenfor-other").click()
    app.run()
    assert link(app) == {"region": "4203", "lang": "en"}


def test_going_back_shows_what_that_link_says(browser: Browser) -> None:
    app = page("exclusion", "more")
    before = link(app)
    choose(app, "region", "4203")
    app.run()
    choose(app, "sex", "female")
    app.run()
    assert link(app) == {"region": "4203", "sex": "female"}
    go_back(app, browser, **before)
    assert link(app) == before
    assert "Kristiansand" in app.subheader[0].value


def test_going_back_sets_the_sliders_back(browser: Browser) -> None:
    app = page("gains", "edit")
    choose(app, f"{FIRST}-displacement", "100")
    app.run()
    assert link(app) == {"displacement": "100"}
    go_back(app, browser)
    assert link(app) == {}
    assert not any(each.value == "100" for each in app.select_slider if "displacement" in str(each.key))


def brought(app: AppTest, title: str) -> AppTest:
    mine = shipped_scenario(FIRST).changed(title=title).as_toml()
    app.file_uploader[0].set_value(("mine.toml", mine.encode(), "application/toml"))
    return app.run()


def test_a_scenario_brought_is_kept_while_the_reader_looks_elsewhere_and_can_be_taken_away() -> None:
    opened = page("gains")
    assert not opened.file_uploader, "what is folded up is made when it is opened"
    opened.session_state["fold-gains-file"] = True
    app = brought(opened.run(), "Mitt tiltak")
    assert link(app) == {"scenario": "own"}
    app.get("button_group")[0].set_value("cost").run()
    app.get("button_group")[0].set_value("gains").run()
    assert notices(app) == ""
    assert link(app)["scenario"] == "own"
    app.switch_page("pages/method.py").run()
    app = with_link(app.switch_page("pages/gains.py"), scenario="own").run()
    assert notices(app) == ""
    app.session_state["fold-gains-file"] = True
    app.run().button(key="gains-upload-remove").click().run()
    assert "scenario" not in link(app)


def test_a_link_to_somebodys_own_scenario_says_that_the_file_is_not_in_it() -> None:
    assert "tar ikke med selve filen" in notices(page("gains", scenario="own"))


def test_boundaries_that_are_refused_leave_the_map_of_tiles() -> None:
    app = page("exclusion", picture="map")
    app.file_uploader[0].set_value(("bad.geojson", json.dumps({}).encode(), "application/json"))
    app.run()
    assert "Filen ble ikke tatt inn" in notices(app)
    assert len(app.get("plotly_chart")) == 1
