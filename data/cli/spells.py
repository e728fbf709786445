"""`python -m data spells generate` and `build`: made-up person spells, and from spells to protected files."""
# ruff: noqa: T201 - a command prints

import argparse
import json
import sys
from functools import partial
from pathlib import Path
from typing import Any

from data import i18n, paths
from data.ingest.contract import Problem
from data.settings import settings
from data.source_names import DELIVER_RAW
from data.spells.build import SpellsOrder, SpellsReport, build_cube
from data.spells.rules import NATION
from data.spells.steps import Progress

ENGINES = ("duckdb", "spark")


def add_commands(commands: Any, lang: str) -> tuple[argparse.ArgumentParser, ...]:  # noqa: ANN401 - argparse hides it
    """Add the two commands and their arguments; return their parsers."""
    parser = commands.add_parser("spells", help=_say(lang, "help"))
    ways = parser.add_subparsers(required=True, dest="way", metavar="generate|build")
    making = ways.add_parser("generate", help=_say(lang, "help_generate"))
    making.add_argument("--persons", type=int, required=True, metavar="N", help=_say(lang, "help_number"))
    making.add_argument("--seed", type=int, default=1, metavar="N", help=_say(lang, "help_seed"))
    making.add_argument("--out", type=Path, required=True, metavar="DIR", help=_say(lang, "help_out"))
    making.add_argument("--area", default="", metavar="CODES", help=_say(lang, "help_area_made"))
    making.set_defaults(command=run_generate)
    building = ways.add_parser("build", help=_say(lang, "help_build"))
    building.add_argument("spells", type=Path, metavar="SPELLS", help=_say(lang, "help_spells"))
    building.add_argument("persons", type=Path, metavar="PERSONS", help=_say(lang, "help_persons"))
    building.add_argument("--out", type=Path, required=True, metavar="DIR", help=_say(lang, "help_out"))
    building.add_argument("--engine", choices=ENGINES, default="duckdb", help=_say(lang, "help_engine"))
    building.add_argument("--memory", default="2GB", metavar="2GB", help=_say(lang, "help_memory"))
    building.add_argument("--source", choices=DELIVER_RAW, default="nav", help=_say(lang, "help_source"))
    building.add_argument("--area", default="", metavar="CODES", help=_say(lang, "help_area"))
    building.add_argument("--from", dest="first", default="", metavar="2019-01", help=_say(lang, "help_from"))
    building.add_argument("--until", dest="last", default="", metavar="2023-12", help=_say(lang, "help_until"))
    building.add_argument("--example", action="store_true", help=_say(lang, "help_example"))
    building.add_argument("--kept", type=Path, metavar="FILE", help=_say(lang, "help_kept"))
    building.set_defaults(command=run_build_cube)
    return making, building


def run_generate(asked: argparse.Namespace, lang: str) -> int:
    """Write made-up spells and persons, and the truth behind them."""
    from data.spells.invented import generate

    if asked.persons < 1:
        raise Problem(code="spells_persons", column="n", found=str(asked.persons))
    if asked.out.exists():
        raise Problem(code="spells_out_exists", file=asked.out.name)
    county = settings().home_municipality[:2]
    made = generate(asked.persons, asked.seed, asked.out, _codes(asked.area) or (county,))
    print(json.dumps(made, ensure_ascii=False) if asked.json else _say(lang, "generated", **made))
    return 0


def run_build_cube(asked: argparse.Namespace, lang: str) -> int:
    """Build the protected files, tell what was handled on the way, and how they are taken up."""
    order = SpellsOrder(
        asked.spells, asked.persons, asked.out, asked.source, _codes(asked.area) or (NATION,), asked.first, asked.last,
        asked.example, asked.kept,
    )  # fmt: skip
    report = build_cube(order, asked.engine, _engine(asked), _show(lang))
    if asked.json:
        print(json.dumps(_told(report), ensure_ascii=False))
        return 0
    print(_say(lang, "built", files=len(report.deliveries), out=asked.out, first=report.months[0],
               last=report.months[1], places=report.places))  # fmt: skip
    for rule, number in report.handled.items():
        if number:
            print(_say(lang, f"handled.{rule}", number=number))
    again = "kept_again" if report.again else "kept_first"
    print(_say(lang, again, file=paths.told(report.kept), again=report.again))
    print(_say(lang, "take_up"))
    for file in report.deliveries:
        print(f"  python -m data add {paths.told(file)} --source {asked.source} --yes")
    return 0


def _engine(asked: argparse.Namespace):  # type: ignore[no-untyped-def]  # noqa: ANN202 - a partial of either class
    if asked.engine == "spark":
        from data.spells.spark_engine import SparkEngine

        return SparkEngine
    from data.spells.duckdb_engine import DuckDbEngine

    return partial(DuckDbEngine, asked.memory)


def _told(report: SpellsReport) -> dict[str, object]:
    files = [str(file) for file in report.deliveries]
    return {"files": files, "quarters": str(report.quarters), "handled": dict(report.handled),
            "months": list(report.months), "places": report.places, "kept": str(report.kept),
            "again": report.again}  # fmt: skip


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code.strip() for code in text.split(",") if code.strip())


def _show(lang: str) -> Progress:
    def show(step: str, number: int, total: int) -> None:
        print(f"[{number}/{total}] {_say(lang, f'progress.{step}')}", file=sys.stderr)

    return show


def _say(lang: str, key: str, **facts: object) -> str:
    return i18n.say("data", lang, f"spells.{key}", **facts)
