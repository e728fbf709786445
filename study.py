"""What `run.py notebooks` and `run.py docs` do: JupyterLab on the notebooks; the documentation, built and served.

And what the slow tests of the engine on Spark need beside the other tests.

Both tools have a lock of their own, held to the versions of the app's and the tests', and lie in the same `.venv`: a
notebook runs the same code as the pages, and nobody installs the app twice.
"""
# ruff: noqa: T201 - progress is told

import os
from collections.abc import Sequence
from pathlib import Path

from environment import APP_LOCK, ROOT, SetUpError, prepare, run, say
from ports import require_free

NOTEBOOK_LOCK = ROOT / "requirements-notebooks.txt"
DOCS_LOCK = ROOT / "requirements-docs.txt"
SPARK_LOCK = ROOT / "requirements-spark.txt"
NOTEBOOKS = ROOT / "notebooks"
SITE = ROOT / "var" / "docs"
ONLY_BUILD = "--build"


def notebooks(wheels: Path | None, port: int, rest: Sequence[str]) -> int:
    """Set up, bring the data up to date, and start JupyterLab, where a click on a notebook opens it as one."""
    require_free(port)
    prepare(wheels, APP_LOCK, NOTEBOOK_LOCK)
    run("data", "build")
    places = {"PYTHONPATH": str(ROOT), "JUPYTER_CONFIG_PATH": str(NOTEBOOKS / "jupyter")}
    root = ["--ServerApp.allow_root=True"] if getattr(os, "geteuid", lambda: 1)() == 0 else []  # as in a container
    return run("jupyterlab", f"--ServerApp.root_dir={NOTEBOOKS}", f"--ServerApp.port={port}", *root, *rest, **places)


def docs(wheels: Path | None, port: int, rest: Sequence[str]) -> int:
    """Build the documentation, every doubt an error, and serve it on this machine; `--build` only builds."""
    if ONLY_BUILD not in rest:
        require_free(port)
    prepare(wheels, APP_LOCK, DOCS_LOCK)
    if code := run(*sphinx_words(SITE)):
        return code
    print(say("docs_built", file=SITE / "index.html"), flush=True)
    if ONLY_BUILD in rest:
        return 0
    print(say("docs_address", address=f"http://localhost:{port}"), flush=True)
    return run("http.server", str(port), "--bind", "127.0.0.1", "--directory", str(SITE))


def spark(wheels: Path | None) -> None:
    """Set up what the slow tests of Spark need; where it cannot be had they are skipped, on the build server it fails.

    Raises SetUpError there.
    """
    try:
        prepare(wheels, SPARK_LOCK)
    except SetUpError as reason:
        if is_build_server():
            raise
        print(f"{say('no_spark')}\n{reason}", flush=True)
    run("tests.java")


def is_build_server() -> bool:
    """Return whether everything the tests need must be there: no test may be skipped for lack of a tool."""
    return os.environ.get("CI", "").lower() in ("1", "true")


def sphinx_words(out: Path) -> list[str]:
    """Return the words after `python -m` that build the documentation into a folder; a warning fails the build."""
    kept = ["-d", str(out.with_name(f"{out.name}-kept"))]
    return ["sphinx", "-b", "html", "-W", "--keep-going", "-q", *kept, str(ROOT / "docs"), str(out)]
