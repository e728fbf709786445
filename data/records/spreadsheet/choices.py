"""Choices in cells: they stand in the words of the reader's language, and are read as words of either, or as codes."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from typing import Any

from data.curated.plan.form import plan_form
from data.i18n import LANGUAGES, say, words
from data.problems import Problem
from data.records.kinds import KINDS
from data.toml import TomlProblem, choices_in

_NO_CHOICE = ("choice", "unknown_name", "bool_type", "about")
"""What TOML's rules find where a cell holds no choice of its column."""


@dataclass(eq=False, kw_only=True)
class ChoiceProblem(TomlProblem):
    """A cell that holds no choice of its column; choices: the words of each language that may stand there."""

    choices: Mapping[str, str] = field(default_factory=dict)

    def expects(self, lang: str = "en") -> str:
        """Return the words that may stand there."""
        return words("data", lang)["toml.choice"].format(allowed=self.choices[lang])


@cache
def codes(kind: str) -> Mapping[str, tuple[str, ...]]:
    """Return the columns of a kind that hold a choice, each with its codes; true and false are yes and no."""
    shape = KINDS[kind].shape
    if is_dataclass(shape):
        return choices_in(shape)
    return {name: tuple(told) for name, told in plan_form().words.items()}


def choice_words(kind: str, name: str, lang: str) -> list[str]:
    """Return what may be chosen in a column, in words; nothing for a column that holds no choice."""
    return [_word(kind, name, code, lang) for code in codes(kind).get(name, ())]


def as_word(kind: str, name: str, value: Any, lang: str) -> Any:  # noqa: ANN401 - any cell
    """Return the word of a choice in a language; any other value as it is."""
    asked = codes(kind).get(name, ())
    code = {True: "yes", False: "no"}[value] if isinstance(value, bool) else as_code(kind, name, value)
    return _word(kind, name, code, lang) if code in asked else value


def as_code(kind: str, name: str, value: Any) -> Any:  # noqa: ANN401
    """Return the code a cell says, in whichever language and case; any other value as it is."""
    return _spelled(kind, name).get(value.strip().casefold(), value) if isinstance(value, str) else value


def listed(problem: Problem, words_there: Mapping[str, list[str]]) -> Problem:
    """Return a problem of a row with the words, by language, that may stand in its cell, where it is of a choice."""
    allowed = {lang: ", ".join(said) for lang, said in words_there.items()}
    wrong = problem.code == "plan_choice" or getattr(problem, "rule", "") in _NO_CHOICE
    if not wrong or not any(allowed.values()):
        return problem
    given = {each.name: getattr(problem, each.name) for each in fields(problem) if each.init}
    code = "toml_missing" if problem.code == "toml_missing" else "records_choice"
    return ChoiceProblem(**given | {"code": code, "choices": allowed})


def _word(kind: str, name: str, code: str, lang: str) -> str:
    return plan_form().words[name][code][lang] if kind == "gain" else say("data", lang, f"records.choice.{code}")


@cache
def _spelled(kind: str, name: str) -> Mapping[str, str]:
    """Return the code of each way to write a choice; a code stands for itself, whatever else it may mean."""
    known = codes(kind).get(name, ())
    said = {_word(kind, name, code, lang).casefold(): code for code in known for lang in LANGUAGES}
    return said | {code.casefold(): code for code in known}
