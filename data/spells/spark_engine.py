"""The same queries on Apache Spark, where the secure zone has it: on a cluster, or `local` for a trial."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from data.spells.engine import SpellsFailed, SpellsUnreadable
from data.spells.spark_sql import spark_sql


class SparkEngine:
    """Spark's own session, or the one `spark-submit` made. What a step writes lies where both it and we can see it."""

    def __init__(self, spill: Path) -> None:
        """Join the session there is, or begin one. Raises SpellsFailed where Spark cannot be had."""
        try:
            from pyspark.sql import SparkSession
        except ImportError as error:
            raise SpellsFailed(where="pyspark", found=str(error)) from error
        wish = SparkSession.builder.appName("innenfor-spells").config("spark.local.dir", str(spill))
        wish = wish.config("spark.ui.enabled", "false").config("spark.sql.session.timeZone", "UTC")
        self._own = SparkSession.getActiveSession() is None
        try:
            self._session: Any = wish.getOrCreate()
        except Exception as error:  # Spark raises what its Java side raises
            raise SpellsFailed(where="spark", found=_said(error)) from error

    def bind(self, name: str, files: Sequence[Path]) -> None:
        """Give Parquet files a name that queries know. Raises SpellsUnreadable."""
        try:
            self._session.read.parquet(*map(str, files)).createOrReplaceTempView(name)
        except Exception as error:
            raise SpellsUnreadable(where=name, found=_said(error)) from error

    def write(self, query: str, target: Path) -> None:
        """Write what a query finds to a folder of Parquet files."""
        try:
            self._session.sql(spark_sql(query)).write.parquet(str(target))
        except SpellsFailed:
            raise
        except Exception as error:
            raise SpellsFailed(where=f"{query}.sql", found=_said(error)) from error

    def frame(self, query: str) -> pl.DataFrame:
        """Return what a query finds."""
        try:
            found = self._session.sql(spark_sql(query))
            rows = [tuple(row) for row in found.collect()]
        except Exception as error:
            raise SpellsFailed(where=f"{query}.sql", found=_said(error)) from error
        return pl.DataFrame(rows, schema=found.columns, orient="row")

    def close(self) -> None:
        """End the session where it was begun here."""
        if self._own:
            self._session.stop()


def _said(error: Exception) -> str:
    try:
        return str(error).strip().splitlines()[0]
    except Exception:  # noqa: BLE001 - Spark words an error by asking its Java side, which may be gone
        return type(error).__name__
