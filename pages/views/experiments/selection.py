"""What the reader has chosen on the experiments page."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import streamlit as st

from analytics.experiments.portfolio import results
from analytics.experiments.portfolio.results import Reported
from analytics.programme import going
from data import paths
from data.toml import toml_table
from pages.format.numbers import number, whole_percent
from pages.format.texts import labels, language, text
from pages.frame import expander, shell
from pages.frame.cache import cached_value
from pages.frame.sight import seen
from pages.frame.url import state, widgets
from pages.frame.url.parameters import UrlParameter
from pages.server import index_html

UNKNOWN = "numbers_unknown"
VIEWS = ("portfolio", "one", "planner")
ALL = "all"
AREAS = tuple(str(area) for area in range(1, 8))
VERDICTS = ("better", "no_important_difference", "worse", "too_small_to_say", "not_reported", UNKNOWN)
PLANNED = ("n", "clusters", "icc", "base", "share", "r2")
NO_CLUSTERS = "0"
_OPTIONS = paths.PAGES / "views" / "experiments" / "planner.toml"

_reported = cached_value(results.reported)


@dataclass(frozen=True)
class ExperimentsSelection:
    """The page as its link describes it.

    experiment: the key of the one shown. area, target, verdict: filters of the portfolio, or `all`. plan: the planner's
    n, clusters (0 = none), icc, base rate, share treated and what is known before the start (percent), as options.
    """

    view: str
    experiment: str = ""
    area: str = ALL
    target: str = ALL
    verdict: str = ALL
    plan: tuple[str, ...] = ()


def reports() -> tuple[Reported, ...]:
    """Return what is known of every experiment, each as it goes by the programme's records."""
    return going.reported_seen(_reported(), seen())


def choose() -> ExperimentsSelection:
    """Check the link, draw the widgets and return the choice."""
    every = reports()
    keys = tuple(each.key for each in every)
    shell.open_page(*_parameters(every, keys))
    st.html(index_html.STATIC / "experiments.css")
    linked = state.get("experiment") in keys
    views, default = labels("experiments.view", VIEWS), "one" if linked else "portfolio"
    with st.container(horizontal=True, vertical_alignment="center", key="innenfor-choices"):
        view = widgets.one_of("view", views, default, text("experiments.choose.view"), buttons=True, quiet=True)
        if view == "portfolio":
            return _filtered(every)
    return ExperimentsSelection(view, _experiment(every)) if view == "one" else ExperimentsSelection(view, plan=_plan())


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


def target_code(each: Reported) -> str:
    """Return a target group as a link writes it, the same in both languages."""
    plain = each.experiment.target_group["en"].lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


@cache
def planner_options() -> dict[str, Any]:
    """Return the planner's options and defaults by name."""
    return toml_table(_OPTIONS)


def _parameters(every: tuple[Reported, ...], keys: tuple[str, ...]) -> tuple[UrlParameter, ...]:
    targets = tuple(dict.fromkeys(target_code(each) for each in every))
    return (
        UrlParameter("view", VIEWS),
        UrlParameter("experiment", keys),
        UrlParameter("area", (ALL, *AREAS)),
        UrlParameter("target", (ALL, *targets)),
        UrlParameter("verdict", (ALL, *VERDICTS)),
        *(UrlParameter(name, _codes(name)) for name in PLANNED),
    )


def _experiment(every: tuple[Reported, ...]) -> str:
    own = sorted(every, key=lambda each: (abroad(each), each.experiment.title[language()]))
    titles = {each.key: _marked(each) for each in own}
    first = min(own, key=lambda each: (each.experiment.published, each.key)).key  # the same in both languages
    return widgets.one_of("experiment", titles, first, text("experiments.choose.experiment"))


def _marked(each: Reported) -> str:
    mark = "example" if each.experiment.example else "published" if each.experiment.published else ""
    title = each.experiment.title[language()]
    return f"{title} ({text(f'experiments.mark.{mark}').lower()})" if mark else title


def _filtered(every: tuple[Reported, ...]) -> ExperimentsSelection:
    targets = {target_code(each): each.experiment.target_group[language()] for each in every}
    choices = {
        "area": {area: text(f"experiments.area.a{area}") for area in AREAS},
        "target": dict(sorted(targets.items(), key=lambda item: item[1])),
        "verdict": labels("experiments.verdict", VERDICTS),
    }
    with expander.pocket(text("experiments.choose.filter"), "filter"):
        picked = {}
        for name, known in choices.items():
            options = {ALL: text("experiments.choose.all"), **known}
            picked[name] = widgets.one_of(name, options, ALL, text(f"experiments.choose.{name}"))
    return ExperimentsSelection("portfolio", area=picked["area"], target=picked["target"], verdict=picked["verdict"])


def _plan() -> tuple[str, ...]:
    picked = []
    for row in (PLANNED[:3], PLANNED[3:]):
        for column, name in zip(st.columns(3), row, strict=False):
            with column:
                options = {code: _planned(name, code) for code in _codes(name)}
                default = str(planner_options()[name]["default"])
                picked.append(widgets.one_of(name, options, default, text(f"experiments.plan.{name}")))
    return tuple(picked)


def _codes(name: str) -> tuple[str, ...]:
    return tuple(str(option) for option in planner_options()[name]["options"])


def _planned(name: str, code: str) -> str:
    if name == "clusters" and code == NO_CLUSTERS:
        return text("experiments.plan.no_clusters")
    if name in ("base", "share", "r2"):
        return whole_percent(float(code) / 100)
    return number(float(code), 2 if name == "icc" else 0)
