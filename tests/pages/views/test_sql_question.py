"""A question in SQL on the page: answered as the command answers it, refused in words, and kept nowhere."""

import io
import json
import shlex
import tempfile
from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from data import paths
from data.__main__ import main
from pages.components import downloads
from pages.views.workshop import errand, sql_question
from tests.data.door_ground import files
from tests.ground import opened
from tests.pages.test_pages import healthy, page
from tests.pages.views.test_workshop import button

COUNT = "SELECT region_code, count, edition FROM figures WHERE region_code = '4204' AND period = '2024' ORDER BY ALL"
pytestmark = pytest.mark.long


@pytest.fixture(autouse=True)
def taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, bytes]:
    """What can be taken away, by the file's name."""
    opened(monkeypatch)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    found: dict[str, bytes] = {}

    def noted(label: str, data, file: str, key: str) -> None:
        if key.endswith("-sql"):
            found[file] = data() if callable(data) else data

    monkeypatch.setattr(downloads, "button", noted)
    return found


def asked(text: str, lang: str = "nb") -> AppTest:
    app = page("workshop", part="sql", lang=lang)
    app.text_area(key="sql-question").set_value(text)
    return button(app, "Spør" if lang == "nb" else "Ask")


def test_an_answer_stands_as_a_table_as_files_and_as_a_command(taken, tmp_path: Path, capsys) -> None:
    app = asked(COUNT)
    said = healthy(app)
    assert "2465" in said
    assert "november 2025" in said
    (line,) = [each.value for each in app.get("code")]
    capsys.readouterr()
    assert main([*shlex.split(line)[3:], "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    given = pl.read_parquet(io.BytesIO(taken["innenfor-sql.parquet"]))
    assert given.to_dicts() == rows
    csv = pl.read_csv(taken["innenfor-sql.csv"], schema_overrides={"region_code": pl.String})
    assert csv.select(given.columns).to_dicts() == rows
    assert taken["innenfor-sql.xlsx"].startswith(b"PK")
    assert files(tmp_path / "temporary") == []


@pytest.mark.parametrize(
    ("text", "lang", "reason"),
    [
        ("COPY figures TO 'taken.csv'", "nb", "Et spørsmål leser og gjør ingenting annet"),
        ("--into=taken.parquet", "nb", "Et spørsmål leser og gjør ingenting annet"),
        ("FROM read_text('/etc/passwd')", "en", "none of the published views"),
    ],
)
def test_what_may_not_be_asked_is_refused_in_words(text: str, lang: str, reason: str, taken, tmp_path: Path) -> None:
    app = asked(text, lang)
    assert reason in healthy(app)
    assert app.text_area(key="sql-question").value == text
    assert taken == {}
    assert not [name for name in ("taken.csv", "taken.parquet") if (paths.ROOT / name).exists()]
    assert files(tmp_path / "temporary") == []


def test_a_question_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(errand.SECONDS, "ask", 0.2)
    assert "stanset" in healthy(asked("SELECT 1"))


@pytest.mark.parametrize("text", ["SELECT 1", 'SELECT "count" FROM figures', "SELECT '$HOME `id` \\ !' AS a"])
def test_a_question_stands_whole_in_its_command(text: str) -> None:
    assert shlex.split(sql_question.command(text))[-1] == text
