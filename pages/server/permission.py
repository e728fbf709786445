"""Whether whoever is at the browser may change what lies on this machine: the one place where that is asked."""

import os
from collections.abc import Mapping

import streamlit as st

LOCAL = "INNENFOR_LOCAL"
PROXIED = ("forwarded", "via", "x-forwarded-", "x-real-ip", "x-original-")
"""How the names of headers begin that a proxy adds: a server behind one serves others than whoever started it."""


def may_write(headers: Mapping[str, str]) -> bool:
    """Return whether this process was started by `run.py --local`, and serves nobody but this machine.

    Only the start gives leave: no address and no header of a request does, for anybody can write those. A header may
    take it away, as a base path and allowed hosts do: signs that others reach the server.
    """
    proxied = any(name.lower().startswith(PROXIED) for name in headers)
    elsewhere = st.get_option("server.baseUrlPath") or st.get_option("server.allowedHosts")
    return os.environ.get(LOCAL) == "1" and not proxied and not elsewhere
