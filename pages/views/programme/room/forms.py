"""One declaration for each kind of record that is written in the room: its fields, its name and its key."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Literal

from analytics.experiments.portfolio.registry import PHASES
from analytics.programme import templates
from analytics.programme.assessment import ASKED, empty_assessment
from analytics.programme.readings import CRITERIA, PERSPECTIVES
from benefits.realisation.plan import plan_form
from data.records.payloads import LIGHTS, VERDICTS
from pages.format.texts import language, text

Means = Literal[
    "line", "words", "long", "day", "month", "number", "numbers", "whole", "level", "choice", "one", "many", "about",
    "list", "flag",
]  # fmt: skip
_CALLED = {
    ("programme", "about"): "summary", ("programme", "started"): "first_year", ("line", "value"): "figure",
    ("line", "name"): "counted", ("line", "reason"): "figure_from", ("voice", "date"): "told_when",
}  # fmt: skip
"""Fields that are called otherwise in one kind than in the others."""
_OPTIONS = {"phase": "experiments.phase", "perspective": "programme.perspective"}
"""Fields whose options are called as elsewhere on the pages."""
_CODES = ("id", "indicator", "region", "age_group", "scenario")


@dataclass(frozen=True)
class FormField:
    """A field of a form, by the place of its value in the record (`ease.score`).

    words and long are said in a language, line is not; `one`, `many` and `about` choose among what stands elsewhere
    (`of`, see `choices`); about is a list of one; numbers stand with a semicolon between; flag is ticked or not.
    needed: may not be left empty. fixed: asked of a new record alone;
    key: it is the record's key, and stands nowhere in it. free: what is not among the choices may be typed.
    """

    name: str
    means: Means
    needed: bool = False
    options: tuple[str, ...] = ()
    of: str = ""
    fixed: bool = False
    key: bool = False
    free: bool = False


@dataclass(frozen=True)
class RecordForm:
    """What is asked of a kind. title: the field a record is known by to its reader, "" where there is but one.

    key: the fields a new record's key is made of, never what is typed in words: a key is sealed, and a name in it would
    be there for good. None where it gets the next free one. named: the record holds its key
    as `id`. begins: what a new record holds that nobody is asked.
    """

    fields: tuple[FormField, ...]
    title: str = "title"
    key: tuple[str, ...] = ()
    named: bool = False
    begins: Mapping[str, Any] = field(default_factory=dict)


def _needed(means: Means, *names: str, of: str = "") -> tuple[FormField, ...]:
    return tuple(FormField(name, means, needed=True, of=of) for name in names)


def _asked(means: Means, *names: str, of: str = "") -> tuple[FormField, ...]:
    return tuple(FormField(name, means, of=of) for name in names)


def _choice(name: str, *options: str) -> FormField:
    return FormField(name, "choice", needed=True, options=options)


def _scored(criterion: str) -> tuple[FormField, ...]:
    score, reason, by = (f"{criterion}.{name}" for name in ("score", "reason", "by"))
    return (*_needed("level", score), *_needed("long", reason), *_needed("words", by))


_MADE_UP = {"example": False}
FORMS: dict[str, RecordForm] = {
    "meeting": RecordForm(
        (*_needed("day", "date"), *_needed("words", "body"), _choice("status", "planned", "held", "cancelled")), "date"
    ),
    "agenda": RecordForm((
        *_needed("one", "meeting", of="meeting"), *_needed("whole", "number"), *_needed("words", "title"),
        _choice("purpose", "information", "discussion", "decision"), *_asked("many", "about", of="about"),
    )),
    "decision": RecordForm((
        *_needed("words", "title", "body"), *_needed("day", "date"), *_asked("long", "because"),
        *_asked("one", "meeting", of="meeting"), *_asked("many", "about", of="about"),
        *_asked("words", "follows_up"), *_asked("day", "due"), _choice("status", "open", "done", "dropped"),
    )),
    "right": RecordForm((*_needed("words", "matter", "decides"), *_asked("words", "prepares", "heard")), "matter"),
    "problem": RecordForm((
        *_needed("long", "original", "agreed"),
        *_asked("long", "causes", "insight", "changes", "chosen_space", "schedule"),
        *_asked("day", "signed"), *_asked("words", "signed_by"),
    ), "original"),
    "deliverable": RecordForm((
        *_needed("words", "title"), *_asked("day", "due", "delivered"), *_asked("line", "link"),
    )),
    "hand_over": RecordForm((
        FormField("what", "one", needed=True, of="solution", free=True),
        *_needed("words", "to"), _choice("answer", "open", "yes", "no", "in_part"),
        *_asked("day", "asked"), *_asked("long", "why"),
    ), "to", named=True),
    "measure": RecordForm((
        *_needed("words", "name", "owner"), *_asked("list", "targets"), *_asked("whole", "places"),
        *_asked("number", "cost_nok"), *_asked("long", "evidence"), *_asked("line", "source"),
    ), "name"),
    "money": RecordForm((
        *_needed("month", "period"), *_needed("words", "label"), *_asked("line", "phase"),
        *_asked("number", "granted_nok", "spent_nok", "hours_planned", "hours"),
    ), "label"),
    "lesson": RecordForm((
        *_needed("long", "text"), *_asked("many", "about", of="about"), *_asked("day", "date"),
    ), "text"),
    "quote": RecordForm((
        *_needed("long", "text"), *_needed("words", "group"), *_asked("line", "source"),
    ), "text"),
    "closing": RecordForm(_needed("long", "problem", "done", "solution", "in_use", "next_steps"), "problem"),
    "experiment": RecordForm((
        *_needed("words", "experiment.title"), *_needed("long", "experiment.question"),
        *_needed("one", "experiment.area", of="area"), *_asked("long", "experiment.hypothesis"),
        *_needed("words", "experiment.primary_outcome", "experiment.target_group"),
        *_asked("one", "experiment.concept", of="concept"), *_asked("one", "experiment.track", of="track"),
    ), "experiment.title", begins={"experiment": {"method": "not_stated"}}),
    "course": RecordForm((
        FormField("experiment", "one", needed=True, of="experiment", fixed=True, key=True),
        *_needed("words", "owner"), _choice("phase", *PHASES),
        *_asked("day", "started", "due"), *_asked("words", "next_decision"), *_asked("day", "next_decision_date"),
        _choice("verdict", *VERDICTS), *_asked("number", "price_nok"), *_asked("day", "stopped"),
        *_asked("long", "stop_reason"), *_asked("line", "link"),
    ), "experiment", ("experiment",)),
    "status": RecordForm((
        FormField("month", "month", needed=True, fixed=True),
        FormField("about", "about", needed=True, of="gain", fixed=True), _choice("light", *LIGHTS),
        *_asked("long", "text", "risk"),
    ), "month", ("month", "about")),
    "knot": RecordForm((
        *_needed("words", "name"), *_scored("ease"), *_scored("gain"), *_scored("necessity"),
        *_asked("one", "scenario", of="scenario"),
    ), "name", named=True, begins=_MADE_UP),
    "task": RecordForm((
        *_needed("words", "name"), *_needed("one", "owner", "doer", of="partner"),
        *_needed("many", "payer", "informed", of="partner"), *_asked("one", "hand_over_to", of="partner"),
        *_needed("words", "hand_over_when"), *_asked("one", "experiment", of="experiment"),
    ), "name", named=True, begins=_MADE_UP),
    "stakeholder": RecordForm((
        FormField("who", "one", needed=True, of="who", fixed=True), *_needed("level", "interest", "influence"),
        *_needed("words", "gains", "loses"),
    ), "who", ("who",), begins=_MADE_UP),
    "knot_scale": RecordForm((
        *_needed("number", *(f"weights.{each}" for each in CRITERIA)), *_needed("numbers", "gain_scale.limits_nok"),
    ), ""),
    "voice": RecordForm((
        *_needed("long", "need"), *_needed("whole", "participants"), *_needed("flag", "at_least"),
        *_needed("words", "method"), *_asked("month", "date"), *_needed("many", "attached", of="attached"),
    ), "need", named=True, begins={**_MADE_UP, "at_least": False}),
    "baseline": RecordForm((
        FormField("date", "day", needed=True, fixed=True), *_needed("words", "scale"),
    ), "date", ("date",)),
    "line": RecordForm((
        *_needed("words", "name"), *_asked("one", "indicator", of="indicator"), *_asked("number", "value"),
        *_needed("words", "by"), *_needed("long", "reason"),
    ), "name", named=True),
    "concept": RecordForm(_needed("words", "name"), "name", named=True),
    "partner": RecordForm(_needed("words", "name", "level"), "name", named=True),
    "area": RecordForm((
        FormField("number", "whole", needed=True, fixed=True), _choice("perspective", *PERSPECTIVES),
        *_needed("words", "name"),
    ), "name", ("number",)),
    "target": RecordForm((*_needed("words", "name"), *_needed("flag", "first")), "name", named=True),
    "programme": RecordForm((
        *_needed("words", "name"), *_needed("long", "about", "why", "hypothesis"),
        *_needed("whole", "started", "years"),
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
    return FORMS[kind] if kind in FORMS else RecordForm(tuple(map(_column, plan_form().columns)), "gain", ("id",))


def _assessment() -> RecordForm:
    """Return the form of a self-assessment: a level, a role and a reason for each of its questions."""
    begins = empty_assessment()
    means: dict[str, Means] = {"value": "level", "by": "words", "reason": "long"}
    lines = (_needed(means[name], f"item.{line}.{name}") for line in begins["item"] for name in ASKED)
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
