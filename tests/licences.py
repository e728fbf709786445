"""The list of dependencies and their licences, from the lock and from what each package says of itself."""

import re
from importlib import metadata
from pathlib import Path

LOCK = Path(__file__).resolve().parents[1] / "requirements.txt"
_PINNED = re.compile(
    r"^([a-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)(?:\s*;\s*([^\\]+?))?\s*\\?$", re.MULTILINE | re.IGNORECASE
)
_LONGEST = 40
NOT_SAID = "see the package"


def locked() -> list[tuple[str, str, str]]:
    """Return every package of the lock: name, version, and where it is needed (empty: everywhere)."""
    return [(name, version, marker or "") for name, version, marker in _PINNED.findall(LOCK.read_text("utf-8"))]


def licence(name: str) -> str:
    """Return the licence a package states: as an expression, else as it is classified, else in a word."""
    said = metadata.metadata(name)
    classes = [each for each in said.get_all("Classifier", []) if each.startswith("License ::")]
    classified = [each.rpartition(" :: ")[2] for each in classes]
    word = (said.get("License") or "").strip().split("\n")[0]
    short = word if len(word) <= _LONGEST else ""
    return str(said.get("License-Expression") or ", ".join(classified) or short or NOT_SAID)


def rows() -> list[list[str]]:
    """Return a row for each package: name, version, licence; of one that is not installed on every system, where."""
    return [
        [name, version, f"{NOT_SAID} (only where `{where}`)" if "sys_platform" in where else licence(name)]
        for name, version, where in locked()
    ]
