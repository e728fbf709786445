"""Values as they stand in TOML: a table is written key by key, on a line each."""

import datetime as dt
import json
import re
from collections.abc import Mapping
from typing import Any


def as_toml(table: Mapping[str, Any]) -> str:
    """Return a table as the lines of a TOML file; tables inside it stand on one line."""
    return "".join(f"{key} = {value_text(value)}\n" for key, value in table.items())


def value_text(value: object) -> str:
    """Return a value as it stands behind its key, a table on one line; a date is written as ISO 8601 says."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key_text(str(key))} = {value_text(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(value_text, value)) + "]"
    return value.isoformat() if isinstance(value, dt.date) else _text(value)


def key_text(name: str) -> str:
    """Return a key, in quotation marks where TOML asks for them."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _text(name)


def _text(value: object) -> str:
    """Return a text, number or truth as JSON writes it, which TOML reads the same but for one character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
