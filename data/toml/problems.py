"""The faults of a TOML file as problems in words: file, key, what stands there, what may stand there, what to do."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from difflib import get_close_matches
from types import NoneType
from typing import Any, ClassVar, get_args, get_origin, get_type_hints

from pydantic_core import ErrorDetails

from data import i18n
from data.i18n import LANGUAGES
from data.problems import Problem
from data.toml.fields import Fits, OneOf
from data.toml.schema import asked_for

Place = tuple[int | str, ...]
YES_NO = ("yes", "no")
_NAMED_AT_MOST = 30
_UNKNOWN_KEYS = ("unexpected_keyword_argument", "extra_forbidden")
_OF_A_FAULT = ("code", "found")
_MISSING_KEYS = ("missing", "missing_argument", "missing_keyword_only_argument")


@dataclass(eq=False, kw_only=True)
class TomlProblem(Problem):
    """One thing that is wrong in a TOML file; `cell` is the place of its key (`knot[2].ease.score`).

    rule: what was asked for, worded under `toml.<rule>` with the facts `asked` put in.
    """

    delivered: ClassVar[bool] = False
    rule: str = ""
    asked: Mapping[str, Any] = field(default_factory=dict)

    def facts(self) -> dict[str, Any]:
        """Return the facts by name, those of the rule among them."""
        return super().facts() | dict(self.asked)

    def expects(self, lang: str = "en") -> str:
        """Return what may stand there, in words."""
        words = i18n.words("data", lang)
        return words.get(f"toml.{self.rule}", words["toml.other"]).format(**self.asked) if self.rule else self.expected


def worded(errors: Sequence[ErrorDetails], kind: Any, file: str, given: set[str]) -> list[Problem]:  # noqa: ANN401
    """Return what pydantic found as problems.

    kind: the dataclass the file is read into; given: its fields that the reader fills, and no file may.
    """
    found: list[Problem] = []
    for error in errors:
        own = error.get("ctx", {}).get("problems")
        found += [_worded(error, kind, file, given)] if own is None else [_placed(each, error, file) for each in own]
    return found


def _placed(problem: Problem, error: ErrorDetails, file: str) -> Problem:
    """Return a problem that a check of a value found inside it, with the value's own place before it."""
    place = written(tuple(part for part in error["loc"] if part != "[key]"))
    cell = problem.cell if not place else place + ("" if problem.cell[:1] in ("", "[") else ".") + problem.cell
    return replace(problem, file=file, cell=cell, column=cell.rpartition(".")[2])


def _worded(error: ErrorDetails, kind: Any, file: str, given: set[str]) -> Problem:  # noqa: ANN401
    asked: Mapping[str, Any] = error.get("ctx", {})
    found = error["input"]
    for part in asked.get("at", ()):
        found = found[part] if isinstance(part, int) else found.get(part, "")
    place: Place = (*(part for part in error["loc"] if part != "[key]"), *asked.get("at", ()))
    problem = TomlProblem(
        code=asked.get("code", "toml_value"), file=file, cell=written(place), column=_short(place),
        found=asked.get("found") or shown(found), rule=error["type"], asked=_plain(asked),
    )  # fmt: skip
    if error["type"] in _UNKNOWN_KEYS:
        known = [name for name in keys_of(hint_at(kind, place[:-1])) if len(place) > 1 or name not in given]
        return named(problem, "toml_unknown_key", str(place[-1]), known)
    if error["type"] == "unknown_name":
        return named(problem, "toml_unknown_name", str(found), asked["known"])
    if error["type"] in _MISSING_KEYS:
        rule, asked = asked_for(hint_at(kind, place))
        problem.code, problem.found, problem.rule, problem.asked = "toml_missing", "", rule, _plain(asked)
    return problem


def named(problem: TomlProblem, code: str, found: str, known: Sequence[str]) -> TomlProblem:
    """Return the problem with the names that are known, and the one that was probably meant where one is near."""
    near = get_close_matches(found, known, n=1)
    some = [*near, *(name for name in known if name not in near)]
    listed = ", ".join(some[:_NAMED_AT_MOST]) + (" …" if len(some) > _NAMED_AT_MOST else "")
    problem.code, problem.rule = code + ("_near" if near else ""), "choice"
    problem.asked = {"allowed": listed or "–", "nearest": near[0] if near else ""}
    return problem


def hint_at(kind: Any, place: Place) -> Any:  # noqa: ANN401 - any annotation
    """Return the annotation of the value at a place of a dataclass."""
    for part in place:
        bare = _bare(kind)
        if is_dataclass(bare):
            kind = get_type_hints(bare, include_extras=True)[_field(bare, str(part))]
        else:
            kind = get_args(bare)[-1 if get_origin(bare) is not tuple else 0]
    return kind


def keys_of(hint: Any) -> list[str]:  # noqa: ANN401 - any annotation
    """Return the keys a table of this type may hold."""
    bare = _bare(hint)
    if not is_dataclass(bare):
        return list(LANGUAGES)
    return [each.metadata.get("key", each.name) for each in fields(bare) if each.init]


def columns_in(kind: Any, place: str = "") -> list[str]:  # noqa: ANN401 - any dataclass
    """Return the dotted keys of a table and of the tables it must have: the columns of a row that holds one."""
    hints, found = get_type_hints(kind, include_extras=True), list[str]()
    for each in fields(kind):
        name = place + str(each.metadata.get("key", each.name))
        if is_dataclass(_bare(hints[each.name])) and each.default is not None:
            found += columns_in(_bare(hints[each.name]), f"{name}.")
        elif not is_dataclass(_bare(hints[each.name])):
            found.append(name)
    return found


def choices_in(kind: Any) -> dict[str, tuple[str, ...]]:  # noqa: ANN401 - any dataclass
    """Return the columns of a row that hold a choice, each with its codes; true and false are yes and no."""
    hints = {name: hint_at(kind, tuple(name.split("."))) for name in columns_in(kind)}
    found = {name: _codes(hint) for name, hint in hints.items()}
    return {name: codes for name, codes in found.items() if codes}


def lists_in(kind: Any) -> tuple[str, ...]:  # noqa: ANN401 - any dataclass
    """Return the columns of a row that hold a list of words."""
    hints = {name: _bare(hint_at(kind, tuple(name.split(".")))) for name in columns_in(kind)}
    listed = {name: get_args(hint) for name, hint in hints.items() if get_origin(hint) is tuple}
    return tuple(name for name, args in listed.items() if _bare(args[0]) is str)


def _codes(hint: Any) -> tuple[str, ...]:  # noqa: ANN401 - any annotation
    if hint is bool:
        return YES_NO
    asked = [dict(each.facts) for each in getattr(hint, "__metadata__", ()) if isinstance(each, Fits)]
    listed = [each.names for each in getattr(hint, "__metadata__", ()) if isinstance(each, OneOf)]
    allowed = [str(each["allowed"]).split(", ") for each in asked if "allowed" in each]
    return next((tuple(each) for each in (*allowed, *(names() for names in listed if callable(names)))), ())


def _field(kind: Any, name: str) -> str:  # noqa: ANN401 - any dataclass
    """Return the field of a dataclass that a key of the file fills."""
    return next((each.name for each in fields(kind) if each.metadata.get("key") == name), name)


def written(place: Place) -> str:
    """Return a place as people write it: `partner[2].name.en`, counted from one."""
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in place).lstrip(".")


def _short(place: Place) -> str:
    """Return the key alone; with what it belongs to where it would say little alone: `name.en`, `peers[2]`."""
    little = bool(place) and (isinstance(place[-1], int) or place[-1] in LANGUAGES)
    return written(place[-2 if little else -1 :]) or "–"


def shown(value: object) -> str:
    """Return a value as it stands in TOML; words and what lies deep inside it are left out."""
    if isinstance(value, Mapping):
        told = {key: shown(each) if isinstance(each, int | float) else "…" for key, each in value.items()}
        return "{ " + ", ".join(f"{key} = {each}" for key, each in told.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join("…" if isinstance(each, list | Mapping) else shown(each) for each in value) + "]"
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return f'"{value}"' if isinstance(value, str) else str(value).lower()


def _bare(hint: Any) -> Any:  # noqa: ANN401 - any annotation
    """Return a type without its annotations and without None."""
    if hasattr(hint, "__metadata__"):
        return _bare(hint.__origin__)
    options = [each for each in get_args(hint) if each is not NoneType]
    return _bare(options[0]) if len(options) < len(get_args(hint)) else hint


def _plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts that can be put into words and sent between processes."""
    return {
        name: value for name, value in facts.items() if isinstance(value, str | int | float) and name not in _OF_A_FAULT
    }
