"""What a question may be: one statement that reads the published views, and nothing of the machine it runs on."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from data.errors import InnenforError
from data.warehouse.connection import VIEWS

LONGEST = 10_000
SERIES = ("range", "generate_series", "unnest")
"""The functions a question may read as a table."""
OF_THE_MACHINE = ("current_setting", "getvariable", "getenv", "write_log", "query", "query_table")
_INNER = ("duckdb_", "pg_", "pragma_", "sqlite_", "information_schema", "main", "temp", "system")
_SHOW_TABLES = '"tables"'
Node = dict[str, Any]


@dataclass(eq=False)
class QuestionRefused(InnenforError, code="question_refused"):
    """A question that may not be asked; `found` is what of it may not."""

    views: str = ", ".join(VIEWS)


class QuestionEmpty(QuestionRefused, code="question_empty"):
    """Nothing is asked."""


class QuestionLong(QuestionRefused, code="question_long"):
    """The question is longer than `LONGEST` letters."""


class QuestionUnread(QuestionRefused, code="question_unread"):
    """It is no SQL: `found` is what the database says of it."""


class QuestionWrites(QuestionRefused, code="question_writes"):
    """It does something else than read, or several things; `found` names the kind of statement."""


class QuestionOutside(QuestionRefused, code="question_outside"):
    """It reads what is none of the views; `found` is its name."""


class QuestionOfMachine(QuestionRefused, code="question_of_machine"):
    """It calls a function that tells of the machine; `found` is its name."""


def refuse_outside(tree: str) -> None:
    """Raise QuestionOutside or QuestionOfMachine where a statement (its parts, in JSON) is not allowed."""
    try:
        told = json.loads(tree)
    except RecursionError as error:
        raise QuestionLong(where="SQL", found="()") from error
    nodes = list(_nodes(told))
    named = {each["key"].lower() for node in nodes for each in _of_kind(node, "cte_map").get("map", ())}
    for name in sorted(named):
        if name.startswith(_INNER):
            raise QuestionOutside(where="WITH", found=name)
    for node in nodes:
        _refuse_node(node, named)


def _refuse_node(node: Node, named: set[str]) -> None:
    kind = node.get("type")
    if kind == "BASE_TABLE":
        path = [part.lower() for part in _of_kind(node, "qualified_name").get("path", [])]
        if len(path) != 1 or path[0] not in {*VIEWS, *named}:
            raise QuestionOutside(where="FROM", found=".".join(path))
    elif kind == "SHOW_REF":
        if "query" not in node and node.get("table_name") != _SHOW_TABLES:
            raise QuestionOutside(where="SHOW", found=str(node.get("table_name", "–")).strip('"'))
    elif kind == "TABLE_FUNCTION":
        name = str(_of_kind(node, "function").get("function_name", "–")).lower()
        if name not in SERIES:
            raise QuestionOutside(where="FROM", found=f"{name}()")
    elif (name := str(node.get("function_name", "")).lower()) in OF_THE_MACHINE:
        raise QuestionOfMachine(where="SQL", found=f"{name}()")


def _of_kind(node: Node, name: str) -> Node:
    found = node.get(name)
    return found if isinstance(found, dict) else {}


def _nodes(tree: object) -> Iterator[Node]:
    """Yield every part of a statement that has a name, however deep it lies."""
    left = [tree]
    while left:
        node = left.pop()
        if isinstance(node, dict):
            yield node
            left += node.values()
        elif isinstance(node, list):
            left += node
