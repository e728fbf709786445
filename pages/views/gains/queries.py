"""What the gains page asks of the model, held between runs; a scenario is asked for as text: a cache can tell texts."""

from collections.abc import Mapping

from analytics.experiments.portfolio import results
from benefits.scenario.model import Scenario, shipped, shipped_scenario
from benefits.valuation import effect_curve, validation
from benefits.valuation.appraisal import Appraisal, appraise
from benefits.valuation.experiment_effect import ExperimentEffect, experiment_effects, feeding
from benefits.valuation.validation import PublishedComparison
from pages.frame.cache import cached_value

# The same as `python -m benefits appraise` takes by default, so that page and command give the same numbers.
DRAWS = 10_000
SEED = 1

reported = cached_value(results.reported)


@cached_value
def appraisal(toml: str, experiment: str = "") -> Appraisal:
    """Return the appraisal of a scenario written as TOML, with an experiment's draws where a key is given."""
    draws = effects()[experiment].draws(DRAWS, SEED) if experiment else None
    return appraise(Scenario.from_toml(toml), DRAWS, SEED, effect_draws=draws)


@cached_value
def effects() -> Mapping[str, ExperimentEffect]:
    """Return the effects of the experiments that can feed a scenario."""
    return experiment_effects()


@cached_value
def feeding_titles() -> dict[str, tuple[Mapping[str, str], bool]]:
    """Return key → title in both languages and whether it is an example, of the experiments that can feed."""
    return {each.key: (dict(each.title), each.example) for each in feeding()}


@cached_value
def scenarios_of() -> dict[str, str]:
    """Return experiment → the shipped scenario that holds its published effect."""
    found = {shipped_scenario(name).experiment: name for name in shipped()}
    return {key: name for key, name in found.items() if key}


@cached_value
def shipped_titles() -> dict[str, Mapping[str, str]]:
    """Return the titles of the shipped scenarios by code, in both languages."""
    return {name: dict(shipped_scenario(name).title) for name in shipped()}


@cached_value
def shipped_toml(name: str) -> str:
    """Return a shipped scenario as TOML."""
    return shipped_scenario(name).as_toml()


@cached_value
def curve(toml: str, peaks: tuple[float, ...]) -> tuple[float, ...]:
    """Return society's NPV at each peak effect."""
    return effect_curve.npv_by_effect(Scenario.from_toml(toml), peaks)


@cached_value
def worked_examples() -> tuple[PublishedComparison, ...]:
    """Return the published numbers beside ours, run once a build."""
    return validation.worked_examples()
