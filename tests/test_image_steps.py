"""The steps of the image as they are written, run in an empty root: built as root, served by one who may not write."""

import fnmatch
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from data import paths
from tests.browser.conftest import free_port

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        sys.platform != "linux"
        or os.geteuid() != 0
        or shutil.which("unshare") is None
        or shutil.which("setpriv") is None,
        reason="an empty root is made by root on Linux, with util-linux",
    ),
]
PYTHON = Path(sys.base_prefix)
OF_THE_SYSTEM = ("usr", "etc/ssl", "etc/ld.so.cache", str(PYTHON).lstrip("/"))
VENV = "opt/python"
"""What the base image brings: a system and a Python; its libraries are installed as the image's own step says."""
MOUNTED = """
set -e
root=$1; shift
mount --make-rprivate /
mount --bind "$root" "$root"
for each in {shown}; do mount --rbind "/$each" "$root/$each"; done
mount -t proc proc "$root/proc"; mount --bind /dev "$root/dev"
{more}
exec chroot "$root" "$@"
"""
READ_ONLY = (
    'mount -o remount,bind,ro "$root"; mount -t tmpfs tmpfs "$root/tmp"; mount --bind "$root.home" "$root/app/home"'
)


@dataclass(frozen=True)
class Image:
    """What a Dockerfile says, step by step."""

    steps: tuple[tuple[str, str], ...]

    @classmethod
    def read(cls, text: str) -> "Image":
        lines = re.sub(r"\\\n\s*", " ", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)).splitlines()
        return cls(tuple((word, rest.strip()) for word, _, rest in (line.partition(" ") for line in lines) if word))

    def all(self, word: str) -> list[str]:
        return [rest for each, rest in self.steps if each == word]

    def environment(self) -> dict[str, str]:
        return dict(pair.split("=", 1) for line in self.all("ENV") for pair in shlex.split(line))


IMAGE = Image.read((paths.ROOT / "Dockerfile").read_text(encoding="utf-8"))


def left_out(folder: str, names: list[str]) -> set[str]:
    """Return what .dockerignore keeps out of the image."""
    rules = (paths.ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    below = Path(folder).relative_to(paths.ROOT)

    def kept_out(name: str) -> bool:
        place = (below / name).as_posix()
        return any(
            fnmatch.fnmatch(name, rule[3:]) if rule.startswith("**/") else fnmatch.fnmatch(place, rule)
            for rule in rules
        )

    return {name for name in names if kept_out(name)}


class Root:
    """An empty root with a system, a Python and what the image's steps put there."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.venv = place / VENV
        for each in (*OF_THE_SYSTEM, "proc", "dev", "tmp", "app"):
            target, source = place / each, Path("/") / each
            if source.is_file():
                target.parent.mkdir(parents=True, exist_ok=True)
                target.touch()
            else:
                target.mkdir(parents=True, exist_ok=True)
        (place / "tmp").chmod(0o1777)
        for name in ("bin", "lib", "lib64", "sbin"):
            if Path("/", name).is_symlink():
                (place / name).symlink_to(Path("/", name).readlink())

    def started(self, command: list[str], *, serves: bool = False, **how: object) -> "subprocess.Popen[str]":
        """Start a command of the image in the root: as root where a step builds, else as its user."""
        more = READ_ONLY if serves else ""
        script = MOUNTED.format(shown=" ".join(map(shlex.quote, OF_THE_SYSTEM)), more=more)
        user = ["setpriv", "--reuid=10001", "--regid=10001", "--clear-groups", "--no-new-privs"] if serves else []
        places = {"PATH": f"/{VENV}/bin:/usr/bin:/bin", "LANG": "C.UTF-8", **IMAGE.environment()}
        inside = ["env", "-i", "--chdir=/app", *(f"{name}={value}" for name, value in places.items()), *user, *command]
        return subprocess.Popen(
            ["unshare", "--mount", "sh", "-c", script, "sh", str(self.place), *inside],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", **how,  # type: ignore[call-overload]
        )  # fmt: skip

    def ran(self, command: list[str], *, serves: bool = False) -> tuple[int, str]:
        with self.started(command, serves=serves) as process:
            said = process.communicate(timeout=600)[0]
        return process.returncode, said


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Root:
    """The image, built: its steps in their order, each as it is written."""
    made = Root(tmp_path_factory.mktemp("image") / "root")
    subprocess.run([sys.executable, "-m", "venv", str(made.venv)], check=True)
    for word, rest in IMAGE.steps:
        if word == "COPY" and rest == ". .":
            shutil.copytree(paths.ROOT, made.place / "app", ignore=left_out, dirs_exist_ok=True)
        elif word == "COPY":
            shutil.copy(paths.ROOT / rest.split()[0], made.place / "app")
        elif word == "RUN" and rest.startswith("pip "):  # from outside: only there is the network
            command = [str(made.venv / "bin" / "python"), "-m", *shlex.split(rest)]
            subprocess.run(command, check=True, cwd=made.place / "app", stdout=subprocess.DEVNULL)
        elif word == "RUN":
            code, said = made.ran(["sh", "-c", rest])
            assert code == 0, said
    shutil.copytree(made.place / "app" / "home", f"{made.place}.home")
    os.chown(f"{made.place}.home", 10001, 10001)
    return made


@pytest.fixture(scope="module")
def served(root: Root) -> Iterator[int]:
    """The port the image's command answers at, once its own health check says that it is well."""
    port = free_port()
    command = [
        word.replace("8501", str(port)).replace("0.0.0.0", "127.0.0.1") for word in json.loads(IMAGE.all("CMD")[-1])
    ]
    health = json.loads(IMAGE.all("HEALTHCHECK")[0].partition(" CMD ")[2])
    with root.started(command, serves=True, start_new_session=True) as process:
        try:
            until = time.monotonic() + 120
            while root.ran([word.replace("8501", str(port)) for word in health])[0] != 0:
                assert process.poll() is None, process.communicate()[0]
                assert time.monotonic() < until
                time.sleep(1)
            yield port
        finally:
            os.killpg(process.pid, 15)


def test_the_image_holds_a_build_and_nothing_of_ours(root: Root) -> None:
    app = root.place / "app"
    assert list((app / "var").glob("innenfor-*.duckdb"))
    assert [name for name in ("tests", "notebooks", ".git", ".venv") if (app / name).exists()] == []
    assert list((app / "home").iterdir()) == []


def test_it_serves_a_user_who_may_write_nowhere_but_in_the_home(root: Root, served: int) -> None:
    ask = "import sys, urllib.request as r; print(r.urlopen(sys.argv[1], timeout=30).read().decode()[:20000])"
    code, said = root.ran(["python", "-c", ask, f"http://127.0.0.1:{served}/status"])
    told = json.loads(said)
    assert (code, bool(told["version"]), bool(told["build"])) == (0, True, True)
    assert "Innenfor" in root.ran(["python", "-c", ask, f"http://127.0.0.1:{served}/"])[1]


@pytest.mark.parametrize(
    ("place", "may"), [("/app/x", False), ("/app/var/x", False), ("/x", False), ("/app/home/x", True)]
)
def test_what_the_user_may_write(root: Root, place: str, may: bool) -> None:
    code, said = root.ran(["python", "-c", "import sys; open(sys.argv[1], 'w').write('x')", place], serves=True)
    assert (code == 0) == may, said
