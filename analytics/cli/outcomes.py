"""The command on published studies: `python -m analytics outcomes --study cohort_1995`, the page's numbers as JSON."""

import argparse

from analytics.cli.command import Answer, Command
from analytics.cohorts.published_outcomes import PublishedOutcomes, outcome_studies, published_outcomes
from analytics.results import NotEstimable
from data import i18n
from data.i18n import reader_language
from data.settings import settings


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--study", help=_help("study"))
    parser.add_argument("--region", default=settings().home_municipality, help=_help("region"))


def _help(name: str) -> str:
    return i18n.say("analytics", reader_language(), f"outcomes.command.{name}")


def _run(given: argparse.Namespace, lang: str) -> Answer:
    asked = [given.study] if given.study else [each.id for each in outcome_studies()]
    return {"region": given.region, "studies": [_answer(name, given.region, lang) for name in asked]}


def _answer(name: str, region: str, lang: str) -> Answer:
    found = published_outcomes(name, region)
    if isinstance(found, NotEstimable):
        return {"id": name, "not_estimable": {"reason": found.reason, "sentence": found.sentence(lang)}}
    return {**_source(found, lang), "finding": found.finding(lang), "rows": found.frame.to_dicts()}


def _source(found: PublishedOutcomes, lang: str) -> Answer:
    """Return whose figures they are, whom they are about, and how they were read."""
    study = found.study
    same = ("id", "publisher", "url", "issued", "licence", "provenance", "copy")
    words = ("title", "place", "who", "definition", "source", "note")
    return {name: getattr(study, name) or None for name in same} | {
        name: getattr(study, name).get(lang) for name in words
    }


COMMANDS = (Command("outcomes", _arguments, _run),)
