"""What somebody has typed and not yet saved: kept in the home, so that no lost connection or restart loses it."""

import json
import re
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
    _write(file, typed)


def drop(who: str, what: str) -> None:
    """Forget what was typed, once it is saved or thrown away."""
    _file(who, what).unlink(missing_ok=True)


def forget(text: str) -> None:
    """Take a text that was erased elsewhere out of everybody's drafts: the field that holds it, whole or within."""
    if not text.strip():
        return
    sought = re.compile(rf"(?<!\w){re.escape(text.strip())}(?!\w)", re.IGNORECASE)
    for file in (paths.home() / "drafts").glob("*.json"):
        try:
            typed = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        held = {name: value for name, value in typed.items() if not sought.search(str(value))}
        if held != typed:
            _write(file, held)


def _write(file: Path, typed: Typed) -> None:
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(typed, ensure_ascii=False), encoding="utf-8")
    fresh.replace(file)


def _file(who: str, what: str) -> Path:
    return paths.home() / "drafts" / f"{sha256(f'{who} {what}'.encode()).hexdigest()[:24]}.json"
