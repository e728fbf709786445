"""A form becomes a record and a record its form; each kind's form asks for what its record must hold."""

import datetime as dt
from typing import Any

import pytest

from analytics.programme import withdrawal
from data.curated.experiment.record import METHODS, PHASES, TRACKS
from data.curated.programme.forms import Item
from data.curated.programme.model import Area, NamedItem, Partner, Target
from data.i18n import LANGUAGES, speaking, words
from data.records import KINDS
from data.records.said import Texts, joined, parted
from data.records.spreadsheet.choices import as_word
from data.records.spreadsheet.headings import SHEETS
from data.toml import fitted
from pages.format.texts import text
from pages.views.programme.room import fields, forms, titles

FILLED: dict[str, Any] = {
    "day": dt.date(2026, 11, 30), "month": "2026-11", "number": 2.0, "whole": 2, "level": 3, "line": "noe",
    "words": "Noe", "long": "Noe", "list": "noe", "one": "3", "many": ["experiment/a"], "about": "gain/G1",
    "flag": True, "numbers": "0; 5; 25; 75",
}  # fmt: skip
OWN: dict[str, dict[str, Any]] = {"experiment": {"experiment.track": "law"}, "programme": {"started": 2027}}
OWN |= {"voice": {"participants": 140}, "line": {"indicator": "neet_register"}}
OWN["gain"] = {
    "unit": "percent", "baseline": 9.9, "target": 8.0, "baseline_date": dt.date(2024, 12, 31), "indicator": "",
    "target_date": dt.date(2027, 12, 31), "region": "", "actual": 9.0, "actual_date": dt.date(2025, 12, 31),
}  # fmt: skip


def filled(kind: str) -> dict[str, Any]:
    told = {each.name: each.options[0] if each.options else FILLED[each.means] for each in forms.form_of(kind).fields}
    return told | OWN.get(kind, {})


def kept(kind: str, asked: dict[str, Any]) -> dict[str, Any]:
    """Return what a record holds of what was asked: its key stands nowhere in it, and what is empty is not there."""
    keys = {each.name for each in forms.form_of(kind).fields if each.key}
    return {name: value for name, value in asked.items() if name not in keys and value != ""}


def named(kind: str, table: dict[str, Any]) -> dict[str, Any]:
    """Return a record as it is put into the log; a programme takes partners and phases from the one before."""
    begins = {"id": f"{kind}-1"} if forms.form_of(kind).named else {}
    lists = ("partner", "area", "target", "diamond", "slik_phase", "slik_part", "track", "concept")
    return {**begins, **table, **({"place": "Her", **{each: [] for each in lists}} if kind == "programme" else {})}


def read(kind: str, table: dict[str, Any]) -> object:
    """Return what a form made, as the type of its kind or of its list in the programme."""
    listed = {"partner": Partner, "area": Area, "target": Target, "concept": NamedItem, "line": Item}
    assert set(listed) == set(withdrawal.LISTED)
    return fitted(table, listed[kind], "x") if kind in listed else KINDS[kind].read(table, f"{kind}-1", None)


@pytest.mark.parametrize("kind", forms.KINDS)
def test_a_form_that_is_filled_in_is_a_record_and_is_shown_as_it_was(kind: str) -> None:
    with speaking("nb"):
        table = fields.payload(kind, filled(kind), {})
        assert read(kind, named(kind, table))
        assert kept(kind, fields.typed_of(kind, table)).items() >= kept(kind, filled(kind)).items()


@pytest.mark.parametrize("kind", forms.KINDS)
def test_what_is_needed_is_enough(kind: str) -> None:
    needed = {each.name: filled(kind)[each.name] for each in forms.form_of(kind).fields if each.needed}
    with speaking("nb"):
        assert read(kind, named(kind, fields.payload(kind, needed, {})))


def test_words_of_its_own_in_the_other_language_are_left_alone() -> None:
    before = {"matter": {"nb": "Mål", "en": "Goals"}, "decides": {"nb": "Styret", "en": "Styret"}}
    with speaking("nb"):
        made = fields.payload("right", {"matter": "Nye mål", "decides": "Rådet"}, before)
    assert made["matter"] == {"nb": "Nye mål", "en": "Goals"}
    assert made["decides"] == {"nb": "Rådet", "en": "Rådet"}


def test_what_the_form_does_not_ask_for_stays_also_inside_a_table() -> None:
    before = {"experiment": {"title": {"nb": "A", "en": "A"}, "planned_n": 40}, "design": {"method": "rct"}}
    with speaking("nb"):
        made = fields.payload("experiment", {"experiment.title": "B"}, before)
    assert made == {"experiment": {"planned_n": 40, "title": {"nb": "B", "en": "B"}}, "design": {"method": "rct"}}


def test_a_cell_of_the_plan_that_a_spreadsheet_wrote_as_text_is_read_as_its_field() -> None:
    with speaking("nb"):
        shown = fields.typed_of("gain", {"baseline": "9,9", "baseline_date": "31.12.2024", "type": "kvalitet"})
    assert (shown["baseline"], shown["baseline_date"], shown["type"]) == (9.9, dt.date(2024, 12, 31), "quality")


def test_what_a_record_is_known_by_makes_its_key() -> None:
    assert fields.key_for("status", {"month": "2026-11", "about": "gain/G1"}) == "2026-11-G1"
    assert fields.key_for("course", {"experiment": "jobbsmak"}) == "jobbsmak"
    assert fields.key_for("decision", {"title": "Hva som helst"}) == ""


@pytest.mark.parametrize("kind", forms.KINDS)
def test_no_key_is_made_of_words(kind: str) -> None:
    """A key is sealed in the chain: a name in it would stand there after it was erased from every text."""
    typed = {each.name for each in forms.form_of(kind).fields if each.means in ("words", "long")}
    assert not typed & set(forms.form_of(kind).key)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", forms.KINDS)
def test_a_record_whose_every_text_was_erased_still_has_a_title(kind: str, lang: str) -> None:
    with speaking(lang):
        table = fields.payload(kind, filled(kind), {})
        texts: Texts = {}
        gone = joined(parted(table, texts, "payload"), dict.fromkeys(texts), "payload")
        assert titles.title(kind, f"{kind}-1", gone)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_field_and_option_has_its_word(lang: str) -> None:
    told = words("pages", lang)
    with speaking(lang):
        for kind in forms.KINDS:
            for each in forms.form_of(kind).fields:
                assert forms.label(kind, each)
                assert all(forms.option(kind, each, code) for code in each.options)
    keys = [f"room.{group}.{kind}" for group in ("kind", "kind_one", "new", "none") for kind in forms.KINDS]
    assert [key for key in keys if key not in told] == []


def test_numbers_are_read_as_the_language_writes_them_and_a_begun_record_keeps_its_words_in_both() -> None:
    for lang, typed in (("nb", "0; 5 000 000; 2,5"), ("en", "0; 5,000,000; 2.5")):
        with speaking(lang):
            made = fields.payload("knot_scale", {"gain_scale.limits_nok": typed}, {})
            assert made["gain_scale"]["limits_nok"] == [0.0, 5_000_000.0, 2.5]
            assert fields.typed_of("knot_scale", made)["gain_scale.limits_nok"] == typed.replace(
                " 000", "\N{NO-BREAK SPACE}000"
            )
            assert fields.payload("baseline", fields.begun("baseline"), {})["scale"]["nb"].startswith("tall")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_choice_is_called_the_same_in_the_form_and_in_the_workbook(lang: str) -> None:
    compared = 0
    with speaking(lang):
        for kind in set(forms.KINDS) & set(SHEETS):
            for each in forms.form_of(kind).fields:
                for code in each.options:
                    assert as_word(kind, each.name, code, lang) == forms.option(kind, each, code)
                    compared += 1
        for group, known in {"method": METHODS, "track": TRACKS, "phase": PHASES}.items():
            for code in known:
                assert as_word("experiment", f"experiment.{group}", code, lang) == text(f"experiments.{group}.{code}")
    assert compared > 30
