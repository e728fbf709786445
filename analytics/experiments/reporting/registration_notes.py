"""What the dates say: whether a plan came before its start, and whether its results can be as old as their outcome."""

import datetime as dt

from analytics.experiments.design.design import Design
from analytics.experiments.estimators.base import Remark, note

SHORTEST_MONTH = 28


def registration_notes(design: Design) -> list[Remark]:
    """Return N05 without a registration by the start, and N09 where the results are dated before start + follow-up."""
    late = design.registered is None or (design.started is not None and design.registered > design.started)
    return ([note("N05")] if late else []) + _too_early(design)


def _too_early(design: Design) -> list[Remark]:
    if design.started is None or design.delivered is None:
        return []
    months = design.follow_up_months or 0
    due = later(dt.date.fromisoformat(design.started), months).isoformat()
    if design.delivered >= due:
        return []
    return [note("N09", delivered=design.delivered, started=design.started, months=months, due=due)]


def later(day: dt.date, months: int) -> dt.date:
    """Return a day some months on; the last days of a month are its 28th, so that no month is too short."""
    years, month = divmod(day.month - 1 + months, 12)
    return dt.date(day.year + years, month + 1, min(day.day, SHORTEST_MONTH))
