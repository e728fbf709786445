"""What is deployed holds no more than it must, and asks the addresses the server answers; elsewhere it runs as here."""

import re

import pytest

from data import paths
from data.records import database
from pages.server import addresses, bounds, status

COMPOSE = (paths.ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8")
CADDY = (paths.ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8")
DOCKER = (paths.ROOT / "Dockerfile").read_text(encoding="utf-8")
FOLDERS = ("data", "analytics", "benefits", "pages")
SOURCES = {path: path.read_text("utf-8") for name in FOLDERS for path in (paths.ROOT / name).rglob("*.py")}


def test_two_replicas_share_home_records_and_builds_behind_one_proxy() -> None:
    shared, services = COMPOSE.split("\nservices:\n")
    assert "\n  one: *innenfor\n  two: *innenfor\n" in services
    for line in ("read_only: true", 'user: "10001:10001"', "cap_drop: [ALL]", status.READY):
        assert line in shared
    assert "ports:" not in shared, "only the proxy is reached from outside"
    named = set(re.findall(r"^    ((?:INNENFOR|STREAMLIT)_\w+):", shared, re.MULTILINE))
    known = {"INNENFOR_HOME", "INNENFOR_VAR", database.SETTING, bounds.SETTING, addresses.HOSTS}
    assert named == known | {"STREAMLIT_SERVER_COOKIE_SECRET"}
    assert "lb_policy cookie" in CADDY
    assert f"health_uri {status.READY}" in CADDY


def test_the_image_holds_no_home_no_tests_and_nobody_is_root() -> None:
    left_out = (paths.ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert {"home", "var", ".git", ".venv", "tests", "**/.env", ".streamlit/secrets.toml"} <= set(left_out)
    assert {".env", ".streamlit/secrets.toml"} <= set((paths.ROOT / ".gitignore").read_text(encoding="utf-8").split())
    assert re.search(r"^USER 10001:10001$", DOCKER, re.MULTILINE)
    assert status.READY in DOCKER


def test_no_password_is_written_down() -> None:
    given = re.findall(r"(?:PASSWORD|SECRET)\w*: +\"?(\S+)", COMPOSE)
    assert given
    assert all(each.startswith("${") for each in given)
    asked = {name: "${" + name + ":?" in COMPOSE for name in ("ADDRESS", "COOKIE_SECRET", "DATABASE_PASSWORD")}
    assert all(asked.values()), "whoever forgets one is told so before anything starts"


@pytest.mark.long
def test_no_shell_is_asked_on_any_system() -> None:
    asked = re.compile(r"shell=True|\bos\.(?:system|popen|fork|exec\w+)\(")
    assert [path.name for path, text in SOURCES.items() if asked.search(text)] == []


def test_every_text_is_read_and_written_as_utf8_on_any_system() -> None:
    assert [path.name for path, text in SOURCES.items() if re.search(r"\.read_text\(\)", text)] == []


@pytest.mark.parametrize("name", ["fcntl", "pwd", "grp", "resource", "termios"])
def test_what_one_system_alone_has_is_imported_where_it_is_asked_for(name: str) -> None:
    at_the_top = re.compile(rf"^(?:import|from) {name}\b", re.MULTILINE)
    assert [path.name for path, text in SOURCES.items() if at_the_top.search(text)] == []


def test_no_two_files_differ_by_large_letters_alone_and_no_name_is_refused_by_windows() -> None:
    files = [path.relative_to(paths.ROOT).as_posix() for path in SOURCES]
    assert len({each.lower() for each in files}) == len(files)
    reserved = re.compile(r"(^|/)(con|prn|aux|nul|com\d|lpt\d)(\.|/|$)|[<>:\"|?*\\]", re.IGNORECASE)
    assert [each for each in files if reserved.search(each)] == []


def test_the_matrix_runs_the_starter_on_three_systems() -> None:
    workflow = (paths.ROOT / ".github" / "workflows" / "matrix.yml").read_text(encoding="utf-8")
    assert "os: [ubuntu-latest, windows-latest, macos-latest]" in workflow
    assert "- run: python run.py check\n" in workflow
    assert "- run: python run.py test fast\n" in workflow
