"""What a note is made of, whatever file it becomes: blocks in sections, and the sources they rest on."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pages.frame.source_footer import Citation


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True)
class Points:
    """Sentences one below the other."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Quote:
    """What a young person said, cleared for publication, plain and in the language's marks, and where it comes from."""

    text: str
    quoted: str
    by: str


@dataclass(frozen=True)
class NoteTable:
    """A table: headings, rows of words, relative widths of the columns, and the caption."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]


@dataclass(frozen=True)
class Picture:
    """A vector picture (SVG) with its finding, what it shows in words, and a note beneath."""

    svg: str
    alt: str
    finding: str
    note: str


Block = Text | Points | Quote | NoteTable | Picture


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class SteeringNote:
    """A note for the steering group in one language; `example` marks every page, picture and file."""

    kind: str
    lang: str
    title: str
    lead: str
    day: dt.date
    example: bool
    sections: tuple[Section, ...]
    sources: tuple[Citation, ...]


def sentences(note: SteeringNote) -> Iterator[tuple[str, str]]:
    """Yield (heading, text) for everything a note says, table rows and picture findings too."""
    for section in note.sections:
        for block in section.blocks:
            yield from ((section.heading, words) for words in _said(block))


def grids(note: SteeringNote) -> Sequence[NoteTable]:
    """Return the tables of a note."""
    return [block for section in note.sections for block in section.blocks if isinstance(block, NoteTable)]


def as_data(block: Block) -> dict[str, Any]:
    """Return a block as the plain values the template reads."""
    if isinstance(block, NoteTable):
        rows = [list(row) for row in block.rows]
        return {"kind": "grid", "caption": block.caption, "head": list(block.head), "rows": rows,
                "widths": list(block.widths)}  # fmt: skip
    return {"kind": type(block).__name__.lower(), **vars(block)}


def plain(words: str) -> str:
    """Return a text of the screen without its marks of emphasis."""
    return words.replace("**", "")


def _said(block: Block) -> list[str]:
    if isinstance(block, Text):
        return [block.text]
    if isinstance(block, Points):
        return list(block.items)
    if isinstance(block, Quote):
        return [f"{block.quoted} ({block.by})"]
    if isinstance(block, Picture):
        return [block.finding]
    return [" · ".join(row) for row in block.rows]
