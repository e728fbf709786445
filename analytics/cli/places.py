"""The pictures of places from the command line: `python -m analytics ranking --region 4204`, and the rest.

Each answers with the numbers of the picture of the same name on the exclusion page.
"""

import argparse
from collections.abc import Callable

import polars as pl

from analytics import regions
from analytics.cli.command import Answer, Command, command_help
from analytics.cli.rates import NoRate, arguments, asked_subject, plain
from analytics.exclusion import subject
from analytics.exclusion.by_age_and_sex import groups_over_time
from analytics.exclusion.by_origin import by_origin
from analytics.exclusion.county_map import county_map
from analytics.exclusion.funnel import funnel
from analytics.exclusion.indicator_profile import profile
from analytics.exclusion.labour_demand import labour_demand
from analytics.exclusion.standardised_rate import standardised
from analytics.exclusion.subject import Subject
from analytics.results import NotEstimable
from data.settings import settings

WITHIN = ("county", "nation")


def _within_arguments(parser: argparse.ArgumentParser) -> None:
    arguments(parser)
    parser.add_argument("--within", choices=WITHIN, default="county", help=command_help("within"))


def _region_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--region", default=settings().home_municipality, help=command_help("region"))


def _ranking(given: argparse.Namespace, lang: str) -> Answer:
    """Answer with the regions of the place's level in order."""
    found, period = asked_at(given)
    return _answer(found, subject.ranking_table(found, period, given.within), lang)


def _funnel(given: argparse.Namespace, lang: str) -> Answer:
    """Answer with every municipality and the limits of chance around the nation's level."""
    found, period = asked_at(given, "municipality")
    county = regions.county_of(found.region) if given.within == "county" else None
    return _answer(found, funnel(found.view, period, within=county), lang)


def _map(given: argparse.Namespace, lang: str) -> Answer:
    """Answer with the municipalities of the place's county, each against the rest of it."""
    found, period = asked_at(given, "municipality")
    county = regions.county_of(found.region) or found.region
    if county == regions.NATION:
        return _answer(found, NotEstimable("no_county_map"), lang)
    return _answer(found, county_map(found.view, period, county), lang)


def _groups(given: argparse.Namespace, lang: str) -> Answer:
    """Answer with age by sex over time, the place beside the nation."""
    found = asked_subject(given)
    return _answer(found, groups_over_time(found.view, found.region), lang)


def _standardised(given: argparse.Namespace, lang: str) -> Answer:
    """Answer with the rate as it is and with the nation's age and sex."""
    found, period = asked_at(given)
    return _answer(found, standardised(found.view, found.region, period), lang)


def _profile(given: argparse.Namespace, lang: str) -> Answer:
    """Answer with every indicator of a place against the spread of its like."""
    _known_place(given)
    return {"asked": given.region, "answer": plain(profile(given.region), lang)}


def _origin(given: argparse.Namespace, lang: str) -> Answer:
    """Answer with immigrants and others in a place, beside each other."""
    found = asked_subject(given)
    return _answer(found, by_origin(found, period_of(given, found)), lang)


def _demand_arguments(parser: argparse.ArgumentParser) -> None:
    _region_arguments(parser)
    parser.add_argument("--period", help=command_help("period"))


def _demand(given: argparse.Namespace, lang: str) -> Answer:
    """Answer with job seekers and vacancies by occupation where the place's young look for work."""
    _known_place(given)
    return {"asked": given.region, "answer": plain(labour_demand(given.region, given.period), lang)}


def _known_place(given: argparse.Namespace) -> None:
    if given.region not in regions.names():
        raise NoRate(where="--region", found=given.region)


def asked_at(given: argparse.Namespace, level: str = "") -> tuple[Subject, str]:
    """Return the place and period asked for (else its newest known) in the edition it is compared in at that time."""
    found = asked_subject(given)
    period = period_of(given, found)
    return subject.at(found, period, level), period


def period_of(given: argparse.Namespace, found: Subject) -> str:
    """Return the period asked for, else the newest the place has a figure of."""
    newest = subject.newest(found)
    return given.period or (newest.period if newest else subject.periods(found)[0])


def _answer(found: Subject, value: object, lang: str) -> Answer:
    """Return the rows or the value; counts without shares are in `rate`, and no place can be held against another."""
    if subject.in_persons(found):
        value = NotEstimable("counts_only")
    rows = {"rows": value.to_dicts()} if isinstance(value, pl.DataFrame) else {"answer": plain(value, lang)}
    return {"view": vars(found.view), "asked": found.asked, "region": found.region, **rows}


_ANSWERS: dict[str, tuple[Callable[[argparse.ArgumentParser], None], Callable[[argparse.Namespace, str], Answer]]] = {
    "ranking": (_within_arguments, _ranking),
    "funnel": (_within_arguments, _funnel),
    "map": (arguments, _map),
    "groups": (arguments, _groups),
    "standardised": (arguments, _standardised),
    "origin": (arguments, _origin),
    "profile": (_region_arguments, _profile),
    "demand": (_demand_arguments, _demand),
}
COMMANDS = tuple(Command(name, *each) for name, each in _ANSWERS.items())
