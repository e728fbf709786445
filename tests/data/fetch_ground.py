"""The ground the tests of a refresh stand on: a server, a clock that only sleep moves, and what was written."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from data.deliveries.read import problems_in
from data.ingest.contract import Problem
from data.pxweb import client as pxweb
from data.pxweb.errors import FetchProblem
from data.pxweb.mapping import Mapping, mappings
from data.pxweb.refresh import Outcome, refresh
from data.sources import canonical_table
from tests.data.pxweb_server import PxWebServer, serving

NOON = datetime(2025, 11, 21, 12, tzinfo=UTC)


class Clock:
    """Time that passes only when somebody sleeps."""

    def __init__(self, now: datetime = NOON) -> None:
        self.start, self.passed, self.slept = now, 0.0, list[float]()

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.passed += seconds


def client(server: PxWebServer, clock: Clock | None = None, **changed: object) -> pxweb.Client:
    clock = clock or Clock()
    limits = replace(pxweb.limits(), silence_seconds=5, **changed)
    return pxweb.Client(limits, server.url, now=lambda: clock.start, clock=lambda: clock.passed, sleep=clock.sleep)


@pytest.fixture
def server():
    with serving(PxWebServer()) as running:
        yield running


@pytest.fixture
def mapping() -> Mapping:
    return mappings(table="13556")[0]


def fetch(server: PxWebServer, mapping: Mapping, raw: Path, **more: object) -> Outcome:
    return refresh(mapping, client(server), raw, **more)


def edition(raw: Path, name: str = "2025-11-20") -> pl.DataFrame:
    return canonical_table.parse(raw / "ssb" / name / "neet_register.csv").rows


def one(rows: pl.DataFrame, region: str, year: str = "2024", age: str = "15-29", sex: str = "both") -> dict:
    return rows.filter(
        pl.col("region_code") == region, pl.col("period") == year, pl.col("age_group") == age, pl.col("sex") == sex
    ).row(0, named=True)


def everything_in(raw: Path) -> dict[str, bytes]:
    files = {path.name: path.read_bytes() for path in raw.rglob("*") if path.is_file()}
    return files | {path.name: b"" for path in raw.glob(".*")}


def failing(server: PxWebServer, mapping: Mapping, raw: Path, **changed: object) -> list[Problem]:
    """Return the problems of a fetch that must fail, and see to it that nothing was written."""
    before = everything_in(raw)
    with pytest.raises((FetchProblem, ExceptionGroup)) as caught:
        refresh(mapping, client(server, **changed), raw)
    assert everything_in(raw) == before
    found = problems_in(caught.value)
    for problem in found:
        for lang in ("nb", "en"):
            assert problem.says(lang)
            assert problem.do(lang)
    return found
