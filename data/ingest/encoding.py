"""From bytes to text by a stated rule, and the signs that the rule was wrong."""

import codecs
import re
from typing import NoReturn

from data.ingest.contract import Problem, raise_all

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffd\ufffe]|[\x80-\x84\x86-\x9f]")
_TWICE = re.compile(r"Ã[\x80-\xbf¦¥¸˜…†ƒ¤¶©\u2020\u2026\u02dc]|â€|Â\u00a0")
_OTHER_CODE_PAGE = re.compile(r"[A-Za-z]?[†›‹„‘‡Œ¿¾][a-zæøå]|[a-zæøå][†›‹„‡Œ¿¾]")


def decode(file: str, content: bytes) -> tuple[str, str]:
    """Return the text and the encoding.

    The rule: a byte order mark decides; else NUL bytes at every other place mean UTF-16 without a mark; else
    strict UTF-8; else Windows-1252 where bytes 80–9F occur and ISO-8859-1 where not. Raises `Problems` where the
    result holds control characters or letters that only a wrong encoding gives.
    """
    encoding = _encoding(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        _fail("wrong_encoding", file, encoding, f"{encoding} {error.start}")
    _plausible(file, text, encoding)
    return text, encoding


def _encoding(content: bytes) -> str:
    for mark, name in _MARKS:
        if content.startswith(mark):
            return name
    even, odd = content[0::2].count(0), content[1::2].count(0)
    if len(content) >= 4 and max(even, odd) * 4 > len(content) and min(even, odd) * 4 < max(even, odd):
        return "utf-16-le" if odd > even else "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252" if re.search(rb"[\x80-\x9f]", content) else "iso-8859-1"
    return "utf-8"


def _plausible(file: str, text: str, encoding: str) -> None:
    for pattern, code in ((_CONTROL, "control_characters"), (_TWICE, "wrong_encoding")):
        hit = pattern.search(text)
        if hit:
            _fail(code, file, encoding, _shown(hit.group()), _line(text, hit.start()))
    if encoding in ("cp1252", "iso-8859-1"):
        hit = _OTHER_CODE_PAGE.search(text)
        if hit:
            _fail("wrong_encoding", file, encoding, _shown(hit.group()), _line(text, hit.start()))


def _shown(text: str) -> str:
    return text if text.isprintable() else " ".join(f"U+{ord(letter):04X}" for letter in text)


def _line(text: str, place: int) -> str:
    return f"A{text.count(chr(10), 0, place) + 1}"


def _fail(code: str, file: str, encoding: str, found: str, cell: str = "") -> NoReturn:
    raise_all(file, [Problem(code=code, file=file, cell=cell, expected=encoding, found=found)])
    raise AssertionError(code)
