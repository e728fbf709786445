"""Who is at the browser, and what they may do: asked again at every action, on the server.

Sign-in is Streamlit's own (OIDC, `[auth]` in its secrets); which group has which role stands in `home/sign_in.toml`.
"""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

import streamlit as st

from data import paths
from data.records import ROLES, NotAllowed, Who
from data.toml import Text, read_toml, within
from pages.format.texts import text
from pages.server.permission import may_write

FILE = "sign_in.toml"
ALIGNED: dict[str, Any] = {"horizontal_alignment": "right", "vertical_alignment": "center"}
LOCAL = Who("local", "approver")  # whoever started this machine's server by `run.py --local`


@dataclass(frozen=True)
class SignInRules:
    """Which groups have which role. claim: where the provider says the groups; minutes: so long a sign-in counts."""

    claim: Text = "groups"
    minutes: Annotated[int, within(5, 1440)] = 60
    reader: tuple[Text, ...] = ()
    editor: tuple[Text, ...] = ()
    approver: tuple[Text, ...] = ()


def is_offered() -> bool:
    """Return whether this server knows a provider to sign in with."""
    return "is_logged_in" in st.user.to_dict()


def role() -> str:
    """Return the role of whoever is at the browser in this moment; "" for the public."""
    if may_write(st.context.headers):
        return LOCAL.role
    return role_of(_claims(), rules(), time.time())


def inner() -> bool:
    """Return whether what is not released may be shown."""
    return role() != ""


def may(needed: str) -> bool:
    """Return whether whoever is at the browser has a role in this moment, or a greater one."""
    found = role()
    return found != "" and ROLES.index(found) >= ROLES.index(needed)


def acting(needed: str, where: str) -> Who:
    """Return who acts, by the opaque id the log keeps. Raises NotAllowed where the role is too small, or gone.

    where: what is to be done, for the sentence.
    """
    found = role()
    if not may(needed):
        raise NotAllowed(where=where, found=found or "public", needed=needed)
    if may_write(st.context.headers):
        return LOCAL
    from data.records import Records
    from data.records.people import id_of

    claims = _claims()
    subject = f"{claims.get('iss', '')} {claims['sub']}"
    return Who(id_of(Records.open().url, subject, str(claims.get("name") or claims.get("email") or "")), found)


def role_of(claims: Mapping[str, Any], known: SignInRules, now: float) -> str:
    """Return the highest role of the groups in some claims; "" where there is none, or where they are too old."""
    said = claims.get("iat")
    if not claims.get("sub") or not isinstance(said, int | float) or now - said > 60 * known.minutes:
        return ""
    told = claims.get(known.claim, ())
    groups = {told} if isinstance(told, str) else set(map(str, told)) if isinstance(told, Iterable) else set()
    return next((name for name in reversed(ROLES) if groups & set(getattr(known, name))), "")


def rules() -> SignInRules:
    """Return the rules as they stand in the file in this moment. Raises `Problems` where it is wrong."""
    file = paths.home() / FILE
    if not file.is_file():
        return SignInRules()
    found = file.stat()
    return _rules(file, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=4)
def _rules(file: Path, _changed: int, _size: int) -> SignInRules:
    return read_toml(file, SignInRules)


def show() -> None:
    """Offer to sign in or out, and say with which role; nothing where this server has no sign-in."""
    if not is_offered():
        return
    claims, found = _claims(), role()
    with st.container(key="innenfor-sign-in", horizontal=True, **ALIGNED):
        if claims:
            st.caption(text(f"sign_in.{found or 'none'}"), width="content")
            st.button(text("sign_in.out"), key="innenfor-sign-out", type="tertiary", on_click=st.logout)
        if not found:
            st.button(text("sign_in.in"), key="innenfor-sign-in-button", type="tertiary", on_click=st.login)


def _claims() -> dict[str, Any]:
    """Return what the provider said of whoever is signed in; nothing for the public."""
    told = st.user.to_dict()
    return told if told.get("is_logged_in") else {}
