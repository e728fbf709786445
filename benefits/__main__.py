"""The model from the command line: `python -m benefits appraise SCENARIO.toml` and `parameters --at DAY`."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from benefits.errors import InvalidInput
from benefits.parameters import Parameter, parameters, sources
from benefits.programme.portfolio import MeasurePortfolio, shipped_portfolio, shipped_portfolios
from benefits.programme.programme_break_even import programme_must_be_true
from benefits.programme.programme_value import appraise_programme
from benefits.rules import price_levels, rules_day
from benefits.scenario.model import Scenario, shipped, shipped_scenario
from benefits.valuation.appraisal import appraise
from benefits.valuation.what_must_be_true import what_must_be_true
from benefits.valuation.yearly_chances import chances_by_year
from data.cli.console import answered, ready
from data.i18n import LANGUAGES, reader_language, say


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return 0 where it went well and 1 where the input was refused, with JSON in both cases."""
    return answered(_parser, arguments)


def _appraised(given: argparse.Namespace, lang: str) -> dict[str, object]:
    scenario = _scenario(given.scenario)
    appraisal = appraise(scenario, given.draws, given.seed)
    found = appraisal.as_dict()
    found["by_year"]["probability_positive"] = chances_by_year(scenario, given.draws, given.seed)
    return {**found, "sentence": appraisal.sentence(lang)}


def _must_be_true(given: argparse.Namespace, lang: str) -> dict[str, object]:
    del lang
    found = what_must_be_true(_scenario(given.scenario), given.draws, given.seed)
    return {"holders": {name: asdict(each) for name, each in found.items()}, "draws": given.draws, "seed": given.seed}


def _scenario(name: str) -> Scenario:
    return shipped_scenario(name) if name in shipped() else Scenario.read(name)


def _programme(given: argparse.Namespace, lang: str) -> dict[str, object]:
    name = given.portfolio
    portfolio = shipped_portfolio(name) if name in shipped_portfolios() else MeasurePortfolio.read(name)
    found = appraise_programme(portfolio, given.draws, given.seed)
    true = programme_must_be_true(portfolio, given.draws, given.seed)
    holders = {name: asdict(each) for name, each in true.items()}
    return {**found.as_dict(), "must_be_true": holders, "sentence": found.sentence(lang)}


def _rates(given: argparse.Namespace, lang: str) -> dict[str, object]:
    """Return every parameter on a day with its unit, source and grade; one that has no value then says why."""
    day = _day(given.at)
    return {"at": day.isoformat(), "parameters": [_rate(each, day, lang) for each in parameters().values()]}


def _rate(each: Parameter, day: date, lang: str) -> dict[str, object]:
    source, held = sources()[each.source], each.held(day)
    said = {"name": each.name, "label": each.label[lang], "unit": each.unit, "price_year": each.price_year}
    said |= {"source": f"{source.publisher}: {source.title[lang]}", "url": source.url, "locator": each.locator}
    if held is None:
        return {**said, "value": None, "grade": each.evidence, "status": "not_in_force"}
    status = "known" if held.value is not None else "not_published" if held.unknown else "abolished"
    dated = {"value": held.value, "low": held.low, "high": held.high, "valid_from": held.valid_from.isoformat()}
    return {**said, **dated, "grade": held.evidence, "status": status}


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise InvalidInput(where="--at", found=written, allowed="2026-07-01") from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benefits", description=_say("description"))
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("appraise", help=_say("appraise"))
    command.set_defaults(run=_appraised)
    true = commands.add_parser("must-be-true", help=_say("must_be_true"))
    true.set_defaults(run=_must_be_true)
    for each in (command, true):
        each.add_argument("scenario", help=_say("scenario", shipped=", ".join(shipped())))
    programme = commands.add_parser("programme", help=_say("programme"))
    programme.set_defaults(run=_programme)
    programme.add_argument("portfolio", help=_say("portfolio", shipped=", ".join(shipped_portfolios())))
    for each in (command, true, programme):
        each.add_argument("--draws", type=int, default=10_000, help=_say("draws"))
        each.add_argument("--seed", type=int, default=1, help=_say("seed"))
    rates = commands.add_parser("parameters", help=_say("parameters"))
    rates.set_defaults(run=_rates)
    rates.add_argument("--at", default=rules_day(price_levels.last_known_year()).isoformat(), help=_say("at"))
    for each in (command, true, programme, rates):
        each.add_argument("--json", action="store_true", help=_say("json"))
        each.add_argument("--lang", choices=LANGUAGES, help=_say("lang"))
    return parser


def _say(key: str, **facts: object) -> str:
    return say("benefits", reader_language(), f"command.{key}", **facts)


if __name__ == "__main__":
    ready()
    sys.exit(main())
