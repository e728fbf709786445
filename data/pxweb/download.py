"""Ask SSB for what a mapping needs, in calls the server bears, and hold each answer against its question."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl

from data.ingest.contract import ROWS
from data.pxweb.client import Client
from data.pxweb.convert import Answer
from data.pxweb.errors import TOO_LARGE, FetchProblem
from data.pxweb.labels import in_codes_of
from data.pxweb.mapping import Mapping, Regions, differences, offers, question
from data.pxweb.query import PxTable, Query, cells, halves, pairs, plan, table_of
from data.sources import parse
from data.sources.ssb.vocabulary import region_code

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Fetched:
    """All answers of one update of a table, with the mapping in the table's own codes.

    lists: the lists of regions that were taken; passed_over: the kinds of regions the table does not offer.
    """

    answers: tuple[Answer, ...]
    mapping: Mapping
    updated: datetime
    lists: tuple[str, ...]
    passed_over: tuple[str, ...]


def fetched_answers(mapping: Mapping, client: Client, progress: Progress) -> Fetched:
    """Ask for every kind of regions; all answers must be of one and the same update of the table.

    progress is told the kind, the number of the question and how many there are. Raises FetchProblem, or
    ExceptionGroup of Problem where the mapping and the table's metadata disagree.
    """
    answers: list[Answer] = []
    taken: dict[str, str] = {}
    for regions in mapping.regions:
        if regions.name in taken:
            continue
        table = _metadata(mapping, regions, client)
        if not offers(table, mapping, regions) and (regions.optional or _stood_in_for(mapping, regions)):
            continue
        coded = in_codes_of(table, mapping)
        wrong = differences(coded, table, regions)
        if wrong:
            raise ExceptionGroup(mapping.file, wrong)
        answers += _asked(question(coded, table, regions), mapping, client, regions, progress)
        taken[regions.name] = regions.codelist
    stamps = sorted({answer.table.updated for answer in answers})
    if len(stamps) > 1:
        raise FetchProblem(
            code="fetch_changed_underway", file=client.base_url, sheet=mapping.table, detail=" → ".join(stamps)
        )
    passed_over = tuple(dict.fromkeys(each.name for each in mapping.regions if each.name not in taken))
    lists = tuple(filter(None, taken.values()))
    return Fetched(tuple(answers), coded, _stamp(stamps[0], mapping, client), lists, passed_over)


def _stood_in_for(mapping: Mapping, regions: Regions) -> bool:
    """Tell whether another list of the same kind comes after this one."""
    return any(each.name == regions.name for each in mapping.regions[mapping.regions.index(regions) + 1 :])


def _metadata(mapping: Mapping, regions: Regions, client: Client) -> PxTable:
    path = f"tables/{mapping.table}/metadata"
    plain = [("lang", client.limits.language)]
    listed = [(f"codelist[{mapping.region}]", regions.codelist)] if regions.codelist else []
    try:
        document, _ = client.document(path, plain + listed)
    except FetchProblem as error:
        if not listed or error.code not in ("fetch_refused", "fetch_no_table"):
            raise
        document, _ = client.document(path, plain)  # the list may be what is refused: then the table says what it has
        table = _described(mapping, document, client.address(path, plain))
        if offers(table, mapping, regions):
            raise
        return table
    return _described(mapping, document, client.address(path, plain + listed))


def _described(mapping: Mapping, document: dict[str, Any], url: str) -> PxTable:
    """Return a table's metadata. An address that now leads to another table is refused, however alike the two are."""
    table = table_of(document, url)
    if table.number.isdecimal() and mapping.table.isdecimal() and table.number != mapping.table:
        raise FetchProblem(
            code="fetch_other_table", file=url, expected=mapping.table, found=table.number, detail=table.label
        )
    return table


def _asked(
    whole: Query, mapping: Mapping, client: Client, regions: Regions, progress: Progress
) -> Iterator[Answer]:  # fmt: skip
    path, limits = f"tables/{mapping.table}/data", client.limits

    def fits(query: Query) -> bool:
        address = client.address(path, pairs(query, limits.language))
        return cells(query) <= limits.cells and len(address) <= limits.url_length

    axes = (mapping.region, mapping.time)
    planned = list(plan(whole, fits, axes))
    for number, query in enumerate(planned, start=1):
        progress(regions.name, number, len(planned))
        yield from _answers(query, mapping, client, limits.halvings)


def _answers(query: Query, mapping: Mapping, client: Client, halvings: int) -> Iterator[Answer]:
    """Ask; where the server finds the question too large, ask its halves, so many times over and no more."""
    path, axes = f"tables/{mapping.table}/data", (mapping.region, mapping.time)
    asked = pairs(query, client.limits.language)
    try:
        document, content = client.document(path, asked)
    except FetchProblem as error:
        if error.code not in TOO_LARGE or not halvings or cells(query) == 1:
            raise
        for half in halves(query, axes):
            yield from _answers(half, mapping, client, halvings - 1)
        return
    url = client.address(path, asked)
    table = _described(mapping, document, url)
    _complete(query, table, url)
    some = any(map(region_code, table.dimensions[mapping.region].codes))  # the reader refuses a file without rows
    yield Answer(table, _delivered(content, mapping.table) if some else pl.DataFrame(schema=ROWS))


def _complete(query: Query, table: PxTable, url: str) -> None:
    """Hold the answer against the question: the same dimensions, and of each exactly the codes asked for.

    A code list asked for as a whole may answer with its own codes, but never with some of those the metadata named.
    """
    for choice in query:
        there = table.dimensions.get(choice.dimension)
        got = set(there.codes) if there else set[str]()
        wanted = set(choice.codes)
        if (got != wanted and not choice.whole) or got < wanted or len(table.dimensions) != len(query):
            odd = sorted(wanted ^ got)[:20]
            raise FetchProblem(
                code="fetch_other_codes", file=url, column=choice.dimension, detail=", ".join(odd) or "–"
            )


def _delivered(content: bytes, name: str) -> pl.DataFrame:
    """Read an answer as a file of SSB's is read: the same reader, the same refusals."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{name}.json"
        file.write_bytes(content)
        return parse(file, "ssb").rows


def _stamp(text: str, mapping: Mapping, client: Client) -> datetime:
    """Return the time of the update in Norway: the date SSB published."""
    try:
        stamp = datetime.fromisoformat(text.replace("Z", "+00:00"))
        return stamp.astimezone(ZoneInfo(client.limits.quiet["zone"])) if stamp.tzinfo else stamp
    except ValueError as error:
        raise FetchProblem(
            code="fetch_unreadable", file=client.base_url, sheet=mapping.table, detail=text, found="1"
        ) from error
