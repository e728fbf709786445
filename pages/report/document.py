"""The note of today on the plan in use, without the app: `pages.report.document.pdf("nb")`."""

import datetime as dt

from analytics.programme import readings
from benefits.realisation import plan
from benefits.realisation.plan import GainStatus, Plan
from pages.frame.cache import cached_value
from pages.frame.sight import seen
from pages.report import compose
from pages.report import pdf as printed
from pages.report.model import SteeringNote

statuses = cached_value(plan.statuses)


def pdf(lang: str, kind: str = "status", day: dt.date | None = None) -> bytes:
    """Return the note as a PDF file: `status` (monthly, two pages) or `closing` (five points)."""
    return printed.pdf(note(lang, kind, day))


def source(lang: str, kind: str = "status", day: dt.date | None = None) -> bytes:
    """Return the finished typst source of the note, which compiles by itself."""
    return printed.source(note(lang, kind, day))


def note(lang: str, kind: str = "status", day: dt.date | None = None) -> SteeringNote:
    """Return the note on the plan in use. Raises the problems of the newest plan where no plan is without any."""
    found = plan.plan_in_use(seen())
    if found.plan is None and found.refused:
        raise ExceptionGroup("plan", [problem for group in found.refused.values() for problem in group])
    when = day or plan.today()
    gains = statuses(found.plan, when, readings.started(seen())) if found.plan else ()
    return of_plan(found.plan, gains, lang, kind, when)


def of_plan(found: Plan | None, gains: tuple[GainStatus, ...], lang: str, kind: str, day: dt.date) -> SteeringNote:
    """Return the note on a plan whose gains have their statuses; where there is none, the note says so."""
    return compose.compose(kind, lang, found, gains, day)
