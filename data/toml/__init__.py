"""TOML files that people write, read into frozen dataclasses: every fault told at once, with its key and its cure.

A dataclass says what a file holds; `fields` has what its annotations may ask beyond a type. Keys nobody knows are
refused, and no value is turned into another type. pydantic does the checking.
"""

from data.toml.fields import (
    AsWritten,
    BothLanguages,
    Check,
    Day,
    Different,
    Fits,
    Name,
    Names,
    Numbers,
    OneOf,
    OptionalWords,
    Pattern,
    PeriodText,
    Text,
    TextOrNumber,
    Together,
    Unique,
    Words,
    at_least,
    choice,
    fault,
    key,
    one_of,
    rising,
    within,
)
from data.toml.problems import TomlProblem, choices_in, columns_in, lists_in
from data.toml.reading import fitted, gathered, parsed, read_toml, told, toml_table

__all__ = [
    "AsWritten", "BothLanguages", "Check", "Day", "Different", "Fits", "Name", "Names", "Numbers",
    "OneOf", "OptionalWords", "Pattern", "PeriodText", "Text", "TextOrNumber", "Together", "TomlProblem",
    "Unique", "Words", "at_least", "choice", "choices_in", "columns_in", "fault", "fitted", "gathered", "key",
    "lists_in", "one_of", "parsed", "read_toml", "rising", "told", "toml_table", "within",
]  # fmt: skip
