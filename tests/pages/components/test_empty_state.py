"""The empty forms: each has all its fields, is empty as it comes, and is read once it is filled in."""

import re
import tomllib

import pytest

from analytics.experiments.portfolio.registry import experiment_from_toml
from analytics.programme import templates
from data import paths
from data.curated.programme.read import programme
from data.i18n import LANGUAGES, words
from data.ingest.contract import Problem, Problems
from tests import demo_ground

LISTS = {"knots": "knot", "responsibility": "task", "stakeholders": "stakeholder", "voices": "voice"}
PROGRAMME = (paths.shipped("programme") / "programme.toml").read_bytes()
FACTS = ("title", "now", "missing", "who", "how")


def filled(name: str) -> str:
    """Return a form with its rows taken into use, as somebody does who fills it in."""
    return re.sub(r"^#(?=[\[\w])", "", templates.template(name).decode(), flags=re.MULTILINE)


@pytest.mark.parametrize("name", templates.FORMS)
def test_a_form_is_toml_with_words_in_both_languages(name) -> None:
    text = templates.template(name).decode()
    assert tomllib.loads(filled(name))
    assert name == "programme" or "home/" in text.splitlines()[2] + text.splitlines()[3]


@pytest.mark.parametrize(("name", "key"), LISTS.items())
def test_a_form_holds_every_field_of_its_rows_and_none_beside(name, key) -> None:
    rows = tomllib.loads(filled(name))[key]
    known = tomllib.loads((demo_ground.HOME / "programme" / f"{name}.toml").read_text(encoding="utf-8"))[key]
    assert set(rows[-1]) == {field for row in known for field in row}


@pytest.mark.parametrize(("name", "key"), LISTS.items())
def test_a_form_taken_into_use_lacks_nothing_but_its_words(tmp_path, name, key) -> None:
    (tmp_path / "programme.toml").write_bytes(PROGRAMME)
    for file in LISTS:
        (tmp_path / f"{file}.toml").write_bytes(templates.template(file))
    (tmp_path / f"{name}.toml").write_text(filled(name), encoding="utf-8")
    with pytest.raises(Problems) as group:
        programme(tmp_path)
    found = [each for each in group.value.exceptions if isinstance(each, Problem)]
    assert {each.code for each in found} <= {"toml_missing", "toml_value"}
    assert {each.file for each in found} == {f"{name}.toml"}


@pytest.mark.parametrize("name", ["maturity", "baseline"])
def test_a_form_of_judgement_is_refused_until_it_is_filled_in(tmp_path, name) -> None:
    (tmp_path / "programme.toml").write_bytes(PROGRAMME)
    (tmp_path / name).mkdir()
    (tmp_path / name / "2027-01.toml").write_bytes(templates.template(name))
    with pytest.raises(Problems) as group:
        programme(tmp_path)
    assert {each.code for each in group.value.exceptions} <= {"toml_missing", "toml_value"}  # type: ignore[attr-defined]


def test_an_experiment_form_that_is_filled_in_is_read(tmp_path) -> None:
    text = templates.template("experiment").decode().replace('""', '"ord"').replace('"ord"  ', '"ord"')
    text = text.replace('track = "ord"', 'track = "law"')
    file = tmp_path / "mitt-eksperiment.toml"
    file.write_text(text, encoding="utf-8")
    record = experiment_from_toml(file)
    example = experiment_from_toml(demo_ground.HOME / "experiments" / "en-kontaktperson.toml")
    assert record.design
    assert not record.example
    fields = set(tomllib.loads(text)["experiment"]) | {"example", "outcomes", "durations"}
    assert set(tomllib.loads(example.file.read_text(encoding="utf-8"))["experiment"]) <= fields


def test_the_shipped_programme_files_are_the_forms() -> None:
    assert programme().tasks == programme().stakeholders == programme().knots.knots == ()
    assert paths.shipped("programme").is_dir()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_state_has_its_facts_and_every_form_its_name(lang) -> None:
    told = words("pages", lang)
    states = {key.split(".")[1] for key in told if key.startswith("begin.") and key.endswith(".title")}
    assert len(states) == 12
    assert [f"{state}.{fact}" for state in states for fact in FACTS if f"begin.{state}.{fact}" not in told] == []
    assert [name for name in (*templates.FORMS, "plan") if f"begin.form.{name}" not in told] == []


def test_the_empty_programme_is_nobodys_and_has_every_field_of_one_that_is_filled_in() -> None:
    text = templates.template("programme").decode()
    assert [word for word in ("Kristiansand", "Flere i arbeid", "Jobbsmak", "4204") if word in text] == []
    assert set(tomllib.loads(text)) == set(tomllib.loads(PROGRAMME.decode()))
