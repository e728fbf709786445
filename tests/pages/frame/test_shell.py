from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from data.i18n import LANGUAGES
from pages.frame import shell
from pages.frame.url.parameters import (
    LinkError,
    SeveralValuesError,
    UnknownKeyError,
    UnknownValueError,
    UrlParameter,
    chosen,
)
from tests.pages.trial import TEXTS

REGION = UrlParameter("region", ("4204 Kristiansand", "4203 Arendal", "0301 Oslo"))
YEAR = UrlParameter("year", tuple(str(year) for year in range(2024, 2007, -1)))
MANY = UrlParameter("peer", ("a", "b", "c"), many=True)
KNOWN = (REGION, YEAR, MANY)


def refused(raw: dict[str, list[str]]) -> list[LinkError]:
    with pytest.raises(ExceptionGroup) as group:
        chosen(raw, KNOWN)
    return [error for error in group.value.exceptions if isinstance(error, LinkError)]


def test_a_link_that_asks_for_nothing_is_fine() -> None:
    assert chosen({}, KNOWN) == {}


def test_an_option_may_be_asked_for_in_full_or_by_its_code() -> None:
    assert chosen({"region": ["4203 Arendal"]}, KNOWN) == {"region": ("4203 Arendal",)}
    assert chosen({"region": ["0301"]}, KNOWN) == {"region": ("0301 Oslo",)}


def test_a_code_that_could_be_two_options_is_refused() -> None:
    with pytest.raises(ExceptionGroup):
        chosen({"area": ["1"]}, [UrlParameter("area", ("1 North", "1 South"))])


def test_several_values_are_for_parameters_that_take_several() -> None:
    assert chosen({"peer": ["a", "c"]}, KNOWN) == {"peer": ("a", "c")}
    assert isinstance(refused({"year": ["2024", "2023"]})[0], SeveralValuesError)


@pytest.mark.parametrize("raw", ["9999", "", "4204 kristiansand", "4204 Kristiansand ", "4204 Arendal", "<b>"])
def test_a_region_that_is_not_an_option_is_refused_by_name(raw: str) -> None:
    (error,) = refused({"region": [raw]})
    assert isinstance(error, UnknownValueError)
    assert (error.where, error.found) == ("region", raw)


def test_all_that_is_wrong_is_said_at_once() -> None:
    errors = refused({"region": ["9999"], "year": ["1900"], "regoin": ["1"], "peer": ["a", "x", "y"]})
    assert [type(e) for e in errors] == [UnknownKeyError] + [UnknownValueError] * 4
    assert [e.found for e in errors[1:]] == ["9999", "1900", "x", "y"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_refusal_names_what_would_be_right(lang: str) -> None:
    region, year, key = refused({"region": ["9"], "year": ["1900"], "x": ["1"]})[1:] + refused({"x": ["1"]})
    assert all(option in region.do(lang) for option in REGION.options)
    assert "17" in year.do(lang)
    assert "2024" in year.do(lang)
    assert "region" in key.do(lang)
    assert "«9»" in region.says("nb")


def test_a_long_value_is_cut_in_the_answer() -> None:
    (error,) = refused({"region": ["9" * 5000]})
    assert len(error.says("nb")) < 200


@given(st.dictionaries(st.text(max_size=8), st.lists(st.text(max_size=20), min_size=1, max_size=3), max_size=4))
def test_whatever_a_link_holds_it_is_either_an_option_or_refused(raw: dict[str, list[str]]) -> None:
    options = {parameter.name: parameter.options for parameter in KNOWN}
    try:
        asked = chosen(raw, KNOWN)
    except ExceptionGroup as group:
        worded = [(error.says("nb"), error.do("en")) for error in group.exceptions]
        assert "" not in [word for both in worded for word in both]
    else:
        assert all(value in options[name] for name, values in asked.items() for value in values)
        assert asked.keys() == raw.keys()


@pytest.fixture
def trial(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """A page of its own inside the real shell, without the project's pages and their data."""
    from data import i18n

    page = tmp_path / "first.py"
    words = {
        f"page.first.{key}": {lang: pages["first"][i] for lang, pages in TEXTS.items()}
        for i, key in enumerate(("menu", "title"))
    }
    genuine = i18n.words
    monkeypatch.setattr(shell.paths, "PAGES", tmp_path)
    monkeypatch.setattr(
        i18n, "words", lambda package, lang: {**genuine(package, lang), **{k: v[lang] for k, v in words.items()}}
    )

    def run(source: str, **query: str) -> AppTest:
        head = "from pages.frame import shell\nfrom pages.frame.url.parameters import UrlParameter\nshell.require()\n"
        page.write_text(head + source, encoding="utf-8")
        app = AppTest.from_string("from pages.frame import shell\nshell.enter()\n", default_timeout=30)
        for name, value in query.items():
            app.query_params[name] = value
        return app.run()

    return run


PAGE = """
import streamlit as st
from pages.frame.url import widgets as selections
P = UrlParameter("region", ("4204 Kristiansand", "0301 Oslo"))
shell.open_page(P)
st.markdown(selections.one_of("region", {each: each for each in P.options}, P.options[0], "Region"))
"""


def html(app: AppTest) -> str:
    return " ".join(str(each.proto.body) for each in app.get("html"))


@pytest.mark.parametrize(("lang", "title"), [("nb", "Forsiden"), ("en", "The front")])
def test_a_page_has_one_title_in_the_readers_language(trial, lang: str, title: str) -> None:
    app = trial(PAGE, lang=lang)
    assert [each.value for each in app.title] == [title]
    assert f'data-lang="{lang}"' in html(app)
    assert not app.exception


def test_a_page_without_a_language_in_the_link_speaks_bokmaal(trial) -> None:
    assert trial(PAGE).title[0].value == "Forsiden"


def test_the_toggle_changes_the_language_and_the_link(trial) -> None:
    app = trial(PAGE)
    app.button(key="innenfor-other").click().run()
    assert app.title[0].value == "The front"
    assert app.query_params["lang"] == "en"
    app.button(key="innenfor-other").click().run()
    assert app.title[0].value == "Forsiden"
    assert "lang" not in app.query_params


@pytest.mark.parametrize("query", [{"lang": "xx"}, {"region": "9999"}, {"who": "me"}])
def test_a_bad_link_shows_no_widget_and_no_default(trial, query: dict[str, str]) -> None:
    app = trial(PAGE, **query)
    assert [each.value for each in app.title] == ["Lenken kan ikke vises"]
    assert not app.selectbox
    assert not app.markdown
    assert "«" + next(iter(query.values() if "who" not in query else query)) + "»" in html(app)


def test_what_a_link_says_is_shown_as_text_and_not_run(trial) -> None:
    assert "<img" not in html(trial(PAGE, region="<img src=x onerror=alert(1)>"))


def test_an_expected_error_is_worded_with_its_cure(trial) -> None:
    app = trial("from pages.frame.url.parameters import UnknownKeyError\nraise UnknownKeyError('x', '', ('region',))\n")
    assert "Siden kjenner region." in html(app)


@pytest.mark.fails
def test_an_unforeseen_error_is_logged_and_apologised_for(trial, caplog: pytest.LogCaptureFixture) -> None:
    app = trial("shell.open_page()\nraise RuntimeError('secret detail')\n")
    assert "Siden kunne ikke vises." in html(app)
    assert "secret" not in html(app)
    assert [each.value for each in app.title] == ["Forsiden"]
    assert "secret detail" in caplog.text
    assert not app.exception


@pytest.mark.fails
def test_a_group_with_one_unforeseen_error_is_unforeseen(trial, caplog: pytest.LogCaptureFixture) -> None:
    source = "from pages.frame.url.parameters import UnknownKeyError\n"
    source += "raise ExceptionGroup('x', [UnknownKeyError('x', '', ()), ValueError('secret')])\n"
    assert "Siden kunne ikke vises." in html(trial(source))


def test_the_foot_names_each_source_once(trial) -> None:
    source = (
        "from pages.frame.source_footer import Citation\nC = Citation('SSB', 'T<1>', '2025', 'CC BY', 'javascript:x')\n"
    )
    foot = html(trial(source + "shell.open_page()\nshell.cite(C)\nshell.cite(C)\n"))
    assert foot.count("SSB: T&lt;1&gt;, 2025. Lisens: CC BY.") == 1
    assert "javascript" not in foot


LOOKS_INTO = """
import importlib, sys, threading, time
import streamlit as st
shell.open_page()
if "innenfor_slow_library" not in sys.modules:
    threading.Thread(target=importlib.import_module, args=("innenfor_slow_library",)).start()
    while "innenfor_slow_library" not in sys.modules:
        time.sleep(0.01)
st.markdown(sys.modules["innenfor_slow_library"].WHOLE)
"""


def test_a_page_that_looks_into_a_library_another_page_is_loading_waits_for_it(
    trial, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "innenfor_slow_library.py").write_text("import time\ntime.sleep(1)\nWHOLE = 'whole'\n")
    monkeypatch.syspath_prepend(tmp_path / "elsewhere")
    app = trial(LOOKS_INTO)
    assert [each.value for each in app.markdown] == ["whole"]
    assert len(app.title) == 1
