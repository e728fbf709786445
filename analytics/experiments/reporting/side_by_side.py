"""The same evaluation several times over: within subgroups with a test of their difference, and for several arms."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl

from analytics.experiments.design.design import Design
from analytics.experiments.errors import ArmUnmeasuredError, BlankError, ExperimentError
from analytics.experiments.estimators.base import note, p_of
from analytics.experiments.estimators.cluster_trial import Clusters, cluster_means, clusters_of
from analytics.experiments.input.columns import as_polars, column_for, labels, missing
from analytics.experiments.input.sample import sample_from
from analytics.experiments.reporting.estimate import Estimate
from analytics.results import NotEstimable
from analytics.statistics.multiple_testing import adjust

Evaluate = Callable[[Design, pl.DataFrame], Estimate]
Silent = dict[str, str]
"""By group why it has no effect of its own."""
SILENT = {"E02": "group_one_arm", "unmeasured": "group_unmeasured", "E08": "group_one_value"}
SHARED = NotEstimable("groups_share_units")
LINE = ("value", "se", "df", "low", "high", "p", "n", "levels", "verdict")


def with_others(design: Design, table: object, found: Estimate, run: Evaluate, *, guarded: bool = False) -> Estimate:
    """Return an estimate with what the design asks beside it: `subgroups` and `arms`, each by the same evaluation.

    guarded: the answer is shown to anyone; where a subgroup stays silent the others would tell its numbers, so none is
    told.
    """
    beside = dict(found.beside)
    silent: Silent = {}
    if design.subgroup is not None:
        beside["subgroups"], silent = _subgroups(design, as_polars(table), run)
    if guarded and silent:
        beside["subgroups"], silent = {"lines": [], "interaction": {"not_estimable": "group_tells_another"}}, {}
    if design.treatments:
        beside["arms"], without = _arms(design, as_polars(table), run)
        silent = silent | without
    notes = [note("group_silent", names=", ".join(silent))] if silent else []
    return replace(found, beside=beside, notes=(*found.notes, *notes))


def _arms(design: Design, table: pl.DataFrame, run: Evaluate) -> tuple[dict[str, Any], Silent]:
    """Return every arm against the control; p corrected by Holm, since all are asked at once."""
    found: dict[str, Estimate] = {}
    silent: Silent = {}
    for arm in design.treatments:
        try:
            found[arm] = run(replace(design, treatment=arm, treatments=(), subgroup=None), table)
        except ArmUnmeasuredError as stopped:
            silent[arm] = why_silent(stopped)
    return {"lines": _lines("arm", design.treatments, found, silent, "holm")}, silent


def _subgroups(design: Design, table: pl.DataFrame, run: Evaluate) -> tuple[dict[str, Any], Silent]:
    """Return the effect in each subgroup, p corrected by Benjamini and Hochberg, and whether the effects differ.

    The whole table was evaluated before: what stops a subgroup is that it holds too little, and the others answer.
    """
    alone = replace(design, subgroup=None, treatments=())
    parts = _parts(design, table)
    found: dict[str, Estimate] = {}
    silent: Silent = {}
    for name, part in parts.items():
        try:
            found[name] = run(alone, part)
        except (ExperimentError, ExceptionGroup) as stopped:
            silent[name] = why_silent(stopped)
    if any(each.value is None for each in found.values()):
        return {"lines": [], "interaction": {"not_estimable": "small_numbers"}}, silent
    interaction = _interaction(alone, parts, found)
    told = {"not_estimable": interaction.reason} if isinstance(interaction, NotEstimable) else interaction
    lines = _lines("subgroup", tuple(parts), found, silent, "benjamini_hochberg")
    return {"lines": lines, "interaction": told}, silent


def _parts(design: Design, table: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Return the rows of each subgroup, by its name."""
    column = design.subgroup or ""
    if column not in table.columns:
        raise missing(design, column, table.columns)
    named = labels(table[column])
    if count := named.null_count():
        raise BlankError(design.key, f"{count}/{len(named)}", column=column, count=count)
    return {name: table.filter(named == name) for name in named.unique().sort()}


def why_silent(stopped: ExperimentError | ExceptionGroup) -> str:
    """Return why a group has no effect of its own; raises on what is no fault of an experiment's table."""
    first = stopped.exceptions[0] if isinstance(stopped, ExceptionGroup) else stopped
    if not isinstance(first, ExperimentError):
        raise stopped
    return SILENT.get(first.code, "group_holds_too_little")


def _lines(
    name: str, groups: tuple[str, ...], found: dict[str, Estimate], silent: Silent, method: str
) -> list[dict[str, Any]]:
    """Return a line a group, in the groups' order: its effect, or why it has none."""
    known = {label: each.p for label, each in found.items() if each.p is not None}
    corrected = dict(zip(known, adjust(list(known.values()), method) if known else (), strict=True))
    without: dict[str, Any] = {**dict.fromkeys(LINE), "n": {}, "levels": ()}
    return [
        {name: label, **without, "p_adjusted": None, "not_estimable": silent[label]} if label in silent else
        {name: label, **{fact: getattr(found[label], fact) for fact in LINE}, "p_adjusted": corrected.get(label)}
        for label in groups
    ]  # fmt: skip


def _interaction(
    design: Design, parts: dict[str, pl.DataFrame], found: dict[str, Estimate]
) -> dict[str, Any] | NotEstimable:
    """Return the test that all effects are equal, of the groups with a standard error (`groups`, where some have none).

    Welch's F; for two groups of the same clusters, the clusters' own differences. Source: Welch (1951), Biometrika
    38:330–336.
    """
    sure = {name: each for name, each in found.items() if each.se}
    if len(sure) < 2:
        return NotEstimable("no_two_groups" if sure else "no_standard_error")
    if len(sure) < len(parts):
        told = _interaction(design, {name: parts[name] for name in sure}, sure)
        return told if isinstance(told, NotEstimable) else {**told, "groups": list(sure)}
    if _share_units(design, parts, found):
        whole = all(each.method.startswith("cluster") for each in found.values())
        pair = whole and len(parts) == 2
        return _within_clusters(design, parts, next(iter(found.values())).per) if pair else SHARED
    from scipy.special import fdtrc

    effects = np.array([each.value for each in found.values()], dtype=float)
    weights = np.array([1 / (each.se or 1.0) ** 2 for each in found.values()])
    left = np.array([np.inf if each.df is None else each.df for each in found.values()])
    groups, total = len(effects), weights.sum()
    loss = float(((1 - weights / total) ** 2 / left).sum())
    between = float((weights * (effects - weights @ effects / total) ** 2).sum()) / (groups - 1)
    f = between / (1 + 2 * (groups - 2) / (groups**2 - 1) * loss)
    df2 = (groups**2 - 1) / (3 * loss) if loss else 1e9
    answer: dict[str, Any] = {"f": f, "df": groups - 1, "df2": df2, "p": float(fdtrc(groups - 1, df2, f))}
    return answer | ({"value": float(effects[1] - effects[0])} if groups == 2 else {})


def _share_units(design: Design, parts: dict[str, pl.DataFrame], found: dict[str, Estimate]) -> bool:
    """Say whether an assigned cluster, or a unit followed over time, stands in several subgroups."""
    first = next(iter(parts.values()))
    column = column_for(design, first, "cluster")
    if design.method == "rct" and not any("cluster" in each.method for each in found.values()):
        return False
    column = column or (None if design.method == "rct" else column_for(design, first, "unit"))
    if column is None:
        return False
    each = [set(labels(part[column]).drop_nulls()) for part in parts.values()]
    return sum(map(len, each)) > len(set().union(*each))


def _within_clusters(design: Design, parts: dict[str, pl.DataFrame], per: float) -> dict[str, Any] | NotEstimable:
    """Return how the effects of two subgroups differ, from each cluster's difference between them: t(G − 2)."""
    none, one = (clusters_of(sample_from(design, part).rows) for part in parts.values())
    both = [name for name in one.names if name in none.names]
    if len(both) < 4:
        return SHARED
    at = [[side.names.index(name) for name in both] for side in (one, none)]
    gaps = one.means[at[0]] - none.means[at[1]]
    blocks = np.zeros(len(both), dtype=np.int64)
    value, se, df = cluster_means(Clusters(tuple(both), np.ones(len(both)), gaps, one.treated[at[0]], blocks))
    return {"value": value * per, "se": None if se is None else se * per, "df": df, "p": p_of(value, se, df),
            "clusters": len(both)}  # fmt: skip
