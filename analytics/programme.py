"""The programme as the pages and the model ask for it: its files, its experiments, and what an indicator says now."""

from collections.abc import Sequence
from dataclasses import dataclass

from analytics import exclusion, places, provenance
from analytics.experiments.registry import Experiment, experiments
from analytics.rates import Rate, as_rate, series
from analytics.results import NotEstimable
from data.programme import NoProgramme, programme
from data.programme_forms import Form, Item
from data.programme_records import CRITERIA, Knot, Knots, Named, Programme, Task, Voice

__all__ = [
    "CRITERIA", "Form", "Item", "Knot", "Knots", "Named", "NoProgramme", "Programme", "Reading", "Task", "Voice",
    "before", "changes", "experiments_in", "phase_of", "programme", "reading",
]  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """What an indicator says of a place: its newest known rate, the edition it stands in, and all known rates."""

    rate: Rate
    edition: str
    known: tuple[Rate, ...]


def reading(indicator: str, region: str = "", age_group: str = "", sex: str = "both") -> Reading | NotEstimable:
    """Return an indicator's newest known rate in a place (default home, default age), in one edition.

    NotEstimable where the place has no figures of its own: another place's are never put in their stead.
    """
    place = region or places.home()
    ages = exclusion.age_groups(indicator)
    found = exclusion.subject(indicator, place, age_group or exclusion.default_age(indicator), sex) if ages else None
    facts = (("indicator", indicator), ("place", places.name_of(place)))
    if found is None or found.stepped_up:
        return NotEstimable("indicator_not_for_place", facts)
    rows = series(found.view, (place,)).sort("period")
    known = tuple(as_rate(row) for row in rows.iter_rows(named=True) if row["value"] is not None)
    if not known:
        return NotEstimable("indicator_not_for_place", facts)
    return Reading(known[-1], found.view.edition, known)


def before(found: Reading, day: str) -> Rate | None:
    """Return the newest rate of a period that ended on or before a day (ISO), None where there is none."""
    earlier = [rate for rate in found.known if period_end(rate.period) <= day]
    return earlier[-1] if earlier else None


def period_end(period: str) -> str:
    """Return the last day of a year, month or school year as ISO text; months end on "31", which sorts as the last."""
    if len(period) == 7 and period[4] == "-" and period[5:].isdecimal() and int(period[5:]) <= 12:
        return f"{period}-31"
    return f"{period[:4]}-12-31"


def period_start(period: str) -> str:
    """Return the first day of a year or month as ISO text."""
    return f"{period}-01" if len(period) == 7 else f"{period[:4]}-01-01"


def experiments_in(
    *, area: int | None = None, concept: str = "", track: str = "", published: bool = False
) -> tuple[Experiment, ...]:
    """Return the programme's own experiments (or the published trials it builds on) that pass every filter."""
    return tuple(
        each
        for each in experiments()
        if each.published is published
        and area in (None, each.area)
        and (not track or each.track == track)
        and (not concept or each.concept == _concept(concept).name["nb"])
    )


def phase_of(experiment: Experiment, columns: Sequence[Named]) -> str:
    """Return the column an experiment stands in: a SLIK phase, or the diamond that holds it; "" where it is stopped."""
    held = (column.id for column in columns if experiment.phase == column.id or experiment.phase in column.slik)
    return next(held, "")


def changes(forms: Sequence[Form]) -> tuple[tuple[Item, Item | None], ...]:
    """Return each line of the newest form with the same line of the form before it, where its version is the same."""
    ordered = sorted(forms, key=lambda form: form.date)
    if not ordered:
        return ()
    earlier = [form for form in ordered[:-1] if form.version == ordered[-1].version]
    past = {item.id: item for item in earlier[-1].items} if earlier else {}
    return tuple((item, past.get(item.id)) for item in ordered[-1].items)


def indicator_label(indicator: str, lang: str) -> str:
    """Return an indicator's name in a language."""
    return provenance.indicators()[indicator].label[lang]


def _concept(concept: str) -> Named:
    return next(each for each in programme().concepts if each.id == concept)
