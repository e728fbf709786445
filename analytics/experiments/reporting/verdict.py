"""Verdict and grade by rule: what the interval allows to be said, and how far the design and its execution carry it."""

from typing import Any

from analytics.experiments.design.design import Design
from analytics.experiments.estimators.base import Finding, Remark

MANY_PER_ARM, SOME_PER_ARM = 10, 5
STEPS = {
    "N01": "attrition", "N03": "sample_ratio", "N05": "not_registered", "N07": "pretrend", "N09": "too_early",
    "E06": "one_cluster", "N04": "small_cells", "E10": "no_before", "outcome_missing": "missing_outcomes",
    "unit_incomplete": "missing_outcomes", "imbalance": "imbalance", "clusters_unused": "clusters_unused",
}  # fmt: skip


def verdict(design: Design, low: float | None, high: float | None, value: float | None, p: float | None) -> str:
    """Return better, worse, no_important_difference or too_small_to_say.

    An interval wholly within ± the smallest useful effect is no important difference, even where it leaves out zero.
    Otherwise the interval must leave out zero and the leading p-value be below 1 − level.
    """
    if low is None or high is None:
        significant, sign = p is not None and p < 1 - design.level, value or 0.0
    else:
        if design.mde is not None and -design.mde < low and high < design.mde:
            return "no_important_difference"
        significant = (low > 0 or high < 0) and (p is None or p < 1 - design.level)
        sign = low + high
    if not significant or sign == 0:
        return "too_small_to_say"
    return "better" if (sign > 0) == (design.good == "up") else "worse"


def grade(design: Design, found: Finding, notes: tuple[Remark, ...]) -> dict[str, Any]:
    """Return the grade: design 1–5, execution 1–5, and the reasons for every step below 5, as codes."""
    points, reasons = _design_grade(design, found)
    codes = list(dict.fromkeys(STEPS[item.code] for item in notes if item.code in STEPS))
    return {"design": points, "execution": max(1, 5 - len(codes)), "reasons": [*reasons, *codes]}


def _design_grade(design: Design, found: Finding) -> tuple[int, list[str]]:
    clustered = found.method in ("cluster_means", "cluster_robust")
    smallest = min(found.facts.get("treated", 0), found.facts.get("control", 0))
    if design.method in ("rct", "cluster_rct"):
        if not clustered or smallest >= MANY_PER_ARM:
            return 5, []
        return (4, ["few_clusters"]) if smallest >= SOME_PER_ARM else (3, ["very_few_clusters"])
    if design.method == "staggered":
        leads = any(point["time"] < 0 for point in found.by_time)
        reasons = ["not_randomised"] + ([] if leads else ["no_pre_period"])
        reasons += ["few_units"] if smallest < SOME_PER_ARM else []
        return max(3, 5 - len(reasons)), reasons
    leads = any(point["time"] < 0 for point in found.by_time if "survival" not in point)
    many = found.method in ("changes_by_unit", "changes_by_cluster") and smallest >= SOME_PER_ARM
    reasons = ["not_randomised"] + ([] if leads else ["no_pre_period"]) + ([] if many else ["few_units"])
    return max(1, 4 - len(reasons)) if not (leads and many) else 3, reasons
