"""Errors a person may meet, each with its facts as fields and its words in `texts/`."""

from dataclasses import dataclass, fields
from os import PathLike
from typing import Any, ClassVar

from data import i18n

_LONGEST_NAME = 80


@dataclass(eq=False)
class InnenforError(Exception):
    """Base of all errors that are worded for a reader.

    A subclass names its `code` in its head, adds its facts as fields of a dataclass, and its layer's
    `texts/{nb,en}.toml` holds `[error.<code>]` with `says` (what is wrong) and `do` (the cure).
    """

    code: ClassVar[str] = "error"
    package: ClassVar[str] = ""  # where the words lie, where it is not the layer of the subclass
    where: str
    found: str

    def __init_subclass__(cls, code: str = "", package: str = "") -> None:
        super().__init_subclass__()
        if code:
            cls.code = code
        if package:
            cls.package = package

    def says(self, lang: str = "en") -> str:
        """Return what is wrong, in one sentence."""
        return self._word(lang, "says")

    def do(self, lang: str = "en") -> str:
        """Return what the reader can do about it."""
        return self._word(lang, "do")

    def place(self) -> str:
        """Return where in a file it stands, where its sentence does not say so."""
        return ""

    def facts(self) -> dict[str, Any]:
        """Return the facts of the error by field name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def as_json(self, lang: str = "en") -> dict[str, dict[str, str]]:
        """Return the error as the command line prints it."""
        facts = {"code": self.code, "where": self.where, "found": self.found}
        return {"error": facts | {"says": self.says(lang), "do": self.do(lang)}}

    def line(self, lang: str = "en") -> str:
        """Return the error on one line: its place, what is wrong, what to do."""
        return " · ".join(part for part in (self.place(), f"{self.says(lang)} {self.do(lang)}") if part)

    def __str__(self) -> str:
        return f"{self.says()} {self.do()}"

    def _word(self, lang: str, part: str) -> str:
        package = self.package or type(self).__module__.split(".")[0]
        return i18n.say(package, lang, f"error.{self.code}.{part}", **self.facts())


class FileUnusable(InnenforError, code="file_unusable", package="data"):
    """The system refuses a file or folder: a name too long, no leave, no room; `found` is its own word for why."""


def worded(problem: Exception) -> Exception:
    """Return what a command met, a file the system refused as an error with words."""
    if isinstance(problem, OSError) and isinstance(problem.filename, str | PathLike):
        name = str(problem.filename)
        return FileUnusable(where=_shortened(name), found=problem.strerror or "")
    return problem


def _shortened(name: str) -> str:
    """Return a path by its end where it is long: the file tells more than the folders it lies in."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    if len(name) <= _LONGEST_NAME:
        return name
    return f"…{name[1 - _LONGEST_NAME :]}" if len(last) < _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def foreseen(problem: BaseException) -> list[InnenforError]:
    """Return what an error or a group of them says to its reader; nothing where any of it was not foreseen."""
    if isinstance(problem, InnenforError):
        return [problem]
    if not isinstance(problem, BaseExceptionGroup):
        return []
    inner = [foreseen(each) for each in problem.exceptions]
    return [each for group in inner for each in group] if all(inner) else []


def refusal(problems: list[InnenforError], lang: str) -> dict[str, Any]:
    """Return problems as a command prints them: the first as `error`, and all as `errors` where there are more."""
    told = [problem.as_json(lang)["error"] for problem in problems]
    return {"error": told[0]} | ({"errors": told} if len(told) > 1 else {})
