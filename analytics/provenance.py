"""Where figures come from: the build in use, its editions, and what is missing from it."""

import re
from dataclasses import dataclass
from itertools import starmap

import polars as pl

from data import catalogue, paths
from data.age_group import AgeGroup
from data.bundle.write import zipped
from data.catalogue import Indicator, Missing
from data.curated import fingerprint
from data.deliveries.read import sidecars
from data.warehouse import connection, history, pointer
from data.warehouse.history import PastBuild
from data.warehouse.pending import pending

__all__ = [
    "BuildRecord",
    "Edition",
    "Indicator",
    "Missing",
    "build_hash",
    "built_at",
    "edition",
    "editions",
    "indicators",
    "last_builds",
    "missing",
    "own_editions",
    "pending",
    "state",
    "zipped",
]


_UNDER = 30  # years: whom the programme is for
_SECOND_HAND = re.compile(r"\b(lest i|read in|gjennom|through) .*")


@dataclass(frozen=True)
class Edition:
    """A delivery as it is cited: publisher, table, title, when it was published and read, licence, notes."""

    edition: str
    source: str
    publisher: str
    table_id: str
    title: str
    title_en: str
    citation: str
    citation_en: str
    url: str
    file: str
    sha256: str
    published: str
    accessed: str
    licence: str
    note_nb: str
    note_en: str
    example: bool
    row_count: int

    def titled(self, lang: str) -> str:
        """Return the title in a language; the publisher's own where there is no translation."""
        return (self.title_en if lang == "en" else "") or self.title

    def credit(self, lang: str) -> str:
        """Return the line that credits the source where it says more than the publisher's name, "" where it does not.

        A copy the figures were read from, and what was done to them, stand here and nowhere else.
        """
        line = ((self.citation_en if lang == "en" else "") or self.citation).partition(": ")[2]
        return "" if line == self.publisher else line

    def copy(self, lang: str) -> str:
        """Return where the figures were read, in the credit's own words; "" where that is at the publisher's."""
        read = _SECOND_HAND.search(self.credit(lang))
        return read[0] if read else ""

    def note(self, lang: str) -> str:
        """Return what a reader must know of this delivery."""
        return self.note_nb if lang == "nb" else self.note_en


def build_hash() -> str:
    """Return the hash of what the build in use was made of. Raises WarehouseMissing."""
    return _build().hash


def state() -> str:
    """Return the key under which results are kept: the build in use, and the files people write by hand as they stand.

    The build's own file counts: another of the same deliveries may hide more, for what was hidden in between.
    Raises WarehouseMissing.
    """
    build = _build()
    return f"{build.hash}-{build.sha256[:8]}-{fingerprint.stamp(*fingerprint.folders())}"


def _build() -> pointer.Build:
    build = pointer.current_build()
    if build is None:
        raise pointer.WarehouseMissing(where=pointer.POINTER, found="–")
    return build


def built_at() -> str:
    """Return when the build in use was made (ISO 8601, UTC), "" without one."""
    build = pointer.current_build()
    return build.built_at if build else ""


@dataclass(frozen=True)
class BuildRecord:
    """One of the last builds: when it was made, how many rows it has, and what it has that the one before had not.

    brought, left: editions that came, were changed, or went. first: none is known before it.
    """

    built_at: str
    rows: int
    editions: int
    brought: tuple[str, ...]
    left: tuple[str, ...]
    first: bool


def last_builds() -> tuple[BuildRecord, ...]:
    """Return the last three builds, the newest first."""
    known = history.builds()
    return tuple(starmap(_since, zip(known[:3], [*known[1:], None], strict=False)))


def _since(now: PastBuild, before: PastBuild | None) -> BuildRecord:
    had = before.editions if before else {}
    brought = tuple(name for name, rows in now.editions.items() if had.get(name) != rows)
    left = tuple(name for name in had if name not in now.editions)
    return BuildRecord(now.built_at, sum(now.editions.values()), len(now.editions), brought, left, before is None)


def own_editions() -> tuple[str, ...]:
    """Return the editions that lie in the municipality's home, and may be taken out again. Raises HomeUnusable."""
    own = paths.home() / "raw"
    return tuple(each.edition for each in sidecars()[0] if each.root == own)


def version() -> str:
    """Return the version of Innenfor, as it is cited."""
    lines = (paths.ROOT / "CITATION.cff").read_text(encoding="utf-8").splitlines()
    return next(line.removeprefix("version:").strip() for line in lines if line.startswith("version:"))


def editions() -> tuple[Edition, ...]:
    """Return every delivery that is loaded."""
    names = list(Edition.__dataclass_fields__)
    rows = connection.query("editions").select(names).with_columns(pl.col(pl.String).fill_null(""))
    return tuple(Edition(**row) for row in rows.iter_rows(named=True))


def edition(name: str) -> Edition:
    """Return one delivery. Raises KeyError where it is not loaded."""
    found = {each.edition: each for each in editions()}
    return found[name]


def indicators() -> dict[str, Indicator]:
    """Return the definitions by id."""
    return catalogue.indicators()


def missing(region: str) -> tuple[Missing, ...]:
    """Return the statistics the programme needs that the build in use does not have of those under 30 in a region."""
    found = connection.query("known_of_region", region=region).iter_rows()
    known = {indicator for indicator, ages in found if AgeGroup.of(ages).ages[-1] < _UNDER}
    return tuple(each for each in catalogue.missing() if known.isdisjoint(each.indicators))
