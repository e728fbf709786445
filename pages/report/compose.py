"""Writes the note for the steering group from the same functions as the pages: nothing is computed here."""

import datetime as dt
from collections.abc import Sequence

from analytics import regions
from analytics.exclusion import key_messages as messages
from analytics.programme import readings
from benefits.realisation.plan import GainStatus, Plan
from data.i18n import speaking
from pages.components.citations import citation
from pages.format import numbers as written
from pages.format.texts import language, text
from pages.frame.cache import cached_value
from pages.frame.source_footer import Citation
from pages.report import sections as evidence
from pages.report.model import Points, Section, SteeringNote, Text, plain
from pages.views.overview import answers
from pages.views.plan import wording

key_messages = cached_value(messages.key_messages)


def compose(
    kind: str, lang: str, plan: Plan, plan_source: Citation, gains: Sequence[GainStatus], day: dt.date
) -> SteeringNote:
    """Return the note in a language: `status` (monthly, two pages) or `closing` (the five points)."""
    with speaking(lang):
        found = key_messages(regions.home())
        cited = [citation(each.subject.view.edition, each.subject.view.indicator) for each in found]
        sources = tuple(
            dict.fromkeys(
                [*cited, *wording.sources(gains, plan_source), evidence.registry_source(), evidence.model_source()]
            )
        )
        example = plan.example or any(each.example for each in readings.experiments_in())
        sections = {"status": _status, "closing": _closing}[kind](plan, tuple(gains), found)
        name = readings.programme().name[lang]
        when = written.period(f"{day:%Y-%m}")
        return SteeringNote(
            kind=kind, lang=lang, title=text(f"note.title.{kind}", name=name, when=when),
            lead=text(f"note.lead.{kind}", place=regions.name_of(regions.home())), day=day, example=example,
            sections=sections, sources=sources,
        )  # fmt: skip


def _status(plan: Plan, gains: tuple[GainStatus, ...], found: tuple[messages.Message, ...]) -> tuple[Section, ...]:
    short = Points((*(plain(answers.answer(each)) for each in found[:3]), wording.summary(gains)))
    return (
        Section(text("note.short"), (short, *evidence.outside(found))),
        Section(text("note.plan"), evidence.plan(plan, gains)),
        Section(text("note.portfolio"), (*evidence.unpublished(), evidence.portfolio())),
        Section(text("note.worth"), evidence.payers(gains)),
    )


def _closing(plan: Plan, gains: tuple[GainStatus, ...], found: tuple[messages.Message, ...]) -> tuple[Section, ...]:
    about, lang = readings.programme(), language()
    problem = [about.why[lang], *(plain(answers.answer(each)) for each in found)]
    return (
        Section(text("note.point.problem"), (Points(tuple(problem)), *evidence.outside(found))),
        Section(text("note.point.done"), (Points(evidence.done()), evidence.knots_picture())),
        Section(text("note.point.solution"), (Points(evidence.answers()), *evidence.voices())),
        Section(text("note.point.use"), (Text(evidence.in_use()), evidence.hand_over())),
        Section(text("note.point.next"), (evidence.plan(plan, gains)[0], *evidence.worth(gains))),
    )
