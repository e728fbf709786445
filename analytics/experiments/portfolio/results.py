"""What is known of each registered experiment: its record, its answer where one is delivered, its cost and source."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import polars as pl

from analytics.experiments.portfolio.delivered import delivered
from analytics.experiments.portfolio.meta_analysis import Pooled, pool
from analytics.experiments.portfolio.published_effect import ReadBack, read_back
from analytics.experiments.portfolio.registry import Experiment, experiments
from analytics.experiments.portfolio.secondary_outcomes import Secondary, secondary
from analytics.experiments.portfolio.sensitivity import leave_one_out
from analytics.experiments.reporting.cost_effectiveness import CostPerExtra, cost_per_extra
from analytics.experiments.reporting.estimate import Estimate
from analytics.experiments.reporting.evaluation import published
from analytics.provenance import Edition, edition
from analytics.results import NotEstimable
from analytics.statistics.multiple_testing import adjust
from data.curated.experiment.dossier import published_verdict

FEWEST_LEFT = 2
"""Experiments that make a mean."""


@dataclass(frozen=True)
class Reported:
    """A registered experiment with what is known of it.

    `standing`: planned, late, changed or unregistered, with the date `registered`. `answer`: the estimate as anyone
    may see it, or why there is none (`not_reported`, or `in_publication`: the finding of a published trial is in its
    record). `verdict`: the answer's, the publication's (`numbers_unknown` where it gives none), or `not_reported`.
    `delivery`: the edition the answer rests on; `secondary`: its other outcomes.
    """

    experiment: Experiment
    standing: str
    registered: str | None
    answer: Estimate | NotEstimable
    cost: CostPerExtra | NotEstimable
    delivery: Edition | None
    secondary: tuple[Secondary, ...] = ()

    @property
    def key(self) -> str:
        """Return the experiment's key."""
        return self.experiment.key

    @property
    def verdict(self) -> str:
        """Return the verdict's code."""
        if isinstance(self.answer, Estimate):
            return self.answer.verdict
        return published_verdict(self.experiment.finding) if self.experiment.published else "not_reported"

    @property
    def estimate(self) -> Estimate | None:
        """Return the estimate, None where there is none."""
        return self.answer if isinstance(self.answer, Estimate) else None


def reported(folder: Path | None = None, book: Path | None = None) -> tuple[Reported, ...]:
    """Return every registered experiment, in the order of their keys: null, stopped and unreported ones too.

    Their results are those the warehouse holds. Raises what `evaluate` raises of a delivery that does not fit the
    design (E01–E09), and WarehouseMissing.
    """
    return tuple(report(each, book) for each in experiments(folder))


def report(experiment: Experiment, book: Path | None = None) -> Reported:
    """Return what is known of one experiment; see `reported`."""
    standing, day = experiment.registration(book)
    found = None if experiment.published or experiment.design is None else delivered(experiment)
    answer: Estimate | NotEstimable = NotEstimable("in_publication" if experiment.published else "not_reported")
    if experiment.design and found:  # registered is what the ledger says, not what the design says
        answer = published(replace(experiment.design, registered=day, delivered=found.dated), found.table, found.flow)
    others = secondary(experiment, found.table, standing) if found and "n" in found.table.columns else ()
    source = edition(found.edition) if found else None
    return Reported(experiment, standing, day, answer, _cost(experiment, answer), source, others)


def _cost(experiment: Experiment, answer: Estimate | NotEstimable) -> CostPerExtra | NotEstimable:
    if isinstance(answer, NotEstimable):
        return NotEstimable("no_effect_yet")
    if experiment.cost_per_participant_nok is None:
        return NotEstimable("no_cost")
    return cost_per_extra(experiment.cost_per_participant_nok, answer)


def difference_per_100(experiment: Experiment) -> float | None:
    """Return a published trial's difference per 100, None where its record gives neither it nor shares of both arms."""
    found = published_difference(experiment)
    return found[0] if found else None


def published_difference(experiment: Experiment) -> tuple[float, float | None, float | None] | None:
    """Return a published trial's difference per 100 with its 95 % limits, where they are known.

    The one its record gives with limits, or a p-value, at the end of the follow-up; else that of the shares of both
    arms, which are rounded.
    """
    finding, ends = experiment.finding, [each for each in _published(experiment) if each.unit == "per_100"]
    if ends:
        return ends[0].value, ends[0].low, ends[0].high
    shares = [finding.get(name) for name in ("treated_share", "control_share")]
    if shares[0] is None or shares[1] is None:
        return None
    return 100.0 * (float(shares[0]) - float(shares[1])), None, None


def _published(experiment: Experiment) -> list[ReadBack]:
    """Return a published trial's outcomes with what is known of their error, the end of its follow-up first."""
    ends, told = experiment.finding.get("follow_up_months"), experiment.finding.get("outcomes", ())
    ordered = sorted(told, key=lambda each: each.months != ends)
    return [found for each in ordered if (found := read_back(each, experiment.key))]


def per_100(every: tuple[Reported, ...]) -> tuple[Reported, ...]:
    """Return the own experiments whose effect is per 100 with a standard error: those that can be pooled.

    Published trials and examples are never pooled together: were there real experiments, examples stand aside.
    """
    fit = [
        each for each in every if each.estimate and each.estimate.kind == "binary" and each.estimate.se and
        each.estimate.value is not None
    ]  # fmt: skip
    real = [each for each in fit if not each.experiment.example]
    return tuple(real or fit)


def pooled(every: tuple[Reported, ...]) -> Pooled | NotEstimable:
    """Return the portfolio's random-effects summary per 100, good direction up; NotEstimable under two experiments."""
    fit = per_100(every)
    if len(fit) < FEWEST_LEFT:
        return NotEstimable("too_few_to_pool")
    signs = [1.0 if each.estimate and each.estimate.good == "up" else -1.0 for each in fit]
    effects = [s * each.estimate.value for s, each in zip(signs, fit, strict=True) if each.estimate]  # type: ignore[operator]
    errors = [each.estimate.se for each in fit if each.estimate and each.estimate.se]
    return pool(effects, errors, labels=[each.key for each in fit])


def without_each(every: tuple[Reported, ...]) -> dict[str, float]:
    """Return the summary per 100 without each of its experiments, by key; none where it rests on fewer than three."""
    mean = pooled(every)
    if isinstance(mean, NotEstimable) or mean.k < FEWEST_LEFT + 1:
        return {}
    lines = {name: [line[name] for line in mean.shrunken] for name in ("effect", "se", "label")}
    return {each["label"]: each["pooled"] for each in leave_one_out(lines["effect"], lines["se"], lines["label"])}


def overview(every: tuple[Reported, ...]) -> pl.DataFrame:
    """Return one row an experiment: key, verdict, phase, area, value, low, high, se, p, p_adjusted, design, execution.

    A published trial has what its publication tells, per 100 where it does, else in its own unit; of a ratio `se` is
    the logarithm's. p_adjusted: Benjamini–Hochberg over all that are not published, own and example apart.
    """
    rows = [_row(each) for each in every]
    frame = pl.DataFrame(rows, infer_schema_length=None)
    known = frame.filter(pl.col("p").is_not_null() & ~pl.col("published"))
    parts = [_adjusted(part) for part in known.partition_by("example")]
    if not parts:
        return frame.with_columns(p_adjusted=pl.lit(None, dtype=pl.Float64))
    return frame.join(pl.concat(parts), on="key", how="left", maintain_order="left")


def _adjusted(part: pl.DataFrame) -> pl.DataFrame:
    corrected = adjust(part["p"].to_list(), "benjamini_hochberg")
    return part.select("key").with_columns(p_adjusted=pl.Series(np.asarray(corrected, dtype=float)))


def _row(each: Reported) -> dict[str, object]:
    found, record = each.estimate, each.experiment
    numbers = {name: getattr(found, name) if found else None for name in ("value", "low", "high", "se", "p")}
    unit = ("per_100" if found.kind == "binary" else found.kind) if found else ""
    if record.published:
        unit, numbers = _as_published(record)
    grades = {name: found.grade[name] if found else None for name in ("design", "execution")}
    cost = each.cost if isinstance(each.cost, CostPerExtra) else None
    limits = {f"cost_{name}": getattr(cost, f"{name}_nok") if cost else None for name in ("value", "low", "high")}
    return {
        "key": record.key, "area": record.area, "phase": record.phase, "example": record.example,
        "published": record.published, "verdict": each.verdict, "unit": unit,
        "standing": each.standing, **numbers, **grades, **limits,
    }  # fmt: skip


def _as_published(record: Experiment) -> tuple[str, dict[str, float | None]]:
    """Return unit and numbers of a published trial: per 100 with its error, else from shares, else in another unit."""
    known = sorted(_published(record), key=lambda each: each.unit != "per_100")
    if not (known and known[0].unit == "per_100") and (shares := difference_per_100(record)) is not None:
        return "per_100", {"value": shares, "low": None, "high": None, "se": None, "p": None}
    names = ("value", "low", "high", "se", "p")
    return (known[0].unit if known else ""), {name: getattr(known[0], name) if known else None for name in names}
