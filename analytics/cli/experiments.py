"""The commands on experiments: evaluate, pool, power, adjust, register."""

import argparse
import math
from dataclasses import asdict
from pathlib import Path

from analytics.cli.command import Answer, Command, command_help
from analytics.cli.own_table import add_design, own_design
from analytics.experiments.design.design import Design
from analytics.experiments.design.group_sequential import SHAPES, sequential_constant, sequential_limits
from analytics.experiments.design.planned_comparison import PlannedComparison
from analytics.experiments.design.power import planner, power, required_clusters, required_n_per_arm
from analytics.experiments.errors import DesignNotUnderstoodError
from analytics.experiments.portfolio.delivered import to_evaluate
from analytics.experiments.portfolio.pooling_input import adjusted, pooled_table
from analytics.experiments.portfolio.registry import registered_design, to_register
from analytics.experiments.reporting.estimate import Estimate
from analytics.experiments.reporting.evaluation import evaluate, published
from analytics.experiments.reporting.regression_table import as_text, regression_table, written
from data.curated.experiment import registration_log
from data.sources.uia.tables import read_table

TEXT = Path("-")


def _evaluate_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("design", type=Path, nargs="?", help=command_help("design"))
    parser.add_argument("table", type=Path, nargs="?", help=command_help("table"))
    parser.add_argument("--experiment", metavar="KEY", help=command_help("experiment_key"))
    parser.add_argument("--flow", type=Path, help=command_help("flow"))
    parser.add_argument("--published", action="store_true", help=command_help("published"))
    add_design(parser)
    parser.add_argument("--table", dest="printed", type=Path, nargs="?", const=TEXT, help=command_help("printed"))
    parser.set_defaults(refuse=parser.error)


def _evaluate(given: argparse.Namespace, lang: str) -> Answer:
    if given.table is None and given.design and (design := own_design(given)):
        return _evaluated(given, design, given.design, lang)
    files = [file for file in (given.design, given.table, given.flow) if file]
    if bool(given.experiment) == bool(files) or (files and given.table is None):
        given.refuse(command_help("experiment_or_files"))
    if given.experiment:  # of what is loaded nothing but the protected answer is told, asked for or not
        design, found = to_evaluate(given.experiment)
        return _with_table(published(design, found.table, found.flow), given.printed, lang)
    return _evaluated(given, registered_design(given.design), given.table, lang)


def _evaluated(given: argparse.Namespace, design: Design, table: Path, lang: str) -> Answer:
    flow = read_table(given.flow) if given.flow else None
    estimated = published if given.published else evaluate
    return _with_table(estimated(design, read_table(table, design.coded), flow), given.printed, lang)


def _with_table(found: Estimate, printed: Path | None, lang: str) -> Answer:
    """Return the answer, with the table of its estimates as text, or with the file it was written to."""
    answer = found.as_json(lang)
    if printed is None:
        return answer
    table = regression_table(found, lang)
    if printed == TEXT:
        return answer | {"table": as_text(table, lang)}
    written(table, lang, printed)
    return answer | {"table": str(printed)}


def _pool_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("table", type=Path, help=command_help("trials"))
    parser.add_argument("--measure", choices=("rr", "or", "rd"), default="rr", help=command_help("measure"))
    parser.add_argument("--level", type=float, default=0.95, help=command_help("level"))


def _pool(given: argparse.Namespace, lang: str) -> Answer:
    return pooled_table(read_table(given.table), given.measure, given.level, where=given.table.name, lang=lang)


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
    if given.clusters and given.cluster_size and not given.n:
        given.n = given.clusters * given.cluster_size
    answer: Answer = {}
    if given.n:
        plan = _plan(given, n=given.n, clusters=given.clusters)
        answer |= planner(plan, lang=lang, steps=given.steps)
        answer |= {"power_at_effect": power(plan, given.effect)} if given.effect is not None else {}
    elif given.effect is not None:
        answer |= _required(given)
    if given.looks:
        constant = sequential_constant(given.looks, given.shape, given.alpha)
        limits = sequential_limits(given.looks, given.shape, given.alpha)
        answer |= {"looks": given.looks, "shape": given.shape, "constant": constant, "limits": list(limits)}
    if not answer:
        raise DesignNotUnderstoodError(
            where="power", found="–", column="n, effect, looks", meant="--n 200, --effect 0.5"
        )
    return answer


def _plan(given: argparse.Namespace, n: float, clusters: int | None) -> PlannedComparison:
    names = ("share", "sd", "base_rate", "icc", "alpha", "power", "cv", "shape", "r2", "pair")
    facts = {name: getattr(given, name) for name in names}
    return PlannedComparison(n=n, clusters=clusters, looks=given.looks or 1, **facts)


def _required(given: argparse.Namespace) -> Answer:
    if given.base_rate is not None and not 0 < given.base_rate + given.effect < 1:
        found = f"{given.base_rate:g} + {given.effect:g}"
        raise DesignNotUnderstoodError(where="power", found=found, column="base_rate + effect", meant="0–1")
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
        power_wanted=given.power, looks=given.looks or 1, shape=given.shape, pair=given.pair,
    )  # fmt: skip
    larger = smaller * max(given.share, 1 - given.share) / min(given.share, 1 - given.share)
    sides = (smaller, larger) if given.share <= 0.5 else (larger, smaller)
    treated, control = (math.ceil(side - 1e-9) for side in sides)
    return {**asked, "n_per_arm_exact": smaller, "n_per_arm": math.ceil(smaller - 1e-9), "n_treated": treated,
            "n_control": control, "n": treated + control}  # fmt: skip


def _adjust_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("p", nargs="+", help=command_help("p"))
    parser.add_argument("--alpha", type=float, default=0.05, help=command_help("alpha"))


def _adjust(given: argparse.Namespace, _: str) -> Answer:
    return adjusted(given.p, given.alpha)


def _register_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("experiment", type=Path, help=command_help("experiment"))
    parser.add_argument("--ledger", type=Path, help=command_help("ledger"))
    parser.add_argument("--amend", action="store_true", help=command_help("amend"))


def _register(given: argparse.Namespace, _: str) -> Answer:
    book = given.ledger or registration_log.book_of(given.experiment)
    return asdict(registration_log.append(*to_register(given.experiment), path=book, amend=given.amend))


COMMANDS = (
    Command("evaluate", _evaluate_arguments, _evaluate),
    Command("pool", _pool_arguments, _pool),
    Command("power", _power_arguments, _power),
    Command("adjust", _adjust_arguments, _adjust),
    Command("register", _register_arguments, _register),
)
