"""What somebody has typed and not yet saved: kept in the home, so that no lost connection or restart loses it."""

import json
from hashlib import sha256
from pathlib import Path

from data import paths

Typed = dict[str, str | float | None]


def kept(who: str, what: str) -> Typed:
    """Return what somebody has typed into a form and not saved; nothing where there is none."""
    try:
        found = json.loads(_file(who, what).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def keep(who: str, what: str, typed: Typed) -> None:
    """Keep what somebody has typed. Raises OSError where the home cannot be written."""
    file = _file(who, what)
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(typed, ensure_ascii=False), encoding="utf-8")
    fresh.replace(file)


def drop(who: str, what: str) -> None:
    """Forget what was typed, once it is saved or thrown away."""
    _file(who, what).unlink(missing_ok=True)


def _file(who: str, what: str) -> Path:
    return paths.home() / "drafts" / f"{sha256(f'{who} {what}'.encode()).hexdigest()[:24]}.json"
