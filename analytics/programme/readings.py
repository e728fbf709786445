"""The programme as the pages and the model ask for it: its files, its experiments, and what an indicator says now."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analytics import provenance, regions
from analytics.exclusion import subject
from analytics.exclusion.rates import Rate, as_rate, series
from analytics.exclusion.subject import Subject
from analytics.experiments.portfolio.registry import Experiment
from analytics.programme import going
from analytics.results import NotEstimable
from data.catalogue import indicators
from data.curated.programme.forms import Form, Item
from data.curated.programme.hand_over import HandOver
from data.curated.programme.model import (
    CRITERIA,
    PERSPECTIVES,
    Knot,
    Knots,
    NamedItem,
    Partner,
    Programme,
    Target,
    Task,
    Voice,
)  # fmt: skip
from data.curated.programme.read import NoProgramme
from data.period import Period
from data.records import in_use
from data.records.files import key_of, known_by
from data.records.state import NOTHING, RecordState

__all__ = [
    "CRITERIA",
    "PERSPECTIVES",
    "Form",
    "HandOver",
    "IndicatorReading",
    "Item",
    "Knot",
    "Knots",
    "NamedItem",
    "NoProgramme",
    "Partner",
    "Programme",
    "Target",
    "Task",
    "Voice",
    "asked_of",
    "before",
    "changes",
    "concept_name",
    "experiments_in",
    "is_of",
    "keyed",
    "phase_of",
    "programme",
    "reading",
    "started",
]  # fmt: skip


@dataclass(frozen=True)
class IndicatorReading:
    """What an indicator says of a place: its newest known rate, the edition it stands in, and all known rates."""

    indicator: str
    rate: Rate
    edition: str
    known: tuple[Rate, ...]

    def period(self, rate: Rate) -> Period:
        """Return the period of one of its rates, read as the indicator is counted."""
        return Period.of(rate.period, indicators()[self.indicator].frequency)


def programme(state: RecordState = NOTHING) -> Programme:
    """Return the programme: a state of the log over the files (`data/records/in_use.py`), or the files alone.

    Raises NoProgramme, and `Problems` of a file or a record.
    """
    return in_use.programme_in_use(state)


def reading(
    indicator: str, region: str = "", age_group: str = "", sex: str = "both"
) -> IndicatorReading | NotEstimable:
    """Return an indicator's newest known rate in a place (default home, default age).

    NotEstimable where the place has no figures of its own: another place's are never put in their stead.
    """
    place = region or regions.home()
    found = asked_of(indicator, place, age_group, sex)
    facts = (("indicator", indicator), ("place", regions.name_of(place)))
    if found is None:
        return NotEstimable("indicator_not_for_place", facts)
    rows = series(found.view, (place,)).sort("period")
    known = tuple(as_rate(row) for row in rows.iter_rows(named=True) if row["value"] is not None)
    if not known:
        return NotEstimable("indicator_not_for_place", facts)
    return IndicatorReading(indicator, known[-1], known[-1].edition, known)


def started(state: RecordState = NOTHING) -> int | None:
    """Return the first year of the home's programme, None where the home has described none."""
    try:
        return programme(state).started
    except NoProgramme:
        return None


def asked_of(indicator: str, region: str = "", age_group: str = "", sex: str = "both") -> Subject | None:
    """Return an indicator in a place (default home, default age), None where the place has no figures of its own."""
    ages = subject.age_groups(indicator)
    asked = region or regions.home(), age_group or (subject.default_age(indicator) if ages else ""), sex
    found = subject.subject(indicator, *asked) if ages else None
    return None if found is None or found.stepped_up else found


def before(found: IndicatorReading, day: dt.date) -> Rate | None:
    """Return the newest rate of a period that ended on or before a day, None where there is none."""
    earlier = [rate for rate in found.known if found.period(rate).end <= day]
    return earlier[-1] if earlier else None


def experiments_in(
    state: RecordState = NOTHING,
    *,
    area: int | None = None,
    concept: str = "",
    track: str = "",
    published: bool = False,
) -> tuple[Experiment, ...]:
    """Return the programme's own experiments (or the published trials it builds on) that pass every filter.

    Own ones go as a state of the records says, and include those that have no file; see `going`.
    """
    found = programme(state) if concept else None
    return tuple(
        each
        for each in going.experiments_seen(state)
        if each.published is published
        and area in (None, each.area)
        and (not track or each.track == track)
        and (found is None or is_of(each, concept, found))
    )


def is_of(each: Experiment, concept: str, found: Programme) -> bool:
    """Return whether an experiment builds on a concept, which it names by its id or, as files do, its name."""
    return any(one.id == concept and each.concept in (one.id, *one.name.values()) for one in found.concepts)


def concept_name(said: str, state: RecordState, lang: str) -> str:
    """Return what the concept an experiment names is called; one the programme has not is called as it stands."""
    try:
        known = programme(state).concepts
    except NoProgramme:
        return said
    return next((one.name[lang] for one in known if said in (one.id, *one.name.values())), said)


def keyed(kind: str, rows: Iterable[tuple[str, str]], state: RecordState) -> dict[str, str]:
    """Return the titles of rows (what each is known by, its title) by the keys of their records.

    A record's key is made of what the row is known by where a file brought it, and is its own where a form did.
    """
    own = {known_by(kind, each.table): key for key, each in state.of(kind).items()}
    return {own.get(name) or key_of(name): title for name, title in rows}


def phase_of(experiment: Experiment, columns: Sequence[NamedItem]) -> str:
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


def indicator_names() -> tuple[str, ...]:
    """Return the ids of every indicator."""
    return tuple(provenance.indicators())


def indicator_label(indicator: str, lang: str) -> str:
    """Return an indicator's name in a language."""
    return provenance.indicators()[indicator].label[lang]
