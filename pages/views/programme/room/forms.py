"""One declaration for each kind of record that is written in the room: its fields, its name and its key."""

from dataclasses import replace
from functools import cache
from typing import Any

from analytics.experiments.portfolio.registry import PHASES
from analytics.programme import templates
from analytics.programme.assessment import ASKED, empty_assessment
from analytics.programme.readings import CRITERIA, PERSPECTIVES
from benefits.realisation.plan import plan_form
from data.records.payloads import LIGHTS, VERDICTS
from pages.format.texts import language, text
from pages.views.programme.room import design_form
from pages.views.programme.room.form_field import FormField, Means, RecordForm, asked, choice_of, needed

_CALLED = {
    ("programme", "about"): "summary", ("programme", "started"): "first_year", ("line", "value"): "figure",
    ("line", "name"): "counted", ("line", "reason"): "figure_from", ("voice", "date"): "told_when",
}  # fmt: skip
"""Fields that are called otherwise in one kind than in the others."""
_OPTIONS = {
    "phase": "experiments.phase", "perspective": "programme.perspective", "design.method": "experiments.method",
    "design.kind": "room.design_kind", "design.good": "room.design_good",
}  # fmt: skip
"""Fields whose options are called as elsewhere on the pages."""
_CODES = ("id", "indicator", "region", "age_group", "scenario")


def _scored(criterion: str) -> tuple[FormField, ...]:
    score, reason, by = (f"{criterion}.{name}" for name in ("score", "reason", "by"))
    return (*needed("level", score), *needed("long", reason), *needed("words", by))


_MADE_UP = {"example": False}
FORMS: dict[str, RecordForm] = {
    "meeting": RecordForm(
        (*needed("day", "date"), *needed("words", "body"), choice_of("status", "planned", "held", "cancelled")), "date"
    ),
    "agenda": RecordForm((
        *needed("one", "meeting", of="meeting"), *needed("whole", "number"), *needed("words", "title"),
        choice_of("purpose", "information", "discussion", "decision"), *asked("many", "about", of="about"),
    )),
    "decision": RecordForm((
        *needed("words", "title", "body"), *needed("day", "date"), *asked("long", "because"),
        *asked("one", "meeting", of="meeting"), *asked("many", "about", of="about"),
        *asked("words", "follows_up"), *asked("day", "due"), choice_of("status", "open", "done", "dropped"),
    )),
    "right": RecordForm((*needed("words", "matter", "decides"), *asked("words", "prepares", "heard")), "matter"),
    "problem": RecordForm((
        *needed("long", "original", "agreed"),
        *asked("long", "causes", "insight", "changes", "chosen_space", "schedule"),
        *asked("day", "signed"), *asked("words", "signed_by"),
    ), "original"),
    "deliverable": RecordForm((
        *needed("words", "title"), *asked("day", "due", "delivered"), *asked("line", "link"),
    )),
    "hand_over": RecordForm((
        FormField("what", "one", needed=True, of="solution", free=True),
        *needed("words", "to"), choice_of("answer", "open", "yes", "no", "in_part"),
        *asked("day", "asked"), *asked("long", "why"),
    ), "to", named=True),
    "measure": RecordForm((
        *needed("words", "name", "owner"), *asked("list", "targets"), *asked("whole", "places"),
        *asked("number", "cost_nok"), *asked("long", "evidence"), *asked("line", "source"),
    ), "name"),
    "money": RecordForm((
        *needed("month", "period"), *needed("words", "label"), *asked("line", "phase"),
        *asked("number", "granted_nok", "spent_nok", "hours_planned", "hours"),
    ), "label"),
    "lesson": RecordForm((
        *needed("long", "text"), *asked("many", "about", of="about"), *asked("day", "date"),
    ), "text"),
    "quote": RecordForm((
        *needed("long", "text"), *needed("words", "group"), *asked("line", "source"),
    ), "text"),
    "closing": RecordForm((
        *needed("long", "problem", "done", "solution", "in_use", "next_steps"), *asked("many", "quotes", of="quote"),
    ), "problem"),
    "experiment": RecordForm((
        *needed("words", "experiment.title"), *needed("long", "experiment.question"),
        *needed("one", "experiment.area", of="area"), *asked("long", "experiment.hypothesis"),
        *needed("words", "experiment.primary_outcome", "experiment.target_group"),
        *asked("one", "experiment.concept", of="concept"), *asked("one", "experiment.track", of="track"),
    ), "experiment.title", begins={"experiment": {"method": "not_stated"}}),
    "course": RecordForm((
        FormField("experiment", "one", needed=True, of="experiment", fixed=True, key=True),
        *needed("words", "owner"), choice_of("phase", *PHASES),
        *asked("day", "started", "due"), *asked("words", "next_decision"), *asked("day", "next_decision_date"),
        choice_of("verdict", *VERDICTS), *asked("number", "price_nok"), *asked("day", "stopped"),
        *asked("long", "stop_reason"), *asked("line", "link"),
    ), "experiment", ("experiment",)),
    "status": RecordForm((
        FormField("month", "month", needed=True, fixed=True),
        FormField("about", "about", needed=True, of="gain", fixed=True), choice_of("light", *LIGHTS),
        *asked("long", "text", "risk"),
    ), "month", ("month", "about")),
    "knot": RecordForm((
        *needed("words", "name"), *_scored("ease"), *_scored("gain"), *_scored("necessity"),
        *asked("one", "scenario", of="scenario"),
    ), "name", named=True, begins=_MADE_UP),
    "task": RecordForm((
        *needed("words", "name"), *needed("one", "owner", "doer", of="partner"),
        *needed("many", "payer", "informed", of="partner"), *asked("one", "hand_over_to", of="partner"),
        *needed("words", "hand_over_when"), *asked("one", "experiment", of="experiment"),
    ), "name", named=True, begins=_MADE_UP),
    "stakeholder": RecordForm((
        FormField("who", "one", needed=True, of="who", fixed=True), *needed("level", "interest", "influence"),
        *needed("words", "gains", "loses"),
    ), "who", ("who",), begins=_MADE_UP),
    "knot_scale": RecordForm((
        *needed("number", *(f"weights.{each}" for each in CRITERIA)), *needed("numbers", "gain_scale.limits_nok"),
    ), ""),
    "voice": RecordForm((
        *needed("long", "need"), *needed("whole", "participants"), *needed("flag", "at_least"),
        *needed("words", "method"), *asked("month", "date"), *needed("many", "attached", of="attached"),
    ), "need", named=True, begins={**_MADE_UP, "at_least": False}),
    "baseline": RecordForm((
        FormField("date", "day", needed=True, fixed=True), *needed("words", "scale"),
    ), "date", ("date",)),
    "line": RecordForm((
        *needed("words", "name"), *asked("one", "indicator", of="indicator"), *asked("number", "value"),
        *needed("words", "by"), *needed("long", "reason"),
    ), "name", named=True),
    "concept": RecordForm(needed("words", "name"), "name", named=True),
    "partner": RecordForm(needed("words", "name", "level"), "name", named=True),
    "area": RecordForm((
        FormField("number", "whole", needed=True, fixed=True), choice_of("perspective", *PERSPECTIVES),
        *needed("words", "name"),
    ), "name", ("number",)),
    "target": RecordForm((*needed("words", "name"), *needed("flag", "first")), "name", named=True),
    "programme": RecordForm((
        *needed("words", "name"), *needed("long", "about", "why", "hypothesis"),
        *needed("whole", "started", "years"),
    ), "name", named=True),
}  # fmt: skip
"""Kind → its form. A gain's is the plan's own columns: `form_of("gain")`."""
_OF_TEMPLATES = {"knot_scale": templates.scale, "baseline": templates.baseline}
"""What a record begins with that is read from its template."""
KINDS = (*FORMS, "gain", "maturity")


@cache
def form_of(kind: str) -> RecordForm:
    """Return the form of a kind."""
    if kind == "maturity":
        return _assessment()
    if kind in _OF_TEMPLATES:
        return replace(FORMS[kind], begins=_OF_TEMPLATES[kind]())
    if kind in design_form.FORMS:
        return design_form.FORMS[kind]
    return FORMS[kind] if kind in FORMS else RecordForm(tuple(map(_column, plan_form().columns)), "gain", ("id",))


def _assessment() -> RecordForm:
    """Return the form of a self-assessment: a level, a role and a reason for each of its questions."""
    begins = empty_assessment()
    means: dict[str, Means] = {"value": "level", "by": "words", "reason": "long"}
    lines = (needed(means[name], f"item.{line}.{name}") for line in begins["item"] for name in ASKED)
    date = FormField("date", "day", needed=True, fixed=True)
    return RecordForm((date, *(each for asked in lines for each in asked)), "date", ("date",), begins=begins)


def _column(each: Any) -> FormField:  # noqa: ANN401 - a column of the plan
    """Return a column of the plan as a field."""
    of = each.key if each.key in ("indicator", "scenario") else ""
    said = {"text": "line" if each.key in _CODES else "words", "choice": "choice", "number": "number", "date": "day"}
    options = tuple(plan_form().words.get(each.key, ()))
    means: Any = "one" if of else said[each.kind]
    return FormField(each.key, means, each.required, options, of, fixed=each.key == "id")


def label(kind: str, asked: FormField) -> str:
    """Return what a field is called, in the reader's language."""
    if kind in design_form.FORMS:
        return text(f"room.design.{asked.name.rpartition('.')[2]}")
    if kind == "gain":
        return next(each.label[language()] for each in plan_form().columns if each.key == asked.name)
    outer, _, last = asked.name.rpartition(".")
    if outer == "weights":
        return text("programme.weight_of", what=text(f"programme.criterion.{last}").lower())
    name = text(f"room.field.{_CALLED.get((kind, last), last)}")
    if kind == "maturity" and outer:
        question = form_of(kind).begins["item"][outer.partition(".")[2]]["name"][language()]
        return f"{question}: {name.lower()}"
    return f"{text(f'programme.criterion.{outer}')}: {name.lower()}" if kind == "knot" and outer else name


def hint(kind: str, asked: FormField) -> str | None:
    """Return what a field of the plan asks for, in its columns' own words; None for what needs none."""
    told = (each.help[language()] for each in plan_form().columns if kind == "gain" and each.key == asked.name)
    return next(told, None)


def option(kind: str, asked: FormField, code: str) -> str:
    """Return what an option of a choice is called."""
    if kind == "gain":
        return plan_form().words[asked.name][code][language()]
    return text(f"{_OPTIONS.get(asked.name, 'room.option')}.{code}")
