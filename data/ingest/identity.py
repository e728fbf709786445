"""Identity numbers however they are spelled: found in a text, and never repeated in a message."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import unquote

_FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_RUN = re.compile(r"\d+(?:[\W_]+\d+)*")
_GROUP = re.compile(r"\d+")
_EXPONENT = re.compile(r"(?<![\w.,])(\d(?:[.,]\d+)?)e\+?(\d{1,2})(?!\w)", re.IGNORECASE)
_DECIMAL = re.compile(r"^-?\d+[.,]\d+$")
_ONE_NUMBER = re.compile(r"^\d[\d .,'’]*$")
_LONG_YEAR = re.compile(
    r"(?<!\d)(?:(\d{2})\W*(\d{2})\W*\d{2}(\d{2})|\d{2}(\d{2})\W*(\d{2})\W*(\d{2}))\D{0,3}(\d{3})\W*(\d{2})(?!\d)"
)
_TEN = re.compile(r"(?<![\w+.,])(?:\d{10}|\d([ .,'’])\d{3}\1\d{3}\1\d{3})(?!\w|[.,]\d)")  # no telephone of +47
_CHECKSUM = re.compile(r"^[0-9a-f]{64}$")
_CHECKSUMS = re.compile(r"(?<!\w)(?=\d*[a-f])[0-9a-f]{64}(?!\w)")
_NOTHING_AFTER = re.compile(r"[.,]0+$")
_BETWEEN = re.compile(r"\W")
_FEWEST, _MOST_SHOWN, _CHECKSUM_LENGTH = 10, 8, 64
_HIDDEN = "…"


def is_identity_number(digits: str) -> bool:
    """Tell whether eleven digits are a fødselsnummer, D-number, H-number or synthetic number.

    Demands a real date (day + 40 for D; month + 40, + 65 or + 80 for H and synthetic) and both check digits.
    """
    if len(digits) != 11 or not digits.isdecimal():
        return False
    numbers = [int(digit) for digit in digits]
    return is_date(*(int(digits[i : i + 2]) for i in (0, 2, 4))) and _checks(numbers)


def is_date(day: int, month: int, year: int) -> bool:
    """Tell whether day, month and year of an identity number are a date, whichever kind of number it is."""
    day = day - 40 if day > 40 else day
    for shift in (0, 40, 65, 80):
        if 1 <= month - shift <= 12:
            leap_safe = 2000 + year if year % 4 == 0 else 1900 + year
            try:
                dt.date(leap_safe, month - shift, day)
            except ValueError:
                continue
            return True
    return False


def holds_identity_number(text: str) -> bool:
    """Tell whether a text holds an identity number: with any separators, signs nobody sees, or as a power of ten.

    A checksum holds none, though two in ten thousand have eleven digits that would pass for one.
    """
    if len(text) < _FEWEST or sum(map(str.isdecimal, text)) < _FEWEST:
        return False
    if len(text) >= _CHECKSUM_LENGTH:
        text = _CHECKSUMS.sub(" · ", text)
    return any(is_identity_number(each) for each in _candidates(plainly(text)))


def is_short_identity_number(text: str) -> bool:
    """Tell whether a text is nothing but an identity number that has lost the zero it began with."""
    return len(text) >= _FEWEST and is_identity_number("0" + digits_of(text))


def digits_of(text: str) -> str:
    """Return the digits of a cell that holds one number: without separators, decimals of nothing or a power of ten."""
    plain = _NOTHING_AFTER.sub("", plainly(text).strip())
    power = _EXPONENT.fullmatch(plain)
    if power:
        return _written_out(power)
    return _BETWEEN.sub("", plain) if _ONE_NUMBER.match(plain) and not _DECIMAL.match(plain) else ""


def plainly(text: str) -> str:
    """Return a text with ordinary digits and signs, and without those nobody sees."""
    folded = unicodedata.normalize("NFKC", unquote(text) if "%" in text else text)
    if folded.isascii():
        return folded
    return "".join(letter if letter.isascii() else _plain_letter(letter) for letter in folded)


@lru_cache(maxsize=1000)
def _plain_letter(letter: str) -> str:
    if unicodedata.category(letter) in ("Cf", "Mn", "Me"):
        return ""
    return str(unicodedata.decimal(letter)) if letter.isdecimal() else letter


def masked(text: str) -> str:
    """Return a text for a message: nothing of it where it has nine digits in a row or what may be a date of birth."""
    if _CHECKSUM.match(text):
        return text
    plain = plainly(text)
    runs = ["".join(_GROUP.findall(run)) for run in _RUN.findall(plain)]
    return _HIDDEN if any(len(run) > _MOST_SHOWN or _is_birth(run) for run in runs) else text


def unnamed(name: str) -> str:
    """Return the name of a file or a sheet for a message: nothing of one that is a person's."""
    return _HIDDEN if holds_identity_number(name) else name


def _is_birth(digits: str) -> bool:
    return len(digits) == 6 and is_date(*(int(digits[i : i + 2]) for i in (0, 2, 4)))


def _candidates(plain: str) -> Iterator[str]:
    """Yield every eleven digits that stand together in a text, whatever separates them."""
    if _DECIMAL.match(plain):  # a number with decimals has no others within it
        yield re.sub(r"\D", "", _NOTHING_AFTER.sub("", plain))
        return
    for power in _EXPONENT.finditer(plain):
        yield _written_out(power).zfill(11)
    for hit in _LONG_YEAR.finditer(plain):
        day, month, year, iso_year, iso_month, iso_day, *rest = hit.groups()
        yield "".join((day, month, year) if day else (iso_day, iso_month, iso_year)) + "".join(rest)
    if not _ONE_NUMBER.match(plain):  # in words a number of ten digits has lost its first, a zero
        yield from ("0" + re.sub(r"\D", "", hit.group()) for hit in _TEN.finditer(plain))
    for run in _RUN.findall(plain):
        yield from _joined(_GROUP.findall(run))


def _joined(groups: list[str]) -> Iterator[str]:
    """Yield the groups of digits next to each other that are eleven together."""
    for start in range(len(groups)):
        digits = ""
        for group in groups[start:]:
            digits += group
            if len(digits) >= 11:
                break
        if len(digits) == 11:
            yield digits


def _written_out(power: "re.Match[str]") -> str:
    whole, _, decimals = power[1].replace(",", ".").partition(".")
    places = int(power[2])
    return whole + decimals[:places].ljust(places, "0")


def _checks(numbers: list[int]) -> bool:
    first = -sum(w * n for w, n in zip(_FIRST, numbers, strict=False)) % 11
    second = -sum(w * n for w, n in zip(_SECOND, numbers, strict=False)) % 11
    return (first, second) == (numbers[9], numbers[10])
