"""How an experiment goes against the programme's own rule: a prototype is tried within four to six months."""

import datetime as dt

from analytics.experiments.portfolio.registry import Experiment
from analytics.experiments.reporting.registration_notes import later
from analytics.programme.going import ExperimentCourse

MOST_MONTHS = 6
TRIED = ("understanding", "idea", "test", "")


def started(experiment: Experiment, told: ExperimentCourse | None = None) -> str:
    """Return the day an experiment started (ISO): as told in the records, else as its file says; "" before that."""
    return (told.started if told else None) or experiment.started or ""


def due(experiment: Experiment, told: ExperimentCourse | None = None) -> dt.date | None:
    """Return the day by which an experiment is to have been tried: the one that was set, else six months after its
    start; None before that."""
    if told and told.due:
        return dt.date.fromisoformat(told.due)
    begun = started(experiment, told)
    return later(dt.date.fromisoformat(begun), MOST_MONTHS) if begun else None


def overdue(experiment: Experiment, today: dt.date, told: ExperimentCourse | None = None) -> bool:
    """Return whether an experiment is still being tried after its day."""
    day = due(experiment, told)
    return day is not None and day < today and experiment.phase in TRIED
