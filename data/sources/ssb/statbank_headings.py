"""The headings of a Statbank table: which rows they are, and what each column's words mean."""

import re
from dataclasses import dataclass
from functools import cached_property

from data.ingest.contract import Problem
from data.ingest.sheet import Sheet, cell_name, trim
from data.ingest.spelling import FEW, GROUPED
from data.sources.ssb.dimension_order import in_their_order
from data.sources.ssb.heading_words import FIELDS, means
from data.sources.ssb.vocabulary import meaning, region_of, role_of

_ETTER = re.compile(r"(?:,)? (?:etter|by) ")
_COMMAS = re.compile(r", | og | and ")
_NUMBER = re.compile(rf"^((-?\d+([.,]\d+)?|{GROUPED})( ?%)?\*?|\.{{1,3}}|:|-|\*|=.*|{FEW})$")
_DIGITS = re.compile(rf"^(-?\d+([.,]\d+)?|{GROUPED})( ?%)?\*?$")


@dataclass(frozen=True)
class StatbankHeading:
    """One column of numbers: its place and what its headings say (measure, period, age, sex, dimensions)."""

    column: int
    facts: dict[str, str]


@dataclass(frozen=True)
class StatbankLayout:
    """Where the parts of a table lie: heading rows, label columns, rows of the body, and the rows below it."""

    sheet: Sheet
    title: str
    heads: tuple[int, ...]
    stubs: int
    body: list[int]
    rest: list[int]

    @cached_property
    def stub_names(self) -> list[str]:
        """Return the name of each label column: its own heading, else the title's dimensions in their order."""
        own = [self.sheet.text(self.heads[-1], column) for column in range(self.stubs)]
        titled = dimensions_of(self.title) or ["region"]
        if not any(own) and len(titled) > self.stubs:
            titled = in_their_order(titled, [self._labels(column) for column in range(self.stubs)])
        return [name or (titled[i] if i < len(titled) else f"stub{i + 1}") for i, name in enumerate(own)]

    @property
    def places_across(self) -> bool:
        """Whether regions are headings: the title names them, and no column of labels has them."""
        rest = (name for name in dimensions_of(self.title) if name not in self.stub_names)
        return any(role_of(name) == "region" for name in rest)

    def _labels(self, column: int) -> set[str]:
        return {text for row in self.body if (text := self.sheet.text(row, column))}

    def labels(self, row: int) -> dict[str, str]:
        """Return the labels of a body row by the name of their column; a blank label is the one above."""
        found: dict[str, str] = {}
        for column, name in enumerate(self.stub_names):
            above = row
            while above > self.body[0] and not self.sheet.text(above, column):
                above -= 1
            found[name] = self.sheet.text(above, column)
        return found


def split(title: str) -> tuple[str, str]:
    """Return the subject of a title and its list of dimensions ("13563: subject, etter region, år og alder")."""
    parts = _ETTER.split(re.sub(r"^\d{5}: ", "", title), maxsplit=1)
    return trim(parts[0].rstrip(",")), parts[1] if len(parts) > 1 else ""


def dimensions_of(title: str) -> list[str]:
    """Return the dimensions a title names, in their order."""
    return [trim(name) for name in _COMMAS.split(split(title)[1]) if trim(name)]


def grid_of(sheet: Sheet, title: str) -> StatbankLayout | None:
    """Return where the parts of a sheet's table lie, or None where it has no table."""
    rows = range(len(sheet.rows))
    wide = [row for row in rows if len(sheet.filled(row)) > 1 or (sheet.filled(row) and sheet.filled(row)[0][0] > 0)]
    top = next((row for row in wide if not re.match(r"^\"?\d{5}: ", sheet.text(row, 0))), None)
    first = next((row for row in wide if top is not None and row > top and _is_body(sheet, row)), None)
    if top is None or first is None:
        return None
    end, body = first, []
    while end in rows and (len(sheet.filled(end)) > 1 or _goes_on(sheet, end)):
        body += [end] if sheet.filled(end) else []
        end += 1
    heads = tuple(row for row in range(top, first) if sheet.filled(row))  # every other line may be blank
    stubs = _stubs(sheet, title, heads, body)
    return StatbankLayout(sheet, title, heads, stubs, body, list(range(end, len(sheet.rows)))) if stubs else None


def _goes_on(sheet: Sheet, row: int) -> bool:
    """Tell whether a blank row is a gap in a table: the next that is filled is one of its rows."""
    after = next((each for each in range(row, len(sheet.rows)) if sheet.filled(each)), None)
    return not sheet.filled(row) and after is not None and _is_body(sheet, after)


def _is_body(sheet: Sheet, row: int) -> bool:
    cells = sheet.filled(row)
    numbers = [text for column, text in cells if column > 0 and _NUMBER.match(text) and not _year_like(text)]
    return bool(cells) and cells[0][0] == 0 and (bool(numbers) or bool(region_of(cells[0][1])[0]))


def _year_like(text: str) -> bool:
    return bool(re.fullmatch(r"(19|20)\d{2}\*?", text))


def _stubs(sheet: Sheet, title: str, heads: tuple[int, ...], body: list[int]) -> int:
    """Return the number of label columns: those whose heading is a dimension, or that hold no numbers.

    Where the title names the dimensions and label columns have no headings, they are those that no row of headings has.
    """
    width = max(len(sheet.rows[row]) for row in (*heads, *body))
    titled = len(dimensions_of(title)) - len(heads)
    if titled > 0 and not any(sheet.text(row, column) for row in heads for column in range(titled)):
        return titled
    dimensions = [column for column, name in sheet.filled(heads[-1]) if role_of(name)]
    for column in range(max(dimensions, default=0), width):
        name = sheet.text(heads[-1], column)
        texts = [text for row in body if (text := sheet.text(row, column))]
        labels = any(not _NUMBER.match(text) for text in texts[:50]) and not any(is_number(text) for text in texts)
        if column > 0 and not role_of(name) and not labels:
            return column
    return 0


def is_number(text: str) -> bool:
    """Tell whether a text is a number, however it is spelled, and no sign for one."""
    return bool(_DIGITS.match(text))


def headings(file: str, grid: StatbankLayout) -> tuple[list[StatbankHeading], list[Problem]]:
    """Return what each column of numbers holds; blank headings are filled from the left."""
    found: list[StatbankHeading] = []
    wrong: list[Problem] = []
    last = max(len(grid.sheet.rows[row]) for row in grid.body)
    levels = [grid.sheet.text(row, grid.stubs) for row in grid.heads]
    for column in range(grid.stubs, last):
        own = [grid.sheet.text(row, column) for row in grid.heads]
        if not any(own):
            wrong += _unheaded(file, grid, column)
            continue
        first = next(i for i, text in enumerate(own) if text)
        levels = [*levels[:first], *(text or old for text, old in zip(own[first:], levels[first:], strict=True))]
        facts = _without_contents(grid, means(levels, _names(grid, len(levels)), places=grid.places_across))
        if facts.get("period") or "time" in {role_of(name) for name in grid.stub_names}:
            found.append(StatbankHeading(column, facts))
        else:
            place = {"file": file, "sheet": grid.sheet.name, "cell": cell_name(grid.heads[-1], column)}
            wrong.append(Problem(code="missing_period", **place, expected="period", found=own[-1]))
    return found, wrong


def _without_contents(grid: StatbankLayout, facts: dict[str, str]) -> dict[str, str]:
    """Take a heading of only a sex or an age ("Kvinner 2021") for that, where the title has such a dimension."""
    measure = facts.get("measure", "")
    for role in ("sex", "age"):
        across = any(role_of(name) == role for name in dimensions_of(grid.title) if name not in grid.stub_names)
        if across and FIELDS[role] not in facts and (said := meaning(role, measure)):
            return facts | {FIELDS[role]: said, "measure": split(grid.title)[0]}
    return facts


def _unheaded(file: str, grid: StatbankLayout, column: int) -> list[Problem]:
    rows = [row for row in grid.body if grid.sheet.text(row, column)]
    return [
        Problem(
            code="value_without_heading",
            file=file,
            sheet=grid.sheet.name,
            cell=cell_name(row, column),
            found=grid.sheet.text(row, column),
        )
        for row in rows[:1]
    ]


def _names(grid: StatbankLayout, number: int) -> list[str]:
    """Return the dimension of each heading row, from the title, where their numbers agree."""
    rest = [name for name in dimensions_of(grid.title) if name not in grid.stub_names]
    seen = [name for name in rest if role_of(name) != "contents"]  # a table of one content may not show it
    named = next((names for names in (rest, seen) if len(names) == number), [""] * number)
    texts = [{text for column, text in grid.sheet.filled(row) if column >= grid.stubs} for row in grid.heads]
    return in_their_order(named, texts) if any(named) else named
