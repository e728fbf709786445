"""What adds up in a table as somebody tells it: a sum of codes, or a file of levels."""

import re
from pathlib import Path

import polars as pl

from data.ingest.contract import Problem, raise_all
from data.ingest.encoding import decode
from data.tables.slices import Ways
from data.tables.words import is_total

_LEVEL = re.compile(r'^\s*"?(@*)"?\s*[;,\t]?\s*"?(.*?)"?\s*$')
_Found = dict[str, list[tuple[str, tuple[str, ...]]]]


def declared(sums: list[str], files: list[str], cells: pl.DataFrame, file: str) -> dict[str, Ways]:
    """Return what adds up in some dimensions.

    sums: `place:county=4201+4202`. files: `place=levels.hrc`, where each line is a code, deeper ones behind more `@`,
    as τ-Argus and sdcTable write it. A code the file leaves out is beside its tops. Raises Problems with what names no
    dimension or no code, and where a file has codes the table lacks, and lacks some it has: one may be misspelt.
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
        named, ways = _levels(decode(path.name, path.read_bytes())[0].splitlines())
        own = dict.fromkeys(cells[dim])
        lacking = [code for code in own if code not in named and not is_total(code)]
        if not named & own.keys():
            problems.append(Problem(code="levels_unreadable", file=file, found=text, expected=", ".join([*own][:3])))
        elif lacking and (strange := sorted(named - own.keys())):
            found_in, asked_for = (", ".join(codes[:5]) for codes in (lacking, strange))
            problems.append(
                Problem(code="levels_lacking", file=path.name, column=dim, found=found_in, expected=asked_for)
            )
        found.setdefault(dim, []).extend(ways)
    return problems


def _levels(lines: list[str]) -> tuple[set[str], Ways]:
    """Return the codes, and those one step below each. A file without one top leaves that to the table's total."""
    named: set[str] = set()
    above: list[tuple[int, str]] = []
    parts: dict[str, list[str]] = {}
    for line in filter(str.strip, lines):
        marks, code = _LEVEL.match(line).groups()  # type: ignore[union-attr]
        while above and above[-1][0] >= len(marks):
            above.pop()
        if above:
            parts.setdefault(above[-1][1], []).append(code)
        above.append((len(marks), code))
        named.add(code)
    return named, tuple((whole, tuple(own)) for whole, own in parts.items())
