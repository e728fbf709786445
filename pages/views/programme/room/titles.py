"""What a record is called by its reader, and its values as its form shows them."""

from collections.abc import Mapping
from typing import Any

from analytics.programme import withdrawal
from analytics.programme.room import RecordState
from pages.format.texts import text
from pages.views.programme.room import choices, fields, widget
from pages.views.programme.room.forms import form_of

_LONGEST = 60


def shown(kind: str, key: str, of: Mapping[str, object]) -> dict[str, Any]:
    """Return a record's values by field, its key among them where that is asked for and stands nowhere in it."""
    return {**fields.typed_of(kind, of), **{each.name: key for each in form_of(kind).fields if each.key}}


def title(kind: str, key: str, of: Mapping[str, object]) -> str:
    """Return what a record is called, in the reader's language; a registration as the experiment it is of."""
    if kind == "registration":
        return choices.options("experiment").get(str(of["experiment"]), str(of["experiment"]))
    form, values = form_of(kind), shown(kind, key, of)
    if not form.title:
        return text(f"room.kind.{kind}")
    named = (form.title, "about") if kind == "status" else (form.title,)
    asked = {each.name: each for each in form.fields}
    said = " ".join(widget.told(kind, asked[name], values[name]) for name in named)
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"


def titles(kind: str, state: RecordState) -> dict[str, str]:
    """Return the title of each record of a kind by its key, those of files too."""
    return {key: title(kind, key, table) for key, table in withdrawal.standing(state, kind).items()}
