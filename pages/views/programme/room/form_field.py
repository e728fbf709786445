"""What a form of the room is made of: its fields, each with what may stand in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Means = Literal[
    "line", "words", "long", "day", "month", "number", "numbers", "whole", "level", "choice", "one", "many", "about",
    "list", "flag",
]  # fmt: skip


@dataclass(frozen=True)
class FormField:
    """A field of a form, by the place of its value in the record (`ease.score`).

    words and long are said in a language, line is not; `one`, `many` and `about` choose among what stands elsewhere
    (`of`, see `choices`); about is a list of one; numbers stand with a semicolon between; flag is ticked or not.
    needed: may not be left empty. fixed: asked of a new record alone;
    key: it is the record's key, and stands nowhere in it. free: what is not among the choices may be typed.
    """

    name: str
    means: Means
    needed: bool = False
    options: tuple[str, ...] = ()
    of: str = ""
    fixed: bool = False
    key: bool = False
    free: bool = False


@dataclass(frozen=True)
class RecordForm:
    """What is asked of a kind. title: the field a record is known by to its reader, "" where there is but one.

    key: the fields a new record's key is made of, never what is typed in words: a key is sealed, and a name in it would
    be there for good. None where it gets the next free one. named: the record holds its key
    as `id`. begins: what a new record holds that nobody is asked.
    """

    fields: tuple[FormField, ...]
    title: str = "title"
    key: tuple[str, ...] = ()
    named: bool = False
    begins: Mapping[str, Any] = field(default_factory=dict)


def needed(means: Means, *names: str, of: str = "") -> tuple[FormField, ...]:
    """Return fields that may not be left empty."""
    return tuple(FormField(name, means, needed=True, of=of) for name in names)


def asked(means: Means, *names: str, of: str = "") -> tuple[FormField, ...]:
    """Return fields that may be left empty."""
    return tuple(FormField(name, means, of=of) for name in names)


def choice_of(name: str, *options: str) -> FormField:
    """Return a field of which one option is chosen."""
    return FormField(name, "choice", needed=True, options=options)
