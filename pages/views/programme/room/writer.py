"""Who writes in the room: asked again at every act, on the server."""

import streamlit as st

from analytics.programme.room import NotAllowed, Who
from pages.server.permission import may_write as started_here

LOCAL = Who("local", "approver")


def may_write() -> bool:
    """Return whether whoever is at the browser may write."""
    return started_here(st.context.headers)


def who() -> Who:
    """Return who writes. Raises NotAllowed where this server was not started to be written to."""
    if not may_write():
        raise NotAllowed(where="records", found="reader", needed="editor")
    return LOCAL
