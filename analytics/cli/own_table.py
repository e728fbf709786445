"""A table of one's own: `look` tells what it holds, `evaluate TABLE --method …` takes a design without a file."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

import polars as pl

from analytics.cli.command import Answer, Command, command_help
from analytics.experiments.design.design import Design
from analytics.experiments.input.proposed_design import columns_held, proposed_design
from data.ingest.personal_data import refuse
from data.ingest.sheet import Sheet
from data.sources.uia.tables import STATISTICAL, read_table

KEYS = (
    *("method", "arm", "control", "outcome", "unit", "cluster", "block", "period", "start"),
    *("kind", "good", "events", "covariates", "subgroup", "received", "comparison", "aggregation"),
    *("horizon", "mde", "estimator"),
)
NUMBERS = ("horizon", "mde")
BETWEEN = ","


def add_design(parser: argparse.ArgumentParser) -> None:
    """Name the keys of a design that can be given without a file."""
    for name in KEYS:
        kind = float if name in NUMBERS else str
        parser.add_argument(f"--{name}", type=kind, help=command_help(f"own_{name}"))


def own_design(given: argparse.Namespace) -> Design | None:
    """Return the design the options describe, None where none is given. Raises `Problems` as a design's file does."""
    told: dict[str, Any] = {name: getattr(given, name) for name in KEYS if getattr(given, name)}
    if given.covariates:
        told["covariates"] = tuple(each.strip() for each in given.covariates.split(BETWEEN))
    return Design(key=given.design.stem or "table", **told) if told else None


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("table", type=Path, help=command_help("table"))


def _look(given: argparse.Namespace, _: str) -> Answer:
    """Answer with the columns of a table and the design its names suggest; a table of names of people is refused."""
    table = read_table(given.table)
    refuse(_cells(table) if given.table.suffix.lower() in STATISTICAL else given.table)
    return {"rows": table.height, "columns": [asdict(each) for each in columns_held(table)],
            "design": proposed_design(table)}  # fmt: skip


def _cells(table: pl.DataFrame) -> list[Sheet]:
    rows = table.select(pl.all().cast(pl.String).fill_null("")).rows()
    return [Sheet("", (tuple(table.columns), *rows))]


COMMANDS = (Command("look", _arguments, _look),)
