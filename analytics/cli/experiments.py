"""The commands on experiments: evaluate, pool, adjust, register; power has a module of its own."""

import argparse
from dataclasses import asdict
from pathlib import Path

from analytics.cli.command import Answer, Command, command_help
from analytics.cli.own_table import add_design, own_design
from analytics.cli.power import POWER
from analytics.experiments.design.design import Design
from analytics.experiments.portfolio.delivered import to_evaluate
from analytics.experiments.portfolio.p_values import adjusted
from analytics.experiments.portfolio.pooling_errors import MeasureUnusedError
from analytics.experiments.portfolio.pooling_input import pooled_table
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
    parser.add_argument("--measure", choices=("rr", "or", "rd"), help=command_help("measure"))
    parser.add_argument("--level", type=float, default=0.95, help=command_help("level"))


def _pool(given: argparse.Namespace, lang: str) -> Answer:
    table, where = read_table(given.table), given.table.name
    answer = pooled_table(table, given.measure or "rr", given.level, where=where, lang=lang)
    if given.measure and answer["measure"] != given.measure:
        raise MeasureUnusedError(where, ", ".join(table.columns), column=given.measure)
    return answer


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
    POWER,
    Command("adjust", _adjust_arguments, _adjust),
    Command("register", _register_arguments, _register),
)
