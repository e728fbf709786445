"""Rates from the command line: `python -m analytics rate neet_register --region 4204`, and `compare`."""

import argparse
from dataclasses import asdict, is_dataclass
from typing import Any

import polars as pl

from analytics import regions
from analytics.cli.command import Answer, Command, command_help
from analytics.exclusion import subject
from analytics.exclusion.comparisons import beside, gap_in_persons
from analytics.exclusion.similar_municipalities import RULES
from analytics.exclusion.subject import Subject
from analytics.exclusion.trend import newest_trend
from analytics.results import NotEstimable
from data.catalogue import indicators
from data.errors import InnenforError
from data.settings import settings


class NoRate(InnenforError, code="no_rate"):
    """There is nothing to answer with: `where` is the argument, `found` what was given."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Name the arguments of a question about an indicator at a place."""
    main = settings().main_indicator
    parser.add_argument("indicator", nargs="?", default=main.id, help=command_help("indicator"))
    parser.add_argument("--region", default=settings().home_municipality, help=command_help("region"))
    parser.add_argument("--age", help=command_help("age"))
    parser.add_argument("--sex", choices=("both", "female", "male"), default="both", help=command_help("sex"))
    parser.add_argument("--period", help=command_help("period"))


def _rate_arguments(parser: argparse.ArgumentParser) -> None:
    arguments(parser)
    parser.add_argument("--beside", choices=("whole", "peers"), help=command_help("beside"))


def _compare_arguments(parser: argparse.ArgumentParser) -> None:
    arguments(parser)
    parser.add_argument("--rule", choices=sorted(RULES), default="size_age", help=command_help("rule"))


def _rate(given: argparse.Namespace, lang: str) -> Answer:
    """Answer with a region's rates over time, or at one period, with interval and status, and with its trend."""
    found = asked_subject(given)
    rows = subject.trend_table(found, given.beside or "whole").drop("series")
    if given.beside is None:
        rows = rows.filter(pl.col("region_code") == found.region)
    if given.period:
        rows = rows.filter(pl.col("period") == given.period)
    if rows.is_empty():
        raise NoRate(where="--period", found=str(given.period))
    answer = {"view": asdict(found.view), "asked": found.asked, "region": found.region, "rows": rows.to_dicts()}
    trend = newest_trend(found)
    return {**answer, "trend": {**plain(trend, lang), "says": trend.sentence(lang)}}


def _compare(given: argparse.Namespace, lang: str) -> Answer:
    """Answer with a region beside its comparators and its own past, with tests and the gap in persons."""
    found = asked_subject(given)
    newest = subject.newest(found)
    period = given.period or (newest.period if newest else subject.periods(found)[0])
    found = subject.at(found, period)
    counts = subject.in_persons(found)
    made = NotEstimable("counts_only") if counts else beside(found.view, found.region, period, RULES[given.rule])
    if isinstance(made, NotEstimable):
        return {"not_estimable": {"reason": made.reason, "says": made.sentence(lang)}}
    return {
        "view": asdict(found.view),
        "home": asdict(made.home),
        "comparisons": [
            {**plain(each, lang), "gap_in_persons": plain(gap_in_persons(made.home, each).persons, lang)}
            for each in made.comparisons
        ],
    }


def asked_subject(given: argparse.Namespace) -> Subject:
    """Return the place and view the arguments ask for. Raises NoRate where there is none."""
    if given.indicator not in indicators():
        raise NoRate(where="indicator", found=given.indicator)
    if given.region not in regions.names():
        raise NoRate(where="--region", found=given.region)
    asked = given.indicator, given.region
    found = subject.subject(*asked, given.age, given.sex) if given.age else subject.nearest_subject(*asked, given.sex)
    if found is None:
        where = f"{given.indicator}, {regions.name_of(given.region)}"
        raise NoRate(where=where, found=f"--age {given.age} --sex {given.sex}" if given.age else f"--sex {given.sex}")
    return found


def plain(value: Any, lang: str) -> Any:  # noqa: ANN401 - whatever a result holds
    """Return a result as JSON can hold it; a non-answer says why."""
    if isinstance(value, NotEstimable):
        return {"reason": value.reason, "says": value.sentence(lang)}
    if isinstance(value, pl.DataFrame):
        return value.to_dicts()
    if is_dataclass(value) and not isinstance(value, type):
        return {name: plain(part, lang) for name, part in vars(value).items()}
    return list(value) if isinstance(value, tuple) else value


COMMANDS = (Command("rate", _rate_arguments, _rate), Command("compare", _compare_arguments, _compare))
