"""What matters today, as data: the questions a politician comes with, and the values that answer them."""

from dataclasses import dataclass

from analytics.exclusion.comparisons import Beside, beside
from analytics.exclusion.rates import Rate
from analytics.exclusion.subject import Subject, at, newest, subject
from analytics.results import NotEstimable
from data.settings import settings


@dataclass(frozen=True)
class Message:
    """One question and its answer: `subject` and `rate` for a level, `beside` for what the tests say.

    question: `how_many`, `than_before`, `than_others` or `work_capacity`.
    """

    question: str
    subject: Subject
    rate: Rate
    beside: Beside | NotEstimable


def key_messages(region: str) -> tuple[Message, ...]:
    """Return the messages of the first screen for a region, newest figures; a comparison stands in one edition."""
    main = settings().main_indicator
    answers = [("how_many", "than_before", "than_others"), ("work_capacity",)]
    asked = [(main.id, main.age_group), ("reduced_work_capacity", "18-29")]
    found = [
        _messages(questions, indicator, region, age_group)
        for questions, (indicator, age_group) in zip(answers, asked, strict=True)
    ]
    return tuple(message for group in found for message in group)


def _messages(questions: tuple[str, ...], indicator: str, region: str, age_group: str) -> list[Message]:
    place = subject(indicator, region, age_group, "both")
    rate = newest(place) if place else None
    if place is None or rate is None:
        return []
    place = at(place, rate.period)
    answer = beside(place.view, place.region, rate.period)
    return [Message(question, place, rate, answer) for question in questions]
