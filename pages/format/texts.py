"""The words of the screen, in the language this reader has chosen."""

from collections.abc import Iterable, Sequence

from data.format import locales
from data.i18n import LANGUAGES, say, spoken
from pages.frame import session

PACKAGE = "pages"
DEFAULT = LANGUAGES[0]
CHOSEN = "_innenfor_language"


def text(key: str, **facts: object) -> str:
    """Return a text of the screen in the reader's language, with the facts put in; KeyError where it is missing."""
    return say(PACKAGE, language(), key, **facts)


def labels(group: str, codes: Iterable[str]) -> dict[str, str]:
    """Return each code of a group of texts with its text."""
    return {code: text(f"{group}.{code}") for code in codes}


def listed(items: Sequence[object], lang: str | None = None) -> str:
    """Return items in a row of words: `2010, 2015 og 2021`; one stands alone, none is nothing."""
    return locales.listed(items, lang or language())


def language() -> str:
    """Return the language in use: that of `i18n.speaking`, else the one the reader has chosen, else bokmål."""
    return spoken() or str(session.recall(CHOSEN, DEFAULT))


def other_language(lang: str) -> str:
    """Return the language the toggle offers."""
    return LANGUAGES[1 - LANGUAGES.index(lang)]
