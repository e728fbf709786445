"""How an experiment goes, in the words that the list of experiments, its table and the note share."""

import datetime as dt

from analytics.experiments.portfolio.results import Reported
from analytics.programme import course
from analytics.programme.going import ExperimentCourse
from pages.format import numbers
from pages.format.texts import language, text

NAMES = ("phase", "judged", "owner", "registered", "started", "due", "next", "stopped", "price")
"""What is told of how an experiment goes, in this order."""


def facts(each: Reported, told: ExperimentCourse | None, day: dt.date) -> dict[str, str]:
    """Return what is known of how an experiment goes on a day, by name; "" where nothing is."""
    experiment, lang = each.experiment, language()
    begun = course.started(experiment, told)
    return {
        "phase": text(f"experiments.phase.{experiment.phase or 'none'}"),
        "judged": text(f"room.option.{told.verdict}") if told and told.verdict != "not_judged" else "",
        "owner": told.owner[lang] if told else experiment.responsible,
        "registered": _registered(each),
        "started": numbers.period(begun) if begun else "",
        "due": _due(each, told, day),
        "next": _dated(told.next_decision[lang], told.next_decision_date) if told else "",
        "stopped": _dated(told.stop_reason[lang], told.stopped) if told else "",
        "price": _price(each, told),
    }


def _registered(each: Reported) -> str:
    """Return how the registration stands; "" where nothing is registered."""
    if each.registered is None:
        return ""
    return text(f"experiments.standing.{each.standing}", date=numbers.period(each.registered))


def _due(each: Reported, told: ExperimentCourse | None, day: dt.date) -> str:
    due = course.due(each.experiment, told)
    if due is None or each.experiment.phase not in course.TRIED:
        return ""
    key = "overdue" if course.overdue(each.experiment, day, told) else "by"
    return text(f"programme.experiments.{key}", date=numbers.date(due))


def _dated(words: str, day: str | None) -> str:
    told = numbers.date(dt.date.fromisoformat(day)) if day else ""
    return ": ".join(filter(None, (told, words)))


def _price(each: Reported, told: ExperimentCourse | None) -> str:
    """Return the price of a participant and of the whole, each where it is known."""
    person, whole = each.experiment.cost_per_participant_nok, told.price_nok if told else None
    parts = [text("programme.experiments.per_person", price=numbers.nok(person))] if person is not None else []
    parts += [text("programme.experiments.in_all", price=numbers.nok(whole))] if whole is not None else []
    return ", ".join(parts)
