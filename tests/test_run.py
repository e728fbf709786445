"""`run.py`: one command on a fresh machine, and one clear sentence for each thing in the way."""

import ast
import os
import shutil
import signal
import socket
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import environment
import ports
import run

ROOT = Path(__file__).resolve().parents[1]
SET_UP_FILES = (
    *("run.py", "environment.py", "ports.py", "study.py", "requirements.txt", "data/i18n.py", "data/paths.py"),
    *("data/texts/run.nb.toml", "data/texts/run.en.toml"),
)


@pytest.fixture(autouse=True)
def english(monkeypatch) -> None:
    monkeypatch.setenv("INNENFOR_LANG", "en")


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


@pytest.fixture
def copy(tmp_path) -> Path:
    """The files of the set-up alone, in a folder whose name has a space and Norwegian letters."""
    folder = tmp_path / "Innenfor på nytt"
    for name in SET_UP_FILES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    return folder


def ran(folder: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    known = {"INNENFOR_LANG": "en", "PYTHONUTF8": "1", **variables}
    command = [sys.executable, str(folder / "run.py"), *words]
    return subprocess.run(command, capture_output=True, encoding="utf-8", env={**os.environ, **known}, check=False)


def test_an_older_python_can_read_as_far_as_the_sentence_it_is_told() -> None:
    assert ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_only_the_check_of_the_version_comes_before_the_check_of_the_version() -> None:
    module = ast.parse((ROOT / "run.py").read_text(encoding="utf-8"))
    check = next(place for place, node in enumerate(module.body) if isinstance(node, ast.If))
    imported = [ast.unparse(node) for node in module.body[:check] if isinstance(node, ast.Import | ast.ImportFrom)]
    assert imported == ["import sys"]


@pytest.mark.parametrize("version", [(3, 6, 15), (3, 10, 13), (2, 7, 18)])
def test_an_old_python_is_named_beside_the_one_that_is_needed(version) -> None:
    assert "{}.{}".format(*version) in run.too_old(version)
    assert "3.11" in run.too_old(version)


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 14, 2), (4, 0, 0)])
def test_a_python_that_is_new_enough_hears_nothing(version) -> None:
    assert run.too_old(version) == ""


def test_a_port_that_answers_is_busy(taken_port) -> None:
    with pytest.raises(environment.SetUpError, match=rf"Port {taken_port} is busy.*--port \d+"):
        ports.require_free(taken_port)


def test_a_port_that_is_held_but_silent_is_busy() -> None:
    with socket.socket() as holder:
        holder.bind(("", 0))
        assert ports.port_problem(holder.getsockname()[1]) == "port_busy"


def test_a_port_that_was_left_is_free(taken_port) -> None:
    with socket.socket() as fresh:
        fresh.bind(("127.0.0.1", 0))
        left = fresh.getsockname()[1]
    assert ports.port_problem(left) == ""


def test_another_server_on_the_port_is_not_taken_for_the_app(taken_port, monkeypatch) -> None:
    monkeypatch.setattr(run, "child", lambda *_: pytest.fail("the app was started beside a stale server"))
    with pytest.raises(environment.SetUpError, match=str(taken_port)):
        run.serve(taken_port)


def test_a_silent_port_is_not_healthy(taken_port, monkeypatch) -> None:
    monkeypatch.setattr(run.http.client.HTTPConnection, "getresponse", lambda _: (_ for _ in ()).throw(TimeoutError))
    assert not run.is_healthy(taken_port)


def test_an_app_that_ends_before_it_answers_is_said_to_have_ended() -> None:
    with environment.child([sys.executable, "-c", "raise SystemExit(7)"], {}) as server:
        server.wait()
        with pytest.raises(environment.SetUpError, match="exit code 7"):
            run.await_health(server, 1)


@pytest.mark.parametrize(
    ("argv", "command", "rest"),
    [
        ([], "start", []),
        (["test", "-k", "a name", "tests/data"], "test", ["-k", "a name", "tests/data"]),
        (["data", "show", "neet", "--json"], "data", ["show", "neet", "--json"]),
        (["docs", "--build"], "docs", ["--build"]),
        (["notebooks", "--no-browser"], "notebooks", ["--no-browser"]),
    ],
)
def test_what_follows_a_command_goes_on_to_its_tool(argv, command, rest) -> None:
    assert (run.arguments(argv).command, list(run.arguments(argv).rest)) == (command, rest)


@pytest.mark.parametrize("argv", [["--port", "9000", "test"], ["test", "--port", "9000"]])
def test_options_may_stand_on_either_side_of_the_command(argv) -> None:
    assert (run.arguments(argv).command, run.arguments(argv).port) == ("test", 9000)


def test_the_demo_has_a_port_a_home_and_builds_of_its_own() -> None:
    real, demo = run.arguments([]), run.arguments(["--demo"])
    assert (real.port, demo.port, demo.demo) == (8501, 8511, True)
    assert run.arguments(["--demo", "--port", "9000"]).port == 9000
    assert {name: Path(place) for name, place in run.DEMO.items()} == {
        "INNENFOR_HOME": ROOT / "demo",
        "INNENFOR_VAR": ROOT / "var" / "demo",
    }


@pytest.mark.parametrize("command", ["test", "data", "check", "bench"])
def test_the_demo_is_looked_at_and_nothing_else(command, capsys) -> None:
    with pytest.raises(SystemExit):
        run.arguments(["--demo", command])
    assert f"“{command}”" in capsys.readouterr().err


@pytest.mark.parametrize("argv", [["--local", "test"], ["data", "--local"], ["--local", "--demo"]])
def test_leave_to_write_goes_with_starting_the_real_app_alone(argv, capsys) -> None:
    with pytest.raises(SystemExit):
        run.arguments(argv)
    assert "python3 run.py --local" in capsys.readouterr().err


@pytest.mark.long
@pytest.mark.parametrize("outside", ["", "1", "yes"])
@pytest.mark.parametrize("local", [True, False])
def test_the_server_may_write_where_it_was_started_with_local_and_nowhere_else(monkeypatch, outside, *, local) -> None:
    monkeypatch.setenv(environment.LOCAL, outside)
    monkeypatch.setattr(run, "server_words", lambda _: ["tests.may_write"])
    monkeypatch.setattr(run, "await_health", lambda *_: None)
    monkeypatch.setattr(run, "require_free", lambda _: None)
    monkeypatch.setattr(run, "python_of", lambda _: Path(sys.executable))
    assert run.serve(1, local=local) == (0 if local else 1)
    assert run.arguments(["--local"] if local else []).local is local


@pytest.mark.parametrize(
    "argv", [["nonsense"], ["--port", "0"], ["--port", "70000"], ["--port", "x"], ["check", "more"]]
)
def test_what_is_not_understood_is_refused_as_wrong_usage(argv, capsys) -> None:
    with pytest.raises(SystemExit) as refusal:
        run.arguments(argv)
    assert refusal.value.code == 2
    assert argv[-1] in capsys.readouterr().err


def test_a_missing_browser_fails_the_build_server_and_only_warns_elsewhere(monkeypatch, capsys) -> None:
    monkeypatch.setattr(run.shutil, "which", lambda _name: None)
    monkeypatch.setenv("CI", "")
    assert run.browser() == ""
    assert "Install Chromium" in capsys.readouterr().out
    monkeypatch.setenv("CI", "true")
    with pytest.raises(environment.SetUpError, match="Install Chromium"):
        run.browser()


def test_the_container_serves_as_the_command_does() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    served = ast.literal_eval(next(line for line in lines if line.startswith("CMD")).removeprefix("CMD "))
    assert served[:5] == ["python", "-m", *run.server_words(8501)]
    assert any(line.startswith("HEALTHCHECK") for line in lines)
    assert [line for line in lines if line.startswith("USER")] == ["USER 10001:10001"]


def test_every_reason_to_stop_has_words_and_no_words_are_left_over() -> None:
    sources = [
        ast.parse((ROOT / name).read_text(encoding="utf-8"))
        for name in ("run.py", "environment.py", "ports.py", "study.py")
    ]
    nodes = [node for module in sources for node in ast.walk(module)]
    named = [node for node in nodes if isinstance(node, ast.Call) and ast.unparse(node.func) in ("SetUpError", "say")]
    reasons = {str(call.args[0].value) for call in named if isinstance(call.args[0], ast.Constant)}
    constants = {node.value for node in nodes if isinstance(node, ast.Constant)}
    words = tomllib.loads((ROOT / "data" / "texts" / "run.nb.toml").read_text(encoding="utf-8"))["run"].keys()
    assert (reasons - words, words - constants) == (set(), set())


@pytest.mark.long
def test_an_empty_folder_of_wheels_ends_in_a_message_and_the_next_try_goes_on(copy, tmp_path) -> None:
    (tmp_path / "wheels").mkdir()
    first, second = (
        ran(copy, "--wheels", str(tmp_path / "wheels"), "data", PIP_CONFIG_FILE=os.devnull, PIP_FIND_LINKS="")
        for _ in range(2)
    )
    assert first.returncode == second.returncode == 1
    assert "does not hold all packages that requirements.txt asks for" in first.stderr
    assert "Traceback" not in first.stdout + first.stderr
    assert ("Making" in first.stdout, "Making" in second.stdout) == (True, False)


def test_a_folder_of_wheels_that_is_not_there_is_named_in_the_readers_language(copy) -> None:
    answer = ran(copy, "--wheels", "ingen slik mappe", "data", INNENFOR_LANG="nb")
    assert answer.returncode == 1
    assert "Finner ikke mappen" in answer.stderr
    assert "ingen slik mappe" in answer.stderr


@pytest.mark.long
def test_a_busy_port_is_said_before_anything_is_installed(copy, taken_port) -> None:
    answer = ran(copy, "--port", str(taken_port))
    assert (answer.returncode, (copy / ".venv").exists()) == (1, False)
    assert f"Port {taken_port} is busy" in answer.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal to send")
def test_a_set_up_that_is_told_to_end_says_how_to_go_on(copy, tmp_path) -> None:
    command = [sys.executable, str(copy / "run.py"), "data"]
    known = {**os.environ, "INNENFOR_LANG": "en", "PYTHONUTF8": "1"}
    with subprocess.Popen(
        command, env=known, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert "Making" in process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        said = process.communicate()[1]
    assert process.returncode == 130
    assert "Run the same command again" in said
    assert "Traceback" not in said
