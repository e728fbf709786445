"""The languages as Unicode's locale data (CLDR, through Babel) describe them: their signs, and words in a row."""

from collections.abc import Sequence
from functools import cache

from babel import Locale
from babel.lists import format_list
from babel.numbers import get_decimal_symbol, get_group_symbol

_LOCALES = {"nb": "nb", "en": "en_GB"}
MINUS = "\N{MINUS SIGN}"


@cache
def locale_of(lang: str) -> Locale:
    """Return the locale a language is written in: bokmål as in Norway, English as in Britain."""
    return Locale.parse(_LOCALES[lang])


@cache
def separators(lang: str) -> str:
    """Return the decimal sign and the sign between thousands, in this order: `, ` with a no-break space, or `.,`."""
    return get_decimal_symbol(locale_of(lang)) + get_group_symbol(locale_of(lang))


def listed(items: Sequence[object], lang: str) -> str:
    """Return items in a row of words: `2010, 2015 og 2021`; one stands alone, none is nothing."""
    return format_list([str(item) for item in items], locale=locale_of(lang))
