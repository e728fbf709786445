"""A PostgreSQL server of the tests' own: Debian's, started as a user without rights, gone when the tests are.

`python -m tests.database_server` fetches it with apt where it is missing and this is root; `run.py test` does so.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FOLDERS = (os.environ.get("PATH", ""), *map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)))
MISSING = (
    "PostgreSQL is not installed: the tests of the records on it are skipped. "
    "Install it (Debian: sudo apt install postgresql), or run `python3 run.py test` as root once."
)


def program(name: str) -> str:
    """Return where a program of PostgreSQL lies ("" where it is missing)."""
    return shutil.which(name, path=os.pathsep.join(FOLDERS)) or ""


def fetch() -> None:
    """Install Debian's server where it is missing, as root; else say how."""
    if not program("initdb") and sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for words in (["update"], ["install", "-y", "--no-install-recommends", "postgresql"]):
            subprocess.run(["apt-get", "-q", *words], env=quiet, stdout=subprocess.DEVNULL, check=False)
    if not program("initdb"):
        sys.stderr.write(MISSING + "\n")


def plain_user() -> str | None:
    """Return whom the server runs as: `initdb` refuses root."""
    if os.geteuid() != 0:
        return None
    return next(name for name in ("postgres", "nobody") if any(each.pw_name == name for each in pwd.getpwall()))


@contextmanager
def started() -> Iterator[str]:
    """Start a server that listens in a folder alone, and give its address."""
    user = plain_user()
    with tempfile.TemporaryDirectory(prefix="innenfor-pg-", ignore_cleanup_errors=True) as folder:
        if user:
            shutil.chown(folder, user)
        place = f"{folder}/data"
        run = {"user": user, "cwd": "/", "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        made = [program("initdb"), "-D", place, "-U", "innenfor", "-E", "UTF8", "--auth=trust", "--no-sync"]
        subprocess.run(made, check=True, **run)
        settings = ["listen_addresses=", "fsync=off", "max_connections=60", f"unix_socket_directories={folder}"]
        words = [program("pg_ctl"), "-D", place, "-w", "-o", " ".join(f"-c {each}" for each in settings)]
        subprocess.run([*words, "-l", f"{folder}/log", "start"], check=True, **run)
        try:
            yield f"postgresql+psycopg://innenfor@/postgres?host={folder}"
        finally:
            subprocess.run([program("pg_ctl"), "-D", place, "-m", "immediate", "stop"], check=False, **run)


if __name__ == "__main__":
    fetch()
