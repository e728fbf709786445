"""The foot of a page: where its numbers come from."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st

from pages.format.html import SLOT, Html, bullets, filled, joined, tag
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

    @property
    def told_short(self) -> str:
        """The edition, and that a copy was read; whose it is stands at the foot of the page."""
        copy = self.copy.partition(" (")[0]
        return ", ".join(filter(None, (self.edition, "" if copy.endswith(self.publisher) else copy)))


def show(citations: Iterable[Citation]) -> None:
    """Write the foot with each source once, in the order they were cited."""
    items = list(dict.fromkeys(_item(citation) for citation in citations))
    sources = (tag("h2", text("shell.sources_heading")), bullets(items)) if items else ()
    st.html(tag("footer", *sources, tag("p", text("shell.about")), *_way_back(), class_="innenfor-foot"))


def _way_back() -> tuple[Html, ...]:
    """Return the link from a view that stands in another site's page to the view itself, none everywhere else."""
    if not st.context.is_embedded:
        return ()
    address = str(st.context.url or "").partition("?")[0] + f"?{urlencode(state.every(), doseq=True)}"
    return (tag("p", tag("a", text("shell.embedded"), href=address, target="_blank", rel="noopener")),)


def _item(citation: Citation) -> Html:
    title = joined((citation.title,))
    if citation.address.startswith(("https://", "http://")):
        title = tag("a", citation.title, href=citation.address, rel="noopener noreferrer")
    facts = {name: getattr(citation, name) for name in ("publisher", "edition", "licence")}
    told = filled(text("shell.source", title=SLOT, **facts), title)
    return joined((told, " ", text("shell.credit", credit=citation.credit))) if citation.credit else told
