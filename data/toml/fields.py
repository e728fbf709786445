"""What a key of a TOML file may hold beyond its type, as annotations that stand beside the type."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any

from data.problems import Problems
from data.wording import LANGUAGES

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core.core_schema import CoreSchema, ValidationInfo


@dataclass(frozen=True)
class Fits:
    """A value must pass a test; `toml.<expected>` in the texts says what is asked for, with the facts put in.

    at: the key of a table the fault is told at, where the test is of the table.
    """

    expected: str
    test: Callable[[Any], object]
    facts: tuple[tuple[str, object], ...] = ()
    at: str = ""

    def __get_pydantic_core_schema__(self, source: object, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        """Ask after the type has been asked."""
        from pydantic_core import core_schema

        return core_schema.no_info_after_validator_function(self._checked, handler(source))

    def _checked(self, value: object) -> object:
        from pydantic_core import PydanticCustomError

        if not self.test(value):
            raise PydanticCustomError(self.expected, "fits", {**dict(self.facts), "at": self.at})
        return value


@dataclass(frozen=True)
class OneOf:
    """A text must be one of the names another file knows.

    names: a function that returns them, or the word under which `read_toml(…, names={word: …})` gives them.
    empty: an empty text may stand for nobody and nothing.
    """

    names: Callable[[], Iterable[str]] | str
    empty: bool = False

    def __get_pydantic_core_schema__(self, source: object, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        """Ask after the type has been asked."""
        from pydantic_core import core_schema

        return core_schema.with_info_after_validator_function(self._checked, handler(source))

    def _checked(self, value: str, info: "ValidationInfo") -> str:
        from pydantic_core import PydanticCustomError

        known = self._known(info.context or {})
        if known is None or value in known or (self.empty and not value):
            return value
        raise PydanticCustomError("unknown_name", "one of", {"known": known})

    def _known(self, given: Mapping[str, Iterable[str]]) -> list[str] | None:
        """Return the names; None where the file that holds them could not be read, which is told on its own."""
        try:
            names = given.get(self.names) if isinstance(self.names, str) else self.names()
        except Problems:
            return None
        return None if names is None else list(names)


@dataclass(frozen=True)
class BothLanguages:
    """A text in each language, `{ nb, en }`.

    once: a name that is the same in both may be given as one text. empty: there may be nothing to say in either.
    """

    once: bool = False
    empty: bool = False

    def __get_pydantic_core_schema__(self, _source: object, _handler: "GetCoreSchemaHandler") -> "CoreSchema":
        """Ask for a text under each language and nothing else."""
        from pydantic_core import core_schema

        text: CoreSchema = core_schema.str_schema()
        text = text if self.empty else core_schema.no_info_after_validator_function(_FILLED._checked, text)
        both = core_schema.typed_dict_schema(dict.fromkeys(LANGUAGES, core_schema.typed_dict_field(text)))
        alike = core_schema.no_info_after_validator_function(_ALIKE._checked, both)
        return core_schema.no_info_before_validator_function(self._spread, alike)

    def _spread(self, value: object) -> object:
        from pydantic_core import PydanticCustomError

        if self.once and isinstance(value, str):
            return dict.fromkeys(LANGUAGES, value)
        if not isinstance(value, Mapping):
            raise PydanticCustomError("both_languages", "both languages")
        return value


def compiles(text: str) -> bool:
    """Return whether a text is a regular expression."""
    try:
        re.compile(text)
    except (re.error, RecursionError):
        return False
    return True


_FILLED = Fits("text", str.strip)
_ALIKE = Fits("both_languages", lambda words: len({bool(text.strip()) for text in words.values()}) == 1)
Text = Annotated[str, _FILLED]
Words = Annotated[Mapping[str, str], BothLanguages()]
Remark = Annotated[Mapping[str, str], BothLanguages(empty=True)]
Name = Annotated[Mapping[str, str], BothLanguages(once=True)]
Period = Annotated[
    str, Fits("period", re.compile(r"\d{4}(-(0[1-9]|1[0-2]|Q[1-4]|W(0[1-9]|[1-4]\d|5[0-3])))?").fullmatch)
]
Different = Fits("different", lambda listed: len(set(listed)) == len(listed))
Pattern = Annotated[str, Fits("pattern", compiles)]


def rising(values: Sequence[Any]) -> bool:
    """Return whether values that can be ordered are, and none stands twice."""
    return all(first < second for first, second in pairwise(values))


def at_least(low: float) -> Fits:
    """Return the annotation of a number that is no less than `low`."""
    return Fits("at_least", lambda value: value >= low, (("low", low),))


def within(low: float, high: float) -> Fits:
    """Return the annotation of a number from `low` to `high`, both included."""
    return Fits("within", lambda value: low <= value <= high, (("low", low), ("high", high)))


def choice(*allowed: str) -> Fits:
    """Return the annotation of a text that is one of those allowed."""
    return Fits("choice", allowed.__contains__, (("allowed", ", ".join(allowed)),))
