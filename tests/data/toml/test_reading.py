"""A TOML file is read whole or refused with every fault at once: key, what stands there, what may, what to do."""

import datetime as dt
import pickle
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.i18n import LANGUAGES
from data.ingest.contract import Problem, Problems
from data.toml import Fits, OneOf, Text, Words, at_least, choice, read_toml, rising, within
from data.toml.fields import Name
from data.toml.reading import parsed


@dataclass(frozen=True)
class Vessel:
    id: Text
    name: Name
    cabins: Annotated[int, within(1, 99)]
    port: Annotated[str, OneOf("port")] = "oslo"


@dataclass(frozen=True)
class Fleet:
    title: Words
    flag: Annotated[str, choice("no", "se")]
    founded: dt.date
    share: Annotated[float, at_least(0)]
    insured: bool
    vessel: tuple[Vessel, ...]
    routes: Mapping[str, tuple[str, ...]]
    years: Annotated[tuple[float, ...], Fits("rising", rising)] = ()
    note: str | None = None
    file: str = ""


FINE = """
title = { nb = "Flåten", en = "The fleet" }
flag = "no"
founded = 1999-05-17
share = 1
insured = true
years = [1, 2.5]
[routes]
north = ["bergen", "bodø"]
[[vessel]]
id = "skua"
name = "Skua"
cabins = 4
[[vessel]]
id = "tern"
name = { nb = "Terna", en = "Tern" }
cabins = 12
port = "bergen"
"""


def read(text: str | bytes, folder: Path) -> Fleet:
    path = folder / "fleet.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_toml(path, Fleet, names={"port": ["oslo", "bergen"]}, file="fleet.toml")


def refused(text: str | bytes, folder: Path) -> list[Problem]:
    with pytest.raises(Problems) as group:
        read(text, folder)
    return [each for each in group.value.exceptions if isinstance(each, Problem)]


def test_a_file_becomes_the_dataclass_with_lists_as_tuples_and_what_the_reader_adds(tmp_path) -> None:
    fleet = read(FINE, tmp_path)
    assert (fleet.founded, fleet.share, fleet.file, fleet.years) == (dt.date(1999, 5, 17), 1.0, "fleet.toml", (1, 2.5))
    assert fleet.vessel[0] == Vessel("skua", {"nb": "Skua", "en": "Skua"}, 4, "oslo")
    assert fleet.routes == {"north": ("bergen", "bodø")}


def test_the_mark_notepad_puts_before_a_text_does_no_harm(tmp_path) -> None:
    assert read(b"\xef\xbb\xbf" + FINE.encode(), tmp_path) == read(FINE, tmp_path)


FAULTS = [
    ('flag = "no"', 'flagg = "no"', "toml_unknown_key_near", "flagg", "flag"),
    ('flag = "no"', 'flagg = "no"', "toml_missing", "flag", "no, se"),
    ('flag = "no"', 'flag = "no"\nqwx = 1', "toml_unknown_key", "qwx", "insured"),
    ('flag = "no"', 'flag = "dk"', "toml_value", "flag", "no, se"),
    ('flag = "no"', "flag = 1", "toml_value", "flag", "quotation"),
    ('flag = "no"', 'flag = "no"\nfile = "x"', "toml_reserved", "file", "file"),
    ("founded = 1999-05-17", 'founded = "1999-05-17"', "toml_value", "founded", "2026-01-31"),
    ("founded = 1999-05-17", "founded = 1999-05-17T08:00:00", "toml_value", "founded", "2026-01-31"),
    ("founded = 1999-05-17", "", "toml_missing", "founded", "date"),
    ("share = 1", "share = nan", "toml_value", "share", "number"),
    ("share = 1", 'share = "1"', "toml_value", "share", "number"),
    ("share = 1", "share = true", "toml_value", "share", "number"),
    ("share = 1", "share = -1", "toml_value", "share", "0"),
    ("insured = true", "insured = 1", "toml_value", "insured", "true or false"),
    ("cabins = 4", "cabins = 4.0", "toml_value", "vessel[1].cabins", "whole"),
    ("cabins = 4", "cabins = 100", "toml_value", "vessel[1].cabins", "99"),
    ("cabins = 4", "", "toml_missing", "vessel[1].cabins", "1 to 99"),
    ('name = "Skua"', "name = []", "toml_value", "vessel[1].name", "both languages"),
    ('name = "Skua"', 'name = " "', "toml_value", "vessel[1].name.nb", "empty"),
    ('en = "Tern"', 'no = "Tern"', "toml_missing", "vessel[2].name.en", "text"),
    ('en = "Tern"', 'en = "Tern", de = "x"', "toml_unknown_key", "vessel[2].name.de", "nb, en"),
    ('port = "bergen"', 'port = "berga"', "toml_unknown_name_near", "vessel[2].port", "bergen"),
    ('port = "bergen"', 'port = "x"', "toml_unknown_name", "vessel[2].port", "oslo"),
    ('"bergen", "bodø"', "1", "toml_value", "routes.north[1]", "text"),
    ('["bergen", "bodø"]', '"bergen"', "toml_value", "routes.north", "list"),
    ("years = [1, 2.5]", "years = [2, 1]", "toml_value", "years", ""),
    ("[[vessel]]\nid = \"tern\"", "[vessel2]\nid = \"tern\"", "toml_unknown_key_near", "vessel2", "vessel"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code", "cell", "cure"), FAULTS)
def test_a_fault_is_told_at_its_key_with_its_cure(tmp_path, old, new, code, cell, cure) -> None:
    assert old in FINE
    problems = {(each.code, each.cell): each for each in refused(FINE.replace(old, new, 1), tmp_path)}
    assert (code, cell) in problems
    line = problems[code, cell].line("en")
    assert line.startswith(f"fleet.toml · {cell} · ")
    assert cure in line
    assert problems[code, cell].line("nb") != line


def test_all_faults_are_told_at_once(tmp_path) -> None:
    text = FINE.replace("cabins = 4", "cabins = 0").replace("insured = true", "").replace("share = 1", "shar = 1")
    found = {(each.code, each.cell) for each in refused(text, tmp_path)}
    assert found == {
        ("toml_value", "vessel[1].cabins"), ("toml_missing", "insured"), ("toml_missing", "share"),
        ("toml_unknown_key_near", "shar"),
    }  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (FINE.encode("latin-1"), "toml_not_utf8", "line 2"),
        (FINE.replace('"no"', '"no').encode(), "toml_broken", 'flag = "no'),
        (FINE.encode() + b'\ntitle = "x', "toml_broken", "Line"),
        ((FINE.replace('flag = "no"', 'flag = "no"\nflag = "no"')).encode(), "toml_twice", "Line 4"),
        (b"a = " + b"[" * 50_000, "toml_deep", "layers"),
        (b"a" + b".a" * 2_000_000 + b" = 1", "toml_deep", "layers"),
        (b"[" + b'"a" . ' * 50_000 + b'"a"]', "toml_deep", "layers"),
        (b"a = 1\n" + b"x" * 2_000_000, "toml_broken", "Line 2"),
        (b"[" + b"a." * 100 + b"a]\nx = 1", "toml_deep", "layers"),
        (b"a = 2026-02-31", "toml_broken", "Line 1"),
        (b"a = " + b"9" * 5_000, "toml_broken", "Line 1"),
        (b"\0", "toml_broken", "Line 1"),
    ],
)
def test_what_is_not_toml_is_told_with_its_line(tmp_path, content, code, said) -> None:
    (problem,) = refused(content, tmp_path)
    assert problem.code == code
    assert said in problem.line("en")


def test_a_file_that_is_not_there_or_is_a_folder_is_told(tmp_path) -> None:
    for path, code in ((tmp_path / "gone.toml", "toml_no_file"), (tmp_path, "toml_not_opened")):
        with pytest.raises(Problems) as group:
            read_toml(path, Fleet)
        (problem,) = group.value.exceptions
        assert isinstance(problem, Problem)
        assert problem.code == code
        assert path.name in problem.line("nb")


def test_names_that_could_not_be_read_are_not_asked_for(tmp_path) -> None:
    path = tmp_path / "fleet.toml"
    path.write_text(FINE.replace('port = "bergen"', 'port = "nowhere"'), encoding="utf-8")
    assert read_toml(path, Fleet, names={"port": None}).vessel[1].port == "nowhere"


def test_a_problem_can_be_sent_between_processes(tmp_path) -> None:
    problem = refused(FINE.replace("cabins = 4", "cabins = 0"), tmp_path)[0]
    assert pickle.loads(pickle.dumps(problem)).line("nb") == problem.line("nb")


@pytest.mark.long
@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=60) | st.text(alphabet="ab=\"[]{}\n.,#0-:'\\T", max_size=40).map(str.encode))
def test_any_bytes_are_a_table_or_one_problem_in_words(content: bytes) -> None:
    try:
        assert isinstance(parsed(content, "x.toml"), dict)
    except Problems as group:
        (problem,) = group.exceptions
        assert isinstance(problem, Problem)
        assert all(problem.line(lang) for lang in LANGUAGES)


VALUES: st.SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.dates() | st.datetimes(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.long
@settings(deadline=None, max_examples=200)
@given(st.fixed_dictionaries({}, optional=dict.fromkeys(("title", "flag", "founded", "share", "vessel", "x"), VALUES)))
def test_any_table_is_read_or_refused_in_words(table: dict[str, object]) -> None:
    from data.toml import fitted

    with pytest.raises(Problems) as group:
        fitted(table, Fleet, "fleet.toml")
    assert all(isinstance(each, Problem) and each.line(lang) for each in group.value.exceptions for lang in LANGUAGES)
