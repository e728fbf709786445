"""The command on cohorts: `python -m analytics cohort QUESTION --region 4204`, every number of the page as JSON."""

import argparse
from collections.abc import Callable, Mapping
from dataclasses import asdict
from types import MappingProxyType

import polars as pl

from analytics import cohorts
from analytics.cli.command import Answer, Command
from analytics.cohorts.wording import say
from analytics.errors import StatisticsInputError
from analytics.results import Interval, NotEstimable
from data.flow_states import states
from data.i18n import reader_language
from data.settings import settings


def _arguments(parser: argparse.ArgumentParser) -> None:
    lang = reader_language()
    told = "; ".join(f"{name}: {say(lang, 'command.' + name.replace('-', '_'))}" for name in QUESTIONS)
    parser.add_argument("question", choices=sorted(QUESTIONS), help=told)
    parser.add_argument("--region", default=settings().home_municipality, help=say(lang, "command.region"))
    parser.add_argument("--sex", choices=cohorts.SEXES, default="both", help=say(lang, "command.sex"))
    parser.add_argument("--yearly", action="store_true", help=say(lang, "command.yearly"))
    parser.add_argument("--complete", action="store_true", help=say(lang, "command.complete"))
    methods = say(lang, "command.method", methods="grid, splines (apc); rates_hold, cohort_change (project, back-test)")
    parser.add_argument("--method", choices=("grid", "splines", "rates_hold", "cohort_change"), help=methods)
    parser.add_argument("--months", type=int, choices=(12, 60), default=12, help=say(lang, "command.months"))
    parser.add_argument("--origin", choices=sorted(states()), help=say(lang, "command.origin"))
    parser.add_argument("--cohort", help=say(lang, "command.cohort"))
    parser.add_argument("--base-year", type=int, help=say(lang, "command.base_year"))
    parser.add_argument("--multiplier", action="append", default=[], help=say(lang, "command.multiplier"))
    parser.add_argument("--draws", type=int, default=10_000, help=say(lang, "command.draws"))
    parser.add_argument("--seed", type=int, default=1, help=say(lang, "command.seed"))


def _run(given: argparse.Namespace, lang: str) -> Answer:
    return QUESTIONS[given.question](given, lang)


def _follow(given: argparse.Namespace, lang: str) -> Answer:
    table = _table(given)
    if isinstance(table, NotEstimable):
        return _no_answer(table, lang)
    notes = [say(lang, "pseudo")] + ([say(lang, "overlapping")] if table.overlapping else [])
    return {**_facts(table), "notes": notes}


def _same_age(given: argparse.Namespace, lang: str) -> Answer:
    table = _table(given)
    if isinstance(table, NotEstimable):
        return _no_answer(table, lang)
    yearly = cohorts.follow(given.region, given.sex, yearly=True, complete=given.complete)
    inside = [
        cohorts.within_series(yearly, age) for age in cohorts.AGE_GROUPS if isinstance(yearly, cohorts.CohortTable)
    ]
    return {
        "region": given.region,
        "comparisons": [_comparison(one, lang) for one in cohorts.same_age_comparisons(table)],
        "within_series": [_comparison(one, lang) for one in inside],
    }


def _comparison(one: cohorts.SameAge | NotEstimable, lang: str) -> Answer:
    if isinstance(one, NotEstimable):
        return _no_answer(one, lang)
    return {**_facts(one), "verdict": one.verdict, "sentence": one.sentence(lang)}


def _apc(given: argparse.Namespace, lang: str) -> Answer:
    rows = cohorts.cohort_rows(given.region, given.sex, complete=given.complete)
    method = given.method or "splines"
    fit = rows if isinstance(rows, NotEstimable) else cohorts.age_period_cohort(rows, method)
    if isinstance(fit, NotEstimable):
        return _no_answer(fit, lang)
    tests = {factor: _plain(fit.test(factor), lang) for factor in cohorts.FACTORS}
    return {
        "region": given.region, "method": method, "net_drift_per_year": asdict(fit.net_drift), "curvature_p": tests,
        "curvatures": fit.curvatures().to_dicts(), "dispersion": fit.dispersion, "deviance": fit.deviance, "df": fit.df,
        "cells_left_out": fit.made.left_out, "newest_series": _newest_series(rows, method, lang),
        "under_constraint": {name: fit.effects(name).to_dicts() for name in cohorts.CONSTRAINTS},
    }  # fmt: skip


def _newest_series(rows: pl.DataFrame | NotEstimable, method: str, lang: str) -> Answer:
    """Return the net drift after the last break: over all years a break is part of it."""
    if isinstance(rows, NotEstimable):
        return _no_answer(rows, lang)
    newest = cohorts.newest_series(rows, cohorts.break_years())
    fit = cohorts.age_period_cohort(newest, method)
    if isinstance(fit, NotEstimable):
        return _no_answer(fit, lang)
    return {"first_year": int(newest["year"].min()), "net_drift_per_year": asdict(fit.net_drift)}  # type: ignore[arg-type]


def _flows(given: argparse.Namespace, lang: str) -> Answer:
    asked = {"cohort": given.cohort, "origin": given.origin, "sex": given.sex}
    found = cohorts.flows(given.region, given.months, **asked)
    if isinstance(found, NotEstimable):
        return _no_answer(found, lang)
    return {
        "flows": [
            {**_facts(one), "still_outside": asdict(one.still_outside), "back_inside": asdict(one.back_inside)}
            for one in found
        ]
    }


def _exits(given: argparse.Namespace, lang: str) -> Answer:
    if given.origin is None:
        raise StatisticsInputError("--origin", "–", "known_state")
    found = cohorts.exit_times(given.region, given.origin, cohort=given.cohort, sex=given.sex)
    if isinstance(found, NotEstimable):
        return _no_answer(found, lang)
    return {**_facts(found), "median_months": cohorts.median_months(found.frame)}


def _project(given: argparse.Namespace, lang: str) -> Answer:
    method = given.method or "rates_hold"
    made = cohorts.project(
        given.region, given.sex, base_year=given.base_year, multipliers=_multipliers(given.multiplier), method=method,
        draws=given.draws, seed=given.seed, complete=given.complete,
    )  # fmt: skip
    if isinstance(made, NotEstimable):
        return _no_answer(made, lang)
    past = cohorts.past_error(made, cohorts.back_test(given.sex, method))
    return {**_facts(made), "total": asdict(made.total), "past_errors": _plain(past, lang)}


def _back_test(given: argparse.Namespace, _: str) -> Answer:
    method = given.method or "rates_hold"
    rows = cohorts.own_back_test(given.region, given.sex, method, complete=given.complete)
    return {"region": given.region, "method": method, "rows": rows.to_dicts()}


def _school(given: argparse.Namespace, lang: str) -> Answer:
    found = cohorts.school_path(given.region, given.sex)
    return _no_answer(found, lang) if isinstance(found, NotEstimable) else _facts(found)


def _table(given: argparse.Namespace) -> cohorts.CohortTable | NotEstimable:
    return cohorts.follow(given.region, given.sex, yearly=given.yearly, complete=given.complete)


def _multipliers(given: list[str]) -> dict[str, float]:
    found = {}
    for text in given:
        age, _, factor = text.partition("=")
        try:
            found[age] = float(factor)
        except ValueError as error:
            raise StatisticsInputError("--multiplier", repr(text), "number") from error
    return found


def _facts(value: object) -> Answer:
    """Return a result's fields as JSON: frames as rows, unknown as null."""
    return {name: _plain(fact, reader_language()) for name, fact in vars(value).items()}


def _plain(fact: object, lang: str) -> object:
    if isinstance(fact, pl.DataFrame):
        return fact.to_dicts()
    if isinstance(fact, NotEstimable):
        return _no_answer(fact, lang)
    if isinstance(fact, Interval):
        return asdict(fact)
    if hasattr(fact, "__dataclass_fields__"):
        return _facts(fact)
    return fact


def _no_answer(answer: NotEstimable, lang: str) -> Answer:
    return {"not_estimable": {"reason": answer.reason, "sentence": answer.sentence(lang)}}


QUESTIONS: Mapping[str, Callable[[argparse.Namespace, str], Answer]] = MappingProxyType(
    {
        "follow": _follow, "same-age": _same_age, "apc": _apc, "flows": _flows, "exits": _exits, "project": _project,
        "back-test": _back_test, "school": _school,
    }
)  # fmt: skip
COMMANDS = (Command("cohort", _arguments, _run),)
