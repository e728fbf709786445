"""What the reader has chosen on the experiments page."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, partial
from typing import Annotated, Any

import streamlit as st

from analytics.experiments.portfolio import results
from analytics.experiments.portfolio.results import Reported
from analytics.programme import going
from analytics.regions import home
from data import paths
from data.toml import toml_table
from pages.components import sentence_bar
from pages.format.numbers import number, period, whole_percent
from pages.format.place_names import place
from pages.format.texts import language, text
from pages.frame.cache import cached_value
from pages.frame.sight import seen
from pages.frame.url import state
from pages.frame.url.choices import Choice, PageChoices

UNKNOWN = "numbers_unknown"
VIEWS = ("portfolio", "one", "planner")
ALL = "all"
AREAS = tuple(str(area) for area in range(1, 8))
VERDICTS = ("better", "no_important_difference", "worse", "too_small_to_say", "not_reported", UNKNOWN)
PLANNED = ("n", "clusters", "icc", "pair", "base", "share", "r2")
IN_PAIRS = {"share": ("50",), "r2": ("0",)}
"""What matched pairs leave no choice of: half are treated, and the pair is what is known before the start."""
NO_CLUSTERS, NO_PAIRS = "0", "none"
ORIGINS = ("own", "norwegian", "from_abroad")
"""What the numbers of `abroad` stand for, as texts name them."""

_OPTIONS_FILE = paths.PAGES / "views" / "experiments" / "planner.toml"

_reported, _report = cached_value(results.reported), cached_value(results.report)


def reports() -> tuple[Reported, ...]:
    """Return what is known of every experiment, each as it goes by the programme's records."""
    return going.reported_seen(_reported(), seen(), _report)


def target_code(each: Reported) -> str:
    """Return a target group as a link writes it, the same in both languages."""
    plain = each.experiment.target_group["en"].lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


@cache
def planner_options() -> dict[str, Any]:
    """Return the planner's options and defaults by name."""
    return toml_table(_OPTIONS_FILE)


def _keys() -> tuple[str, ...]:
    return tuple(each.key for each in reports())


def _targets() -> tuple[str, ...]:
    return (ALL, *dict.fromkeys(target_code(each) for each in reports()))


def _area(code: str) -> str:
    return text("experiments.choose.all" if code == ALL else f"experiments.area.a{code}")


def _verdict(code: str) -> str:
    return text("experiments.choose.all" if code == ALL else f"experiments.verdict.{code}")


def _planned(name: str, code: str) -> str:
    if name == "clusters" and code == NO_CLUSTERS:
        return text("experiments.plan.no_clusters")
    if code == NO_PAIRS:
        return text("experiments.plan.no_pairs")
    if name in ("base", "share", "r2"):
        return whole_percent(float(code) / 100)
    return number(float(code), {"icc": 2, "pair": 1}.get(name, 0))


def _options(name: str) -> tuple[str, ...]:
    return tuple(str(option) for option in planner_options()[name]["options"])


def _default(name: str) -> str:
    return str(planner_options()[name]["default"])


def _persons(code: str) -> str:
    return text("experiments.bar.persons", count=_planned("n", code))


def _of_plan(name: str) -> Choice:
    """Return the choice of one number of the planner; how many persons stands in the bar."""
    codes, first = partial(_options, name), partial(_default, name)
    if name == "n":
        return Choice(codes, "experiments.choose.n", _persons, first=first, name=name, quiet=True)
    return Choice(codes, f"experiments.plan.{name}", partial(_planned, name), first=first, name=name)


@dataclass(frozen=True)
class ExperimentsSelection:
    """The page as its link describes it.

    experiment: the key of the one shown. area, target, verdict: filters of the portfolio, or `all`. plan: the planner's
    n, clusters (0 = none), icc, likeness within matched pairs (or `none`), base rate, share treated and what is known
    before the start (percent), as options.
    """

    view: Annotated[str, Choice(VIEWS, "experiments.choose.view", "experiments.view.{}", buttons=True, quiet=True)]
    experiment: Annotated[str, Choice(_keys, "experiments.choose.experiment", quiet=True)] = ""
    area: Annotated[str, Choice((ALL, *AREAS), "experiments.choose.area", _area)] = ALL
    target: Annotated[str, Choice(_targets, "experiments.choose.target", quiet=True)] = ALL
    verdict: Annotated[str, Choice((ALL, *VERDICTS), "experiments.choose.verdict", _verdict)] = ALL
    plan: Annotated[tuple[str, ...], *(_of_plan(name) for name in PLANNED)] = ()


CHOICES = PageChoices(ExperimentsSelection)


def choose() -> ExperimentsSelection:
    """Check the link, draw the widgets and return the choice."""
    every = reports()
    first = "one" if state.get("experiment") in _keys() else "portfolio"
    with st.container(horizontal=True, vertical_alignment="center", key="innenfor-titled"):
        CHOICES.open()
        view = CHOICES.draw("view", first=first)
    if view == "portfolio":
        return _portfolio(every)
    return _one(every) if view == "one" else _planner()


def shown(every: tuple[Reported, ...], choice: ExperimentsSelection) -> tuple[Reported, ...]:
    """Return the experiments that pass the filters."""
    return tuple(
        each
        for each in every
        if choice.area in (ALL, str(each.experiment.area))
        and choice.target in (ALL, target_code(each))
        and choice.verdict in (ALL, each.verdict)
    )


def one(every: tuple[Reported, ...], key: str) -> Reported:
    """Return the experiment with a key."""
    return next(each for each in every if each.key == key)


def abroad(each: Reported) -> int:
    """Return where an experiment stands in a list: own ones first, then published Norwegian ones, then those abroad."""
    record = each.experiment
    return 0 if not record.published else 1 if record.finding.get("country", "NO") == "NO" else 2


def rank(each: Reported) -> tuple[int, bool]:
    """Return where an experiment stands in a list: by `abroad`, and there those with known numbers first."""
    return abroad(each), each.verdict == UNKNOWN


def _one(every: tuple[Reported, ...]) -> ExperimentsSelection:
    """Draw the bar with the choice of an experiment; it says where it was, with whom, and when or for how long."""
    titles = {each.key: _marked(each) for each in sorted(every, key=lambda each: (*rank(each), each.key))}
    bar = sentence_bar.draw(partial(_bar_choice, "experiment", titles))
    chosen = one(every, bar.chosen)
    bar.say(*_where_whom_when(chosen))
    return ExperimentsSelection("one", bar.chosen)


def _where_whom_when(each: Reported) -> tuple[str, str, str]:
    record = each.experiment
    if not record.published:
        return place(home()), record.target_group[language()], period(str(record.started)) if record.started else ""
    found = record.finding
    country, months = found.get("country", "NO"), found.get("follow_up_months")
    followed = text("experiments.bar.followed", months=number(months)) if months else ""
    return text(f"experiments.dossier.country.{country}"), found.get("ages", {}).get(language(), ""), followed


def _marked(each: Reported) -> str:
    mark = "example" if each.experiment.example else "published" if each.experiment.published else ""
    title = each.experiment.title[language()]
    return f"{title} ({text(f'experiments.mark.{mark}').lower()})" if mark else title


def _portfolio(every: tuple[Reported, ...]) -> ExperimentsSelection:
    """Draw the bar with the choice of whom it was for; it says how many pass, one's own, Norwegian and from abroad."""
    targets = {target_code(each): each.experiment.target_group[language()] for each in every}
    options = {ALL: text("experiments.choose.all_targets"), **dict(sorted(targets.items(), key=lambda item: item[1]))}
    bar = sentence_bar.draw(partial(_bar_choice, "target", options))
    with bar.change("filter"):
        area, verdict = CHOICES.draw("area"), CHOICES.draw("verdict")
    choice = ExperimentsSelection("portfolio", target=bar.chosen, area=area, verdict=verdict)
    passed = Counter(abroad(each) for each in shown(every, choice))
    origins = (text(f"experiments.bar.{ORIGINS[at]}", count=number(passed[at])) for at in sorted(passed))
    bar.say(text("experiments.bar.shown", count=number(passed.total())), *origins)
    return choice


def _planner() -> ExperimentsSelection:
    """Draw the bar with the choice of how many persons; it says in how many clusters, whether in pairs, and how many
    succeed anyway."""
    persons = {code: _persons(code) for code in CHOICES.by_name["n"].codes()}
    bar = sentence_bar.draw(partial(_bar_choice, "n", persons))
    with bar.change("plan"):
        rest = {name: CHOICES.draw(name) for name in ("clusters", "icc", "pair")}
        paired = rest["pair"] != NO_PAIRS
        rest |= {name: CHOICES.draw(name, IN_PAIRS.get(name) if paired else None) for name in ("base", "share", "r2")}
    clusters, without = (_planned(name, rest[name]) for name in ("clusters", "base"))
    told = "persons_drawn" if rest["clusters"] == NO_CLUSTERS else "clusters"
    pairs = text("experiments.bar.pairs") if paired else ""
    bar.say(text(f"experiments.bar.{told}", count=clusters), pairs, text("experiments.bar.without", share=without))
    return ExperimentsSelection("planner", plan=(bar.chosen, *rest.values()))


def _bar_choice(name: str, options: dict[str, str]) -> tuple[str, str]:
    code = CHOICES.draw(name, options)
    return code, options[code]
