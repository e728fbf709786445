"""How the programme's experiments go: the records (`course`, and experiments without a file) over the files.

A design, its method and its figures are the file's, sealed by the ledger; of an experiment without a file they are the
records', sealed by their registrations. Phase and owner are the course's where it has one, and the start where the
design has none: a start that was moved would move what counts as registered in time.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from analytics.experiments.portfolio import results
from analytics.experiments.portfolio.registry import Experiment, experiments, of_records
from analytics.experiments.portfolio.results import Reported
from analytics.results import NotEstimable
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


def reported_seen(
    every: Iterable[Reported], state: RecordState, report: Callable[[Experiment], Reported] = results.report
) -> tuple[Reported, ...]:
    """Return what is known of experiments, each as it goes by the records, with those that the records alone hold.

    report: what tells of one the records alone hold and have a design of; pages give one that keeps its answers.
    """
    known = {each.key: each for each in every}
    return tuple(
        replace(known[each.key], experiment=each) if each.key in known else _reported(each, report)
        for each in _over([each.experiment for each in known.values()], state)
    )


def _reported(each: Experiment, report: Callable[[Experiment], Reported]) -> Reported:
    if each.design:
        return report(each)
    standing, day = each.registration()
    return Reported(each, standing, day, NotEstimable("not_reported"), NotEstimable("no_effect_yet"), None)


def _over(files: Iterable[Experiment], state: RecordState) -> tuple[Experiment, ...]:
    """Return experiments in the order of their keys. Once another programme is opened, its own are those it names."""
    found = {each.key: each for each in files}
    written = of_records(state)
    found = written | found
    own = written.keys() | state.of("course").keys()
    kept = (each for key, each in sorted(found.items()) if each.published or not state.past or key in own)
    return tuple(_going(each, state) for each in kept)


def _going(each: Experiment, state: RecordState) -> Experiment:
    course = state.of("course").get(each.key)
    if each.published or course is None:
        return each
    told: ExperimentCourse = course.value
    owner = told.owner[LANGUAGES[0]] or each.responsible
    return replace(each, phase=told.phase, started=each.started or told.started, responsible=owner)
