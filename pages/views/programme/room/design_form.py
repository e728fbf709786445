"""The form a researcher locks an experiment's design with: what an experiment's file has, field by field."""

from dataclasses import replace

from analytics.experiments.portfolio.registry import METHODS
from pages.views.programme.room.form_field import FormField, RecordForm, asked, choice_of, needed

_DESIGN = RecordForm((
    *needed("long", "experiment.question"), *asked("long", "experiment.hypothesis"),
    *needed("words", "experiment.target_group", "experiment.unit_of_assignment"),
    choice_of("design.method", *METHODS),
    *needed("words", "experiment.primary_outcome"), *needed("line", "design.outcome"), *needed("words", "design.label"),
    choice_of("design.kind", "binary", "number", "duration"), choice_of("design.good", "up", "down"),
    *needed("number", "design.mde"), *needed("whole", "experiment.planned_n"),
    *needed("day", "design.started"), *needed("whole", "design.follow_up_months"),
    *asked("line", "design.control", "design.treatment"), *asked("number", "design.allocation"),
    *asked("line", "design.unit", "design.cluster", "design.block", "design.period", "design.start"),
    *asked("list", "design.covariates", "experiment.secondary_outcomes"), *asked("line", "design.estimator"),
    *asked("long", "experiment.legal_basis", "experiment.ethics", "experiment.data_protection"),
    *asked("line", "experiment.public_registry"), *asked("long", "experiment.would_change_our_mind"),
))  # fmt: skip
_WHY = FormField("why", "long", needed=True)
FORMS = {"design": _DESIGN, "redesign": replace(_DESIGN, fields=(_WHY, *_DESIGN.fields))}
"""The first registration, and each after it, which says what is other than it was and why."""
