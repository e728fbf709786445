"""Builds a trap as anybody may, by `build --raw DIR --var DIR`, and attacks everything the warehouse then holds."""

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from data.__main__ import main
from tests.data.disclosure.attacker import Attacker, Key
from tests.data.disclosure.trap_world import SEXES, ages, alike, names, places, residents_of
from tests.data.disclosure.traps import COLUMNS, FLOW, STAR, UNTOLD, Row
from tests.data.raw_ground import HEADER, deliver

FLOW_HEADER = "measure,region_code,cohort,age_group,sex,origin,destination,months,count,status"
THRESHOLD, LEGEND = 4, 3  # as NAV's rule in settings.toml
Cell = tuple[str, Key]  # of what, and place, age, sex, indicator or destination


@dataclass
class Printed:
    """What is printed, edition by edition: cell → count (from, to), cell → residents; and which cells are hidden."""

    counts: dict[str, dict[Cell, tuple[float, float]]] = field(default_factory=dict)
    residents: dict[Key, int] = field(default_factory=dict)
    shares: list[tuple[str, Cell, str]] = field(default_factory=list)
    hidden: set[Cell] = field(default_factory=set)


def build(rows: list[Row], folder: Path) -> Printed:
    """Write a trap's deliveries, build them, and return what is printed. The build must accept them."""
    raw, var = folder / "raw", folder / "var"
    every = [dict(zip(COLUMNS, each, strict=True)) for each in rows if len(each) == len(COLUMNS)]
    observed = [each for each in every if each["count"] != UNTOLD]
    flows = [dict(zip(FLOW, each, strict=True)) for each in rows if len(each) == len(FLOW)]
    for (source, edition), own in _deliveries(observed or [_anything()]):
        deliver(raw, *map(line, own), source=source, edition=f"{source}-{edition}", published=_month(edition))
    for (source, edition), own in _deliveries(flows):
        text = "\n".join([FLOW_HEADER, *map(_flow_line, own), ""]).encode()
        deliver(raw, text=text, source=source, name="flows", edition=f"{source}-flows-{edition}", adapter="flows")
    assert main(["build", "--raw", str(raw), "--var", str(var)]) == 0
    return _read(next(var.glob("innenfor-*.duckdb")))


def _anything() -> dict[str, object]:
    """Return a row of nothing small: a build wants observations."""
    return dict(
        zip(COLUMNS, ("4204", "all", "both", 400, None, None, "aap_recipients", "nav", "a", "2025-01"), strict=True)
    )


def _deliveries(rows: list[dict[str, object]]) -> Iterator[tuple[tuple[str, str], list[dict[str, object]]]]:
    def key(each: dict[str, object]) -> tuple[str, str]:
        return str(each["source"]), str(each["edition"])

    for place, own in itertools.groupby(sorted(rows, key=key), key):
        yield place, list(own)


def _month(edition: str) -> str:
    return f"2025-{1 + len(edition) % 12:02d}" if len(edition) > 1 else f"2025-{ord(edition) - 90:02d}"


def line(each: dict[str, object]) -> str:
    """Return a row of observations as it is delivered."""
    starred = each["count"] == STAR
    told = {
        **each,
        "count": None if starred else each["count"],
        "status": "suppressed" if starred else "final",
        "parts_missing": 0,
    }
    return ",".join("" if told[name] is None else str(told[name]) for name in HEADER.split(","))


def _flow_line(each: dict[str, object]) -> str:
    starred = each["count"] == STAR
    told = {
        **each,
        "count": "" if starred else each["count"],
        "status": "suppressed" if starred else "final",
        "cohort": "2019",
        "origin": "aap",
    }
    return ",".join(str(told[name]) for name in FLOW_HEADER.split(","))


def _read(file: Path) -> Printed:
    """Return what a build prints, in the words of the attacker."""
    found = Printed()
    with duckdb.connect(str(file), read_only=True) as connection:
        names = "region_code, age_group, sex, indicator, period, count, population, value, status, edition"
        for *key, period, count, among, share, status, edition in connection.execute(
            f"SELECT {names} FROM observation ORDER BY ALL"
        ).fetchall():
            cell = period, tuple(key)
            if among is not None and status != "suppressed":
                found.residents[period, *key[:3]] = among
            _take(found, cell, count, status, edition)
            if share is not None:
                found.shares.append((edition, cell, repr(share)))
        for *key, months, measure, count, status, edition in connection.execute(
            "SELECT region_code, age_group, sex, destination, interval_months, measure, count, status, edition "
            "FROM transition ORDER BY ALL"
        ).fetchall():
            name = f"{measure}/{0 if measure == 'first_exit' and key[3] == 'total' else months}/{key[3]}"
            _take(found, ("flow", (*key[:3], name)), count, status, edition)
    for edition, cell, share in found.shares:
        _take_share(found, edition, cell, share)
    return found


def _take(found: Printed, cell: Cell, count: int | None, status: str, edition: str) -> None:
    if count is not None:
        found.counts.setdefault(edition, {})[cell] = (count, count)
    elif status == "suppressed":
        found.hidden.add(cell)


def _take_share(found: Printed, edition: str, cell: Cell, share: str) -> None:
    """Put in what a share of known residents, also of those had by adding, tells of the count."""
    among = residents_of(found.residents, *cell)
    if among is None or cell in found.counts.get(edition, {}):
        return
    decimals = max(3, len(share.partition(".")[2]))
    half, middle = 0.5 * 10.0**-decimals * among, float(share) * among
    found.counts.setdefault(edition, {})[cell] = (math.ceil(middle - half - 1e-9), math.floor(middle + half + 1e-9))


def known_too_well(rows: list[Row], printed: Printed) -> list[str]:
    """Return the small counts of a trap that somebody with everything printed knows too well; none may be."""
    found = []
    for cell, kind, among in _small(rows, printed):
        if any(cell in own for own in printed.counts.values()):
            found.append(f"{cell} {kind} is shown")
            continue
        attacks = [_ends(cell, known, printed, rows) for known in _readings(printed, cell[0])]
        fitting = [each for each in attacks if not math.isnan(each[0])]
        assert fitting, f"no reading of {cell} fits"
        bare = _ends(cell, {}, printed, rows)
        found += [f"{cell} {kind}: {ends}" for ends in fitting if _broken(kind, ends, bare, among)]
    return found


def _broken(kind: str, ends: tuple[float, float], bare: tuple[float, float], among: int) -> bool:
    low, high = ends
    if kind == "star" or (kind == "small" and bare[1] < THRESHOLD):  # part of a star: its legend tells the most
        return ends != bare
    if kind == "flow":
        return low < THRESHOLD and high - low < LEGEND - 1
    low, high = (among - high, among - low) if kind == "left" else ends
    return high - low < max(1, THRESHOLD - 2) or high < THRESHOLD


def _small(rows: list[Row], printed: Printed) -> Iterator[tuple[Cell, str, int]]:
    """Yield the cells of a trap that must not be known: stars, small counts and few that are left of residents."""
    for each in rows:
        if len(each) == len(FLOW):
            region, age, sex, count, to, months, measure, *_ = each
            if count == STAR:
                yield ("flow", (f"{region}", f"{age}", f"{sex}", f"{measure}/{months}/{to}")), "flow", 0
            elif (measure, to) == ("first_exit", "total") and 1 <= _never_out(each, rows) < THRESHOLD:
                yield ("flow", (f"{region}", f"{age}", f"{sex}", "first_exit/0/remain")), "small", 0
            continue
        told = dict(zip(COLUMNS, each, strict=True))
        cell = f"{told['period']}", tuple(f"{told[name]}" for name in ("region_code", "age_group", "sex", "indicator"))
        among = told["population"] or residents_of(printed.residents, *cell) or 0
        count = told["count"] if told["count"] is not None else round(float(told["value"]) * among)  # type: ignore[arg-type,operator]
        if count == STAR:
            yield cell, "star", 0
        elif count == UNTOLD or 1 <= count < THRESHOLD:  # type: ignore[operator]
            yield cell, "small", 0
        elif among and 1 <= among - count < THRESHOLD:  # type: ignore[operator]
            yield cell, "left", among  # type: ignore[misc]


def _never_out(start: Row, rows: list[Row]) -> float:
    """Return how many of those who started have no exit; not a number where an exit is hidden."""
    own = [each[3] for each in rows if len(each) == len(FLOW) and each[:3] == start[:3] and each[6:] == start[6:]]
    counts = [float(n) if isinstance(n, int) else math.nan for n in own]
    return 2 * float(start[3]) - sum(counts)  # type: ignore[arg-type]


def _readings(printed: Printed, period: str) -> Iterator[dict[Key, tuple[float, float]]]:
    """Yield everything printed of a period, once with each edition's figures before the others'."""
    if not any(when == period for own in printed.counts.values() for when, _ in own):
        yield {}
    for preferred in printed.counts:
        every = [own for edition, own in printed.counts.items() if edition != preferred] + [printed.counts[preferred]]
        known = {key: ends for own in every for (when, key), ends in own.items() if when == period}
        if any(key[3].startswith("status_") for key in known):
            told = printed.residents.items()
            known |= {(*place, "residents"): (float(n), float(n)) for (when, *place), n in told if when == period}
        yield known


def _ends(cell: Cell, known: dict[Key, tuple[float, float]], printed: Printed, rows: list[Row]) -> tuple[float, float]:
    period, key = cell
    hidden = {other for when, other in printed.hidden if when == period and other not in known}
    stars = {each[1] for each in _starred(rows)} & hidden if period != "flow" else set()
    exact = {other: low for other, (low, high) in known.items() if low == high}
    least = dict.fromkeys(hidden, 1.0) | {other: ends[0] for other, ends in known.items() if other not in exact}
    most = {other: float(LEGEND) for other in stars} | {o: ends[1] for o, ends in known.items() if o not in exact}
    every = {key, *known, *(other for when, other in printed.hidden if when == period)}
    for closed in (True, False):
        holds = places(every, closed=closed), ages(every, closed=closed), SEXES, names(every)
        attacker = Attacker(holds, exact, least, most, alike(holds) if period == "flow" else ())
        ends = attacker.end(key, 1), attacker.end(key, -1)
        if not math.isnan(ends[0]):
            break
    return ends


def _starred(rows: list[Row]) -> Iterator[Cell]:
    for each in rows:
        if len(each) == len(COLUMNS) and each[3] == STAR:
            yield f"{each[9]}", (f"{each[0]}", f"{each[1]}", f"{each[2]}", f"{each[6]}")
