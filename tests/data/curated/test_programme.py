"""The programme's files: whole as shipped, refused with every fault named, and nothing that points to a person."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import paths
from data.curated.programme.read import programme
from data.i18n import LANGUAGES
from data.ingest.contract import Problem, Problems
from data.ingest.personal_text import traces
from tests import demo_ground


@pytest.fixture
def copied(demo, tmp_path) -> Path:
    """The programme of the demo: the shipped files, and the demo's over them."""
    folder = Path(shutil.copytree(paths.shipped("programme"), tmp_path / "programme"))
    return Path(shutil.copytree(demo_ground.HOME / "programme", folder, dirs_exist_ok=True))


def refused(folder: Path) -> list[Problem]:
    with pytest.raises(Problems) as group:
        programme(folder)
    return [each for each in group.value.exceptions if isinstance(each, Problem)]


def changed(folder: Path, file: str, old: str, new: str) -> Path:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def test_the_programme_has_seven_areas_in_two_perspectives_and_one_across() -> None:
    found = [(area.number, area.perspective) for area in programme().areas]
    assert found == [(n, "supply") for n in (1, 2, 3)] + [(n, "demand") for n in (4, 5, 6)] + [(7, "across")]


def test_three_tracks_four_concepts_three_diamonds_and_five_phases() -> None:
    found = programme()
    counted = [len(each) for each in (found.tracks, found.concepts, found.diamond, found.slik_phases, found.slik_parts)]
    assert counted == [3, 4, 3, 5, 5]
    assert sorted(phase for part in found.diamond for phase in part.slik) == sorted(p.id for p in found.slik_phases)


@pytest.mark.usefixtures("demo")
def test_what_is_made_up_says_so_and_real_insight_has_no_made_up_quote() -> None:
    found = programme()
    assert all(each.example for each in (*found.tasks, *found.knots.knots, *found.forms))
    assert [(voice.id, voice.participants, voice.quotes) for voice in found.voices if not voice.example] == [
        ("jobbes", 140, ())
    ]


@pytest.mark.usefixtures("demo")
def test_a_role_has_a_word_in_each_language() -> None:
    found = programme()
    scores = [score for knot in found.knots.knots for score in knot.scores.values()]
    judged = [*scores, *(item for form in found.forms for item in form.items)]
    assert all(each.by["nb"] != each.by["en"] for each in judged)


@pytest.mark.usefixtures("demo")
def test_a_quote_that_is_not_cleared_never_leaves_its_file() -> None:
    voice = next(each for each in programme().voices if each.withheld)
    assert all("klarert" not in quote["nb"] for quote in voice.quotes)


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "cell"),
    [
        ("responsibility.toml", 'owner = "county"', 'owner = "king"', "toml_unknown_name", "task[1].owner"),
        ("responsibility.toml", 'owner = "county"', 'eier = "county"', "toml_missing", "task[1].owner"),
        ("responsibility.toml", 'id = "contact_person"', 'id = "career_guidance"', "toml_repeated", "task[2].id"),
        ("knots.toml", "score = 3", "score = 6", "toml_value", "knot[1].ease.score"),
        ("knots.toml", 'nb = "programleder"', 'nb = "Kari Nordmann"', "programme_personal", "knot[1].ease.by"),
        ("knots.toml", "Krever samtykke", "Ring 91 23 45 67", "programme_personal", "knot[1].ease.reason"),
        ("baseline/2026-01.toml", "Telt i 60 saker", "Spør a@b.no", "programme_personal", "item[3].reason"),
        ("voices.toml", "Spørreskjema uten navn", "Samtale med Ola Nordmann", "programme_personal", "voice[3].method"),
        ("voices.toml", "participants = 34", "participants = 3", "toml_value", "voice[2].participants"),
        (
            "voices.toml",
            "Det hjalp at",
            "Jeg heter Ola, og det hjalp at",
            "programme_personal",
            "voice[2].quote[2].text",
        ),
        ("maturity/2026-01.toml", "value = 3", "value = 3.5", "toml_value", "item[1].value"),
        ("baseline/2026-01.toml", '"neet_register"', '"happiness"', "toml_unknown_name", "item[1].indicator"),
        ("programme.toml", "started = 2021", 'started = "i fjor"', "toml_value", "started"),
    ],
)
def test_a_fault_is_told_at_its_key(copied, file, old, new, code, cell) -> None:
    found = refused(changed(copied, file, old, new))
    assert (code, cell) in [(each.code, each.cell) for each in found]
    assert all(each.line(lang) for each in found for lang in LANGUAGES)


def test_all_faults_of_all_files_are_told_at_once(copied) -> None:
    changed(copied, "knots.toml", "score = 3", "score = 0")
    changed(copied, "voices.toml", "participants = 22", "participants = 2")
    assert {each.file for each in refused(copied)} == {"knots.toml", "voices.toml"}


def test_a_file_that_is_not_toml_is_named(copied) -> None:
    (copied / "voices.toml").write_text("[[voice]\n", encoding="utf-8")
    assert [(each.code, each.file) for each in refused(copied)] == [("toml_broken", "voices.toml")]


def test_a_refused_quote_is_not_repeated_in_the_problem(copied) -> None:
    (found,) = refused(changed(copied, "voices.toml", "Det hjalp at", "Ring Ola Nordmann på 91234567, det hjalp at"))[
        :1
    ]
    assert "Nordmann" not in found.line("nb") + str(found.as_json("en"))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ring meg på 912 34 567", "phone"), ("+47 91 23 45 67", "phone"), ("Født 15.07.1999", "date"),
        ("Jeg bor i Storgata 5", "street"), ("Finn meg som @ola_n", "handle"), ("Kari Nordmann hjalp meg", "name"),
        ("my name is Kari", "name"), ("15076500565", "identity"), ("kari@example.no", "identity"), ("a" * 281, "long"),
    ],
)  # fmt: skip
def test_what_could_point_to_a_person_is_seen(text, kind) -> None:
    assert kind in list(traces(text))


@pytest.mark.parametrize(
    "text", ["Det hjalp at NAV ringte tilbake.", "Jeg ventet i 47 dager i 2025.", "Det koster 18 500 kroner."]
)
def test_a_plain_quote_is_left_alone(text) -> None:
    assert list(traces(text)) == []


@pytest.mark.long
@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzæøå ,.", max_size=200))
def test_words_without_capitals_or_digits_point_to_nobody(text) -> None:
    assert not {"phone", "date", "name", "street", "identity"} & set(traces(text))
