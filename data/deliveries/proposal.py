"""What can be said of a delivery before anybody is asked: who publishes it, under which terms, what to call it."""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data import paths
from data.catalogue import indicators
from data.deliveries.preview import Preview
from data.deliveries.read import Sidecar, read_sidecar, sidecars
from data.ingest.contract import Problem
from data.settings import settings
from data.source_names import PUBLISHERS, TABLE
from data.toml import read_toml


@dataclass(frozen=True)
class Proposal:
    """What is proposed to say of a source's deliveries: its name, the line that credits it, licence and address."""

    name: str
    credit: str
    licence: str
    url: str


def sources() -> tuple[str, ...]:
    """Return who may deliver: the publishers, and every source with a rule of protection."""
    return tuple(sorted({*PUBLISHERS, *settings().disclosure}))


def require_source(source: str) -> str:
    """Return a source's name. Raises a problem where it is neither a publisher nor has a rule of protection."""
    if source not in sources():
        raise Problem(code="no_rule", expected=", ".join(sources()), found=source)
    return source


def adapter_of(file: Path, source: str) -> str:
    """Return the adapter that reads a file: that of its sidecar where it has one, else the source's own."""
    beside = sidecar_of(file)
    return beside.adapter if beside else source if source in PUBLISHERS else TABLE


def sidecar_of(file: Path) -> Sidecar | None:
    """Return the sidecar that lies beside a file that is brought, None where there is none."""
    sidecar = file.with_suffix(".toml")
    return read_sidecar(sidecar) if sidecar.is_file() else None


def already_in(file: Path, *, shipped_alone: bool = False) -> Sidecar | None:
    """Return the delivery that has the same bytes, shipped or in the home.

    shipped_alone: of the home's nothing is told: their bytes hold what is hidden, and a guess at them could be tried.
    """
    mark, shipped = checksum(file), paths.layers("raw")[0]
    found = (each for each in sidecars()[0] if each.root == shipped or not shipped_alone)
    return next((each for each in found if each.sha256.strip().lower() == mark), None)


def proposed(file: Path, source: str, found: Preview, today: date) -> Sidecar:
    """Return what can be said of a file before anybody is asked: its sidecar's words, or what is usual for the source.

    The edition is left empty where no sidecar names it.
    """
    if beside := sidecar_of(file):
        return beside
    usual = usual_of(source)
    return Sidecar(
        file=file, adapter=adapter_of(file, source), publisher=usual.name, table=found.contents.table,
        title=_title(found), source=usual.credit, url=usual.url, licence=usual.licence, edition="",
        published=(found.contents.updated or today.isoformat())[:7], accessed=today.isoformat(),
        sha256=checksum(file),
    )  # fmt: skip


def free_edition(source: str, found: Preview, published: str) -> str:
    """Return a name for a delivery's edition that nothing has: source, subject and month, with a number if need be."""
    subject = found.contents.table or (found.indicators[0] if len(found.indicators) == 1 else found.contents.layout)
    stem = "-".join(dict.fromkeys((source, subject.replace("_", "-"), published)))
    names = (stem, *(f"{stem}-{number}" for number in range(2, 1000)))
    there = taken(source)
    return next(name for name in names if name.lower() not in there)


def taken(source: str) -> set[str]:
    """Return the editions that are there and the source's folders in the home, in small letters, as some disks do."""
    folder = paths.home() / "raw" / source
    folders = [each.name for each in folder.iterdir()] if folder.is_dir() else []
    return {each.lower() for each in (*folders, *editions())}


def editions() -> set[str]:
    """Return the editions that are there, shipped or in the home."""
    return {sidecar.edition for sidecar in sidecars()[0]}


def checksum(file: Path) -> str:
    """Return a file's SHA-256."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def usual_of(source: str) -> Proposal:
    """Return what is usually said of a source's deliveries."""
    known = read_toml(paths.DATA / "deliveries" / "publishers.toml", dict[str, Proposal])
    return known.get(source, Proposal(source, f"Kilde: {source}", "not stated", ""))


def _title(found: Preview) -> str:
    """Return a delivery's own title, or the names of its indicators and its periods."""
    names = [indicators()[each].label["nb"] for each in found.indicators]
    span = dict.fromkeys((*found.periods[:1], *found.periods[-1:]))
    return ", ".join([*names, "–".join(span)]) if names else found.contents.title or found.contents.layout
