"""What is translated for Spark is only what is known to mean the same there."""

import pytest

from data.spells.rules import FOLDER
from data.spells.spark_sql import SqlNotFaithful, spark_sql, translated

QUERIES = sorted(path.stem for path in (FOLDER / "sql").glob("*.sql"))


@pytest.mark.parametrize("query", QUERIES)
def test_every_query_is_faithful(query: str) -> None:
    assert spark_sql(query).startswith("SELECT")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("SELECT quantile_cont(x, 0.5) FROM t", "PercentileCont"),
        ("SELECT list(x ORDER BY y) FROM t", "ArrayAgg"),
        ("SELECT hash(x) FROM t", "Anonymous"),
        ("SELECT x // 2 FROM t", "IntDiv"),
        ("SELECT x / 2 FROM t", "Div"),
        ("SELECT x FROM t ORDER BY x", "Order"),
        ("SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY x) FROM t", "WithinGroup"),
    ],
)
def test_what_would_mean_something_else_is_refused_by_name(text: str, part: str) -> None:
    with pytest.raises(SqlNotFaithful) as refused:
        translated(text, "x.sql")
    assert part in refused.value.found
