"""The command on the programme's own effect: `python -m analytics counterfactual --region 4204`."""

import argparse

from analytics.cli.command import Answer, Command, command_help
from analytics.cli.rates import asked_subject, plain
from analytics.counterfactual.programme_effect import counterfactual
from analytics.programme import readings
from analytics.results import NotEstimable
from data.errors import InnenforError
from data.settings import settings


class NoStart(InnenforError, code="no_start"):
    """No start is given, and the home has no programme that has one: `where` is the argument."""


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--region", default=settings().home_municipality, help=command_help("region"))
    parser.add_argument("--indicator", default=settings().main_indicator.id, help=command_help("indicator_of"))
    parser.add_argument("--age", help=command_help("age"))
    parser.add_argument("--sex", choices=("both", "female", "male"), default="both", help=command_help("sex"))
    parser.add_argument("--start", type=int, help=command_help("start"))


def _run(given: argparse.Namespace, lang: str) -> Answer:
    found, start = asked_subject(given), readings.started() if given.start is None else given.start
    if start is None:
        raise NoStart(where="--start", found="–")
    made = (
        NotEstimable("counterfactual_not_for") if found.stepped_up else counterfactual(found.view, given.region, start)
    )
    if isinstance(made, NotEstimable):
        return {"region": given.region, "start": start, "not_estimable": plain(made, lang)}
    return made.as_json(lang)


COMMANDS = (Command("counterfactual", _arguments, _run),)
