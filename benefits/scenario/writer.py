"""Writes a scenario as TOML again, so that a changed copy can be kept, sent and read back the same."""

import json
from collections.abc import Mapping
from typing import Any


def as_toml(fields: Mapping[str, Any]) -> str:
    """Return a TOML text that reads back as the same fields (`Scenario.raw`)."""
    plain = [f"{_key(key)} = {_value(item)}" for key, item in fields.items() if not _is_table(item)]
    blocks = ["\n".join(plain)]
    for key, item in fields.items():
        if isinstance(item, Mapping):
            blocks.append(_block(f"[{_key(key)}]", item))
        elif _is_table(item):
            blocks += [_block(f"[[{_key(key)}]]", part) for part in item]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _block(header: str, fields: Mapping[str, Any]) -> str:
    return "\n".join([header, *(f"{_key(key)} = {_value(item)}" for key, item in fields.items())])


def _is_table(item: Any) -> bool:  # noqa: ANN401 - any TOML value
    return isinstance(item, Mapping) or (isinstance(item, list) and bool(item) and isinstance(item[0], Mapping))


def _key(key: str) -> str:
    return key if key.replace("_", "").replace("-", "").isalnum() and key.isascii() else json.dumps(key)


def _value(item: Any) -> str:  # noqa: ANN401 - any TOML value
    if isinstance(item, bool):
        return "true" if item else "false"
    if isinstance(item, str):
        return json.dumps(item, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(item, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {_value(part)}" for key, part in item.items()) + " }"
    if isinstance(item, list | tuple):
        return "[" + ", ".join(_value(part) for part in item) + "]"
    return repr(item)
