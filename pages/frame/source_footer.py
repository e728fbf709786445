"""The foot of a page: where its numbers come from."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

import streamlit as st

from pages.format.texts import text
from pages.frame.url import state


@dataclass(frozen=True)
class Citation:
    """Where numbers come from: publisher, title, edition, licence and address, in the reader's language.

    `definition` says in a sentence what is counted, `credit` whom the source line names beside the publisher (the copy
    the numbers were read from, the noise in them); both follow the numbers into their files. `copy` is the part of the
    credit that says where second-hand numbers were read: it stands wherever the edition does.
    """

    publisher: str
    title: str
    edition: str
    licence: str
    address: str = ""
    definition: str = ""
    credit: str = ""
    copy: str = ""

    @property
    def told(self) -> str:
        """The edition, and the copy it was read in where it is second hand."""
        return ", ".join(filter(None, (self.edition, self.copy)))


def show(citations: Iterable[Citation]) -> None:
    """Write the foot with each source once, in the order they were cited."""
    items = "".join(dict.fromkeys(f"<li>{_item(citation)}</li>" for citation in citations))
    sources = f"<h2>{escape(text('shell.sources_heading'))}</h2><ul>{items}</ul>" if items else ""
    st.html(f'<footer class="innenfor-foot">{sources}<p>{escape(text("shell.about"))}</p>{_way_back()}</footer>')


def _way_back() -> str:
    """Return the link from a view that stands in another site's page to the view itself, "" everywhere else."""
    if not st.context.is_embedded:
        return ""
    address = str(st.context.url or "").partition("?")[0] + f"?{urlencode(state.every(), doseq=True)}"
    link = f'<a href="{escape(address)}" target="_blank" rel="noopener">{escape(text("shell.embedded"))}</a>'
    return f"<p>{link}</p>"


def _item(citation: Citation) -> str:
    title = escape(citation.title)
    if citation.address.startswith(("https://", "http://")):
        title = f'<a href="{escape(citation.address)}" rel="noopener noreferrer">{title}</a>'
    facts = {name: escape(getattr(citation, name)) for name in ("publisher", "edition", "licence")}
    told = text("shell.source", title=title, **facts)
    return f"{told} {text('shell.credit', credit=escape(citation.credit))}" if citation.credit else told
