"""Writes the note for the steering group from the same functions as the pages: nothing is computed here."""

import datetime as dt
from collections.abc import Sequence

from analytics import regions
from analytics.exclusion import key_messages
from analytics.exclusion.key_messages import Message
from analytics.programme import readings
from benefits.realisation.plan import GainStatus, Plan
from data.i18n import speaking
from pages.components.citations import citation, own_source
from pages.format import numbers
from pages.format.texts import language, text
from pages.frame.cache import cached_value
from pages.frame.sight import seen, sees_inner
from pages.frame.source_footer import Citation
from pages.report import room_sections, sections
from pages.report.model import Block, Points, Section, SteeringNote, Text, plain
from pages.views.overview import answers
from pages.views.programme import closing_points
from pages.views.programme.plan import wording

messages_of = cached_value(key_messages.key_messages)


def compose(kind: str, lang: str, plan: Plan | None, gains: Sequence[GainStatus], day: dt.date) -> SteeringNote:
    """Return the note in a language: `status` (monthly, two pages) or `closing` (the five points)."""
    with speaking(lang):
        found = messages_of(regions.home())
        cited = [*sections.drawn(found), *(citation(e.subject.view.edition, e.subject.view.indicator) for e in found)]
        own = [own_source(text(f"note.{name}"), text("programme.source_edition")) for name in ("registry", "model")]
        own += [own_source(text("room.source"), text("room.source_edition", number=n))] if (n := seen().number) else []
        sources = tuple(dict.fromkeys([*cited, *_planned(plan, gains), *own]))
        example = (plan is not None and plan.example) or any(each.example for each in readings.experiments_in(seen()))
        parts = {"status": _status, "closing": _closing}[kind](plan, tuple(gains), found, day)
        name = readings.programme(seen()).name[lang]
        when = numbers.period(f"{day:%Y-%m}")
        lead = text(f"note.lead.{kind}", place=regions.name_of(regions.home()))
        return SteeringNote(
            kind=kind, lang=lang, title=text(f"note.title.{kind}", name=name, when=when),
            lead=f"{lead} {text('room.note_inner')}" if sees_inner() else lead, day=day, example=example,
            sections=parts, sources=sources,
        )  # fmt: skip


def _planned(plan: Plan | None, gains: Sequence[GainStatus]) -> tuple[Citation, ...]:
    return wording.sources(gains, wording.plan_source(plan)) if plan else ()


def _status(
    plan: Plan | None, gains: tuple[GainStatus, ...], found: tuple[Message, ...], day: dt.date
) -> tuple[Section, ...]:
    summed = [wording.summary(gains)] if plan else []
    short = Points((*(plain(answers.answer(each)) for each in found[:3]), *summed))
    return (
        *room_sections.since(),
        Section(text("note.short"), (short, *sections.outside(found))),
        *room_sections.decisions(every=False),
        Section(text("note.plan"), sections.plan(plan, gains)),
        Section(text("note.portfolio"), (*sections.unpublished(), *sections.portfolio(day))),
        *room_sections.spent(),
        Section(text("note.worth"), sections.payers(gains)),
    )


def _closing(
    plan: Plan | None, gains: tuple[GainStatus, ...], found: tuple[Message, ...], day: dt.date
) -> tuple[Section, ...]:
    about, lang = readings.programme(seen()), language()
    problem = [about.why[lang], *(plain(answers.answer(each)) for each in found)]
    blocks: dict[str, tuple[Block, ...]] = {
        "problem": (Points(tuple(problem)), *sections.outside(found)),
        "done": (Points(sections.done()), sections.knots_picture()),
        "solution": (Points(sections.answers()), *sections.voices()),
        "use": (Points(closing_points.use(about)), *sections.going(day), sections.hand_over()),
        "next": (Text(closing_points.ahead()), sections.plan(plan, gains)[0], *sections.worth(gains)),
    }
    headings = (f"{number} {text(f'programme.point.{name}')}" for number, name in enumerate(blocks, 1))
    five = map(Section, headings, (_own(name, each) for name, each in blocks.items()))
    rest = (*room_sections.decisions(every=True), *room_sections.spent(), *room_sections.since())
    return (*five, *rest)


def _own(name: str, derived: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return a point as the steering group has written it, before what is derived; that alone where it has not."""
    said = closing_points.written(seen()).get(name)
    return (Text(said), *derived) if said else derived
