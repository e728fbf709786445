"""A form becomes a record and a record its form; each kind's form asks for what its record must hold."""

import datetime as dt

import pytest

from data.i18n import LANGUAGES, speaking, words
from data.records import KINDS
from pages.views.programme.room import fields

FILLED = {"day": dt.date(2026, 11, 30), "month": "2026-11", "number": 2.0, "line": "noe", "words": "Noe", "long": "Noe"}


def filled(kind: str) -> dict[str, object]:
    return {each.name: each.options[0] if each.options else FILLED[each.means] for each in fields.FORMS[kind]}


@pytest.mark.parametrize("kind", fields.FORMS)
def test_a_form_that_is_filled_in_is_a_record_and_is_shown_as_it_was(kind: str) -> None:
    with speaking("nb"):
        table = fields.payload(kind, filled(kind), {})
        assert KINDS[kind].read(table, f"{kind}-1", None)
        assert fields.typed_of(kind, table) == filled(kind)


@pytest.mark.parametrize("kind", fields.FORMS)
def test_what_is_needed_is_enough(kind: str) -> None:
    needed = {each.name: filled(kind)[each.name] for each in fields.FORMS[kind] if each.needed}
    with speaking("nb"):
        assert KINDS[kind].read(fields.payload(kind, needed, {}), f"{kind}-1", None)


def test_words_of_its_own_in_the_other_language_are_left_alone() -> None:
    before = {"matter": {"nb": "Mål", "en": "Goals"}, "decides": {"nb": "Styret", "en": "Styret"}}
    with speaking("nb"):
        made = fields.payload("right", {"matter": "Nye mål", "decides": "Rådet"}, before)
    assert made["matter"] == {"nb": "Nye mål", "en": "Goals"}
    assert made["decides"] == {"nb": "Rådet", "en": "Rådet"}


def test_what_the_form_does_not_ask_for_stays() -> None:
    before = {"title": {"nb": "A", "en": "A"}, "about": ["experiment/jobbsmak"]}
    with speaking("nb"):
        assert fields.payload("decision", {**filled("decision")}, before)["about"] == ["experiment/jobbsmak"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_field_and_option_has_its_word(lang: str) -> None:
    told = words("pages", lang)
    asked = [each for form in fields.FORMS.values() for each in form]
    keys = [f"room.field.{each.name}" for each in asked]
    keys += [f"room.option.{option}" for each in asked for option in each.options]
    keys += [f"room.{group}.{kind}" for group in ("kind", "kind_one", "new", "none") for kind in fields.FORMS]
    assert [key for key in keys if key not in told] == []
