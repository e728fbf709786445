"""The same evaluation several times over: within subgroups with a test of their difference, and for several arms."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl

from analytics.experiments.design.design import Design
from analytics.experiments.errors import BlankError, ExperimentError
from analytics.experiments.estimators.base import p_of
from analytics.experiments.estimators.cluster_trial import Clusters, cluster_means, clusters_of
from analytics.experiments.input.columns import as_polars, column_for, labels, missing
from analytics.experiments.input.sample import sample_from
from analytics.experiments.reporting.estimate import Estimate
from analytics.results import NotEstimable
from analytics.statistics.multiple_testing import adjust

Evaluate = Callable[[Design, pl.DataFrame], Estimate]
SHARED = NotEstimable("groups_share_units")
LINE = ("value", "se", "df", "low", "high", "p", "n", "levels", "verdict")


def with_others(design: Design, table: object, found: Estimate, run: Evaluate) -> Estimate:
    """Return an estimate with what the design asks beside it: `subgroups` and `arms`, each by the same evaluation."""
    beside = dict(found.beside)
    if design.subgroup is not None:
        beside["subgroups"] = _subgroups(design, as_polars(table), run)
    if design.treatments:
        beside["arms"] = _arms(design, as_polars(table), run)
    return replace(found, beside=beside)


def _arms(design: Design, table: pl.DataFrame, run: Evaluate) -> dict[str, Any]:
    """Return every arm against the control; p corrected by Holm, since all are asked at once."""
    found = {arm: run(replace(design, treatment=arm, treatments=(), subgroup=None), table) for arm in design.treatments}
    return {"lines": _lines("arm", found, "holm")}


def _subgroups(design: Design, table: pl.DataFrame, run: Evaluate) -> dict[str, Any]:
    """Return the effect in each subgroup, p corrected by Benjamini and Hochberg, and whether the effects differ."""
    column = design.subgroup or ""
    if column not in table.columns:
        raise missing(design, column, table.columns)
    named = labels(table[column])
    if named.null_count():
        count = named.null_count()
        raise BlankError(design.key, f"{count}/{len(named)}", column=column, count=count)
    alone = replace(design, subgroup=None, treatments=())
    parts = {name: table.filter(named == name) for name in named.unique().sort()}
    found = {name: _within(f"{column} = {name}", alone, part, run) for name, part in parts.items()}
    if any(each.value is None for each in found.values()):
        return {"lines": [], "interaction": {"not_estimable": "small_numbers"}}
    interaction = _interaction(alone, parts, found)
    told = {"not_estimable": interaction.reason} if isinstance(interaction, NotEstimable) else interaction
    return {"lines": _lines("subgroup", found, "benjamini_hochberg"), "interaction": told}


def _within(group: str, design: Design, part: pl.DataFrame, run: Evaluate) -> Estimate:
    """Return the estimate within a group; what stops it says which group it is."""
    try:
        return run(design, part)
    except (ExperimentError, ExceptionGroup) as stopped:
        for error in stopped.exceptions if isinstance(stopped, ExceptionGroup) else [stopped]:
            if isinstance(error, ExperimentError):
                error.where = f"{error.where} ({group})"
        raise


def _lines(name: str, found: dict[str, Estimate], method: str) -> list[dict[str, Any]]:
    known = [each.p for each in found.values() if each.p is not None]
    corrected = iter(adjust(known, method) if known else ())
    return [
        {name: label, **{fact: getattr(each, fact) for fact in LINE},
         "p_adjusted": None if each.p is None else next(corrected)}
        for label, each in found.items()
    ]  # fmt: skip


def _interaction(
    design: Design, parts: dict[str, pl.DataFrame], found: dict[str, Estimate]
) -> dict[str, Any] | NotEstimable:
    """Return the test that all effects are equal: Welch's F; for two groups of the same clusters, the clusters' own
    differences. Source: Welch (1951), Biometrika 38:330–336."""
    if len(found) < 2 or any(not each.se for each in found.values()):
        return NotEstimable("no_standard_error")
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
