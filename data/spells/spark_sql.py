"""The queries as Spark SQL: written anew from their files at run time, and only where every word of them translates.

What SQLGlot would let through with another meaning is not on the list: ordered aggregates, `quantile_cont`, `//`,
`ASOF`, `PIVOT`, `hash`. Who needs more adds a word here and proves it by the test that both engines find the same.
"""

import sqlglot
from sqlglot import expressions as exp

from data.errors import InnenforError
from data.spells.engine import sql

_WORDS = """
    Add Alias And Between Case Cast Coalesce Column Count DataType Distinct Div EQ Floor From GT GTE Group Having
    Identifier If In Is Join LT LTE Lead Length Literal Max Min Mod Mul NEQ Not Null Or Order Ordered Paren Replace
    RowNumber Select Star Sub Subquery Substring Sum Table TableAlias Translate Union Where Window WindowSpec
"""
FAITHFUL = frozenset(_WORDS.split())
"""The parts of a query that mean the same in DuckDB and in Spark."""
_FLOORED = (exp.Floor,)


class SqlNotFaithful(InnenforError, code="sql_not_faithful"):
    """A query has a part that is not known to mean the same in both engines. `found` names it."""


def spark_sql(query: str) -> str:
    """Return a query of `data/spells/sql/` as Spark SQL. Raises SqlNotFaithful."""
    return translated(sql(query), f"{query}.sql")


def translated(text: str, where: str) -> str:
    """Return DuckDB's SQL as Spark's. Raises SqlNotFaithful with everything that is not on the list."""
    tree = sqlglot.parse_one(text, dialect="duckdb")
    foreign = {type(node).__name__ for node in tree.walk()} - FAITHFUL
    if any(not isinstance(node.parent, _FLOORED) for node in tree.find_all(exp.Div)):
        foreign.add("Div")  # a fraction would be written differently; the floor of it is a whole number in both
    if any(not isinstance(node.parent, exp.Window) for node in tree.find_all(exp.Order)):
        foreign.add("Order")
    if foreign:
        raise SqlNotFaithful(where=where, found=", ".join(sorted(foreign)))
    return tree.sql(dialect="spark", comments=False)
