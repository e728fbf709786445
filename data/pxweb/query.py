"""What a table has, and how a question is cut into calls the server bears: cells and length of the address."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from math import prod
from typing import Any

from data.pxweb.errors import FetchProblem
from data.sources.ssb.jsonstat import table_id


@dataclass(frozen=True)
class Variable:
    """One dimension of a table: codes in the table's order, labels by code, the code lists it offers, its own label."""

    id: str
    codes: tuple[str, ...]
    labels: dict[str, str]
    codelists: tuple[str, ...]
    label: str = ""


@dataclass(frozen=True)
class PxTable:
    """A table by its metadata; `updated` is SSB's time stamp (ISO 8601, UTC), `number` empty where it names none."""

    label: str
    updated: str
    dimensions: dict[str, Variable]
    number: str = ""


@dataclass(frozen=True)
class VariableSelection:
    """What is taken of one dimension. `whole`: all of it, which the address says with a star."""

    dimension: str
    codes: tuple[str, ...]
    whole: bool = False
    codelist: str = ""


Query = tuple[VariableSelection, ...]


def table_of(document: dict[str, Any], url: str) -> PxTable:
    """Return the metadata of a table (or the head of an answer), in JSON-stat2. Raises FetchProblem."""
    described, updated = document.get("dimension"), document.get("updated")
    whole = document.get("class") == "dataset" and isinstance(updated, str)
    if not whole or not isinstance(described, dict) or not described:
        raise FetchProblem(code="fetch_unreadable", file=url, detail=", ".join(sorted(document))[:200], found="1")
    dimensions = {name: _dimension(name, body, url) for name, body in described.items()}
    label = str(document.get("label", ""))
    return PxTable(label, str(updated), dimensions, table_id(document, label) or "")


def cells(query: Query) -> int:
    """Return the number of cells a question asks for."""
    return prod(len(choice.codes) for choice in query)


def pairs(query: Query, language: str) -> list[tuple[str, str]]:
    """Return a question as the pairs of its address, in the order of the choices."""
    asked = [("lang", language), ("outputFormat", "json-stat2")]
    for choice in query:
        asked.append((f"valueCodes[{choice.dimension}]", "*" if choice.whole else ",".join(choice.codes)))
        if choice.codelist:
            asked.append((f"codelist[{choice.dimension}]", choice.codelist))
    return asked


def plan(query: Query, fits: Callable[[Query], bool], axes: tuple[str, ...]) -> Iterator[Query]:
    """Yield calls that together ask for every cell once: the question itself, or its halves, halved again.

    axes: the dimensions in the order in which they are cut; others are cut last. The same question and limits give
    the same calls. Raises FetchProblem where one single cell does not fit.
    """
    if fits(query):
        yield query
        return
    for half in halves(query, axes):
        yield from plan(half, fits, axes)


def halves(query: Query, axes: tuple[str, ...]) -> tuple[Query, Query]:
    """Return a question in two halves. Raises FetchProblem where it is one cell."""
    order = [*axes, *(choice.dimension for choice in query if choice.dimension not in axes)]
    long = [choice for choice in query if len(choice.codes) > 1]
    if not long:
        raise FetchProblem(code="fetch_too_many_cells", file=" ".join(c.codes[0] for c in query), detail="1", found="1")
    cut = min(long, key=lambda choice: order.index(choice.dimension))
    middle = (len(cut.codes) + 1) // 2
    first, second = (replace(cut, codes=codes, whole=False) for codes in (cut.codes[:middle], cut.codes[middle:]))
    return _with(query, first), _with(query, second)


def _with(query: Query, new: VariableSelection) -> Query:
    return tuple(new if choice.dimension == new.dimension else choice for choice in query)


def _dimension(name: str, body: object, url: str) -> Variable:
    category = body.get("category") if isinstance(body, dict) else None
    index = category.get("index") if isinstance(category, dict) else None
    labels = (category.get("label") if isinstance(category, dict) else None) or {}
    if isinstance(index, dict):
        index = sorted(index, key=index.__getitem__)
    codes = tuple(str(code) for code in (index or labels))
    if not codes or not isinstance(labels, dict):
        raise FetchProblem(code="fetch_unreadable", file=url, detail=name, found="1")
    named = str(body.get("label", "")) if isinstance(body, dict) else ""
    given = body.get("extension") if isinstance(body, dict) else None
    extension = given if isinstance(given, dict) else {}
    offered = extension.get("codelists") or extension.get("codeLists") or []
    lists = tuple(str(one.get("id")) for one in offered if isinstance(one, dict))
    return Variable(name, codes, {code: str(labels.get(code, code)) for code in codes}, lists, named)
