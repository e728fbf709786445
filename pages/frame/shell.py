"""The frame around every page: language, navigation, checked links, worded errors and sources.

A page is a file in `pages/` whose first statement is `shell.require()`, whose second is `shell.open_page(...)`, and
whose title and name in the menu are the texts `page.<file>.title` and `page.<file>.menu`.
"""

import logging
from copy import copy
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from data import paths
from data.errors import InnenforError, foreseen
from data.i18n import LANGUAGES, speaking, words
from data.settings import settings
from pages.format import marking, texts
from pages.format.html import bullets, joined, tag
from pages.format.texts import text
from pages.frame import sign_in, source_footer, warm_up
from pages.frame.sight import seeing
from pages.frame.source_footer import Citation
from pages.frame.streamlit_internals import StreamlitPage, page_run
from pages.frame.url import parameters, state
from pages.frame.url.parameters import UrlParameter
from pages.frame.visit import VISIT, visiting

_LOG = logging.getLogger("innenfor")
_LANGUAGE = UrlParameter("lang", LANGUAGES)
_LAST_PLACE = 100
_ICON = paths.PAGES / "static" / "icon.svg"


def enter() -> None:
    """Run the page the reader asked for inside the frame: the one thing app.py does."""
    refused = _read_language(new=state.follow())
    with speaking(texts.language()):
        _run(refused)
    warm_up.set_aside()


def _run(refused: Exception | None) -> None:
    page = st.navigation(_pages(), position="top")
    state.stay()
    title = f"{page.title} – {text(marking.name_key())}"
    st.set_page_config(title, page_icon=str(_ICON), layout="centered", initial_sidebar_state="collapsed")
    name = page.url_path or page_names()[0]
    with visiting(name) as visit:
        _header()
        try:
            settings()
            if refused is not None:
                raise refused
            with seeing(inner=sign_in.inner()):
                page.run()
        except Exception as problem:  # noqa: BLE001 - the one place where errors become words
            if warm_up.awaited(problem):
                st.rerun()
            show_problem(problem)
        source_footer.show(visit.citations)
    state.end()


def require() -> None:
    """Make sure the page runs inside the frame.

    In a fresh server Streamlit runs a deep-linked page file alone, before `app.py`. Declaring the navigation makes it
    forget the folder, and the second run goes through `app.py`.
    """
    if VISIT.get() is None:
        st.navigation(_pages(), position="top")
        st.rerun()


def open_page(*known: UrlParameter) -> None:
    """Check what the link asks for, before any widget, and write the page's one title.

    `widgets.one_of` draws a choice that starts with the link's option and keeps the link true.
    Raises ExceptionGroup of LinkError where the link asks for something the page has not.
    """
    raw = state.every()
    asked = parameters.chosen(raw, (*known, _LANGUAGE))
    _spell_out(raw, asked)
    _title(text(f"page.{current()}.title"))


def cite(*citations: Citation) -> None:
    """Name sources of what the page shows; the foot lists each once."""
    visit = VISIT.get()
    if visit is not None:
        visit.citations += citations


def show_problem(problem: Exception) -> bool:
    """Say in the reader's language what went wrong; what nobody foresaw is logged and apologised for.

    Returns True: Streamlit then shows nothing of its own (it is also the server's `on_script_error`).
    """
    problems = foreseen(problem)
    if not problems:
        _LOG.error("a page failed", exc_info=problem)
        _title(text("failed.title"))
        _notice([(text("failed.says"), text("failed.do"))], "danger")
    elif any(isinstance(each, parameters.LinkError) for each in problems):
        _refusal(problems)
    else:
        _title(text("failed.problem"))
        _notice(_worded(problems), "warning")
    return True


def _refusal(problems: list[InnenforError]) -> None:
    _title(text("refused.title"))
    _notice(_worded(problems), "warning", lead=text("refused.lead"))
    lang = texts.language()
    ways = [each.instead(lang) for each in problems if isinstance(each, parameters.LinkError)]
    words, asked = next(filter(None, ways), (text("refused.open"), {}))
    query = urlencode(asked | ({} if lang == texts.DEFAULT else {"lang": lang}))
    address = f"./{current() if current() != page_names()[0] else ''}" + (f"?{query}" if query else "")
    st.html(tag("p", tag("a", words, class_="innenfor-action", href=address, target="_self")))


def _worded(problems: list[InnenforError]) -> list[tuple[str, str]]:
    lang = texts.language()
    return [(" · ".join(filter(None, (each.place(), each.says(lang)))), each.do(lang)) for each in problems]


def _notice(sentences: list[tuple[str, str]], kind: str, lead: str = "") -> None:
    items = bullets(joined((tag("strong", says), " ", do)) for says, do in sentences)
    before = (tag("p", lead),) if lead else ()
    st.html(tag("div", *before, items, class_=f"innenfor-notice {kind}", role="alert"))


def _title(words: str) -> None:
    """Write the page's one title; what comes after it, an error among them, is a heading below."""
    visit = VISIT.get()
    if visit is None or visit.titled:
        st.header(words, anchor=False)
    else:
        visit.titled = True
        st.title(words, anchor=False)


def current() -> str:
    """Return the name of the page that runs."""
    visit = VISIT.get()
    return visit.page if visit is not None else page_names()[0]


def page_names() -> tuple[str, ...]:
    """Return the pages, that is the files of `pages/`, in the order of `page.<file>.place`, then by name."""
    return _page_names(paths.PAGES, texts.PACKAGE)


@cache
def _page_names(folder: Path, package: str) -> tuple[str, ...]:
    def place(name: str) -> tuple[int, str]:
        return int(words(package, texts.DEFAULT).get(f"page.{name}.place", _LAST_PLACE)), name

    stems = (path.stem for path in folder.glob("*.py"))
    return tuple(sorted((stem for stem in stems if not stem.startswith("_")), key=place))


def _pages() -> list[StreamlitPage]:
    """Return the pages; each run has its own, since Streamlit notes in them which one is asked for."""
    running = page_run() is not None
    return [copy(_page(paths.PAGES / f"{name}.py", text(f"page.{name}.menu"), running)) for name in page_names()]


@cache
def _page(file: Path, title: str, _running: bool) -> StreamlitPage:  # noqa: FBT001 - a part of the cache's key
    """Return a page, looked up once: to find its file takes seven looks at the disk, for eight pages at each click.

    Outside of a run Streamlit makes half a page, which is kept apart.
    """
    return st.Page(file, title=title)


def _spell_out(raw: dict[str, list[str]], asked: dict[str, tuple[str, ...]]) -> None:
    """Write an option asked for by its code alone in full, and begin again: widgets read only whole options."""
    short = {name: list(options) for name, options in asked.items() if list(options) != raw[name]}
    if short:
        for name, options in short.items():
            state.note(name, *options)
        st.rerun()


def _read_language(*, new: bool) -> Exception | None:
    """Follow the language of a new link, else write the reader's own into the link that is."""
    asked = state.every().get(_LANGUAGE.name, [])
    if asked and new:
        try:
            parameters.chosen({_LANGUAGE.name: asked}, (_LANGUAGE,))
        except ExceptionGroup as refused:
            return refused
        st.session_state[texts.CHOSEN] = asked[0]
    elif texts.language() != (asked or [texts.DEFAULT])[-1]:
        state.drop(_LANGUAGE.name)
        if texts.language() != texts.DEFAULT:
            state.note(_LANGUAGE.name, texts.language())
    return None


def _header() -> None:
    lang = texts.language()
    other = texts.other_language(lang)
    named = (("skip", "skip"), ("menu", "menu"), ("close", "close_menu"), ("away", "away"))
    for_streamlit = {f"data_{name}": text(f"shell.{key}") for name, key in named}
    st.html(tag("span", class_="innenfor-language", data_lang=lang, **for_streamlit))
    with st.container(key="innenfor-toggle", horizontal=True, vertical_alignment="center"):
        st.html(tag("button", tag("span", text("search.open")), type="button", class_="innenfor-find"))
        st.button(text("shell.other_language"), key="innenfor-other", type="tertiary", on_click=_speak, args=(other,))
    sign_in.show()
    if marking.demo():
        words = (tag("strong", text("shell.demo_title")), " ", text("shell.demo_says"))
        st.html(tag("div", *words, class_="innenfor-demo", role="note"))


def _speak(lang: str) -> None:
    st.session_state[texts.CHOSEN] = lang
