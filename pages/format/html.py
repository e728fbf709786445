"""The one place where HTML is made: elements of words and of other elements, every word escaped."""

import re
from collections.abc import Iterable
from html import escape

_EMPTY = ("img", "link", "meta")
SLOT = "\ue000"
"""What stands in a text for a part of HTML that `filled` puts there: no reader's word has it."""

_STRONG = re.compile(r"\*\*(.+?)\*\*")


class Html(str):
    """HTML as it is sent: what is words in it is escaped already."""

    __slots__ = ()


def tag(name: str, /, *inside: str, **told: str | bool) -> Html:
    """Return an element. inside: words, which are escaped, and `Html`, which stands as it is.

    told: its attributes, `class_` for `class` and `aria_label` for `aria-label`; False leaves one out, True writes its
    name alone.
    """
    named = "".join(map(_attribute, told.items()))
    return Html(f"<{name}{named}>" + ("" if name in _EMPTY else f"{joined(inside)}</{name}>"))


def joined(parts: Iterable[str]) -> Html:
    """Return parts after each other: words, which are escaped, and `Html`, which stands as it is."""
    return Html("".join(part if isinstance(part, Html) else escape(part) for part in parts))


def filled(words: str, part: Html) -> Html:
    """Return words with a part where their `SLOT` is."""
    return joined((words.partition(SLOT)[0], part, words.partition(SLOT)[2]))


def page(lang: str, head: Html, body: Html) -> Html:
    """Return a whole page."""
    return Html(f"<!doctype html>{tag('html', tag('head', head), body, lang=lang)}")


def style(rules: str) -> Html:
    """Return a style sheet of rules the page makes itself; rules are no words, and none may end the sheet."""
    if "<" in rules:
        raise ValueError(rules)
    return Html(f"<style>{rules}</style>")


def anchor(address: str, *words: str, **told: str | bool) -> Html:
    """Return a link in the window the reader is in."""
    return tag("a", *words, href=address, target="_self", **told)


def link(address: str, words: str) -> Html:
    """Return a paragraph with a link onwards."""
    return tag("p", tag("a", words, class_="innenfor-more", href=address, target="_self"))


def terms(pairs: Iterable[tuple[str, str]]) -> Html:
    """Return the terms of a definition list with what is said of each."""
    return joined(part for term, words in pairs for part in (tag("dt", term), tag("dd", words)))


def bullets(lines: Iterable[str], **told: str | bool) -> Html:
    """Return a list with a point for each line."""
    return tag("ul", *(tag("li", line) for line in lines), **told)


def image(address: str, alt: str, width: float, height: float) -> Html:
    """Return a picture with its words and its shape, so that nothing moves when it comes."""
    size = {"width": str(round(width)), "height": str(round(height))}
    return tag("img", class_="innenfor-drawn", src=address, alt=alt, **size)


def emphasised(said: str) -> Html:
    """Return words with what stands between `**` strong."""
    return Html(_STRONG.sub(r"<strong>\1</strong>", escape(said)))


def _attribute(told: tuple[str, str | bool]) -> str:
    name, value = told[0].rstrip("_").replace("_", "-"), told[1]
    if isinstance(value, bool):
        return f" {name}" if value else ""
    return f' {name}="{escape(value)}"'
