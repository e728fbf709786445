"""Writes the note for the steering group from the same functions as the pages: nothing is computed here."""

import datetime as dt
from collections.abc import Sequence

from analytics import messages, places, programme
from benefits.plan import GainStatus, Plan
from pages.note import evidence
from pages.note.content import Note, Points, Section, Text, plain
from pages.ui import format as written
from pages.ui import overview_answers, plan_words, texts
from pages.ui.cached import held
from pages.ui.citations import citation
from pages.ui.footer import Citation
from pages.ui.texts import language, text

key_messages = held(messages.key_messages)


def compose(kind: str, lang: str, plan: Plan, plan_source: Citation, gains: Sequence[GainStatus], day: dt.date) -> Note:
    """Return the note in a language: `status` (monthly, two pages) or `closing` (the five points)."""
    with texts.speaking(lang):
        found = key_messages(places.home())
        cited = [citation(each.subject.view.edition, each.subject.view.indicator) for each in found]
        sources = tuple(
            dict.fromkeys(
                [*cited, *plan_words.sources(gains, plan_source), evidence.registry_source(), evidence.model_source()]
            )
        )
        example = plan.example or any(each.example for each in programme.experiments_in())
        sections = {"status": _status, "closing": _closing}[kind](plan, tuple(gains), found)
        name = programme.programme().name[lang]
        when = written.period(f"{day:%Y-%m}")
        return Note(
            kind=kind, lang=lang, title=text(f"note.title.{kind}", name=name, when=when),
            lead=text(f"note.lead.{kind}", place=places.name_of(places.home())), day=day, example=example,
            sections=sections, sources=sources,
        )  # fmt: skip


def _status(plan: Plan, gains: tuple[GainStatus, ...], found: tuple[messages.Message, ...]) -> tuple[Section, ...]:
    short = Points((*(plain(overview_answers.answer(each)) for each in found[:3]), plan_words.summary(gains)))
    return (
        Section(text("note.short"), (short, *evidence.outside(found))),
        Section(text("note.plan"), evidence.plan(plan, gains)),
        Section(text("note.portfolio"), (*evidence.unpublished(), evidence.portfolio())),
        Section(text("note.worth"), evidence.payers(gains)),
    )


def _closing(plan: Plan, gains: tuple[GainStatus, ...], found: tuple[messages.Message, ...]) -> tuple[Section, ...]:
    about, lang = programme.programme(), language()
    problem = [about.why[lang], *(plain(overview_answers.answer(each)) for each in found)]
    return (
        Section(text("note.point.problem"), (Points(tuple(problem)), *evidence.outside(found))),
        Section(text("note.point.done"), (Points(evidence.done()), evidence.knots_picture())),
        Section(text("note.point.solution"), (Points(evidence.answers()), *evidence.voices())),
        Section(text("note.point.use"), (Text(evidence.in_use()), evidence.hand_over())),
        Section(text("note.point.next"), (evidence.plan(plan, gains)[0], *evidence.worth(gains))),
    )
