"""Problems on a screen: those of one kind on one line, no more lines than can be read, and the whole list in a file."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from data import i18n, paths
from data.cli.preview_words import KEYS, in_every_language
from data.problems import AlikeProblems, Problem, alike

MOST_LINES = 20
LIST = "problems.txt"
PERSONAL = ("identity_number", "email_address", "person", "uia_persons")  # how the codes begin


def problem_lines(found: Sequence[Problem], lang: str) -> list[str]:
    """Return at most `MOST_LINES` lines: a kind of problem each, with how many there are and where the first is.

    Where a problem has no line of its own, the whole list is written to a file, which the last line names.
    """
    groups = alike(found)
    if len(groups) == len(found) <= MOST_LINES:
        return [group.line(lang) for group in groups]
    shown = groups[: MOST_LINES - 1]
    return [*(group.line(lang) for group in shown), _rest(found, groups[len(shown) :], lang)]


def problems_json(found: Sequence[Problem], lang: str) -> dict[str, Any]:
    """Return problems for programs: a group of a kind each, and every line where groups tell of fewer."""
    said = {
        each: {"problems": [group.as_json(each) for group in alike(found)], "lines": whole_list(found, each)}
        for each in i18n.LANGUAGES
    }
    return {"ok": False, **dict.fromkeys(KEYS), **in_every_language(said, lang)}


def whole_list(found: Sequence[Problem], lang: str) -> list[str]:
    """Return every problem on a line where groups tell of fewer; none of a file that holds persons."""
    kept = len(alike(found)) < len(found) and not _personal(found)
    return [problem.line(lang) for problem in found] if kept else []


def _personal(found: Sequence[Problem]) -> bool:
    return any(problem.code.startswith(PERSONAL) for problem in found)


def _rest(found: Sequence[Problem], left: Sequence[AlikeProblems], lang: str) -> str:
    key = "kinds_left" if left else "all_kinds"
    facts = {"left": len(left), "number": len(found), "place": _written(found, lang)}
    return i18n.say("data", lang, f"problem_lines.{key}", **facts)


def _written(found: Sequence[Problem], lang: str) -> str:
    """Write every problem to a file and return its place; nothing is kept of a file that holds persons."""
    file = paths.var() / LIST
    if not _personal(found):
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("".join(f"{problem.line(lang)}\n" for problem in found), encoding="utf-8")
            return paths.told(file)
    return "–"
