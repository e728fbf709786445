"""What is known of each registered experiment: its record, its answer where one is delivered, its cost and source."""

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import polars as pl

from analytics.experiments.portfolio.meta_analysis import Pooled, pool
from analytics.experiments.portfolio.registry import Experiment, experiments
from analytics.experiments.portfolio.secondary_outcomes import Secondary, secondary
from analytics.experiments.reporting.cost_effectiveness import CostPerExtra, cost_per_extra
from analytics.experiments.reporting.estimate import Estimate
from analytics.experiments.reporting.evaluation import published
from analytics.results import NotEstimable
from analytics.statistics.multiple_testing import adjust
from data import paths
from data.sources.uia import parse
from data.sources.uia.tables import read_table

TEXTS = ("publisher", "title", "edition", "published", "licence", "note_nb", "note_en")


@dataclass(frozen=True)
class DeliveredTable:
    """The file an answer rests on, as its sidecar describes it; `path` as a reader may type it."""

    path: str
    publisher: str = ""
    title: str = ""
    edition: str = ""
    published: str = ""
    licence: str = ""
    note_nb: str = ""
    note_en: str = ""

    def note(self, lang: str) -> str:
        """Return what a reader must know of the delivery."""
        return self.note_nb if lang == "nb" else self.note_en


@dataclass(frozen=True)
class Reported:
    """A registered experiment with what is known of it.

    `standing`: planned, changed or unregistered, with the date `registered`. `answer`: the estimate as anyone may see
    it, or why there is none (`not_reported`, or `in_publication`: the finding of a published trial is in its record).
    `verdict`: the answer's, the publication's, or `not_reported`. `secondary`: its other outcomes.
    """

    experiment: Experiment
    standing: str
    registered: str | None
    answer: Estimate | NotEstimable
    cost: CostPerExtra | NotEstimable
    delivery: DeliveredTable | None
    flow: str = ""
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
        return str(self.experiment.finding.get("verdict", "not_reported"))

    @property
    def estimate(self) -> Estimate | None:
        """Return the estimate, None where there is none."""
        return self.answer if isinstance(self.answer, Estimate) else None


def keys(folder: Path | None = None) -> tuple[str, ...]:
    """Return the keys of all registered experiments."""
    return tuple(each.key for each in experiments(folder))


def reported(folder: Path | None = None, book: Path | None = None) -> tuple[Reported, ...]:
    """Return every registered experiment, in the order of their keys: null, stopped and unreported ones too.

    Raises what `evaluate` raises of a delivery it cannot read (E01–E09), and Problems of a table of persons.
    """
    return tuple(_reported(each, book) for each in experiments(folder))


def _reported(experiment: Experiment, book: Path | None) -> Reported:
    folder = experiment.file.parent
    standing, day = experiment.registration(book)
    table = _table(experiment)
    answer = table if isinstance(table, NotEstimable) else _answer(experiment, table, day)
    cost: CostPerExtra | NotEstimable = NotEstimable("no_cost")
    if isinstance(answer, NotEstimable):
        cost = NotEstimable("no_effect_yet")
    elif experiment.cost_per_participant_nok is not None:
        cost = cost_per_extra(experiment.cost_per_participant_nok, answer)
    file = experiment.results or experiment.durations
    others = () if isinstance(table, NotEstimable) or experiment.durations else secondary(experiment, table, standing)
    return Reported(experiment, standing, day, answer, cost, _delivery(folder / file) if file else None,
                    paths.told(folder / experiment.flow) if experiment.flow else "", others)  # fmt: skip


def _table(experiment: Experiment) -> pl.DataFrame | NotEstimable:
    """Return the experiment's delivered table, or why there is none."""
    if experiment.published:
        return NotEstimable("in_publication")
    file = experiment.file.parent / (experiment.results or experiment.durations or "-")
    if experiment.design is None or not file.is_file():
        return NotEstimable("not_reported")
    parse(file)
    table = read_table(file, experiment.design.coded)
    if "experiment" in table.columns and experiment.key not in table["experiment"].to_list():
        return NotEstimable("not_reported")
    return table


def _answer(experiment: Experiment, table: pl.DataFrame, day: str | None) -> Estimate | NotEstimable:
    """Return the estimate as anyone may see it; registered is what the ledger says, not what the design says."""
    if experiment.design is None:
        return NotEstimable("not_reported")
    flow = read_table(experiment.file.parent / experiment.flow) if experiment.flow else None
    if flow is not None and "experiment" in flow.columns and experiment.key not in flow["experiment"].to_list():
        flow = None
    return published(replace(experiment.design, registered=day), table, flow)


def _delivery(file: Path) -> DeliveredTable:
    sidecar = file.with_suffix(".toml")
    content = tomllib.loads(sidecar.read_text(encoding="utf-8-sig")) if sidecar.is_file() else {}
    return DeliveredTable(paths.told(file), **{name: str(content.get(name, "")) for name in TEXTS})


def difference_per_100(experiment: Experiment) -> float | None:
    """Return a published trial's difference per 100, None where its record gives no shares of both arms."""
    shares = [experiment.finding.get(name) for name in ("treated_share", "control_share")]
    if shares[0] is None or shares[1] is None:
        return None
    return 100.0 * (float(shares[0]) - float(shares[1]))


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
    if len(fit) < 2:
        return NotEstimable("too_few_to_pool")
    signs = [1.0 if each.estimate and each.estimate.good == "up" else -1.0 for each in fit]
    effects = [s * each.estimate.value for s, each in zip(signs, fit, strict=True) if each.estimate]  # type: ignore[operator]
    errors = [each.estimate.se for each in fit if each.estimate and each.estimate.se]
    return pool(effects, errors, labels=[each.key for each in fit])


def overview(every: tuple[Reported, ...]) -> pl.DataFrame:
    """Return one row an experiment: key, verdict, phase, area, value, low, high, se, p, p_adjusted, design, execution.

    p_adjusted: Benjamini–Hochberg over all experiments with a p-value, own and example apart.
    """
    rows = [_row(each) for each in every]
    frame = pl.DataFrame(rows, infer_schema_length=None)
    known = frame.filter(pl.col("p").is_not_null())
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
    if found is None:
        numbers["value"] = difference_per_100(record)
    grades = {name: found.grade[name] if found else None for name in ("design", "execution")}
    cost = each.cost if isinstance(each.cost, CostPerExtra) else None
    limits = {f"cost_{name}": getattr(cost, f"{name}_nok") if cost else None for name in ("value", "low", "high")}
    unit = "per_100" if (found and found.kind == "binary") or (not found and numbers["value"] is not None) else ""
    return {
        "key": record.key, "area": record.area, "phase": record.phase, "example": record.example,
        "published": record.published, "verdict": each.verdict, "unit": unit or (found.kind if found else ""),
        "standing": each.standing, **numbers, **grades, **limits,
    }  # fmt: skip
