"""What a key of a TOML file may hold beyond its type, as annotations that stand beside the type."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from data.wording import LANGUAGES

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core.core_schema import CoreSchema, ValidationInfo


@dataclass(frozen=True)
class Fits:
    """A value must pass a test; `toml.<expected>` in the texts says what is asked for, with the facts put in."""

    expected: str
    test: Callable[[Any], object]
    facts: tuple[tuple[str, object], ...] = ()

    def __get_pydantic_core_schema__(self, source: object, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        """Ask after the type has been asked."""
        from pydantic_core import core_schema

        return core_schema.no_info_after_validator_function(self._checked, handler(source))

    def _checked(self, value: object) -> object:
        from pydantic_core import PydanticCustomError

        if not self.test(value):
            raise PydanticCustomError(self.expected, "fits", dict(self.facts))
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
        names = given.get(self.names) if isinstance(self.names, str) else self.names()
        return None if names is None else list(names)


@dataclass(frozen=True)
class BothLanguages:
    """A text in each language, `{ nb, en }`; `once`: a name that is the same in both may be given as one text."""

    once: bool = False

    def __get_pydantic_core_schema__(self, _source: object, _handler: "GetCoreSchemaHandler") -> "CoreSchema":
        """Ask for a text under each language and nothing else."""
        from pydantic_core import core_schema

        text = core_schema.no_info_after_validator_function(_FILLED._checked, core_schema.str_schema())
        both = core_schema.typed_dict_schema(dict.fromkeys(LANGUAGES, core_schema.typed_dict_field(text)))
        return core_schema.no_info_before_validator_function(self._spread, both)

    def _spread(self, value: object) -> object:
        from pydantic_core import PydanticCustomError

        if self.once and isinstance(value, str):
            return dict.fromkeys(LANGUAGES, value)
        if not isinstance(value, Mapping):
            raise PydanticCustomError("both_languages", "both languages")
        return value


_FILLED = Fits("text", str.strip)
Text = Annotated[str, _FILLED]
Words = Annotated[Mapping[str, str], BothLanguages()]
Name = Annotated[Mapping[str, str], BothLanguages(once=True)]


def at_least(low: float) -> Fits:
    """Return the annotation of a number that is no less than `low`."""
    return Fits("at_least", lambda value: value >= low, (("low", low),))


def within(low: float, high: float) -> Fits:
    """Return the annotation of a number from `low` to `high`, both included."""
    return Fits("within", lambda value: low <= value <= high, (("low", low), ("high", high)))


def choice(*allowed: str) -> Fits:
    """Return the annotation of a text that is one of those allowed."""
    return Fits("choice", allowed.__contains__, (("allowed", ", ".join(allowed)),))
