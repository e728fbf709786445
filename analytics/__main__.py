"""The analysis from the command line: `python -m analytics evaluate DESIGN.toml TABLE.csv`, one JSON object out."""

import argparse
import sys
from collections.abc import Sequence

from analytics.cli import begin, cohorts, counterfactual, experiments, outcomes, own_table, places, rates
from analytics.cli.command import Command, command_help
from data.cli.console import answered, ready
from data.i18n import LANGUAGES

COMMANDS: tuple[Command, ...] = (
    *rates.COMMANDS,
    *places.COMMANDS,
    *cohorts.COMMANDS,
    *outcomes.COMMANDS,
    *counterfactual.COMMANDS,
    *experiments.COMMANDS,
    *own_table.COMMANDS,
    *begin.COMMANDS,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return 0 where it answered and 1 where the input was refused, with JSON in both cases."""
    return answered(_parser, arguments)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m analytics", description=command_help("description"))
    commands = parser.add_subparsers(dest="command", required=True)
    for command in COMMANDS:
        own = commands.add_parser(command.name, help=command_help(command.name))
        command.arguments(own)
        own.add_argument("--json", action="store_true", help=command_help("json"))
        own.add_argument("--lang", choices=LANGUAGES, help=command_help("lang"))
        own.set_defaults(run=command.run)
    return parser


if __name__ == "__main__":
    ready()
    sys.exit(main())
