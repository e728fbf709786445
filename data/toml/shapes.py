"""More that a key may ask: a name of a list, a value in a shorter way, and values that must hold together."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from data.toml.fields import Check, Fits, Names, fault

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core.core_schema import CoreSchema

    from data.problems import Problem


@dataclass(frozen=True)
class KnownName(Fits):
    """A text must be one of these names; a slip of the pen is told with the name that was probably meant."""

    names: tuple[str, ...] = ()

    def checked(self, value: Any, _names: Names = MappingProxyType({}), /) -> Any:  # noqa: ANN401
        """Return the value; raise a `fault` where it is none of the names."""
        if value not in self.names:
            raise fault("unknown_name", known=list(self.names))
        return value


@dataclass(frozen=True)
class Given:
    """A value may be written in a shorter way: `whole` makes of it what the type asks for."""

    whole: Callable[[Any], object]

    def __get_pydantic_core_schema__(self, source: object, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        """Make it whole before the type is asked."""
        from pydantic_core import core_schema

        return core_schema.no_info_before_validator_function(self.whole, handler(source))


@dataclass(frozen=True)
class AsWritten:
    """A value is checked and then kept as it stands: 5 stays 5 where the type is a number, so that its hash does."""

    def __get_pydantic_core_schema__(self, source: object, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        """Ask what the type asks and take the value itself."""
        from pydantic_core import core_schema

        return core_schema.no_info_wrap_validator_function(_kept, handler(source))


@dataclass(frozen=True)
class TextOrNumber:
    """A text that is not empty, or a finite number, kept as it stands."""

    def __get_pydantic_core_schema__(self, _source: object, _handler: "GetCoreSchemaHandler") -> "CoreSchema":
        """Ask for either."""
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(_text_or_number)


@dataclass(frozen=True)
class Numbers:
    """A number, or a list of them: read as a tuple either way."""

    def __get_pydantic_core_schema__(self, _source: object, _handler: "GetCoreSchemaHandler") -> "CoreSchema":
        """Ask for finite numbers, at least one."""
        from pydantic_core import core_schema

        number = core_schema.float_schema(strict=True, allow_inf_nan=False)
        numbers = core_schema.tuple_variable_schema(number, min_length=1)
        listed = core_schema.no_info_before_validator_function(_listed, numbers)
        return core_schema.custom_error_schema(listed, "numbers", custom_error_message="numbers")


@dataclass(frozen=True)
class Together(Check):
    """A value that fits its type must also hold together: `faults` returns what does not, as problems in words.

    A problem's `cell` is the place inside the value: `low` for a key of a table, `[2].years` for one of a list, empty
    for the value itself.
    """

    faults: Callable[[Any], Iterable["Problem"]]

    def checked(self, value: Any, _names: Names, /) -> Any:  # noqa: ANN401
        """Return the value; raise a `fault` with every problem in it."""
        if problems := list(self.faults(value)):
            raise fault("problems", problems=problems)
        return value


def one_of(*names: str) -> KnownName:
    """Return the annotation of a text that is one of the names."""
    return KnownName("choice", names.__contains__, (("allowed", ", ".join(names)),), names=names)


def _kept(value: object, checked: Callable[[object], object]) -> object:
    checked(value)
    return value


def _text_or_number(value: object) -> object:
    number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    if not number and not (isinstance(value, str) and value.strip()):
        raise fault("text_or_number")
    return value


def _listed(value: object) -> object:
    return value if isinstance(value, list | tuple) else [value]
