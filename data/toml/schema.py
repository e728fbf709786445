"""What pydantic checks of a type: every value as it stands in the file, and no key nobody knows."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import SchemaValidator, ValidationError

from data.toml.fields import Fits

_SCALARS = ("str", "int", "float", "bool", "date", "datetime", "time")
_TABLES = ("dataclass-args", "typed-dict")


@cache
def validator(kind: Any) -> SchemaValidator:  # noqa: ANN401 - any annotation
    """Return pydantic's validator of a type in which no value becomes another and no unknown key passes."""
    return SchemaValidator(_exact(TypeAdapter(kind).core_schema))


def _exact(schema: Any) -> Any:  # noqa: ANN401 - a schema is nested dicts and lists
    """Return a schema that takes every value as it stands (pydantic's own `strict` refuses tables and lists too)."""
    if isinstance(schema, list):
        return [_exact(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    inner, kind = {key: _exact(each) for key, each in schema.items()}, schema.get("type")
    if kind in _TABLES:
        inner["extra_behavior"] = "forbid"
    if kind == "dataclass":
        _name_as_in_the_file(inner["cls"], inner["schema"].get("fields", ()))
    if kind in _SCALARS:
        inner["strict"] = True
    if kind == "float":
        inner["allow_inf_nan"] = False
    return inner


def _name_as_in_the_file(kind: Any, shape: Sequence[dict[str, Any]]) -> None:  # noqa: ANN401 - any dataclass
    keys = {each.name: each.metadata["key"] for each in fields(kind) if "key" in each.metadata}
    for each in shape:
        if each["name"] in keys:
            each["validation_alias"] = keys[each["name"]]


def asked_for(hint: Any) -> tuple[str, Mapping[str, Any]]:  # noqa: ANN401 - any annotation
    """Return the rule a value of this type must keep, and its facts: its own, or what pydantic says of a nothing."""
    for rule in (each for each in getattr(hint, "__metadata__", ()) if isinstance(each, Fits)):
        return rule.expected, dict(rule.facts)
    try:
        validator(hint).validate_python(object())
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        return first["type"], first.get("ctx", {})
    return "other", {}
