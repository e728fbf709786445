"""Other outcomes of an experiment than its primary one: each with its standing, and all corrected for their number."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from analytics.experiments.design.design import Design
from analytics.experiments.input.columns import column_for, labels
from analytics.experiments.input.periods import time_axis
from analytics.experiments.portfolio.registry import Experiment
from analytics.experiments.reporting.estimate import Estimate
from analytics.experiments.reporting.evaluation import published
from analytics.results import NotEstimable
from analytics.statistics.multiple_testing import adjust
from data.i18n import LANGUAGES


@dataclass(frozen=True)
class Secondary:
    """One outcome beside the primary: `standing` planned, late, changed, unregistered or not_planned (exploratory);
    `p_adjusted` by Holm over all of the experiment's other outcomes; `verdict` after that correction."""

    outcome: str
    standing: str
    answer: Estimate | NotEstimable
    p_adjusted: float | None = None

    @property
    def verdict(self) -> str:
        """Return the verdict's code: one that the correction does not carry is too small to say."""
        if isinstance(self.answer, NotEstimable):
            return "not_reported"
        found = self.answer.verdict
        carried = self.p_adjusted is None or self.p_adjusted < 1 - self.answer.level
        return found if carried or found == "no_important_difference" else "too_small_to_say"


def secondary(experiment: Experiment, table: pl.DataFrame, standing: str) -> tuple[Secondary, ...]:
    """Return the record's secondary outcomes, then what was delivered without being planned.

    table: a delivery of aggregates with a column outcome. An outcome the record names and the table lacks is shown as
    not reported: none disappears.
    """
    design = experiment.design
    if design is None or "outcome" not in table.columns:
        return ()
    named = experiment.secondary_outcomes
    rest = [name for name in _after_start(experiment.key, design, table) if name not in (design.outcome, *named)]
    asked = [(name, standing) for name in named] + [(name, "not_planned") for name in rest]
    return corrected([Secondary(name, how, _answer(experiment, design, table, name)) for name, how in asked])


def corrected(every: Sequence[Secondary]) -> tuple[Secondary, ...]:
    """Return the outcomes with Holm's adjusted p-values over those that have one."""
    known = [each.answer.p for each in every if isinstance(each.answer, Estimate) and each.answer.p is not None]
    adjusted = iter(adjust(known, "holm") if known else ())
    return tuple(
        replace(each, p_adjusted=next(adjusted))
        if isinstance(each.answer, Estimate) and each.answer.p is not None
        else each
        for each in every
    )


def _after_start(key: str, design: Design, table: pl.DataFrame) -> list[str]:
    """Return the outcomes measured after the start: what is known of the time before only is baseline."""
    rows = table.filter(labels(table["experiment"]) == key) if "experiment" in table.columns else table
    period = column_for(design, rows, "period")
    if period is not None and rows[period].null_count() == 0:
        times, _ = time_axis(design, rows[period], None)
        rows = rows.filter(pl.Series((times > 0) | (times == times.max())))
    return sorted(set(labels(rows["outcome"]).drop_nulls()))


def _answer(experiment: Experiment, design: Design, table: pl.DataFrame, outcome: str) -> Estimate | NotEstimable:
    if outcome not in labels(table["outcome"]).to_list():
        return NotEstimable("not_reported")
    told = experiment.outcomes.get(outcome)
    label, good = (told.words, told.good) if told else (dict.fromkeys(LANGUAGES, outcome), "up")
    asked = replace(design, outcome=outcome, kind=None, mde=None, good=good, label=label, estimator=None)
    return published(asked, table)
