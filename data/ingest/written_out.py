"""What reaches a person, however it is spelled: addresses with the sign written out, telephone numbers, birth dates.

The texts are such as `identity.plainly` returns. A number or a word that people write of other things is left alone:
"viser at nav.no" is no address, "25 000 000 kroner" no telephone number and "KS 12.10.2026" nobody's birth.
"""

import re
from functools import cache

from data import paths
from data.toml import toml_table

_DOT = r"(?:\.| \. |\s*[(\[{]\s*(?:dot|punktum|prikk|\.)\s*[)\]}]\s*|\s+(?:dot|punktum|prikk)\s+)"
_ENDS = r"(?:no|com|net|org|eu|se|dk|fi|de|uk|io|info|email)\b"
_HOST = rf"[\w-]+(?:{_DOT}[\w-]+)*?{_DOT}{_ENDS}"
_SIGN = r"(?:\s*@\s*|\s*[(\[{<]\s*(?:a|at|alfa|@)\s*[)\]}>]\s*|[_-]at[_-])"
_SIGNED = re.compile(rf"(?<=\w){_SIGN}{_HOST}", re.IGNORECASE)
_NAMED_SIGN = re.compile(r"\b(?:krøll-?alfa|alfa-?krøll|snabel-?a)\b", re.IGNORECASE)
_SAID_SIGN = re.compile(rf"(\w+)\s+at\s+{_HOST}", re.IGNORECASE)

_OTHER_NUMBER = r"(?![\w]|[.,]\d|\s*(?:kr|kroner|nok|mill)\b)"
_DAY_TOGETHER = r"(?!20\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\b)"
_GROUPED = (
    rf"{_DAY_TOGETHER}[2-9]\d{{7}}", r"[2-9]\d(?P<a>[ ./-])\d\d(?P=a)\d\d(?P=a)\d\d", r"[2-9](?: \d){7}",
    r"[49]\d\d(?P<b>[ ./-])\d\d(?P=b)\d{3}", r"[49]\d{3} (?!(?:19|20)\d\d)\d{4}",
)  # fmt: skip
_PHONE = re.compile(rf"(?<![\w.,/])(?:{'|'.join(_GROUPED)}){_OTHER_NUMBER}", re.IGNORECASE)
_ABROAD = re.compile(r"(?<!\w)\(?(?:\+|00)\d{2}\)?(?:[ ./()-]{0,2}\d){8,11}(?!\d)")
_CALLED = re.compile(
    r"\b(?:tlf|tel|telefon(?:nr|nummer)?|mob(?:il)?(?:nr|nummer)?|ring|ringes?|sms|phone|call|whatsapp|vipps)\b"
    rf"\D{{0,15}}[2-9](?:[ ./-]?\d){{7}}{_OTHER_NUMBER}",
    re.IGNORECASE,
)

_MONTH = r"(?:\d{1,2}|(?:jan|feb|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|des|dec)[a-z]*)"
_BETWEEN = r"(?:[./-]|\.?\s)\s?"
_EARLIER = r"(?:19\d\d|200\d|201[0-5]|0\d|1[0-5]|2[7-9]|[3-9]\d)"


def _date(year: str) -> str:
    """Return the pattern of a date of some years: 12.03.1999, 12. mars 1999, 120399 or 1999-03-12."""
    return rf"(?:\d{{1,2}}{_BETWEEN}{_MONTH}{_BETWEEN}{year}|[0-3]\d[01]\d{year}|{year}-\d\d-\d\d)(?!\w)"


_ANY_DATE, _EARLY_DATE = _date(r"(?:\d{4}|\d\d)"), _date(_EARLIER)
_INITIALS = r"\b(?!NOK|KR|EUR|USD|ISO)[A-ZÆØÅ](?:\.\s?[A-ZÆØÅ]|[A-ZÆØÅ]){1,2}\b\.?"
_BORN = re.compile(
    rf"\b(?:født|fødd|f\.?|f\.? ?dato|fødselsda(?:to|g)|born|dob|date of birth)\s*:?\s*(?:den |on )?{_ANY_DATE}",
    re.IGNORECASE,
)
_OF_INITIALS = re.compile(
    rf"{_INITIALS}[\s,;:(–-]{{1,4}}(?<!\d){_EARLY_DATE}|\b{_EARLY_DATE}[\s,;:)–-]{{1,3}}{_INITIALS}"
)

_STREET = re.compile(
    r"\b(?:[A-ZÆØÅ]\w+(?:veien|vegen|vei|gata|gaten|gate|gt\.?|allé|alleen)|[a-zæøå]\w{2,}(?:veien|vegen|gata|gaten|gate)"
    r"|[A-ZÆØÅ]\w+s (?:vei|veg|gate|allé|plass))\s+\d{1,3}(?: ?[A-Za-z])?\b(?! ?(?:prosent|%|år|dager))"
)
_HANDLE = re.compile(
    r"(?<![\w@])@[A-ZÆØÅ_]\w+"
    r"|\b(?:snap(?:chat)?|insta(?:gram)?|tiktok|discord|telegram|messenger)\s*[:=]\s*[\w@.]+",
    re.IGNORECASE,
)


def is_address(text: str) -> bool:
    """Tell whether a text holds an e-mail address whose sign or dots are spaced, in brackets or in words."""
    if _SIGNED.search(text) or _NAMED_SIGN.search(text) or _mailbox().search(text):
        return True
    return any(hit[1].lower() not in _before_at() for hit in _SAID_SIGN.finditer(text))


def is_phone(text: str) -> bool:
    """Tell whether a text holds a telephone number: grouped as people do, with its country, or named as one."""
    return bool(_PHONE.search(text) or _ABROAD.search(text) or _CALLED.search(text))


def is_birth(text: str) -> bool:
    """Tell whether a text holds a date of birth: called that, or an earlier date beside somebody's initials."""
    return bool(_BORN.search(text) or _OF_INITIALS.search(text))


def is_street(text: str) -> bool:
    """Tell whether a text holds a street with its number."""
    return bool(_STREET.search(text))


def is_handle(text: str) -> bool:
    """Tell whether a text holds somebody's name on a service."""
    return bool(_HANDLE.search(text))


@cache
def _mailbox() -> re.Pattern[str]:
    """Return what an address with a private mailbox ends in: `gmail.com`, or `at gmail` without an ending."""
    hosts = "|".join(_words("mailboxes"))
    return re.compile(rf"\w\s*(?:\bat\s+(?:{hosts})\b|\b(?:{hosts}){_DOT}{_ENDS})", re.IGNORECASE)


@cache
def _before_at() -> frozenset[str]:
    return frozenset(_words("before_at"))


def _words(kind: str) -> list[str]:
    return list(toml_table(paths.DATA / "ingest" / "personal_data.toml")["written_out"][kind])
