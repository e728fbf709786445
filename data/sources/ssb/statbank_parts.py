"""The parts of a Statbank sheet around its figures: titles, several tables below each other, and what stands below."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from data.ingest.contract import Note, Problem
from data.ingest.sheet import Sheet, cell_name, trim
from data.sources.ssb.statbank_headings import StatbankLayout, is_number
from data.sources.ssb.vocabulary import region_of

_TITLE = re.compile(r"^\"?(\d{5}): \S")
_CHANGED = re.compile(r"^(\d{4})(\d{2})(\d{2})\b")
_PRELIMINARY_NOTE = re.compile(
    r"siste årgang(en)? er foreløpige|figures? for the last year are preliminary", re.IGNORECASE
)


@dataclass(frozen=True)
class Below:
    """What stands below a table: the unit SSB names, the day of change, and whether the last year is preliminary."""

    unit: str
    updated: str
    preliminary: bool


def tables_of(sheet: Sheet, title: str) -> Iterator[tuple[Sheet, str]]:
    """Yield the tables of a sheet, each from its title to the next, in their own rows of it."""
    starts = [row for row in range(len(sheet.rows)) if title and _TITLE.match(sheet.text(row, 0))]
    for start, end in zip(starts, [*starts[1:], len(sheet.rows)], strict=True) if len(starts) > 1 else ():
        mine = Sheet(sheet.name, ((),) * start + sheet.rows[start:end])
        yield mine, trim(sheet.text(start, 0).strip('"'))
    if len(starts) < 2:
        yield sheet, title


def title_of(sheet: Sheet) -> str:
    """Return the title of a sheet's first table ("13563: …"), "" where it has none."""
    cells = next((cells for row in range(len(sheet.rows)) if (cells := sheet.filled(row))), [(1, "")])
    text = ", ".join(text for _, text in cells)
    return trim(text.strip('"')) if _TITLE.match(text) and cells[0][0] == 0 else ""


def several(file: str, titles: list[str]) -> Iterator[Problem]:
    """Yield that a file holds different tables: one number would be taken for all of them."""
    numbers = [*dict.fromkeys(title[:5] for title in titles)]
    if len(numbers) > 1:
        yield Problem(code="ssb_tables", file=file, found=", ".join(numbers))


def without_numbers(
    file: str, records: Mapping[tuple[str, ...], dict[str, str]], notes: list[Note]
) -> Iterator[Problem]:
    """Yield that the regions of a table stand by name alone, where all of them do."""
    named = next((note for note in notes if note.reason == "unknown_region"), None)
    if named and not records:
        yield Problem(code="ssb_no_codes", file=file, sheet=named.sheet, cell=named.cell, found=named.what)


def figures_below(file: str, grid: StatbankLayout) -> Iterator[Problem]:
    """Yield the first row of figures that stands below the notes, where nobody looks for the rest of a table."""
    for row in grid.rest:
        cells = [(column, text) for column, text in grid.sheet.filled(row) if column >= grid.stubs and is_number(text)]
        if cells and region_of(grid.sheet.text(row, 0))[0]:
            place = {"sheet": grid.sheet.name, "cell": cell_name(row, cells[0][0])}
            yield Problem(code="figures_below", file=file, **place, found=cells[0][1])
            return


def below_of(grid: StatbankLayout) -> Below:
    """Return what the rows below a table say of its figures."""
    texts = [text for row in grid.rest for _, text in grid.sheet.filled(row)]
    unit, updated = "", ""
    for place, text in enumerate(texts):
        if text.lower().startswith(("måleenhet", "unit")):
            following = [t for t in texts[place + 1 : place + 3] if not t.endswith(":")]
            several = len([t for t in texts[place + 1 : place + 6] if t.endswith(":")]) > 2
            unit = "" if several else (following[0] if following else "")
        day = _CHANGED.match(text)
        if day and not updated:
            updated = "-".join(day.groups())
    return Below(
        unit if unit.lower() in ("personer", "prosent", "antall", "persons", "percent") else "",
        updated,
        any(_PRELIMINARY_NOTE.search(text) for text in texts),
    )


def footnotes(grid: StatbankLayout) -> list[Note]:
    """Return the rows below a table as one note, with its first."""
    rows = [row for row in grid.rest if grid.sheet.filled(row)]
    if not rows:
        return []
    column, text = grid.sheet.filled(rows[0])[0]
    return [Note("footnotes", grid.sheet.name, cell_name(rows[0], column), text[:80], len(rows))]
