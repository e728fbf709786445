"""Editions as citations: what stands beneath a picture, in the foot and in the files."""

from typing import TYPE_CHECKING

from analytics import provenance
from pages.format.numbers import period
from pages.format.texts import language, text
from pages.frame.cache import cached_value
from pages.frame.source_footer import Citation

if TYPE_CHECKING:
    from analytics.experiments.portfolio.results import Reported

STATED = {"not stated": "shell.no_licence", "public statistics, cited as a fact": "shell.as_fact"}
"""What a sidecar says in words of ours instead of a licence's name, each with its text."""


def citation(edition: str, indicator: str | None = None) -> Citation:
    """Return the citation of an edition, with the indicator's definition where one is named."""
    return _citation(edition, indicator, language())


def own_source(title: str, edition: str) -> Citation:
    """Return what Innenfor itself holds as it is cited."""
    return Citation("Innenfor", title, edition, "CC0")


def plan_edition(file: str, event: int) -> str:
    """Return by what a plan stands: the records' event, or its file where the records say nothing of it."""
    return text("room.source_edition", number=event) if event else file


def experiment_sources(each: "Reported", *, defined: bool = True) -> tuple[Citation, ...]:
    """Return where an experiment's numbers come from: its delivery, or the publication.

    `defined`: with what is counted, which differs between experiments of one delivery.
    """
    if each.experiment.published:
        title, mark = each.experiment.title[language()], text("experiments.mark.published").lower()
        return (Citation(each.experiment.source, title, mark, text("experiments.dossier.licence")),)
    found = each.delivery
    if found is None:
        return ()
    definition = each.experiment.primary_outcome[language()] if defined else ""
    edition = period(found.published)
    kind = text("experiments.example_delivery") if each.experiment.example else found.title
    return (Citation(found.publisher, kind, edition, found.licence, definition=definition),)


def licence(stated: str) -> str:
    """Return a licence as its publisher states it; what a sidecar says in words of ours is said in the reader's."""
    return text(STATED[stated]) if stated in STATED else stated


@cached_value
def _citation(edition: str, indicator: str | None, lang: str) -> Citation:
    found = provenance.edition(edition)
    definition = provenance.indicators()[indicator].definition[lang] if indicator else ""
    return Citation(
        publisher=found.publisher,
        title=f"{found.titled(lang)} ({found.table_id})" if found.table_id else found.titled(lang),
        edition=period(found.published, lang),
        licence=licence(found.licence),
        address=found.url,
        definition=definition,
        credit=found.credit(lang),
        copy=found.copy(lang),
    )
