"""Attempts to find an owner for what a programme has made: who was asked, with what answer, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from data.curated.programme.forms import Reason
from data.ingest.personal_text import REACHES, Impersonal
from data.toml import BothLanguages, Day, Text, choice

ANSWERS = ("open", "yes", "no", "in_part")


def _unsaid() -> dict[str, str]:
    return {"nb": "", "en": ""}


@dataclass(frozen=True)
class HandOver:
    """An attempt to find an owner for a solution: who was asked, when, with what answer and why.

    what: a concept or an experiment by its id (`concept/…`, `experiment/…`), or a name.
    `answer` "open" is not answered yet. source: where it is told.
    """

    what: Text
    to: Reason
    answer: Annotated[str, choice(*ANSWERS)] = "open"
    asked: Day | None = None
    why: Annotated[Mapping[str, str], BothLanguages(once=True, empty=True), Impersonal(REACHES)] = field(
        default_factory=_unsaid
    )
    source: str = ""
    id: str = ""


@dataclass(frozen=True, kw_only=True)
class HandOverInFile(HandOver):
    """An attempt as a file has it, where it is known by an id: a name would stay in the key once it is erased."""

    id: Text
