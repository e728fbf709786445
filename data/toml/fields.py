"""What a key of a TOML file may hold beyond its type, as annotations that stand beside the type."""

import datetime as dt
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, replace
from itertools import pairwise
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetPydanticSchema, PlainValidator, ValidationInfo, WrapValidator
from pydantic_core import CoreSchema, PydanticCustomError, ValidationError, core_schema

from data.i18n import LANGUAGES
from data.period import is_period_of_data
from data.problems import Problem, Problems

Names = Mapping[str, Iterable[str] | None]


def fault(rule: str, **facts: object) -> Exception:
    """Return what a check raises: `toml.<rule>` in the texts says what is asked for, with the facts put in.

    Among the facts, `at` is the place inside the value, `code` another sentence than `toml_value`, and `found` what is
    shown instead of the value.
    """
    return PydanticCustomError(rule, "fault", facts)


@dataclass(frozen=True)
class Check:
    """Something that is asked of a value once its type is right."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Ask after the type has been asked."""

        def checked(value: object, info: ValidationInfo) -> object:
            return self.checked(value, info.context or {})

        return core_schema.with_info_after_validator_function(checked, handler(source))

    def checked(self, value: Any, _names: Names, /) -> Any:  # noqa: ANN401 - any TOML value
        """Return the value; raise a `fault` where it does not hold. _names: what `read_toml` was given."""
        raise NotImplementedError


@dataclass(frozen=True)
class Fits(Check):
    """A value must pass a test.

    at: the key of a table the fault is told at, where the test is of the table. known: names of which one is told as
    the one that was probably meant.
    """

    expected: str
    test: Callable[[Any], object]
    facts: tuple[tuple[str, object], ...] = ()
    at: str = ""
    known: tuple[str, ...] = ()

    def checked(self, value: Any, _names: Names, /) -> Any:  # noqa: ANN401
        """Return the value; raise a `fault` where it does not hold."""
        if self.test(value):
            return value
        if self.known:
            raise fault("unknown_name", known=list(self.known))
        raise fault(self.expected, at=(self.at,) if self.at else (), **dict(self.facts))


@dataclass(frozen=True)
class Unique(Check):
    """No two tables of a list have the same value under a key."""

    key: str = "id"

    def checked(self, value: Any, _names: Names, /) -> Any:  # noqa: ANN401
        """Return the value; raise a `fault` where it does not hold."""
        names = [getattr(each, self.key) for each in value]
        for place, name in enumerate(names):
            if name in names[:place]:
                raise fault("unique", at=(place, self.key), code="toml_repeated", found=str(name))
        return value


@dataclass(frozen=True)
class OneOf(Check):
    """A text must be one of the names another file knows.

    names: a function that returns them, or the word under which `read_toml(…, names={word: …})` gives them.
    empty: an empty text may stand for nobody and nothing.
    """

    names: Callable[[], Iterable[str]] | str
    empty: bool = False

    def checked(self, value: str, names: Names, /) -> str:
        """Return the value; raise a `fault` where it does not hold."""
        known = self._known(names)
        if known is None or value in known or (self.empty and not value):
            return value
        raise fault("unknown_name", known=known)

    def _known(self, given: Names) -> list[str] | None:
        """Return the names; None where the file that holds them could not be read, which is told on its own."""
        try:
            names = given.get(self.names) if isinstance(self.names, str) else self.names()
        except Problems:
            return None
        return None if names is None else list(names)


@dataclass(frozen=True)
class Together(Check):
    """A value that fits its type must also hold together: `faults` returns what does not, as problems in words.

    A problem's `cell` is the place inside the value: `low` for a key of a table, `[2].years` for one of a list, empty
    for the value itself.
    """

    faults: Callable[[Any], Iterable[Problem]]

    def checked(self, value: Any, _names: Names, /) -> Any:  # noqa: ANN401
        """Return the value; raise a `fault` with every problem in it."""
        if problems := list(self.faults(value)):
            raise fault("problems", problems=problems)
        return value


@dataclass(frozen=True)
class BothLanguages:
    """A text in each language, `{ nb, en }`.

    once: a name that is the same in both may be given as one text. empty: there may be nothing to say in either.
    partial: one language may stand alone, and is read in the other too.
    """

    once: bool = False
    empty: bool = False
    partial: bool = False

    def __get_pydantic_core_schema__(self, _source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Ask for a text under each language and nothing else."""
        text = handler.generate_schema(str if self.empty else Text)
        each = core_schema.typed_dict_field(text, required=not self.partial)
        both = core_schema.typed_dict_schema(dict.fromkeys(LANGUAGES, each))
        alike = core_schema.no_info_after_validator_function(_alike, both)
        return core_schema.no_info_before_validator_function(self._spread, alike)

    def _spread(self, value: object) -> object:
        if self.once and isinstance(value, str):
            return dict.fromkeys(LANGUAGES, value)
        if not isinstance(value, Mapping):
            raise fault("both_languages")
        return value


def _alike(words: Mapping[str, str]) -> Mapping[str, str]:
    if len({bool(text.strip()) for text in words.values()}) != 1:
        raise fault("both_languages")
    return words


def compiles(text: str) -> bool:
    """Return whether a text is a regular expression."""
    try:
        re.compile(text)
    except (re.error, RecursionError):
        return False
    return True


def _iso_day(_source: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
    return core_schema.no_info_after_validator_function(dt.date.isoformat, core_schema.date_schema())


def _kept(value: object, check: Callable[[object], object]) -> object:
    check(value)
    return value


def _text_or_number(value: object) -> object:
    number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    if not number and not (isinstance(value, str) and value.strip()):
        raise fault("text_or_number")
    return value


def _numbers(value: object, check: Callable[[object], Sequence[float]]) -> Sequence[float]:
    try:
        numbers = check(value if isinstance(value, list | tuple) else [value])
    except ValidationError:
        raise fault("numbers") from None
    if not numbers:
        raise fault("numbers")
    return numbers


Text = Annotated[str, Fits("text", str.strip)]
Words = Annotated[Mapping[str, str], BothLanguages()]
OptionalWords = Annotated[Mapping[str, str], BothLanguages(empty=True)]
Name = Annotated[Mapping[str, str], BothLanguages(once=True)]
PeriodText = Annotated[str, Fits("period", is_period_of_data)]
Day = Annotated[str, GetPydanticSchema(_iso_day)]  # a date, kept as its ISO text
Different = Fits("different", lambda listed: len(set(listed)) == len(listed))
Pattern = Annotated[str, Fits("pattern", compiles)]
AsWritten = WrapValidator(
    _kept
)  # checked, then kept as it stands: 5 stays 5 where the type is a number, and so its hash
TextOrNumber = PlainValidator(_text_or_number)
Numbers = WrapValidator(_numbers)  # a number or a list of them, at least one: read as a tuple either way


def key(name: str, default: Any = MISSING) -> Any:  # noqa: ANN401 - stands for a field of any type
    """Return a field of a dataclass that has another name in the file: `partners: … = key("partner")`."""
    return field(metadata={"key": name}, default=default)


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


def one_of(*names: str) -> Fits:
    """Return the annotation of a text that is one of the names; a slip is told with the name probably meant."""
    return replace(choice(*names), known=names)
