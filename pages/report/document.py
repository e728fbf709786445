"""The note of today on the plan in use, without the app: `pages.report.document.pdf("nb")`."""

import datetime as dt

from benefits.realisation import plan
from benefits.realisation.plan import GainStatus, Plan
from pages.frame.cache import cached_value
from pages.report import compose
from pages.report import pdf as printed
from pages.report.model import SteeringNote
from pages.views.plan import wording

statuses = cached_value(plan.statuses)


def pdf(lang: str, kind: str = "status", day: dt.date | None = None) -> bytes:
    """Return the note as a PDF file: `status` (monthly, two pages) or `closing` (five points)."""
    return printed.pdf(note(lang, kind, day))


def source(lang: str, kind: str = "status", day: dt.date | None = None) -> bytes:
    """Return the finished typst source of the note, which compiles by itself."""
    return printed.source(note(lang, kind, day))


def note(lang: str, kind: str = "status", day: dt.date | None = None) -> SteeringNote:
    """Return the note on the plan in use. Raises the problems of the newest plan where there is no plan without any."""
    found = plan.plan_in_use()
    if found.plan is None:
        raise ExceptionGroup("plan", [problem for group in found.refused.values() for problem in group])
    return of_plan(found.plan, statuses(found.plan, day or plan.today()), lang, kind, day or plan.today())


def of_plan(found: Plan, gains: tuple[GainStatus, ...], lang: str, kind: str, day: dt.date) -> SteeringNote:
    """Return the note on a plan whose gains have their statuses."""
    return compose.compose(kind, lang, found, wording.plan_source(found, lang), gains, day)
