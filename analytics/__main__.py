"""The analysis from the command line: `python -m analytics evaluate DESIGN.toml TABLE.csv`, one JSON object out."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence

from analytics import commands_cohorts, commands_experiments, commands_rates
from analytics.command import Answer, Command, command_help
from data.console import ready
from data.errors import InnenforError
from data.wording import LANGUAGES, reader_language

COMMANDS: tuple[Command, ...] = (
    *commands_rates.COMMANDS,
    *commands_cohorts.COMMANDS,
    *commands_experiments.COMMANDS,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return 0 where it answered and 1 where the input was refused, with JSON in both cases."""
    lang = reader_language()
    answer: Answer
    try:
        given = _parser().parse_args(arguments)  # the defaults are the home's, whose settings may be at fault
        lang = given.lang or lang
        answer = given.run(given, lang)
    except InnenforError as error:
        answer = {**error.as_json(lang)}
    except ExceptionGroup as group:
        problems = [problem.as_json(lang)["error"] for problem in _each(group)]
        answer = {"error": problems[0], "errors": problems}
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


def _each(group: BaseExceptionGroup[BaseException]) -> Iterator[InnenforError]:
    """Yield the worded errors of a group; anything else is a defect and is raised again."""
    for error in group.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from _each(error)
        elif isinstance(error, InnenforError):
            yield error
        else:
            raise error


if __name__ == "__main__":
    ready()
    sys.exit(main())
