"""The one place that knows where things lie: the code, what it ships with, a municipality's home, and the cache.

Standard library only, and nothing is opened or made here. Modules may move; what they read is named from here.
"""

import os
from hashlib import blake2b
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

DATA = ROOT / "data"
ANALYTICS = ROOT / "analytics"
BENEFITS = ROOT / "benefits"
PAGES = ROOT / "pages"

SQL = DATA / "sql"
ADAPTERS = DATA / "sources"  # code, and the words of each publisher's tables beside it
FETCH = DATA / "fetch"
PARAMETERS = BENEFITS / "parameters"
STATIC = PAGES / "static"  # what the browser is sent: styles, script, icon

_SHIPPED = {name: BENEFITS / name for name in ("scenarios", "portfolios")}  # all other content lies in `data/`


def home() -> Path:
    """Return the folder of what a municipality owns: INNENFOR_HOME, else `home/` beside the code.

    It need not be there: it is made when something is first written to it. Nothing of ours ever deletes it.
    """
    return Path(os.environ.get("INNENFOR_HOME") or _DEFAULT_HOME).expanduser().absolute()


def var() -> Path:
    """Return the folder of builds, a cache anyone may delete: INNENFOR_VAR, else `var/` beside the code.

    Another home than the default has a folder of its own in it: two homes never serve each other's figures.
    """
    asked, own = os.environ.get("INNENFOR_VAR"), home()
    if asked:
        return Path(asked).expanduser().absolute()
    return _DEFAULT_VAR if own == _DEFAULT_HOME else _DEFAULT_VAR / "homes" / _mark(own)


def shipped(name: str) -> Path:
    """Return where Innenfor's own content of a kind lies: `settings.toml`, `indicators`, `raw`, `scenarios`, …"""
    return _SHIPPED.get(name, DATA / name)


def layers(name: str) -> tuple[Path, Path]:
    """Return the places that hold a kind of content: the shipped one first, then the home's, which lies over it.

    name: `settings.toml`, `indicators`, `layouts`, `subjects`, `raw`, `experiments`, `programme`, `plan`, `scenarios`,
    `portfolios`, `records`. Either place may be missing.
    """
    return shipped(name), home() / name


def told(path: Path) -> str:
    """Return a path as a reader is told it and may type it: from the project's folder or the home, else in full."""
    for folder, name in ((ROOT, ""), (home(), "$INNENFOR_HOME")):
        if path.is_relative_to(folder):
            return (Path(name) / path.relative_to(folder)).as_posix()
    return str(path)


_DEFAULT_HOME = ROOT / "home"
_DEFAULT_VAR = ROOT / "var"


def _mark(folder: Path) -> str:
    return blake2b(str(folder).encode(), digest_size=6).hexdigest()
