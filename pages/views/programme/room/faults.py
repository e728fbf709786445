"""What is wrong with a record that was not saved, each fault at the field of the form it belongs to."""

from dataclasses import replace

from analytics.programme import withdrawal
from analytics.programme.assessment import line_named
from data.errors import InnenforError, foreseen
from data.toml import TomlProblem
from pages.format.texts import language
from pages.views.programme.room import forms
from pages.views.programme.room.forms import form_of


def told(kind: str, fault: Exception) -> dict[str, str]:
    """Return what is wrong by the name of the field; "" is for what belongs to none."""
    said: dict[str, str] = {}
    for problem in foreseen(fault):
        places = (str(getattr(problem, name, "") or "") for name in ("cell", "column"))
        names = [name for place in places if (name := _name_of(kind, place))]
        named = _labelled(kind, problem, names[0]) if names else problem
        said.setdefault(next(iter(names), ""), f"{named.says(language())} {named.do(language())}")
    return said


def _labelled(kind: str, problem: InnenforError, name: str) -> InnenforError:
    """Return a problem that calls its field what the form calls it."""
    asked = next(each for each in form_of(kind).fields if each.name == name)
    return replace(problem, column=forms.label(kind, asked)) if isinstance(problem, TomlProblem) else problem


def _name_of(kind: str, place: str) -> str:
    """Return the field a fault's place is in: `experiment.title.nb`, `gain[1].target`, `payer[0]`, a column's label.

    Of a fault of several fields together (`weights`) it is the first of them.
    """
    place = line_named(kind, place, form_of(kind).begins)
    inside = place.partition("].")[2] if kind in ("gain", *withdrawal.LISTED) else place
    for each in form_of(kind).fields:
        if forms.label(kind, each) == place:
            return each.name
        if inside == each.name or inside.startswith((f"{each.name}.", f"{each.name}[")):
            return each.name
    within = (each.name for each in form_of(kind).fields if inside and each.name.startswith(f"{inside}."))
    return next(within, "")
