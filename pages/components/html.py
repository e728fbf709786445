"""Small parts of pages as HTML, with every word escaped."""

from collections.abc import Iterable
from html import escape


def link(address: str, words: str) -> str:
    """Return a paragraph with a link onwards."""
    return f'<p><a class="innenfor-more" href="{escape(address)}" target="_self">{escape(words)}</a></p>'


def terms(pairs: Iterable[tuple[str, str]]) -> str:
    """Return the terms of a definition list with what is said of each."""
    return "".join(f"<dt>{escape(term)}</dt><dd>{escape(words)}</dd>" for term, words in pairs)


def image(address: str, alt: str, width: float, height: float) -> str:
    """Return a picture with its words and its shape, so that nothing moves when it comes."""
    size = f'width="{round(width)}" height="{round(height)}"'
    return f'<img class="innenfor-drawn" src="{escape(address)}" alt="{escape(alt)}" {size}>'
