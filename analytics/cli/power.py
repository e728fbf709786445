"""The command power: the smallest effect a plan can see, or how many are needed, and the limits of several looks."""

import argparse
import math

from analytics.cli.command import Answer, Command, command_help
from analytics.experiments.design.group_sequential import SHAPES, sequential_constant, sequential_limits
from analytics.experiments.design.planned_comparison import PlannedComparison
from analytics.experiments.design.power import planner, power, required_clusters, required_n_per_arm
from analytics.experiments.errors import DesignNotUnderstoodError


def _power_arguments(parser: argparse.ArgumentParser) -> None:
    for name in ("effect", "n", "base-rate", "cluster-size"):
        parser.add_argument(f"--{name}", type=float, help=command_help(name.replace("-", "_")))
    defaults = {"sd": 1.0, "share": 0.5, "icc": 0.0, "alpha": 0.05, "power": 0.8, "cv": 0.0, "r2": 0.0}
    for name, default in defaults.items():
        parser.add_argument(f"--{name}", type=float, default=default, help=command_help(name))
    parser.add_argument("--pair", type=float, help=command_help("pair"))
    parser.add_argument("--clusters", type=int, help=command_help("clusters"))
    parser.add_argument("--steps", type=int, default=12, help=command_help("steps"))
    parser.add_argument("--looks", type=int, help=command_help("looks"))
    parser.add_argument("--shape", choices=sorted(SHAPES), default="obrien_fleming", help=command_help("shape"))


def _power(given: argparse.Namespace, lang: str) -> Answer:
    _complete(given)
    answer: Answer = {}
    if given.n is not None:
        plan = _plan(given, n=given.n, clusters=given.clusters)
        answer |= planner(plan, lang=lang, steps=given.steps)
        answer |= {"power_at_effect": power(plan, given.effect)} if given.effect is not None else {}
    elif given.effect is not None:
        answer |= _required(given)
    if given.looks is not None:
        constant = sequential_constant(given.looks, given.shape, given.alpha)
        limits = sequential_limits(given.looks, given.shape, given.alpha)
        answer |= {"looks": given.looks, "shape": given.shape, "constant": constant, "limits": list(limits)}
    if not answer:
        raise _refused("n, effect, looks", "–", "--n 200, --effect 0.5")
    return answer


def _complete(given: argparse.Namespace) -> None:
    """Fill in persons of clusters and their size, or clusters of persons and size; refuse what contradicts itself."""
    n, clusters, size = given.n, given.clusters, given.cluster_size
    if n is not None and n % 1:
        raise _refused("n", f"{n:g}", "--n 200")
    if size is not None and not 1 <= size < math.inf:
        raise _refused("cluster_size", f"{size:g}", "--cluster-size 20")
    if size is not None and n is not None and abs(size * (clusters or round(n / size)) - n) > 0.5:
        found = f"{n:g}, {size:g}" if clusters is None else f"{n:g} ≠ {clusters} × {size:g}"
        raise _refused("n, clusters, cluster_size", found, "n = clusters × cluster_size")
    if clusters is not None and size is not None and n is None:
        given.n = clusters * size
    elif size is not None and n is not None:
        given.clusters = round(n / size)
    in_clusters = given.clusters is not None or size is not None
    if (given.icc or given.cv) and not in_clusters:
        raise _refused("icc, cv", f"{given.icc:g}, {given.cv:g}", "--clusters 20, --cluster-size 20")
    if given.n is None and clusters is not None and (given.effect is not None or given.looks is None):
        raise _refused("clusters", f"{clusters}", "--n 400, --cluster-size 20")
    if given.pair is not None and not in_clusters and given.n is not None and given.n % 2:
        raise _refused("n", f"{given.n:g}", "pair: 2 × n")


def _refused(column: str, found: str, meant: str) -> DesignNotUnderstoodError:
    return DesignNotUnderstoodError(where="power", found=found, column=column, meant=meant)


def _plan(given: argparse.Namespace, n: float, clusters: int | None) -> PlannedComparison:
    names = ("share", "sd", "base_rate", "icc", "alpha", "power", "cv", "shape", "r2", "pair")
    facts = {name: getattr(given, name) for name in names}
    return PlannedComparison(n=n, clusters=clusters, looks=1 if given.looks is None else given.looks, **facts)


def _required(given: argparse.Namespace) -> Answer:
    asked = {"effect": given.effect, "power": given.power, "alpha": given.alpha, "share": given.share}
    if given.cluster_size:
        least = _plan(given, n=4 * given.cluster_size, clusters=4)
        plan = required_clusters(least, given.effect)
        treated, control = (int(side) for side in plan.sides)
        size = given.cluster_size
        return {**asked, "clusters_per_arm": min(treated, control), "clusters_treated": treated,
                "clusters_control": control, "design_effect": plan.inflation, "n_per_arm": min(treated, control) * size,
                "n_treated": treated * size, "n_control": control * size, "n": plan.n}  # fmt: skip
    smaller = required_n_per_arm(
        given.effect, sd=given.sd, r2=given.r2, share=given.share, base_rate=given.base_rate, alpha=given.alpha,
        power_wanted=given.power, looks=1 if given.looks is None else given.looks, shape=given.shape, pair=given.pair,
    )  # fmt: skip
    larger = smaller * max(given.share, 1 - given.share) / min(given.share, 1 - given.share)
    sides = (smaller, larger) if given.share <= 0.5 else (larger, smaller)
    treated, control = (math.ceil(side - 1e-9) for side in sides)
    return {**asked, "n_per_arm_exact": smaller, "n_per_arm": math.ceil(smaller - 1e-9), "n_treated": treated,
            "n_control": control, "n": treated + control}  # fmt: skip


POWER = Command("power", _power_arguments, _power)
