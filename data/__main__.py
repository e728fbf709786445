"""`python -m data`: build the warehouse, check a file, bring it in or out, show an indicator, fetch, protect."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import data.freed_memory  # noqa: F401 - before Polars, which the others load
from data import i18n
from data.cli import ask, bundle, copying, door, fetch, new_indicator, protect, records, spells
from data.cli.commands import run_build, run_check, run_show, say
from data.cli.console import ready
from data.cli.preview_words import in_every_language
from data.cli.problem_lines import problem_lines, problems_json
from data.deliveries.read import problems_in
from data.errors import InnenforError, worded
from data.problems import Problem
from data.source_names import CHECKED


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Exit codes: 0 fine, 1 problems, 2 wrong usage."""
    asked = _parser().parse_args(arguments)
    lang = asked.lang or i18n.reader_language()
    try:
        return int(asked.command(asked, lang))
    except (InnenforError, OSError) as fault:
        error = worded(fault)
        if not isinstance(error, InnenforError):
            raise
        said = in_every_language({each: error.as_json(each) for each in i18n.LANGUAGES}, lang)
        print(json.dumps(said, ensure_ascii=False) if asked.json else f"{error.says(lang)} {error.do(lang)}")
        return 1
    except ExceptionGroup as group:
        return _print_problems(problems_in(group), lang, asked.ending, as_json=asked.json)


def _parser() -> argparse.ArgumentParser:
    lang = i18n.reader_language()
    parser = argparse.ArgumentParser(prog="python -m data", description=say(lang, "description"))
    parser.set_defaults(ending="problems")
    commands = parser.add_subparsers(required=True)
    build = commands.add_parser("build", help=say(lang, "build"))
    build.add_argument("--raw", type=Path, metavar="DIR", help=say(lang, "raw"))
    build.add_argument("--var", type=Path, metavar="DIR", help=say(lang, "var"))
    build.set_defaults(command=run_build)
    check = commands.add_parser("check", help=say(lang, "check"), epilog=say(lang, "check_json"))
    check.add_argument("file", type=Path, nargs="?", help=say(lang, "check_file"))
    check.add_argument("--source", choices=CHECKED, help=say(lang, "source", sources=", ".join(CHECKED)))
    check.set_defaults(command=run_check)
    adding = commands.add_parser("add", help=say(lang, "add"))
    door.add_arguments(adding)
    adding.set_defaults(command=door.run_add)
    removing = commands.add_parser("remove", help=say(lang, "remove"))
    door.remove_arguments(removing)
    removing.set_defaults(command=door.run_remove)
    cataloguing = commands.add_parser("catalogue", help=i18n.say("data", lang, "catalogue.help"))
    new_indicator.add_arguments(cataloguing)
    cataloguing.set_defaults(command=new_indicator.run_catalogue)
    show = commands.add_parser("show", help=say(lang, "show"))
    show.add_argument("indicator", nargs="?", help=say(lang, "indicator"))
    show.add_argument("--region", help=say(lang, "region"))
    show.add_argument("--csv", action="store_true", help=say(lang, "csv"))
    show.set_defaults(command=run_show)
    fetching = commands.add_parser("fetch", help=say(lang, "fetch"))
    fetch.add_arguments(fetching)
    fetching.set_defaults(command=fetch.run)
    others = (
        ask.added_to(commands), *_own_words(commands, lang), *records.add_commands(commands, lang),
        *spells.add_commands(commands, lang), *copying.add_commands(commands, lang),
    )  # fmt: skip
    for command in (build, check, adding, removing, cataloguing, show, fetching, *others):
        command.add_argument("--json", action="store_true", help=say(lang, "json"))
        command.add_argument("--lang", choices=i18n.LANGUAGES, help=say(lang, "lang"))
    return parser


def _own_words(commands: Any, lang: str) -> tuple[argparse.ArgumentParser, ...]:  # noqa: ANN401 - argparse hides it
    bundling = commands.add_parser("bundle", help=i18n.say("data", lang, "bundle.help"))
    bundle.add_arguments(bundling)
    bundling.set_defaults(command=bundle.run_bundle)
    protecting = commands.add_parser("protect", help=i18n.say("data", lang, "protect.help_protect"))
    protect.protect_arguments(protecting)
    protecting.set_defaults(command=protect.run_protect, ending="problems_of_table")
    attacking = commands.add_parser("audit", help=i18n.say("data", lang, "protect.help_audit"))
    protect.audit_arguments(attacking)
    attacking.set_defaults(command=protect.run_audit, ending="problems_of_table")
    return bundling, protecting, attacking


def _print_problems(found: list[Problem], lang: str, ending: str, *, as_json: bool) -> int:
    if as_json:
        print(json.dumps(problems_json(found, lang), ensure_ascii=False))
    else:
        print("\n".join(problem_lines(found, lang)))
        print(say(lang, ending, number=len(found)), file=sys.stderr)
    return 1


if __name__ == "__main__":
    ready()
    sys.exit(main())
