"""From experiment to kroner: a registered experiment's effect in place of the scenario's own."""

from collections.abc import Callable, Mapping

import streamlit as st

from benefits.scenario.model import Scenario
from benefits.valuation.experiment_effect import with_experiment
from pages.format.numbers import per_hundred
from pages.format.texts import language, text
from pages.frame import expander
from pages.frame.url import widgets
from pages.views.gains import queries

NONE = "none"


def keys() -> tuple[str, ...]:
    """Return the experiments that can feed a scenario."""
    return tuple(queries.feeding_titles())


def feeds(experiment: str | None) -> bool:
    """Return whether an experiment has an effect to hand on; nothing is evaluated where none is asked for."""
    return experiment in keys() and experiment in queries.effects()


def address_of(experiment: str) -> str:
    """Return the link to what an experiment is worth, empty where its effect cannot be valued.

    It leads to the experiment's own effect in a scenario, or to the scenario that holds its published effect.
    """
    if experiment in queries.effects():
        return widgets.address("gains", experiment=experiment)
    scenario = queries.scenarios_of().get(experiment)
    return widgets.address("gains", scenario=scenario) if scenario else ""


def choose(draw: Callable[[Mapping[str, str]], str]) -> str:
    """Draw the choice of experiment and return its key, empty where the scenario's own effect stands.

    draw: the choice of the page, of codes by their labels. Where no experiment has results yet there is none, and that
    is said.
    """
    known = keys()
    if not known:
        if expander.is_open():
            st.caption(text("gains.experiment.none_yet"))
        return ""
    labels = {NONE: text("gains.experiment.none")} | {key: _label(key) for key in known}
    chosen = draw(labels)
    if chosen == NONE:
        return ""
    if not feeds(chosen):
        st.caption(text("gains.experiment.unknown", title=_label(chosen)))
        return ""
    st.caption(_told(chosen))
    return chosen


def applied(scenario: Scenario, experiment: str) -> Scenario:
    """Return the scenario with the experiment's effect, or as it is where there is none."""
    return with_experiment(scenario, queries.effects()[experiment]) if experiment else scenario


def rest_note(experiment: str, base: Scenario) -> str:
    """Return whose the effect is, and whose everything else is."""
    return text("gains.experiment.rest", title=_label(experiment), scenario=base.title[language()])


def _label(key: str) -> str:
    title, example = queries.feeding_titles()[key]
    return text("gains.experiment.example", title=title[language()]) if example else title[language()]


def _told(key: str) -> str:
    effect = queries.effects()[key]
    raw = {"raw": per_hundred(effect.raw), "raw_interval": _between(effect.raw_low, effect.raw_high)}
    corrected = {"value": per_hundred(effect.value), "interval": _between(effect.low, effect.high)}
    return text("gains.experiment.told", **raw, **corrected, trials=effect.pooled)


def _between(low: float, high: float) -> str:
    return text("gains.experiment.between", low=per_hundred(low), high=per_hundred(high))
