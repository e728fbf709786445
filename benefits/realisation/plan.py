"""The benefit realisation plan with actual values: status by rule, and what was modelled beside what was realised."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from analytics import provenance
from analytics.counterfactual.programme_effect import Counterfactual, counterfactual
from analytics.programme import readings
from analytics.programme.readings import IndicatorReading
from analytics.results import NotEstimable
from benefits.persons.head_worth import SOCIETY
from benefits.scenario.model import shipped, shipped_scenario
from benefits.valuation.appraisal import Appraisal, appraise
from benefits.valuation.summaries import LedgerSummary
from data.curated.plan.form import plan_form
from data.curated.plan.read import InUse, Plan, PlanRow, today
from data.curated.plan.template import plan_template
from data.period import Period
from data.records import in_use
from data.records.state import NOTHING, RecordState

__all__ = [
    "STATUSES", "Compared", "GainStatus", "InUse", "Measured", "Plan", "PlanRow", "compared", "measured",
    "plan_form", "plan_in_use", "plan_template", "status_of", "statuses", "today",
]  # fmt: skip
STATUSES = ("on_course", "late", "not_measurable_yet", "not_realised")
_DRAWS = 10_000
_SAME = 1e-12
_SHOWN = 0.0005


@dataclass(frozen=True)
class Measured:
    """A value after the baseline: when it was measured (the end of its period), its 95 % limits, and where it stands.

    `population` is the number of people the share is of; `published_baseline` the indicator's own figure at the
    baseline, where that is known.
    """

    value: float
    day: dt.date
    period: str = ""
    low: float | None = None
    high: float | None = None
    population: int | None = None
    edition: str = ""
    status: str = "final"
    published_baseline: float | None = None


@dataclass(frozen=True)
class GainStatus:
    """One gain today: what was measured, where the straight line from baseline to target stands then, and the status.

    status: one of `STATUSES`; reason: the rule that gave it. `within_chance`: the 95 % limits of the actual value hold
    what it was compared with, so that chance alone could have turned the status. `limit`: what the indicator
    must change by in the row's municipality to be told from chance (a share), None where that is not known.
    """

    row: PlanRow
    status: str
    reason: str
    measured: Measured | None = None
    expected: float | None = None
    within_chance: bool = False
    limit: float | None = None

    @property
    def target_too_small(self) -> bool:
        """Whether the change to the target is one that cannot be told from chance in the indicator's figures."""
        return self.limit is not None and abs(self.row.target - self.row.baseline) <= self.limit

    @property
    def baseline_differs(self) -> bool:
        """Whether the typed baseline is not the figure the indicator's publisher gives for that time."""
        published = self.measured.published_baseline if self.measured else None
        return published is not None and abs(published - self.row.baseline) > _SHOWN


@dataclass(frozen=True)
class Compared:
    """A gain's modelled effect beside the change in its indicator: the second is not the effect of the measure.

    Heads in persons; NPV in NOK of the scenario's base year, `horizons` by term (`short` 0–2 years, `medium` 3–10,
    `long` after) for society in expectation; `ledgers` by payer and by participants, employers and others. Each amount
    is (P10, the expected NPV, P90): the number the model is known by, so that the terms add up to it. `chances`: that
    it is above zero, by ledger and for society.
    `realised_persons`: how many fewer (or more) the change in the share amounts to; None where it is no share.
    """

    gain: GainStatus
    scenario: str
    title: Mapping[str, str]
    example: bool
    modelled_now: float | None
    planned_persons: float | None
    realised_persons: float | None
    society: tuple[float, float, float]
    municipality: tuple[float, float, float]
    chances: Mapping[str, float]
    base_year: int
    horizons: Mapping[str, float]
    ledgers: Mapping[str, tuple[float, float, float]]

    def spread(self, name: str) -> tuple[float, float, float]:
        """Return the spread of a ledger, or society's."""
        return self.society if name == SOCIETY else self.ledgers[name]


def plan_in_use(state: RecordState = NOTHING) -> InUse:
    """Return the plan in use: a state of the records over the newest file without problems, or that file alone."""
    return in_use.plan_in_use(state)


def statuses(plan: Plan, day: dt.date | None = None, start: int | None = None) -> tuple[GainStatus, ...]:
    """Return every gain of a plan with its status on a day (default today).

    start: the programme's first year, by default as its files say.
    """
    every = ((row, status_of(row, measured(row), day or today())) for row in plan.rows)
    return tuple(replace(status, limit=limit_of(row, start)) for row, status in every)


def limit_of(row: PlanRow, start: int | None = None) -> float | None:
    """Return the share a row's indicator must change by in its municipality to be told from chance.

    From the programme's first year, else from the year after the baseline; None where the figures give no limit.
    """
    start = start or readings.started() or row.baseline_date.year + 1
    found = readings.asked_of(row.indicator, row.region, row.age_group) if row.unit == "percent" else None
    made = counterfactual(found.view, found.region, start) if found else None
    return made.effect.limit if isinstance(made, Counterfactual) else None


def measured(row: PlanRow) -> Measured | str:
    """Return a gain's newest value after its baseline, or why there is none.

    Why: `no_actual`, `no_figures` (the indicator has none for the place), `before_baseline` (none newer than the
    baseline), `broken` (the series begins anew between them).
    """
    if not row.indicator:
        return Measured(row.actual, row.actual_date) if row.actual is not None and row.actual_date else "no_actual"
    found = readings.reading(row.indicator, row.region, row.age_group)
    if isinstance(found, NotEstimable):
        return "no_figures"
    rate = found.rate
    if found.period(rate).start <= row.baseline_date:
        return "before_baseline"
    breaks = provenance.indicators()[row.indicator].breaks
    if any(row.baseline_date < Period.of(each.at).start <= found.period(rate).start for each in breaks):
        return "broken"
    return _read(found, row)


def _read(found: IndicatorReading, row: PlanRow) -> Measured:
    rate, then = found.rate, readings.before(found, row.baseline_date)
    return Measured(
        float(rate.value or 0.0), found.period(rate).end, rate.period, rate.low, rate.high, rate.population,
        found.edition, rate.status, then.value if then else None,
    )  # fmt: skip


def status_of(row: PlanRow, found: Measured | str, day: dt.date) -> GainStatus:
    """Return the status of a gain on a day, by rule.

    On course: the target is reached, or the value stands on or ahead of the straight line from baseline to target at
    the time it was measured. Late: it stands behind. Not realised: it was measured on or after the target's date and
    has not reached the target. Not measurable yet: there is no value after the baseline, or the target's date has
    passed and its figure is still to come.
    """
    if isinstance(found, str):
        return GainStatus(row, "not_measurable_yet", found)
    if _short(row, found.value, row.target) <= _SAME:
        return GainStatus(row, "on_course", "reached", found, row.target)
    if found.day >= row.target_date:
        return GainStatus(row, "not_realised", "passed", found, row.target, _covers(found, row.target))
    expected = _line(row, found.day)
    if day > row.target_date:
        return GainStatus(row, "not_measurable_yet", "awaiting", found, expected)
    behind = _short(row, found.value, expected) > _SAME
    within = _covers(found, expected)
    return GainStatus(row, "late" if behind else "on_course", "behind" if behind else "ahead", found, expected, within)


def compared(gains: tuple[GainStatus, ...], draws: int = _DRAWS) -> tuple[Compared, ...]:
    """Return, for each gain with a scenario Innenfor has, the modelled beside the realised."""
    return tuple(_beside(gain, draws) for gain in gains if gain.row.scenario in shipped())


def _beside(gain: GainStatus, draws: int) -> Compared:
    scenario = shipped_scenario(gain.row.scenario)
    found = appraise(scenario, draws=draws, seed=1)
    heads = dict(zip(found.by_year["years"], found.by_year["persons_in_work"], strict=True))
    people = gain.measured.population if gain.measured and gain.row.unit == "percent" else None
    return Compared(
        gain=gain,
        scenario=gain.row.scenario,
        title=found.title,
        example=found.example,
        modelled_now=heads.get(gain.measured.day.year) if gain.measured else None,
        planned_persons=people * (gain.row.target - gain.row.baseline) if people else None,
        realised_persons=people * (gain.measured.value - gain.row.baseline) if people and gain.measured else None,
        society=_spread(found.society),
        municipality=_spread(found.public["municipality"]),
        chances={name: ledger.probability_positive for name, ledger in _ledgers(found).items()},
        base_year=found.base_year,
        ledgers={name: _spread(ledger) for name, ledger in _ledgers(found).items() if name != SOCIETY},
        horizons={term: values["society"] for term, values in found.horizons.items()},
    )


def _ledgers(found: Appraisal) -> dict[str, LedgerSummary]:
    """Return who gains and who pays: the payers of public budgets, then private parties; and society."""
    private = {"participants": found.participants, "employers": found.employers, "others": found.others}
    return {**found.public, **private, SOCIETY: found.society}


def _spread(ledger: LedgerSummary) -> tuple[float, float, float]:
    return (ledger.p10, ledger.expected, ledger.p90)


def _short(row: PlanRow, value: float, wanted: float) -> float:
    """Return how far a value falls short of a wanted one, in the direction of the target; 0 or less is there."""
    return wanted - value if row.target > row.baseline else value - wanted


def _line(row: PlanRow, day: dt.date) -> float:
    done = (day - row.baseline_date).days / (row.target_date - row.baseline_date).days
    return row.baseline + (row.target - row.baseline) * min(max(done, 0.0), 1.0)


def _covers(found: Measured, wanted: float) -> bool:
    return found.low is not None and found.high is not None and found.low <= wanted <= found.high
