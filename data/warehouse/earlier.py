"""What the build in use and those before it have told, as the next build and the preview of a delivery read it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from data.disclosure.remembered import hidden_before, nothing, shown_before, without_loosened
from data.ingest.contract import Note
from data.settings import settings
from data.warehouse import connection, pointer


@dataclass(frozen=True)
class Earlier:
    """What binds the next build (`remembered.REMEMBERED`), and what must be known of it."""

    cells: pl.DataFrame = field(default_factory=nothing)
    notes: tuple[Note, ...] = ()


def earlier(var: Path, editions: Collection[str]) -> Earlier:
    """Return what the build in use in a folder has told, and those before it.

    editions: those that are built now. A build that shares none of them is of other data, and says nothing of these.
    Where it cannot be read the next one begins anew, and a note says so.
    """
    try:
        build = pointer.current_build(var)
        if build is None:
            return Earlier()
        return _of(var / build.file, build, editions)
    except (pointer.WarehouseMissing, connection.QueryFailed) as error:
        return Earlier(notes=(Note("earlier_unreadable", what=f"{error.where} ({error.found})"),))


def _of(file: Path, build: pointer.Build, editions: Collection[str]) -> Earlier:
    with connection.opened(file, build) as cursor:
        if not {*editions} & {*cursor("edition_names")["edition"]}:
            return Earlier()
        shown = shown_before(cursor("cells_shown"))
        try:
            kept, notes = cursor("cells_remembered"), list[Note]()
        except connection.QueryFailed:  # a build of an older release
            kept = hidden_before(cursor("cells_hidden"), settings().rule)
            notes = [Note("earlier_without_rules", what=file.name, number=kept.height)] if kept.height else []
    binding, loosened = without_loosened(pl.concat([kept, shown]), settings().rule)
    notes += [Note("rule_loosened", what=source, number=number) for source, number in loosened.items()]
    return Earlier(binding, tuple(notes))
