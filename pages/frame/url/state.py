"""The link of the view a reader sees: what it asks for, what the reader has chosen since, and back to the browser.

The browser sends its link with every click, and a reader in a hurry clicks before it has heard of the last change. So
the session keeps the link, and the browser's own counts only where it brings something new: on a first visit, on
another page, and by the browser's back and forward.
"""

from collections.abc import Callable, Iterable

import streamlit as st

from pages.frame.streamlit_internals import page_run, shown_before

_KEPT = "_innenfor_link"
_PAGE = "_innenfor_page"
_SHOWN = "_innenfor_shown"
_DRAWN = "_innenfor_drawn"
_ORDER = "_innenfor_order"
CHOICE = "choose-"


def follow() -> bool:
    """Take up the browser's link where it brings something new, and return whether it does.

    By back and forward the choices drawn before give way to what that link says.
    """
    run = page_run()
    again = run is not None and _KEPT in st.session_state and st.session_state.get(_PAGE) == run.page
    if again and run is not None and not run.by_history:
        return False
    forget(lambda key: key.startswith(CHOICE))
    st.session_state[_KEPT] = st.session_state[_SHOWN] = _browsers()
    return True


def stay() -> None:
    """Remember which page the kept link is of; the navigation has settled it."""
    run = page_run()
    if run is not None:
        st.session_state[_PAGE] = run.page


def end() -> None:
    """Show the link at the end of a run that came to its end."""
    show()
    st.session_state[_DRAWN] = True


def outlives(key: str) -> bool:
    """Return whether a choice was made on a page of a server that has started anew since: it counts, not the link.

    The browser keeps the page and sends its choices with the first click; the session knows nothing of them yet.
    """
    return _DRAWN not in st.session_state and shown_before(key)


def every() -> dict[str, list[str]]:
    """Return what the link asks for: every value of every parameter."""
    kept: dict[str, list[str]] | None = st.session_state.get(_KEPT)
    return _browsers() if kept is None else dict(kept)


def get(name: str) -> str | None:
    """Return what the link asks for by a parameter, the last where it stands several times, None where it does not."""
    return every().get(name, [None])[-1]


def put(name: str, *values: str) -> None:
    """Write a parameter and show the link in the browser, with all that was dropped before: one step back undoes it."""
    note(name, *values)
    show()


def note(name: str, *values: str) -> None:
    """Write a parameter; the browser shows the link with what is put next, or at the end of the run."""
    order: dict[str, int] = st.session_state.get(_ORDER, {})
    written = every() | {name: list(values)}
    st.session_state[_KEPT] = {
        each: written[each] for each in sorted(written, key=lambda at: order.get(at, len(order)))
    }


def arrange(names: Iterable[str]) -> None:
    """Tell in which order parameters stand in the link; those that are not named stand last, as they came."""
    st.session_state[_ORDER] = {name: place for place, name in enumerate(names)}


def drop(*names: str) -> None:
    """Take parameters out of the link; the browser shows it with what is put next, or at the end of the run."""
    if any(name in every() for name in names):
        st.session_state[_KEPT] = {name: values for name, values in every().items() if name not in names}


def show() -> None:
    """Show the link in the browser, where it says another or has been told another and may not have heard yet."""
    link = every()
    if link != _browsers() or link != st.session_state.get(_SHOWN, link):
        st.query_params.from_dict(link)
        st.session_state[_SHOWN] = link


def forget(which: Callable[[str], bool]) -> None:
    """Forget what is chosen in the widgets whose keys `which` tells: they begin anew with the link."""
    for key in [str(key) for key in st.session_state if which(str(key))]:
        st.session_state.pop(key, None)


def _browsers() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}
