"""Words for readers, kept beside the layer that speaks them: `<package>/texts/*.toml`, a file a language."""

import locale
import os
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from string import Formatter
from typing import Any

from data import paths

LANGUAGES = ("nb", "en")
_SPOKEN: ContextVar[str | None] = ContextVar("spoken", default=None)


def say(package: str, lang: str, key: str, **facts: object) -> str:
    """Return the text `key` of a package ("data", "analytics", …) in `lang`, with the facts put in.

    Raises KeyError where the key or a fact is missing: a missing word is a defect, never an empty string.
    """
    template = words(package, lang)[key]
    return _NUMBERED.vformat(template, (), facts) if "|" in template else template.format(**facts)


class _Numbered(Formatter):
    """Texts in which a word agrees with a number: `{rows} {rows:row|rows}`."""

    def format_field(self, value: object, format_spec: str) -> str:
        one, agrees, many = format_spec.partition("|")
        if not agrees:
            return str(super().format_field(value, format_spec))
        return one if str(value) == "1" else many


_NUMBERED = _Numbered()


@cache
def words(package: str, lang: str) -> Mapping[str, str]:
    """Return all texts of a package in one language as dotted key → text (`nb.toml`, `errors.nb.toml`, …)."""
    folder = paths.ROOT.joinpath(*package.split("."), "texts")
    merged: dict[str, str] = {}
    for path in sorted([folder / f"{lang}.toml", *folder.glob(f"*.{lang}.toml")]):
        for key, text in _flat(tomllib.loads(path.read_text(encoding="utf-8"))):
            if key in merged:
                raise KeyError(f"{key} stands in two files of {folder.name} for {package}")
            merged[key] = text
    return merged


def spoken() -> str | None:
    """Return the language of the `speaking` this runs inside, None outside of any."""
    return _SPOKEN.get()


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Use one language inside the block: a page's, or that of a note, an export or a test, which have no screen."""
    token = _SPOKEN.set(lang)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def reader_language() -> str:
    """Return the language of whoever runs a command: INNENFOR_LANG, else the system's, else English."""
    asked = os.environ.get("INNENFOR_LANG", "")
    if asked in LANGUAGES:
        return asked
    system = os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0] or ""
    return "nb" if system.lower().startswith(("nb", "no", "nn")) else "en"


def _flat(table: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for key, value in table.items():
        rows += _flat(value, f"{prefix}{key}.") if isinstance(value, dict) else [(prefix + key, str(value))]
    return rows
