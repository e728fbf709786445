"""What a label of SSB's says of a region: its number, or a name that is one region's in the year of the table."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from data.ingest.contract import Note, Problem
from data.ingest.sheet import trim
from data.sources.region_names import Level, are_called, is_called, is_known, is_whole_name
from data.sources.ssb.vocabulary import region_code, region_of, words

_UNTIL = re.compile(r"\s*\((?:\d{4})?\s?[-–]\s?(\d{4})\)$")
_PREFIXED = re.compile(r"^[KF]-\d{2,4}$")
_NATION = "0"


@dataclass(frozen=True)
class ByName:
    """Regions that stand by name alone: the number of each name, and the numbers of each that is several regions'."""

    numbers: Mapping[str, str] = field(default_factory=dict)
    several: Mapping[str, Sequence[str]] = field(default_factory=dict)


def place_of(label: str) -> dict[str, str]:
    """Return what a label says: its number, empty where it has none, and the name beside it."""
    code, name = region_of(label)
    return {"region_label": label, "region_code": code or region_code(label), "region_name": name}


def is_place(label: str) -> bool:
    """Tell whether a label is a region's, with its number or by name alone."""
    code, name = region_of(label)
    if not code and _PREFIXED.match(label):
        return is_known(region_code(label))
    if not code:
        return _is_nation(label) or is_whole_name(_UNTIL.sub("", label))
    return is_called(code, name) or (code == _NATION and _is_nation(name))


def by_name(labels: Collection[str], year: str) -> ByName:
    """Return which regions some names are. year: the last of the table; "(-2019)" behind a name says its own."""
    found = {label: (_called(label, "municipality", year), _called(label, "county", year)) for label in labels}
    counties = any(there and not here for here, there in found.values())
    towns = any(here and not there for here, there in found.values())
    chosen = {label: there if counties and not towns and there else here or there
              for label, (here, there) in found.items()}  # fmt: skip
    nation = {label: _NATION for label in labels if _is_nation(label)}
    return ByName(
        {label: codes[0] for label, codes in chosen.items() if len(codes) == 1} | nation,
        {label: codes for label, codes in chosen.items() if len(codes) > 1},
    )


def numbered(records: list[dict[str, str]], file: str) -> tuple[list[dict[str, str]], list[Problem], list[Note]]:
    """Return the records of a table with the numbers of its regions, what is wrong with its names, and what is told.

    Names are read only where no region of the table has a number; else a label without one is no region.
    """
    lacking = {record["region_label"]: record for record in reversed(records) if record.get("region_code") == ""}
    known, problems, notes = ByName(), [], []
    if lacking and len({record.get("region_label") for record in records}) == len(lacking):
        year = max(record.get("period", "") for record in records)[:4]
        known = by_name(lacking, year)
        problems = [_several(file, lacking[label], codes) for label, codes in known.several.items()]
        notes = [Note("ssb_by_names", what=year, number=len(known.numbers))] if known.numbers else []
    left = [label for label in lacking if label not in known.numbers and label not in known.several]
    notes += [Note("unknown_region", *_place(lacking[label]), label) for label in reversed(left)]
    whole = [
        record | {"region_code": known.numbers[record["region_label"]], "region_name": record["region_label"]}
        if record.get("region_label") in known.numbers else record
        for record in records
    ]  # fmt: skip
    return [record for record in whole if record.get("region_code") != ""], problems, notes


def _called(label: str, level: str, year: str) -> list[str]:
    until = _UNTIL.search(label)
    name, year = (label[: until.start()], until[1]) if until else (label, year)
    return are_called(name, Level(level), year)


def _is_nation(label: str) -> bool:
    return trim(label).lower() in words()["regions"]["nation"]


def _several(file: str, record: Mapping[str, str], codes: Sequence[str]) -> Problem:
    sheet, cell = _place(record)
    found, expected = record["region_label"], ", ".join(codes)
    return Problem(code="ssb_name_of_several", file=file, sheet=sheet, cell=cell, found=found, expected=expected)


def _place(record: Mapping[str, str]) -> tuple[str, str]:
    return record["sheet"], record["region_cell"]
