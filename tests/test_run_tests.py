"""`run.py test`: a word chooses the kind of tests, and the build server checks the code and runs the tests."""

import os
import subprocess
from pathlib import Path

import pytest

import run

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize(
    ("rest", "words"),
    [
        ([], [*run.ALL_CORES, "-m", "not slow"]),
        (["fast", "-x"], [*run.ALL_CORES, "-m", "not (browser or walk or long or slow)", "-x"]),
        (["slow"], [*run.ALL_CORES, "-m", "slow"]),
        (["-k", "slow", "tests/data"], ["-k", "slow", "tests/data"]),
    ],
)
def test_a_kind_of_tests_is_chosen_by_a_word_and_other_words_go_on_to_pytest(rest, words) -> None:
    assert run.pytest_words(rest) == words


def test_fast_tests_need_no_browser(monkeypatch) -> None:
    told = []
    monkeypatch.setattr(run, "prepare", lambda *_: None)
    monkeypatch.setattr(run, "browser", lambda: "chromium")
    monkeypatch.setattr(run.study, "spark", lambda *_: None)
    monkeypatch.setattr(run, "run", lambda *words, **variables: told.append((words[0], variables)) or 0)
    for rest in (["fast"], [], ["slow"], ["tests/browser"]):
        run.test(run.Arguments("test", 8501, None, rest))
    browsers = [variables["INNENFOR_CHROMIUM"] for name, variables in told if name == "pytest"]
    assert browsers == ["", "chromium", "chromium", "chromium"]


def test_only_slow_tests_get_what_spark_needs(monkeypatch) -> None:
    prepared, told = [], []
    monkeypatch.setattr(run, "prepare", lambda *_: None)
    monkeypatch.setattr(run, "browser", lambda: "")
    monkeypatch.setattr(run, "run", lambda *_, **__: 0)
    monkeypatch.setattr(run.study, "prepare", lambda _, lock: prepared.append(lock.name))
    monkeypatch.setattr(run.study, "run", lambda *words: told.append(words))
    for rest in ([], ["fast"], ["tests/data"], ["slow", "-x"]):
        run.test(run.Arguments("test", 8501, None, rest))
    assert (prepared, told) == (["requirements-spark.txt"], [("tests.java",)])


@pytest.mark.parametrize("server", ["", "true"])
def test_where_spark_cannot_be_had_its_tests_are_skipped_but_on_the_build_server(monkeypatch, capsys, server) -> None:
    def refuse(*_: object) -> None:
        raise run.SetUpError("pip_failed", version="3.11", tail="no network")

    monkeypatch.setenv("CI", server)
    monkeypatch.setattr(run.study, "prepare", refuse)
    monkeypatch.setattr(run.study, "run", lambda *_: 0)
    if server:
        with pytest.raises(run.SetUpError, match="no network"):
            run.study.spark(None)
    else:
        run.study.spark(None)
        assert "requirements-spark.txt" in capsys.readouterr().out


def programs(folder: Path, failing: str) -> dict[str, str]:
    """Return the variables of a shell whose python3 tells what it was asked for and fails at one command."""
    program = folder / "python3"
    program.write_text(f'#!/bin/sh\necho "$CI $*"\n[ "$2" != "{failing}" ]\n', encoding="utf-8")
    program.chmod(0o755)
    return {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}


@pytest.mark.skipif(os.name == "nt", reason="the build server is no Windows machine")
@pytest.mark.parametrize(("failing", "code"), [("", 0), ("check", 1), ("test", 1)])
def test_the_build_server_checks_and_tests_and_fails_where_either_does(tmp_path, failing, code) -> None:
    answer = subprocess.run(
        ["bash", str(ROOT / ".ci" / "run"), "-x"],
        env=programs(tmp_path, failing),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert answer.stdout.splitlines() == ["true run.py check", "true run.py test -x"]
    assert answer.returncode == code
