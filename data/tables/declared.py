"""What adds up in a table as somebody tells it: a sum of codes, or a file of levels."""

import re
from pathlib import Path

import polars as pl

from data.ingest.contract import Problem, raise_all
from data.tables.slices import Ways

_LEVEL = re.compile(r'^\s*"?(@*)"?\s*[;,\t]?\s*"?([^"]*?)"?\s*$')
_Found = dict[str, list[tuple[str, tuple[str, ...]]]]


def declared(sums: list[str], files: list[str], cells: pl.DataFrame, file: str) -> dict[str, Ways]:
    """Return what adds up in some dimensions.

    sums: `place:county=4201+4202`. files: `place=levels.hrc`, where each line is a code, deeper ones behind more `@`,
    as τ-Argus and sdcTable write it. Raises Problems with what names no dimension or no code.
    """
    found: _Found = {}
    problems = [*_told_sums(sums, cells, file, found), *_told_levels(files, cells, file, found)]
    raise_all(file, problems)
    return {dim: tuple(ways) for dim, ways in found.items()}


def _told_sums(told: list[str], cells: pl.DataFrame, file: str, found: _Found) -> list[Problem]:
    problems = []
    for text in told:
        dim, _, rest = text.partition(":")
        whole, _, parts = rest.partition("=")
        codes = tuple(part.strip() for part in parts.split("+"))
        if dim not in cells.columns or len(codes) < 2 or not set(codes) <= set(cells[dim]):
            problems.append(Problem(code="sum_unreadable", file=file, found=text, expected="place:county=4201+4202"))
        found.setdefault(dim, []).append((whole.strip(), codes))
    return problems


def _told_levels(told: list[str], cells: pl.DataFrame, file: str, found: _Found) -> list[Problem]:
    problems = []
    for text in told:
        dim, _, name = text.partition("=")
        path = Path(name.strip())
        if dim not in cells.columns or not path.is_file():
            problems.append(Problem(code="levels_unreadable", file=file, found=text, expected="place=levels.hrc"))
            continue
        ways = _levels(path.read_text("utf-8-sig").splitlines())
        unknown = {code for whole, parts in ways for code in (whole, *parts)} - set(cells[dim])
        if unknown == {code for whole, parts in ways for code in (whole, *parts)}:
            problems.append(
                Problem(code="levels_unreadable", file=file, found=text, expected=", ".join(cells[dim][:3]))
            )
        found.setdefault(dim, []).extend(ways)
    return problems


def _levels(lines: list[str]) -> Ways:
    """Return each code with those one step below it. A file without one top leaves that to the table's total."""
    above: list[tuple[int, str]] = []
    parts: dict[str, list[str]] = {}
    for line in filter(str.strip, lines):
        marks, code = _LEVEL.match(line).groups()  # type: ignore[union-attr]
        while above and above[-1][0] >= len(marks):
            above.pop()
        if above:
            parts.setdefault(above[-1][1], []).append(code)
        above.append((len(marks), code))
    return tuple((whole, tuple(own)) for whole, own in parts.items())
