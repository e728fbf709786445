"""Inputs nobody foresaw: each is read or refused in words within five seconds, and no number is another."""

import contextlib
import csv
import io
import json
import os
import random
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from analytics.exclusion import county_map
from benefits.scenario.reader import scenario
from data import paths
from data.deliveries.preview import preview
from data.errors import foreseen, worded
from data.settings import _settings as _settings_read
from data.settings import settings
from data.toml import parsed
from pages.frame.url import parameters
from pages.frame.url.parameters import UrlParameter
from tests.data.raw_ground import HEADER, ROWS
from tests.faults.odd import ODD, spoiled
from tests.faults.outcome import Outcome
from tests.faults.valid_looking import delivery, plan, question
from tests.printed.running import MAINS

LONGEST = 5.0  # seconds of this process


class _InWords(Exception):
    """A command has said what is wrong."""


_LINK = (
    UrlParameter("region", ("4204 Kristiansand", "0301 Oslo")), UrlParameter("age", ("15-29", "20-24")),
    UrlParameter("picture", ("line", "map"), many=True),
)  # fmt: skip


def _link(chance: random.Random, folder: Path) -> str:
    names = [chance.choice(["region", "age", "picture", *ODD]) for _ in range(chance.randint(0, 4))]
    good = ["4204", "4204 Kristiansand", "15-29", "line", "map"]
    raw = {name: [chance.choice([*good, *ODD]) for _ in range(chance.randint(1, 3))] for name in names}
    found = parameters.chosen(raw, _LINK)
    known = {each.name: each.options for each in _LINK}
    return "" if all(set(options) <= set(known[name]) for name, options in found.items()) else f"let through {raw}"


def _toml(chance: random.Random, folder: Path) -> str:
    source = chance.choice(sorted(paths.shipped("scenarios").glob("*.toml")))
    found = scenario(parsed(spoiled(source.read_text("utf-8"), chance).encode(), source.name), source.name)
    return "" if found.participants else "nobody takes part"


def _settings(chance: random.Random, folder: Path) -> str:
    home = paths.home()
    home.mkdir(exist_ok=True)
    text = 'home_municipality = "1103"\npeers = ["4204", "1108"]\n'
    (home / "settings.toml").write_text(spoiled(text, chance), encoding="utf-8")
    try:
        _settings_read.cache_clear()
        return "" if len(settings().home_municipality) == 4 else f"home {settings().home_municipality!r}"
    finally:
        (home / "settings.toml").unlink()
        _settings_read.cache_clear()


def _csv(chance: random.Random, folder: Path) -> str:
    """Read Innenfor's own table with an odd cell; a figure that is read is the one that stands there."""
    rows = [HEADER.split(","), *(row.split(",") for row in ROWS * 1)]
    rows[1][5] = str(chance.randint(0, 24000))
    if chance.random() < 0.5:
        rows[chance.randint(0, 2)][chance.randrange(10)] = chance.choice([*ODD, rows[1][5]])
        text = "\n".join(map(",".join, rows)) + "\n"
    else:
        text = spoiled("\n".join(map(",".join, rows)) + "\n", chance)
    file = folder / "table.csv"
    file.write_text(text, encoding="utf-8", newline="")
    read = preview(file, "ssb").contents.rows["count"].drop_nulls().sum()
    stands = [each["count"].strip() for each in csv.DictReader(io.StringIO(text)) if each.get("count")]
    return "" if read == sum(float(each) for each in stands if each.replace(".", "").isdigit()) else f"{read}: {text}"


def _geojson(chance: random.Random, folder: Path) -> str:
    square = [[8.0, 58.0], [8.5, 58.0], [8.5, 58.5], [8.0, 58.0]]
    feature = {
        "type": "Feature", "properties": {"kommunenummer": "4204"},
        "geometry": {"type": "Polygon", "coordinates": [square]},
    }  # fmt: skip
    told: dict = {"type": "FeatureCollection", "features": [feature]}
    odd = chance.choice([None, [], {}, 7, "x", True, [[]], {"x": []}, -1e308, *ODD])
    where = chance.choice([(told, "type"), (told, "features"), (told, "crs"), (feature, "properties"),
                           (feature, "geometry"), (feature["properties"], "kommunenummer"),
                           (feature["geometry"], "coordinates"), (feature["geometry"], "type"),
                           (square, 1)])  # fmt: skip
    if chance.random() < 0.85:
        where[0][where[1]] = odd  # type: ignore[index]
    text = json.dumps(told)
    found = county_map.read_boundaries((text if chance.random() < 0.6 else spoiled(text, chance)).encode(), "x")
    return "" if found["lon"].is_between(0, 40).all() else "a place nowhere"


def _command(chance: random.Random, folder: Path) -> str:
    layer, *words = chance.choice([
        ("data", "show"), ("data", "check"), ("data", "audit"), ("data", "protect"), ("analytics", "rate"),
        ("analytics", "ranking"), ("analytics", "power"), ("benefits", "parameters"), ("data", "records", "verify"),
    ])  # fmt: skip
    options = [
        "--region",
        "--period",
        "--age",
        "--json",
        "--n",
        "--effect",
        "--source",
        "--threshold",
        "--at",
        "--lang",
    ]
    words += [chance.choice([*options, *ODD, "neet_register"]) for _ in range(chance.randint(0, 5))]
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            code = MAINS[layer](words)
        except SystemExit as ended:
            code = int(ended.code or 0)
    if code not in {0, 1, 2} or not said.getvalue().strip():
        return f"{layer} {words}: {code}"
    if code:
        raise _InWords
    return ""


INPUTS: Mapping[str, tuple[Callable[[random.Random, Path], str], int]] = {
    "links": (_link, 500), "TOML, scenarios": (_toml, 250), "TOML, settings": (_settings, 250), "CSV": (_csv, 250),
    "XLSX, plans": (plan, 150), "XLSX, deliveries": (delivery, 150), "JSON, boundaries": (_geojson, 400),
    "SQL": (question, 200), "command lines": (_command, 250),
}  # fmt: skip


def fuzzed(name: str, folder: Path, seed: int = 18) -> Outcome:
    """Give one reader all its inputs; each has a seed of its own, named where it fails."""
    read, trials = INPUTS[name]
    outcome = Outcome()
    for trial in range(trials):
        begun = time.process_time()
        try:
            wrong, refused = read(random.Random(seed * 100_000 + trial), folder), False
        except Exception as problem:  # noqa: BLE001 - told to the test
            refused = isinstance(problem, _InWords) or bool(foreseen(worded(problem)))
            wrong = "" if refused else f"{type(problem).__name__}: {problem}"
        if time.process_time() - begun > LONGEST:
            wrong = wrong or f"took more than {LONGEST} seconds"
        outcome.fail(trial, wrong) if wrong else outcome.note(trial, refused=refused)
    return outcome


def alone(name: str, seed: int = 18) -> Outcome:
    """Give one reader all its inputs in a process of its own, with nobody's home."""
    with tempfile.TemporaryDirectory(prefix="innenfor-inputs-") as folder:
        os.environ["INNENFOR_HOME"] = str(Path(folder) / "home")
        return fuzzed(name, Path(folder), seed)
