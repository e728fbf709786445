"""Problems on a screen: those of one kind on one line, no more lines than can be read, and the whole list in a file."""

from collections.abc import Sequence
from contextlib import suppress

from data import i18n, paths
from data.ingest.contract import Problem

MOST = 20
LIST = "problems.txt"
PERSONAL = ("identity_number", "email_address", "person")  # how the codes begin


def problem_lines(found: Sequence[Problem], lang: str) -> list[str]:
    """Return at most `MOST` lines: a kind of problem each, with how many there are and where the first is.

    Where a problem has no line of its own, the whole list is written to a file, which the last line names.
    """
    kinds: dict[tuple[str, ...], list[Problem]] = {}
    for problem in found:
        kinds.setdefault((problem.code, problem.file, problem.sheet, problem.column), []).append(problem)
    groups = list(kinds.values())
    shown = groups if len(groups) == len(found) <= MOST else groups[: MOST - 1]
    lines = [_line(group, lang) for group in shown]
    return lines if len(lines) == len(found) else [*lines, _rest(found, len(groups) - len(shown), lang)]


def _line(group: Sequence[Problem], lang: str) -> str:
    first, more = group[0].line(lang), len(group) - 1
    return f"{first} {_say(lang, 'more', number=more)}" if more else first


def _rest(found: Sequence[Problem], left: int, lang: str) -> str:
    place = _written(found, lang)
    return _say(lang, "kinds_left" if left else "all_kinds", left=left, number=len(found), place=place)


def _written(found: Sequence[Problem], lang: str) -> str:
    """Write every problem to a file and return its place; nothing is kept of a file that holds persons."""
    file = paths.var() / LIST
    if not any(problem.code.startswith(PERSONAL) for problem in found):
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("".join(f"{problem.line(lang)}\n" for problem in found), encoding="utf-8")
            return paths.told(file)
    return "–"


def _say(lang: str, key: str, **facts: object) -> str:
    return i18n.say("data", lang, f"problem_lines.{key}", **facts)
