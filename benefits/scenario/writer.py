"""Writes a scenario as TOML again, so that a changed copy can be kept, sent and read back the same."""

from collections.abc import Mapping
from typing import Any

from data.toml.writing import key_text, value_text


def as_toml(fields: Mapping[str, Any]) -> str:
    """Return a TOML text that reads back as the same fields (`Scenario.raw`)."""
    plain = [f"{key_text(key)} = {value_text(item)}" for key, item in fields.items() if not _is_table(item)]
    blocks = ["\n".join(plain)]
    for key, item in fields.items():
        if isinstance(item, Mapping):
            blocks.append(_block(f"[{key_text(key)}]", item))
        elif _is_table(item):
            blocks += [_block(f"[[{key_text(key)}]]", part) for part in item]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _block(header: str, fields: Mapping[str, Any]) -> str:
    return "\n".join([header, *(f"{key_text(key)} = {value_text(item)}" for key, item in fields.items())])


def _is_table(item: Any) -> bool:  # noqa: ANN401 - any TOML value
    return isinstance(item, Mapping) or (isinstance(item, list) and bool(item) and isinstance(item[0], Mapping))
