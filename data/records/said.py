"""Texts and their hashes: the chain holds a salted hash of each text, and the text itself lies beside it."""

import datetime as dt
import hashlib
import json
import re
import secrets
from collections.abc import Iterator, Mapping
from typing import Any

from data import i18n
from data.ingest.personal_text import reaches
from data.problems import Problem, raise_all
from data.toml import TomlProblem

Texts = dict[str, list[str] | None]
LONGEST = 20_000
_SAID, _DAY = "$said", "$day"
_NUMBER = re.compile(r"\.(\d+)(?=\.|$)")
_UNWRITTEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Signs that no file can hold, or that turn what is read round: controls, directions, halves of a sign."""


def canonical(value: object) -> str:
    """Return a value as the one JSON text that is kept and hashed, its keys in the order they were written."""
    return json.dumps(value, separators=(",", ":"), allow_nan=False)


def hash_of(text: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def hash_of_bytes(content: bytes) -> str:
    """Return the SHA-256 of some bytes."""
    return hashlib.sha256(content).hexdigest()


def parted(value: object, texts: Texts, place: str = "") -> Any:  # noqa: ANN401 - any TOML value
    """Return a value with the salted hash of each text in its place; the texts go into `texts` by place."""
    if isinstance(value, str):
        salt = secrets.token_hex(16)
        texts[place] = [salt, value]
        return {_SAID: hash_of(salt + value)}
    if isinstance(value, Mapping):
        return {str(key): parted(each, texts, _at(place, str(key))) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [parted(each, texts, _at(place, str(number))) for number, each in enumerate(value)]
    return {_DAY: value.isoformat()} if isinstance(value, dt.date) else value


def joined(value: object, texts: Texts, place: str = "") -> Any:  # noqa: ANN401
    """Return what was parted; a text that was redacted is the word for that, in the language of its place."""
    if isinstance(value, list):
        return [joined(each, texts, _at(place, str(number))) for number, each in enumerate(value)]
    if not isinstance(value, dict):
        return value
    if _SAID in value:
        kept = texts.get(place)
        return kept[1] if kept else removed(place)
    if _DAY in value:
        return dt.date.fromisoformat(value[_DAY])
    return {key: joined(each, texts, _at(place, key)) for key, each in value.items()}


def hashes(value: object, place: str = "") -> Iterator[tuple[str, str]]:
    """Yield the place and the salted hash of each text that was parted from a value."""
    if isinstance(value, dict) and _SAID in value:
        yield place, value[_SAID]
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from hashes(each, _at(place, key))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from hashes(each, _at(place, str(number)))


def removed(place: str) -> str:
    """Return what stands where a text was redacted."""
    lang = place.rpartition(".")[2]
    return i18n.say("data", lang if lang in i18n.LANGUAGES else i18n.LANGUAGES[0], "records.removed")


def refuse_unfit(texts: Texts, key: str) -> None:
    """Raise `Problems` naming each text that is personal data, too long, or of signs nobody writes; never its words."""
    found: list[Problem] = []
    for place, kept in texts.items():
        text = kept[1] if kept else ""
        if kind := next(reaches(text), ""):
            found.append(_fault("programme_personal", key, place, f"trace_{kind}"))
        elif len(text) > LONGEST:
            found.append(_fault("programme_personal", key, place, "trace_long"))
        elif _UNWRITTEN.search(text):
            found.append(_fault("toml_value", key, place, "record_signs"))
    raise_all(key, found)


def _fault(code: str, key: str, place: str, rule: str) -> Problem:
    shown = _NUMBER.sub(lambda hit: f"[{int(hit[1]) + 1}]", place.partition(".")[2] or place)
    return TomlProblem(code=code, file=key, cell=shown, column=shown, found="…", rule=rule)


def _at(place: str, key: str) -> str:
    return f"{place}.{key}" if place else key
