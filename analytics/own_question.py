"""What a reader may ask in SQL: the views, the limits, and a question to begin with."""

from dataclasses import dataclass

from data.warehouse import question
from data.warehouse.allowed import LONGEST
from data.warehouse.dictionary import PublishedView, dictionary, first_question

__all__ = ["PublishedView", "first_question", "limits", "views"]


@dataclass(frozen=True)
class AllowedQuestion:
    """What a question may take: letters, seconds, megabytes of memory, and rows of its answer."""

    letters: int
    seconds: float
    megabytes: int
    rows: int


def limits() -> AllowedQuestion:
    """Return what a question may take."""
    return AllowedQuestion(LONGEST, question.SECONDS, question.MEGABYTES, question.MOST_ROWS)


def views(lang: str) -> tuple[PublishedView, ...]:
    """Return the views a question may read, in a language. Raises WarehouseMissing."""
    return dictionary(lang)
