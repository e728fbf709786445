"""Values as they stand in TOML: a table is written key by key, on a line each."""

import datetime as dt
import json
import re
from collections.abc import Mapping
from typing import Any


def as_toml(table: Mapping[str, Any]) -> str:
    """Return a table as the lines of a TOML file; tables inside it stand on one line."""
    return "".join(f"{key} = {_value(value)}\n" for key, value in table.items())


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(str(key))} = {_value(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    return value.isoformat() if isinstance(value, dt.date) else _text(value)


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _text(name)


def _text(value: object) -> str:
    """Return a text, number or truth as JSON writes it, which TOML reads the same but for one character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
