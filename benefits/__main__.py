"""The model from the command line: `python -m benefits appraise SCENARIO.toml`."""

import argparse
import json
import sys
from collections.abc import Sequence

from benefits.scenario.model import Scenario, shipped, shipped_scenario
from benefits.valuation.appraisal import appraise
from data.cli.console import ready
from data.errors import InnenforError, foreseen, refusal
from data.i18n import LANGUAGES, reader_language, say


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return 0 where it went well and 1 where the input was refused, with JSON in both cases."""
    lang = reader_language()
    answer: dict[str, object]
    try:
        given = _parser().parse_args(arguments)
        lang = given.lang or lang
        answer = _appraised(given.scenario, given.draws, given.seed, lang)
    except (InnenforError, ExceptionGroup) as fault:
        if not (found := foreseen(fault)):
            raise
        answer = refusal(found, lang)
    print(json.dumps(answer, ensure_ascii=False, allow_nan=False))
    return 1 if "error" in answer else 0


def _appraised(name: str, draws: int, seed: int, lang: str) -> dict[str, object]:
    scenario = shipped_scenario(name) if name in shipped() else Scenario.read(name)
    appraisal = appraise(scenario, draws, seed)
    return {**appraisal.as_dict(), "sentence": appraisal.sentence(lang)}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benefits", description=_say("description"))
    command = parser.add_subparsers(dest="command", required=True).add_parser("appraise", help=_say("appraise"))
    command.add_argument("scenario", help=_say("scenario", shipped=", ".join(shipped())))
    command.add_argument("--draws", type=int, default=10_000, help=_say("draws"))
    command.add_argument("--seed", type=int, default=1, help=_say("seed"))
    command.add_argument("--json", action="store_true", help=_say("json"))
    command.add_argument("--lang", choices=LANGUAGES, help=_say("lang"))
    return parser


def _say(key: str, **facts: object) -> str:
    return say("benefits", reader_language(), f"command.{key}", **facts)


if __name__ == "__main__":
    ready()
    sys.exit(main())
