"""How the programme's experiments go: the records (`course`, and experiments without a file) over the files.

A design, its method and its figures are the file's, sealed by the ledger. Phase and owner are the course's where it has
one, and the start where the file has none: a start that was moved would move what counts as registered in time.
"""

from collections.abc import Iterable
from dataclasses import fields, replace

from analytics.experiments.portfolio.registry import Experiment, experiments
from analytics.experiments.portfolio.results import Reported
from analytics.results import NotEstimable
from data import paths
from data.curated.experiment.record import ExperimentRecord
from data.i18n import LANGUAGES
from data.records.payloads import ExperimentCourse
from data.records.state import RecordState

__all__ = ["ExperimentCourse", "courses", "experiments_seen", "reported_seen"]


def courses(state: RecordState) -> dict[str, ExperimentCourse]:
    """Return how each experiment goes, by its key."""
    return {key: each.value for key, each in state.of("course").items()}


def experiments_seen(state: RecordState) -> tuple[Experiment, ...]:
    """Return every experiment that is registered by file or written in the records, each as it goes."""
    return _over(experiments(), state)


def reported_seen(every: Iterable[Reported], state: RecordState) -> tuple[Reported, ...]:
    """Return what is known of experiments, each as it goes by the records, with those that the records alone hold.

    These have no file and no design: nothing is reported of them, and nothing is registered.
    """
    known = {each.key: each for each in every}
    return tuple(
        replace(known[each.key], experiment=each) if each.key in known else _unreported(each)
        for each in _over([each.experiment for each in known.values()], state)
    )


def _unreported(each: Experiment) -> Reported:
    no_effect = NotEstimable("no_effect_yet")
    return Reported(each, "unregistered", None, NotEstimable("not_reported"), no_effect, None)


def _over(files: Iterable[Experiment], state: RecordState) -> tuple[Experiment, ...]:
    """Return experiments in the order of their keys. Once another programme is opened, its own are those it names."""
    found = {each.key: each for each in files}
    written = {key: _written(each.value) for key, each in state.of("experiment").items()}
    found = written | found
    own = written.keys() | state.of("course").keys()
    kept = (each for key, each in sorted(found.items()) if each.published or not state.past or key in own)
    return tuple(_going(each, state) for each in kept)


def _written(record: ExperimentRecord) -> Experiment:
    """Return an experiment the records alone hold; its ledger would be the home's."""
    told = {each.name: getattr(record, each.name) for each in fields(ExperimentRecord)}
    place = paths.home() / "experiments" / f"{record.key}.toml"
    return Experiment(**{**told, "design": None, "file": place})


def _going(each: Experiment, state: RecordState) -> Experiment:
    course = state.of("course").get(each.key)
    if each.published or course is None:
        return each
    told: ExperimentCourse = course.value
    owner = told.owner[LANGUAGES[0]] or each.responsible
    return replace(each, phase=told.phase, started=each.started or told.started, responsible=owner)
