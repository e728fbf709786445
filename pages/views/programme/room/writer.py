"""Who writes in the room: asked again at every act, on the server; what is refused is told where it was pressed."""

from collections.abc import Callable

import streamlit as st

from analytics.programme.room import Who
from data.errors import InnenforError, foreseen
from pages.format.texts import language
from pages.frame import sign_in


def may_write() -> bool:
    """Return whether whoever is at the browser may write."""
    return sign_in.may("editor")


def may_release() -> bool:
    """Return whether whoever is at the browser may release, take back and close."""
    return sign_in.may("approver")


def who() -> Who:
    """Return who writes. Raises NotAllowed where they may not, or no longer."""
    return sign_in.acting("editor", "records")


def done(act: Callable[[], object]) -> bool:
    """Do something and return whether it was done; what stood in the way is told here, in its sentences."""
    try:
        act()
    except (InnenforError, ExceptionGroup) as fault:
        told = foreseen(fault)
        if not told:
            raise
        st.error(" ".join(each.line(language()) for each in told))
        return False
    return True
