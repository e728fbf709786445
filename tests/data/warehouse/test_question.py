"""Questions in SQL: what may be asked, what an attacker tries, and what is not there to be found."""

import json
import subprocess
import sys
from pathlib import Path

import duckdb
import openpyxl
import polars as pl
import pytest

from data import i18n, paths
from data.__main__ import main
from data.warehouse import connection, question
from data.warehouse.allowed import QuestionRefused
from data.warehouse.build import build
from data.warehouse.question import QuestionLimits, ask
from tests.data.raw_ground import HEADER, deliver

YEAR = "neet_register,{},2025,{},{},{},{},,final,0"
HIDDEN = (2, 9, 11)
BRIEF = QuestionLimits(seconds=1.0)


@pytest.fixture(autouse=True, scope="module")
def _small(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A build in which Utsira's women are hidden by one edition and delivered openly by another."""
    raw, var = tmp_path_factory.mktemp("raw"), tmp_path_factory.mktemp("var")
    women, men, both = HIDDEN
    rows = [
        YEAR.format("4224", "15-29", "female", women, 95), YEAR.format("4224", "15-29", "male", men, 105),
        YEAR.format("4224", "15-29", "both", both, 200), YEAR.format("4204", "15-29", "both", 2465, 24814),
    ]  # fmt: skip
    said = {"published": "2026-10", "accessed": "2026-11"}
    deliver(raw, text="\n".join([HEADER, *rows, ""]).encode(), source="nav", edition="nav-hiding", **said)
    deliver(raw, text="\n".join([HEADER, *rows, ""]).encode(), source="nav", edition="nav-again", **said)
    build(raw, var)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INNENFOR_VAR", str(var))
        yield


def refused(text: str, limits: QuestionLimits = BRIEF) -> str:
    with pytest.raises(QuestionRefused) as caught:
        ask(text, limits)
    for lang in i18n.LANGUAGES:
        said = f"{caught.value.says(lang)} {caught.value.do(lang)}"
        assert "{" not in said
        assert str(paths.ROOT) not in said
    return caught.value.code


@pytest.mark.long
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "question_empty"),
        ("  \n ", "question_empty"),
        ("-- nothing", "question_writes"),
        ("FROM figures" + " " * 10_000, "question_long"),
        ("SELECT " + "(" * 4000 + "1" + ")" * 4000, "question_unread"),
        ("SELEC 1", "question_unread"),
        ("SELECT nothing FROM figures", "question_wrong"),
        ("SELECT nothing_of_the_kind(1)", "question_wrong"),
        ("SELECT $1", "question_wrong"),
        ("SELECT 1; SELECT 2", "question_writes"),
        ("COPY figures TO 'taken.csv'", "question_writes"),
        ("COPY (FROM figures) TO '/tmp/taken.parquet'", "question_writes"),
        ("EXPORT DATABASE 'taken'", "question_writes"),
        ("ATTACH 'other.duckdb'", "question_writes"),
        ("INSTALL httpfs", "question_writes"),
        ("LOAD json", "question_writes"),
        ("SET memory_limit = '100GB'", "question_writes"),
        ("PRAGMA database_list", "question_writes"),
        ("CALL pragma_version()", "question_writes"),
        ("CREATE TABLE a AS SELECT 1", "question_writes"),
        ("INSERT INTO figures SELECT * FROM figures", "question_writes"),
        ("DROP TABLE figures", "question_writes"),
        ("DELETE FROM figures", "question_writes"),
        ("EXPLAIN ANALYZE SELECT 1", "question_writes"),
        ("FROM read_csv('/etc/passwd')", "question_outside"),
        ("FROM read_text('/proc/self/environ')", "question_outside"),
        ("FROM '/etc/passwd'", "question_outside"),
        ("FROM 'https://example.org/a.parquet'", "question_outside"),
        ("FROM glob('/*')", "question_outside"),
        ("SELECT (SELECT min(content) FROM read_text('/etc/passwd'))", "question_outside"),
        ("SELECT * FROM figures WHERE EXISTS (FROM glob('*'))", "question_outside"),
        ("WITH a AS (FROM read_blob('x')) FROM a", "question_outside"),
        ("FROM query('SELECT 1')", "question_outside"),
        ("FROM query_table('figures')", "question_outside"),
        ("FROM duckdb_settings()", "question_outside"),
        ("FROM duckdb_secrets()", "question_outside"),
        ("FROM information_schema.tables", "question_outside"),
        ("FROM pg_catalog.pg_class", "question_outside"),
        ("FROM sqlite_master", "question_outside"),
        ("FROM memory.main.figures", "question_outside"),
        ("SELECT * FROM (WITH duckdb_tables AS (SELECT 1) FROM duckdb_tables), duckdb_tables", "question_outside"),
        ("SHOW DATABASES", "question_outside"),
        ("SHOW ALL TABLES", "question_outside"),
        ("DESCRIBE observation", "question_outside"),
        ("SUMMARIZE experiment_cell", "question_outside"),
        ("FROM observation", "question_outside"),
        ("FROM experiment_cell", "question_outside"),
        ("FROM notice", "question_outside"),
        ("SELECT low FROM flows", "question_wrong"),
        ("SELECT getenv('HOME')", "question_of_machine"),
        ("SELECT current_setting('temp_directory')", "question_of_machine"),
        ("SELECT list_transform([1], x -> current_setting('threads'))", "question_of_machine"),
        ("SELECT 1 AS a, 2 AS a", "question_twice"),
        ("SELECT error('2')", "question_wrong"),
        ("SELECT a.range FROM range(10000000) a", "question_many"),
        ("SELECT a.range FROM range(10000) a, range(10000) b", "question_many"),
        ("WITH RECURSIVE a(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM a) SELECT count(*) FROM a", "question_late"),
    ],
)  # fmt: skip
def test_what_may_not_be_asked_is_refused_with_why(text: str, code: str) -> None:
    assert refused(text) == code


@pytest.mark.long
def test_a_join_without_end_takes_no_more_than_its_time_or_its_memory() -> None:
    assert refused("SELECT count(*) FROM range(100000000) a, range(100000000) b") in ("question_late", "question_heavy")


@pytest.mark.long
def test_a_list_without_end_takes_no_more_than_its_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(question._SHUT, "memory_limit", "40MB")
    assert refused("SELECT list(range) FROM range(1000000000)", QuestionLimits(seconds=60.0)) == "question_heavy"


@pytest.mark.long
@pytest.mark.parametrize(
    "text",
    [
        "FROM read_csv('/etc/passwd')",
        "FROM read_text('/proc/self/environ')",
        "FROM glob('/*')",
        "FROM '/etc/passwd'",
        "COPY figures TO '/tmp/innenfor-taken.csv'",
        "ATTACH '/tmp/innenfor-taken.duckdb'",
        "EXPORT DATABASE '/tmp/innenfor-taken'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "RESET memory_limit",
        "PRAGMA memory_limit = '100GB'",
        "FROM observation",
        "FROM experiment_cell",
        "FROM i18n",
    ],
)
def test_the_database_it_is_asked_of_is_shut_by_itself_too(text: str) -> None:
    with question._copy() as copy, pytest.raises(duckdb.Error):
        copy.execute(text).fetchall()


@pytest.mark.long
def test_the_database_it_is_asked_of_holds_the_views_and_nothing_else() -> None:
    assert set(ask("SHOW TABLES")["name"]) == set(connection.VIEWS)
    held = {column for name in connection.VIEWS for column in ask(f"DESCRIBE {name}")["column_name"]}
    assert held.isdisjoint({"low", "high", "old_count", "new_count", "sha256", "file"})


@pytest.mark.long
@pytest.mark.parametrize(
    "text",
    [
        "SELECT count FROM figures WHERE region_code = '4224'",
        "SELECT max(count) AS count FROM figures WHERE region_code = '4224' AND sex = 'female'",
        "SELECT sum(count) AS count FROM figures WHERE region_code = '4224' AND sex <> 'both'",
        "SELECT round(value * population) AS count FROM figures WHERE region_code = '4224'",
        "SELECT a.count - b.count AS count FROM figures AS a, figures AS b WHERE a.region_code = '4224' "
        "AND b.region_code = '4224' AND a.sex = 'both' AND b.sex = 'male'",
    ],
)
def test_a_hidden_figure_is_reached_by_no_path(text: str) -> None:
    answer = ask(text)["count"].to_list()
    assert {2, 9}.isdisjoint(answer)


@pytest.mark.long
def test_a_hidden_figure_says_that_it_is_hidden() -> None:
    rows = ask("SELECT DISTINCT sex, count, status FROM figures WHERE region_code = '4224' AND sex = 'female'")
    assert rows.rows() == [("female", None, "suppressed")]


@pytest.mark.long
@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("SELECT count FROM figures WHERE region_code = '4204' LIMIT 1", {"count": 2465}),
        ("FROM (SELECT sum(count) AS total FROM figures WHERE region_code = '4204')", {"total": 4930}),
        ("WITH a AS (SELECT 3 AS n) SELECT n, unnest([1]) AS one FROM a", {"n": 3, "one": 1}),
        ("SELECT 0.5::DECIMAL(4,2) AS half, [1, 2] AS list, {'a': 1} AS struct", {"half": 0.5, "list": "[1, 2]",
         "struct": "{'a': 1}"}),
        ("SELECT INTERVAL 1 DAY AS long, 2::HUGEINT AS wide, NULL AS none", {"long": "1 day", "wide": 2, "none": None}),
        ("PIVOT (SELECT 'x' AS a, 2 AS b) ON a IN ('x') USING sum(b)", {"x": 2}),
        ("SELECT '; DROP TABLE figures' AS text -- only words", {"text": "; DROP TABLE figures"}),
        ("SELECT 1 AS one;", {"one": 1}),
    ],
)  # fmt: skip
def test_what_may_be_asked_is_answered(text: str, row: dict[str, object]) -> None:
    assert ask(text).row(0, named=True) == row


def test_every_view_and_column_is_told_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    for lang in i18n.LANGUAGES:
        assert main(["sql", "--json", "--lang", lang]) == 0
        told = json.loads(capsys.readouterr().out)
        assert [each["name"] for each in told] == list(connection.VIEWS)
        assert all(says.strip() for each in told for says in each["columns"].values())


@pytest.mark.long
def test_the_command_answers_as_the_question_does(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "SELECT region_code, count, '=1+1' AS formula FROM figures WHERE region_code = '4204'"
    expected = ask(text)
    assert main(["sql", text, "--csv"]) == 0
    assert pl.read_csv(capsys.readouterr().out.encode(), schema_overrides={"region_code": pl.String}).equals(expected)
    assert main(["sql", text, "--out", str(tmp_path / "a.parquet")]) == 0
    assert pl.read_parquet(tmp_path / "a.parquet").equals(expected)
    assert main(["sql", text, "--out", str(tmp_path / "a.xlsx")]) == 0
    cells = openpyxl.load_workbook(tmp_path / "a.xlsx").active["C2"]
    assert (cells.value, cells.data_type) == ("=1+1", "s")


@pytest.mark.long
@pytest.mark.parametrize("text", ["COPY figures TO 'x'", "--into=taken.parquet"])
def test_the_command_refuses_in_words(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sql", f"--asked={text}", "--csv", "--lang", "nb"]) == 1
    assert "Et spørsmål leser og gjør ingenting annet" in capsys.readouterr().out
    assert not (paths.ROOT / "taken.parquet").exists()
    assert main(["sql", "SELECT 1", "--out", str(tmp_path / "a.exe"), "--lang", "nb"]) == 1
    assert "a.exe" in capsys.readouterr().out


@pytest.mark.slow
def test_a_text_without_end_does_not_take_the_machine() -> None:
    text = "SELECT length(string_agg(repeat('x', 100000000), '')) AS n FROM range(1000)"
    told = subprocess.run(
        [sys.executable, "-m", "data", "sql", text, "--json"], cwd=paths.ROOT, capture_output=True, text=True,
        timeout=120, check=False,
    )  # fmt: skip
    assert told.returncode == 1
    assert json.loads(told.stdout)["error"]["code"] in ("question_heavy", "question_late", "question_stopped")
