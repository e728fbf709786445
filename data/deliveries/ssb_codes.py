"""The words of SSB's files in the codes of a mapping: contents, dimensions, and headings that join several of them."""

import re
from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from data.pxweb.mapping import Mapping as TableMapping
from data.pxweb.mapping import in_order
from data.sources.ssb.vocabulary import age_of, role_of, sex_by_code

NAMELESS = "value"
"""How the interface heads the numbers of a table with one content."""
_WHOM = ["measure", "dimensions", "age_group", "sex"]
_MOST_WORDS = 24
Codes = dict[str, str]


def coded(rows: pl.DataFrame, mapping: TableMapping) -> pl.DataFrame:
    """Write measures and dimensions in the mapping's codes; what it does not know stays as it stands in the file."""
    rows = rows.with_columns(pl.col("dimensions").fill_null(""))
    told = [(*whom, *_told(mapping, *whom)) for whom in rows.select(_WHOM).unique().rows()]
    names = [f"told_{name}" for name in _WHOM]
    table = pl.DataFrame(told, schema=dict.fromkeys([*_WHOM, *names], pl.String), orient="row")
    joined = rows.join(table, on=_WHOM, how="left", nulls_equal=True, maintain_order="left")
    return joined.with_columns(pl.col(told).alias(name) for name, told in zip(_WHOM, names, strict=True)).drop(names)


def _told(mapping: TableMapping, measure: str, text: str, age: str, sex: str | None) -> tuple[str | None, ...]:
    """Return measure, dimensions, age group and sex in the mapping's codes."""
    contents, named = next((name for name in mapping.take if role_of(name) == "contents"), ""), _named(mapping, text)
    given = {name for name in mapping.take if name in named or (role_of(name) == "age" and age != "all")}
    given |= {name for name in mapping.take if role_of(name) == "sex" and sex}
    only = mapping.take.get(contents, ())
    code = only[0] if measure == NAMELESS and len(only) == 1 else _code(mapping, contents, measure)
    apart = {} if code in only else _apart(mapping, measure, [name for name in mapping.take if name not in given])
    for name, value in apart.items():
        role = role_of(name)
        if role == "contents":
            code = value
        elif role == "age":
            age = age_of(value) or value
        elif role == "sex":
            sex = sex_by_code(name, value) or value
        else:
            named[name] = value
    code = code if not apart or contents in apart or len(only) != 1 else only[0]
    return code, in_order(_whole(mapping, named)), age, sex


def _named(mapping: TableMapping, text: str) -> Codes:
    """Return the dimensions a row names, by the mapping's names, with its codes."""
    parts = [part.partition("=") for part in text.split(";") if part]
    named = {_name(mapping, name): value for name, _, value in parts}
    return {name: _code(mapping, name, value) for name, value in named.items()}


def _whole(mapping: TableMapping, named: Codes) -> str:
    whole = {name: code for name, code in mapping.eliminated.items() if name not in named}
    return ";".join(f"{name}={code}" for name, code in (named | whole).items())


def _apart(mapping: TableMapping, heading: str, names: Sequence[str]) -> Codes:
    """Return the codes a heading joins ("NEET 0 15-29 Bosatte"), by dimension; none where it can be read twice."""
    words = heading.split()
    ways = [*_ways(mapping, words, names)] if 1 < len(words) <= _MOST_WORDS else []
    most = max(map(len, ways), default=0)
    widest = [way for way in ways if len(way) == most]
    same = all(way == widest[0] for way in widest)
    return widest[0] if most > 1 and same else {}


def _ways(mapping: TableMapping, words: Sequence[str], names: Sequence[str]) -> Iterator[Codes]:
    """Yield each way to take a heading apart into categories of different dimensions, with no word left over."""
    if not words:
        yield {}
    for name in names:
        for length in range(1, len(words) + 1):
            code = _code(mapping, name, " ".join(words[:length]))
            if code in mapping.take[name]:
                rest = [other for other in names if other != name]
                yield from ({name: code} | way for way in _ways(mapping, words[length:], rest))


def _name(mapping: TableMapping, name: str) -> str:
    known = (each for each in mapping.take if each.lower() == name.lower())
    called = (each for each, pattern in mapping.names.items() if re.search(pattern, name))
    return next(known, next(called, name))


def _code(mapping: TableMapping, dimension: str, text: str) -> str:
    """Return the code that a file writes as itself, as `code label`, or as a label the mapping knows."""
    codes = mapping.take.get(dimension, ())
    patterns: Mapping[str, str] = mapping.labels.get(dimension, {}) | mapping.called.get(dimension, {})
    same = (code for code in codes if text.lower() == code.lower())
    return next(same, next((code for code in codes if _is_called(code, text, patterns.get(code, ""))), text))


def _is_called(code: str, text: str, pattern: str) -> bool:
    """Tell whether a label, after its code or alone, is one that the mapping knows; where it knows none, the code does.

    A code with a label of another meaning is not what it was.
    """
    label = text.removeprefix(f"{code} ")
    return bool(re.search(pattern, label)) if pattern else label != text
