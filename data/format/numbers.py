"""Numbers as readers see them, in every heading, table, axis, tooltip, sentence, note and command.

One rounding: half away from zero, on the shortest decimal number that stands for the value. 0.0625 is 6,3 % and 2.675
is 2,68 everywhere, also where the binary number lies a hair below. Values come unrounded and shares as 0–1; nothing is
rounded or multiplied on the way here. `None`, NaN and infinities are unknown and never become zero.
"""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from functools import cache, lru_cache
from types import MappingProxyType

from babel.numbers import NumberPattern, parse_pattern

from data.format.locales import MINUS, locale_of
from data.i18n import say

Number = int | float | Decimal | None
DECIMALS: Mapping[str, int] = MappingProxyType(
    {"count": 0, "share": 1, "share_whole": 0, "points": 1, "rate": 1, "ratio": 2, "p": 3, "quantity": 3, "input": 6}
    | {"nok": 0, "nok_about": -3, "nok_million": 1, "nok_million_detail": 2}
)
"""How many decimals each kind of number is written with. `nok_about` is to the nearest thousand; `quantity` and
`input` are at most."""

_HUNDRED, _MILLION = 2, -6
_EXACT = Context(prec=700, rounding=ROUND_HALF_UP)


def number(value: Number, decimals: int, lang: str, *, sign: bool = False) -> str:
    """Return a number: `1 234,5` in bokmål, `1,234.5` in English, a true minus sign, an en dash where unknown.

    `sign` writes the plus of a positive number too; zero, also what rounds to it, has no sign.
    """
    return _shifted(value, 0, decimals, lang, sign=sign)


def per_hundred(share: Number, decimals: int, lang: str, *, sign: bool = False) -> str:
    """Return a share of 0–1 as how many of a hundred, without the per cent sign."""
    return _shifted(share, _HUNDRED, decimals, lang, sign=sign)


def percent(share: Number, decimals: int, lang: str) -> str:
    """Return a share of 0–1 as per cent: `9,9 %` in bokmål, `9.9%` in English."""
    return _in_unit("percent", share, _HUNDRED, decimals, lang)


def percent_interval(low: Number, high: Number, decimals: int, lang: str) -> str:
    """Return two shares of 0–1 as an interval: `9,5–10,3 %`; with a negative limit `−0,5 % til 1,2 %`."""
    ends = _known(low), _known(high)
    if ends[0] is None or ends[1] is None:
        return unknown(lang)
    key = "number.percent_wide" if min(ends[0], ends[1]) < 0 else "number.percent_span"
    return say("data", lang, key, low=per_hundred(low, decimals, lang), high=per_hundred(high, decimals, lang))


def points(difference: Number, decimals: int, lang: str) -> str:
    """Return a difference between shares of 0–1 in percentage points."""
    return _plural("point_one", "points", difference, _HUNDRED, decimals, lang)


def persons(count: Number, lang: str) -> str:
    """Return a count of people with its noun: `1 person`, `2 465 personer`."""
    return _plural("person_one", "persons", count, 0, DECIMALS["count"], lang)


def nok(value: Number, decimals: int, lang: str) -> str:
    """Return kroner: `1 234 kr` in bokmål, `NOK 1,234` in English."""
    return _in_unit("nok", value, 0, decimals, lang)


def nok_million(value: Number, decimals: int, lang: str) -> str:
    """Return kroner in millions: 12 340 000 becomes `12,3 mill. kr` or `NOK 12.3 million`."""
    return _in_unit("nok_million", value, _MILLION, decimals, lang)


def millions(value: Number, decimals: int, lang: str, *, sign: bool = False) -> str:
    """Return how many millions a number is, without a unit."""
    return _shifted(value, _MILLION, decimals, lang, sign=sign)


def p_value(value: Number, lang: str) -> str:
    """Return a p-value in three decimals; one that would round to nothing is `< 0,001`, never zero."""
    exact, decimals = _known(value), DECIMALS["p"]
    if exact is None or _rounded(exact, decimals) > 0:
        return number(value, decimals, lang)
    return f"< {_written(Decimal(1).scaleb(-decimals), decimals, lang)}"


def trimmed(value: Number, most: int, lang: str) -> str:
    """Return a number with as many decimals as it has, at most `most`: `4`, `3,5`."""
    exact = _known(value)
    if exact is None:
        return unknown(lang)
    return _written(exact, max(0, -int(_rounded(exact, most).normalize(_EXACT).as_tuple().exponent)), lang)


def sized(value: Number, lang: str) -> str:
    """Return a number of unknown size, such as an effect, with the decimals it has, at most `decimals_for` it."""
    return trimmed(value, decimals_for(value), lang)


def decimals_for(*values: Number) -> int:
    """Return the decimals of numbers that are read together, by the largest: none from 100, one from 1, else three."""
    largest = max((abs(exact) for exact in map(_known, values) if exact is not None), default=Decimal(0))
    return 0 if largest >= 100 else 1 if largest >= 1 else 3


def rounded(value: float, decimals: int) -> float:
    """Return a number rounded as it is written, for a fact that stands beside the words."""
    exact = _known(value)
    return value if exact is None else float(_rounded(exact, decimals))


def rounded_percent(share: float, decimals: int) -> float:
    """Return a share of 0–1 as per cent, rounded as it is written."""
    exact = _known(share)
    return share if exact is None else float(_rounded(exact.scaleb(_HUNDRED), decimals))


def is_nothing(value: float, decimals: int) -> bool:
    """Return whether a number cannot be told from zero with so many decimals."""
    exact = _known(value)
    return exact is not None and _rounded(exact, decimals) == 0


def is_no_million(value: float) -> bool:
    """Return whether an amount cannot be told from zero where it is written in millions."""
    return is_nothing(value, DECIMALS["nok_million"] + _MILLION)


def unknown(lang: str, reason: str | None = None) -> str:
    """Return an en dash, and in brackets why: `missing`, `suppressed`, `not_covered` or `not_estimable`."""
    if reason is None:
        return say("data", lang, "number.unknown")
    return say("data", lang, "number.unknown_because", reason=say("data", lang, f"unknown.{reason}"))


def _known(value: Number) -> Decimal | None:
    if value is None:
        return None
    exact = Decimal(str(value))  # the shortest form; NaN and the infinities pass through, and are not finite
    return exact if exact.is_finite() else None


def _rounded(exact: Decimal, decimals: int) -> Decimal:
    return exact.quantize(Decimal(1).scaleb(-decimals), context=_EXACT)


def _shifted(value: Number, shift: int, decimals: int, lang: str, *, sign: bool = False) -> str:
    exact = _known(value)
    return unknown(lang) if exact is None else _written(exact.scaleb(shift), decimals, lang, sign=sign)


def _written(exact: Decimal, decimals: int, lang: str, *, sign: bool = False) -> str:
    amount = _rounded(exact, decimals)
    return (MINUS if amount < 0 else "+" if sign and amount > 0 else "") + _plain(abs(amount), max(decimals, 0), lang)


@lru_cache(maxsize=8192)
def _plain(amount: Decimal, decimals: int, lang: str) -> str:
    """Return a rounded amount as CLDR's pattern writes it. Long tables hold few different numbers once rounded."""
    with localcontext(_EXACT):
        return str(_pattern(decimals).apply(amount, locale_of(lang)))


@cache
def _pattern(decimals: int) -> NumberPattern:
    return parse_pattern("#,##0" + ("." + "0" * decimals if decimals else ""))


def _in_unit(unit: str, value: Number, shift: int, decimals: int, lang: str) -> str:
    amount = _shifted(value, shift, decimals, lang)
    return amount if _known(value) is None else say("data", lang, f"number.{unit}", number=amount)


def _plural(one: str, many: str, value: Number, shift: int, decimals: int, lang: str) -> str:
    exact = _known(value)
    single = exact is not None and abs(_rounded(exact.scaleb(shift), decimals)) == 1
    return _in_unit(one if single else many, value, shift, decimals, lang)
