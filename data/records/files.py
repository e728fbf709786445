"""Today's files in, and out again: the programme, the plan and the experiments as the TOML files people know."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data import paths
from data.curated.experiment import registration_log
from data.curated.experiment.read import record_from_toml
from data.curated.fingerprint import stamp
from data.curated.ownership import FACTS, of_the_municipality
from data.curated.plan.read import plan_cells, plan_in_use
from data.curated.programme.forms import FORMS
from data.records.state import RecordState
from data.toml import toml_table
from data.toml.writing import as_toml

if TYPE_CHECKING:
    from data.records.spreadsheet.sheet_place import SheetPlace

_LISTS = {"responsibility.toml": ("task", "task"), "stakeholders.toml": ("stakeholder", "stakeholder"),
          "voices.toml": ("voice", "voice"), "hand_over.toml": ("hand_over", "hand_over")}  # fmt: skip
"""A file that holds one list of tables: the list's name, and the kind of its tables."""
KNOTS, SCALE = "knots.toml", "knots"


@dataclass(frozen=True)
class WrittenRow:
    """A record as a file has it. seen_version: the version the file was written from, where it says so."""

    kind: str
    key: str
    table: Mapping[str, Any]
    seen_version: int | None = None
    place: "SheetPlace | None" = None


def rows_of_files() -> tuple[WrittenRow, ...]:
    """Return the records that the files in use hold: the municipality's own, and the shipped ones where they are its.

    They are read again when one of them has changed. Raises `Problems` with every fault of a file that is not TOML, and
    what the readers of plans raise.
    """
    programmes, experiments = of_the_municipality("programme"), paths.home() / "experiments"
    return _rows(programmes, experiments, stamp(*programmes, *of_the_municipality("plan"), experiments))


@lru_cache(maxsize=4)
def _rows(programmes: tuple[Path, ...], experiments: Path, _stamp: str) -> tuple[WrittenRow, ...]:
    return (*_programme(programmes), *_plan(), *_experiments(experiments))


def key_of(name: str) -> str:
    """Return a key made of a name: what may not stand in one becomes a dash."""
    return re.sub(r"[^0-9A-Za-zÆØÅæøå._-]+", "-", name).strip("-._")[:80] or "-"


def _programme(places: tuple[Path, ...]) -> Iterator[WrittenRow]:
    files = {file.name: file for place in reversed(places) for file in place.glob("*.toml")}
    if FACTS in files:
        facts = toml_table(files[FACTS])
        yield WrittenRow("programme", key_of(str(facts.get("id", ""))), facts)
    if KNOTS in files:
        table = toml_table(files[KNOTS])
        yield WrittenRow("knot_scale", SCALE, {key: each for key, each in table.items() if key != "knot"})
        yield from _listed(table, "knot", "knot")
    for name, (listed, kind) in _LISTS.items():
        if name in files:
            yield from _listed(toml_table(files[name]), listed, kind)
    for kind in FORMS:
        forms = {file.name: file for place in reversed(places) for file in (place / kind).glob("*.toml")}
        for _, file in sorted(forms.items()):
            yield WrittenRow(kind, key_of(file.stem), toml_table(file))


def known_by(kind: str, table: Mapping[str, Any]) -> str:
    """Return what a row of a file is known by; its key is made of that."""
    return str(table.get("who" if kind == "stakeholder" else "id", ""))


def _listed(table: Mapping[str, Any], listed: str, kind: str) -> Iterator[WrittenRow]:
    for each in table.get(listed, ()):
        yield WrittenRow(kind, key_of(known_by(kind, each)), each)


def _plan() -> Iterator[WrittenRow]:
    """Yield the plan in use and its gains, each by column as its file has them."""
    plan = plan_in_use().plan
    if plan is None:
        return
    file = next(each for place in of_the_municipality("plan") for each in place.glob(plan.file))
    yield WrittenRow("plan", "plan", {"file": file.stem, "template": plan.version, "example": plan.example})
    if file.suffix == ".toml":
        gains: list[Mapping[str, Any]] = list(toml_table(file).get("gain", ()))
    else:
        cells = plan_cells(file)
        gains = [{name: cell.text for name, cell in row.items() if cell.text} for row in cells.rows]
    for gain in gains:
        yield WrittenRow("gain", key_of(str(gain["id"])), gain)


def _experiments(folder: Path) -> Iterator[WrittenRow]:
    for file in sorted(folder.glob("*.toml")):
        record_from_toml(file)
        yield WrittenRow("experiment", file.stem, toml_table(file))
    seen: dict[str, int] = {}
    for entry in registration_log.entries(folder / registration_log.BOOK):
        seen[entry.key] = seen.get(entry.key, 0) + 1
        day = dt.date.fromisoformat(entry.registered)
        key = entry.key if seen[entry.key] == 1 else f"{entry.key}.{seen[entry.key]}"
        yield WrittenRow("registration", key, {"experiment": entry.key, "hash": entry.hash, "registered": day})


def as_files(state: RecordState) -> dict[str, str]:
    """Return the records as files of a home by their place in it; what no file has a form for is left out."""
    found: dict[str, str] = {}
    for record in state.of("programme").values():
        found[f"programme/{FACTS}"] = as_toml(record.table)
    if state.of("knot_scale") or state.of("knot"):
        scale = state.of("knot_scale").get(SCALE)
        found[f"programme/{KNOTS}"] = as_toml({**(scale.table if scale else {}), "knot": _tables(state, "knot")})
    for name, (listed, kind) in _LISTS.items():
        if state.of(kind):
            found[f"programme/{name}"] = as_toml({listed: _tables(state, kind, named=kind == "hand_over")})
    for kind in FORMS:
        found |= {f"programme/{kind}/{key}.toml": as_toml(each.table) for key, each in state.of(kind).items()}
    found |= {f"experiments/{key}.toml": as_toml(each.table) for key, each in state.of("experiment").items()}
    return found | _plan_file(state)


def write_files(state: RecordState, folder: Path) -> tuple[str, ...]:
    """Write the records as files of a home, with the ledger of registrations, and return their places in it."""
    found = as_files(state)
    for place, text in found.items():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_text(text, encoding="utf-8")
    book = folder / "experiments" / registration_log.BOOK
    known = registration_log.entries(book)
    for record in list(state.of("registration").values())[len(known) :]:
        seal = record.value
        registration_log.append(seal.experiment, seal.hash, path=book, day=seal.registered, amend=True)
    return (*found, *([f"experiments/{registration_log.BOOK}"] if state.of("registration") else []))


def _plan_file(state: RecordState) -> dict[str, str]:
    gains, head = _tables(state, "gain"), state.of("plan").get("plan")
    if not gains:
        return {}
    facts = {"template": 1, "example": False, **(head.table if head else {})}
    name = str(facts.pop("file", "plan-0000-01"))
    return {f"plan/{name}.toml": as_toml({**facts, "gain": gains})}


def _tables(state: RecordState, kind: str, *, named: bool = False) -> list[Mapping[str, Any]]:
    """Return the tables of a kind; named: each with its key as its id, where it has none."""
    return [({"id": key} if named else {}) | dict(record.table) for key, record in state.of(kind).items()]
