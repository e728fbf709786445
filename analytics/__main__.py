"""The analysis from the command line: `python -m analytics evaluate DESIGN.toml TABLE.csv`, one JSON object out."""

import argparse
import json
import sys
from collections.abc import Sequence

from analytics.cli import begin, cohorts, counterfactual, experiments, outcomes, own_table, places, rates
from analytics.cli.command import Answer, Command, command_help
from data.cli.console import ready
from data.errors import InnenforError, foreseen, refusal, worded
from data.i18n import LANGUAGES, reader_language

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
    lang = reader_language()
    answer: Answer
    try:
        given = _parser().parse_args(arguments)  # the defaults are the home's, whose settings may be at fault
        lang = given.lang or lang
        answer = given.run(given, lang)
    except (InnenforError, ExceptionGroup, OSError) as fault:
        if not (found := foreseen(worded(fault))):
            raise
        answer = refusal(found, lang)
    print(json.dumps(answer, ensure_ascii=False, allow_nan=False))
    return 1 if "error" in answer else 0


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
