"""The note as PDF: tagged (PDF/UA-1) and archivable (PDF/A-3a), with fonts that typst carries itself."""

import datetime as dt
import json
from typing import Any

from data import paths
from data.i18n import speaking
from pages.format import marking
from pages.format.numbers import date
from pages.format.texts import text
from pages.plots import theme
from pages.report.model import SteeringNote, as_data

TEMPLATE = paths.PAGES / "report" / "template.typ"
STANDARDS: list[Any] = ["a-3a", "ua-1"]


def pdf(note: SteeringNote) -> bytes:
    """Return the note as a PDF file. The same note gives the same bytes."""
    return compiled(source(note), note)


def source(note: SteeringNote) -> bytes:
    """Return the note as one typst document that needs no other file: its content as JSON, then the template."""
    with speaking(note.lang):
        content = json.dumps(_data(note), ensure_ascii=False)
    quoted = content.replace("\\", "\\\\").replace('"', '\\"')
    return f'#let note = json(bytes("{quoted}"))\n'.encode() + TEMPLATE.read_bytes()


def compiled(finished: bytes, note: SteeringNote) -> bytes:
    """Return the PDF of a finished source."""
    import typst

    moment = dt.datetime.combine(note.day, dt.time(), dt.UTC)
    made = typst.compile(finished, pdf_standards=STANDARDS, ignore_system_fonts=True, timestamp=moment)
    return bytes(made)


def _data(note: SteeringNote) -> dict[str, Any]:
    sections = [
        {"heading": each.heading, "blocks": [as_data(block) for block in each.blocks]} for each in note.sections
    ]
    return {
        "title": note.title, "lead": note.lead, "lang": note.lang, "author": text("shell.name"),
        "keywords": [text(f"plan.kind.{note.kind}")], "day": [note.day.year, note.day.month, note.day.day],
        "mark": marking.word(example=note.example),
        "mark_words": marking.note_words(example=note.example),
        "foot": text("note.foot", title=note.title, date=date(note.day)),
        "sections": sections, "sources_heading": text("shell.sources_heading"), "colour": theme.tokens()["colour"],
        "sources": [f"{each.publisher}: {each.title}, {each.edition}. {each.licence}. {each.address}".strip()
                    for each in note.sources],
    }  # fmt: skip
