"""How an experiment goes against the programme's own rule: a prototype is tried within four to six months."""

import datetime as dt

from analytics.experiments.portfolio.registry import Experiment
from analytics.experiments.reporting.registration_notes import later

MOST_MONTHS = 6
TRIED = ("understanding", "idea", "test", "")


def due(experiment: Experiment) -> dt.date | None:
    """Return the day by which an experiment is to have been tried, six months after it started; None before that."""
    return later(dt.date.fromisoformat(experiment.started), MOST_MONTHS) if experiment.started else None


def overdue(experiment: Experiment, today: dt.date) -> bool:
    """Return whether an experiment is still being tried after its day."""
    day = due(experiment)
    return day is not None and day < today and experiment.phase in TRIED
