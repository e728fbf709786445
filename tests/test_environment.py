"""`environment.py`: made where it is missing, kept where it is right, made anew where it was left half made."""

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import environment

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def english(monkeypatch) -> None:
    monkeypatch.setenv("INNENFOR_LANG", "en")


@pytest.fixture
def elsewhere(tmp_path, monkeypatch) -> Path:
    """A folder with a space and Norwegian letters that holds a lock file, as the set-up sees it."""
    folder = tmp_path / "Å sette opp"
    folder.mkdir()
    (folder / "requirements.txt").write_text("nothing==1.0 --hash=sha256:" + "0" * 64 + "\n")
    for name, value in {"ROOT": folder, "VENV": folder / ".venv", "APP_LOCK": folder / "requirements.txt"}.items():
        monkeypatch.setattr(environment, name, value)
    monkeypatch.setattr(environment, "UNFINISHED", folder / ".venv" / "unfinished")
    return folder


@pytest.fixture
def calls(monkeypatch) -> list[list[str]]:
    """Programs the set-up wanted to start; each succeeds, and the one that makes an environment leaves a Python."""
    started: list[list[str]] = []

    def pretend(command, **_options) -> tuple[int, str]:
        started.append(list(command))
        if "venv" in command:
            shutil.rmtree(environment.VENV, ignore_errors=True)
            environment.python_of(environment.VENV).parent.mkdir(parents=True, exist_ok=True)
            environment.python_of(environment.VENV).touch()
        return 0, ""

    monkeypatch.setattr(environment, "run_quietly", pretend)
    return started


def test_the_first_start_makes_the_environment_and_installs_the_lock(elsewhere, calls) -> None:
    environment.prepare(None, environment.APP_LOCK)
    assert [("venv" in words, "pip" in words) for words in calls] == [(True, False), (False, True)]


def test_the_second_start_asks_pip_nothing(elsewhere, calls) -> None:
    environment.prepare(None, environment.APP_LOCK)
    calls.clear()
    environment.prepare(None, environment.APP_LOCK)
    assert calls == []


def test_a_lock_that_changed_is_installed_into_the_same_environment(elsewhere, calls) -> None:
    environment.prepare(None, environment.APP_LOCK)
    calls.clear()
    environment.APP_LOCK.write_text("something-else==2.0")
    environment.prepare(None, environment.APP_LOCK)
    assert [words[1:4] for words in calls] == [["-m", "pip", "install"]]


def test_another_python_gets_an_environment_of_its_own(elsewhere, calls, monkeypatch) -> None:
    environment.prepare(None, environment.APP_LOCK)
    calls.clear()
    monkeypatch.setattr(sys, "base_prefix", "/another")
    environment.prepare(None, environment.APP_LOCK)
    assert [words[1:4] for words in calls] == [["-m", "venv", "--clear"], ["-m", "pip", "install"]]


def test_an_installation_that_was_killed_is_made_anew(elsewhere, calls) -> None:
    environment.prepare(None, environment.APP_LOCK)
    calls.clear()
    environment.UNFINISHED.touch()
    environment.prepare(None, environment.APP_LOCK)
    assert [words[1:4] for words in calls] == [["-m", "venv", "--clear"], ["-m", "pip", "install"]]
    assert not environment.UNFINISHED.exists()


def test_a_second_set_up_at_the_same_time_is_told_to_wait(elsewhere) -> None:
    lock = elsewhere / "var" / "set-up.lock"
    with environment.only_one_at_a_time(lock):
        second = environment.only_one_at_a_time(lock)
        with pytest.raises(environment.SetUpError, match="already being set up"):
            second.__enter__()


def test_a_set_up_that_was_killed_never_blocks_the_next(elsewhere) -> None:
    lock = elsewhere / "var" / "set-up.lock"
    body = f"import pathlib, time\nwith environment.only_one_at_a_time(pathlib.Path({str(lock)!r})):\n"
    body += "    print('held', flush=True)\n    time.sleep(60)"
    process = subprocess.Popen([sys.executable, "-c", f"import environment\n{body}"], stdout=subprocess.PIPE, cwd=ROOT)
    assert process.stdout is not None
    assert process.stdout.readline().strip() == b"held"
    with pytest.raises(environment.SetUpError), environment.only_one_at_a_time(lock):
        pytest.fail("two set one folder up")
    process.kill()
    process.wait()
    with environment.only_one_at_a_time(lock):
        assert lock.exists()


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_python_without_venv_is_told_what_to_install(elsewhere, module, monkeypatch) -> None:
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None if name == module else object())
    with pytest.raises(environment.SetUpError, match=rf"lacks the module {module}.*apt install python3\.\d+-venv"):
        environment.make_environment()


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EROFS, "No write access"),
        (errno.EACCES, "No write access"),
        (errno.ENOSPC, "disk is full"),
        (errno.EIO, "stopped"),
    ],
)
def test_a_folder_that_cannot_be_written_is_named_with_the_reason(elsewhere, number, words, monkeypatch) -> None:
    def refuse(**_options) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(environment.tempfile, "TemporaryFile", refuse)
    with pytest.raises(environment.SetUpError, match=words) as refusal:
        environment.prepare(None, environment.APP_LOCK)
    assert str(elsewhere) in str(refusal.value)


@pytest.mark.parametrize(
    "line",
    [
        "Looking at https://anna:secret@packages.example/simple/x",
        "HTTPSConnectionPool(host='packages.example', port=443)",
    ],
)
def test_the_address_pip_asked_is_not_repeated(line) -> None:
    assert "packages.example" not in environment.without_addresses(line)
    assert "secret" not in environment.without_addresses(line)


def test_what_a_program_said_last_is_kept_and_what_is_progress_is_shown(capsys) -> None:
    source = "print('Collecting polars==2 (from -r x)'); print('fine'); print('the end'); raise SystemExit(3)"
    code, tail = environment.run_quietly([sys.executable, "-c", source], shown=("Collecting ",))
    assert (code, tail.splitlines()[-1]) == (3, "the end")
    assert capsys.readouterr().out == "  Collecting polars==2\n"


def test_offline_installation_looks_in_the_folder_alone(tmp_path) -> None:
    command = environment.pip_command(environment.APP_LOCK, tmp_path)
    assert command[command.index("--find-links") - 1 :][:3] == ["--no-index", "--find-links", str(tmp_path)]
    assert "--require-hashes" in command


def test_what_leads_python_elsewhere_is_kept_from_every_child(monkeypatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/another/place")
    monkeypatch.setenv("PIP_REQUIRE_VIRTUALENV", "1")
    seen = environment.child_environment()
    assert "PYTHONPATH" not in seen
    assert (seen["PYTHONUTF8"], seen["PIP_REQUIRE_VIRTUALENV"]) == ("1", "1")


def test_no_child_outlives_its_parent() -> None:
    with pytest.raises(KeyboardInterrupt), environment.child([sys.executable, "-c", "input()"], {}) as process:
        raise KeyboardInterrupt
    assert process.poll() is not None


@pytest.mark.parametrize("touched", [True, False])
def test_a_failed_installation_spoils_the_environment_only_where_it_changed_it(
    elsewhere, calls, touched, monkeypatch
) -> None:
    environment.make_environment()
    packages = environment.VENV / "lib" / "python3" / "site-packages"
    packages.mkdir(parents=True)

    def fails(_command, **_options) -> tuple[int, str]:
        if touched:
            (packages / "half").touch()
        return 1, "no network"

    monkeypatch.setattr(environment, "run_quietly", fails)
    with pytest.raises(environment.SetUpError, match="no network"):
        environment.install(environment.APP_LOCK, None)
    assert environment.UNFINISHED.exists() is touched


@pytest.mark.parametrize(
    ("tail", "wheels", "words"),
    [
        ("OSError: [Errno 28] No space left on device", None, "disk is full"),
        ("Could not find a version", None, "network"),
        ("Could not find a version", Path("wheels"), "does not hold all packages"),
    ],
)
def test_a_failure_of_pip_is_told_by_its_cause_and_its_last_lines(
    elsewhere, calls, tail, wheels, words, monkeypatch
) -> None:
    environment.make_environment()
    monkeypatch.setattr(environment, "run_quietly", lambda *_words, **_options: (1, tail))
    with pytest.raises(environment.SetUpError, match=words) as refusal:
        environment.install(environment.APP_LOCK, wheels)
    assert tail in str(refusal.value)


def test_a_home_named_from_where_the_command_is_typed_reaches_what_is_started(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INNENFOR_HOME", "ours")
    monkeypatch.delenv("INNENFOR_VAR", raising=False)
    known = environment.child_environment()
    assert known["INNENFOR_HOME"] == str(tmp_path / "ours")
    assert "INNENFOR_VAR" not in known
