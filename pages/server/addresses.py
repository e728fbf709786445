"""The address of a request as Innenfor knows it, wherever a proxy has put it."""

import os

import streamlit as st
from starlette.types import Scope

BASE_PATH, HOSTS = "STREAMLIT_SERVER_BASE_URL_PATH", "STREAMLIT_SERVER_ALLOWED_HOSTS"


def path_of(scope: Scope) -> str:
    """Return the path of a request without the base path the server is reached under."""
    path, base = str(scope.get("path", "")), str(st.get_option("server.baseUrlPath") or "").strip("/")
    return path.removeprefix(f"/{base}") or "/" if base and f"{path}/".startswith(f"/{base}/") else path


def of_the_variables() -> dict[str, object]:
    """Return the options that say where others reach this server, as its variables tell.

    `streamlit run` reads them itself; a server that an application starts gets nothing but the secrets from there.
    """
    base = os.environ.get(BASE_PATH, "").strip("/ ")
    hosts = [each.strip() for each in os.environ.get(HOSTS, "").split(",") if each.strip()]
    return ({"server.baseUrlPath": base} if base else {}) | ({"server.allowedHosts": hosts} if hosts else {})
