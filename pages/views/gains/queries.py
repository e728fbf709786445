"""What the gains page asks of the model, held between runs; a scenario is asked for as text: a cache can tell texts."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.experiments.portfolio import registry, results
from analytics.experiments.portfolio.registry import Experiment
from analytics.experiments.portfolio.results import Reported
from analytics.programme import going
from benefits.scenario.model import Scenario, shipped, shipped_scenario
from benefits.valuation import validation, yearly_chances
from benefits.valuation.appraisal import Appraisal, appraise
from benefits.valuation.expected_tornado import expected_tornado
from benefits.valuation.experiment_effect import ExperimentEffect, experiment_effects, feeding
from benefits.valuation.validation import PublishedComparison
from benefits.valuation.what_must_be_true import MustBeTrue, what_must_be_true
from pages.frame.cache import cached_value
from pages.frame.sight import seen

# The same as `python -m benefits appraise` takes by default, so that page and command give the same numbers.
DRAWS = 10_000
SEED = 1

_reported, _report = cached_value(results.reported), cached_value(results.report)


def reported() -> tuple[Reported, ...]:
    """Return what is known of every experiment that whoever looks may see."""
    return going.reported_seen(_reported(), seen(), _report)


@cached_value
def appraisal(toml: str, experiment: str = "") -> Appraisal:
    """Return the appraisal of a scenario written as TOML, with an experiment's draws where a key is given."""
    return appraise(Scenario.from_toml(toml), DRAWS, SEED, effect_draws=_draws(experiment))


@cached_value
def chances_by_year(toml: str, experiment: str = "") -> Mapping[str, list[float]]:
    """Return the chance that each ledger gains in each year."""
    return yearly_chances.chances_by_year(Scenario.from_toml(toml), DRAWS, SEED, _draws(experiment))


def effects() -> Mapping[str, ExperimentEffect]:
    """Return the effects of the experiments that can feed a scenario, of those that whoever looks may see."""
    return _effects(_recorded())


_effects = cached_value(experiment_effects)


def feeding_titles() -> dict[str, tuple[Mapping[str, str], bool]]:
    """Return key → title in both languages and whether it is an example, of the experiments that can feed."""
    return _feeding_titles(_recorded())


@cached_value
def _feeding_titles(recorded: tuple[Experiment, ...]) -> dict[str, tuple[Mapping[str, str], bool]]:
    return {each.key: (dict(each.title), each.example) for each in feeding(recorded)}


def experiment_keys() -> tuple[str, ...]:
    """Return the keys of the experiments that have a page of their own."""
    return (*_keys_of_files(), *(each.key for each in _recorded()))


@cached_value
def _keys_of_files() -> tuple[str, ...]:
    return tuple(each.key for each in registry.experiments())


def _recorded() -> tuple[Experiment, ...]:
    """Return the experiments with a design that the programme's records hold."""
    return tuple(each for each in registry.of_records(seen()).values() if each.design)


@cached_value
def scenarios_of() -> dict[str, str]:
    """Return experiment → the shipped scenario that holds its published effect."""
    found = {shipped_scenario(name).experiment: name for name in shipped()}
    return {key: name for key, name in found.items() if key}


at_hand = cached_value(shipped_scenario)


@cached_value
def shipped_titles() -> dict[str, Mapping[str, str]]:
    """Return the titles of the shipped scenarios by code, in both languages."""
    return {name: dict(shipped_scenario(name).title) for name in shipped()}


@cached_value
def shipped_toml(name: str) -> str:
    """Return a shipped scenario as TOML."""
    return shipped_scenario(name).as_toml()


@cached_value
def must_be_true(toml: str, experiment: str = "") -> Mapping[str, MustBeTrue]:
    """Return what must be true for each holder of a scenario to go in zero."""
    return what_must_be_true(Scenario.from_toml(toml), DRAWS, SEED, _draws(experiment))


@cached_value
def tornado(toml: str, experiment: str = "") -> tuple[Mapping[str, Any], ...]:
    """Return society's expected value with each quantity at its low and its high end, the widest first."""
    return expected_tornado(Scenario.from_toml(toml), DRAWS, SEED, _draws(experiment))


@cached_value
def worked_examples() -> tuple[PublishedComparison, ...]:
    """Return the published numbers beside ours, run once a build."""
    return validation.worked_examples()


def _draws(experiment: str) -> NDArray[np.float64] | None:
    return effects()[experiment].draws(DRAWS, SEED) if experiment else None
