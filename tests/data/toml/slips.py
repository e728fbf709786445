"""Slips people make in the files they write: one file, one slip, made from a seed."""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from data import paths

Change = Callable[[str, random.Random], str]
KEY = re.compile(r"^(\w+) = (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Slip:
    """What was done to which file, and what the file holds now."""

    what: str
    file: str
    content: bytes


def _line(text: str, chance: random.Random, pattern: re.Pattern[str] = KEY) -> re.Match[str]:
    return chance.choice(list(pattern.finditer(text)))


def _value(new: str, keys: str = r"\w+") -> Change:
    """Give some key, or one of those named, another value."""

    def change(text: str, chance: random.Random) -> str:
        found = _line(text, chance, re.compile(rf"^(?:{keys}) = (.+)$", re.MULTILINE))
        return text[: found.start(1)] + new + text[found.end(1) :]

    return change


def _renamed(text: str, chance: random.Random) -> str:
    found = _line(text, chance)
    key = found[1]
    other = chance.choice([key + "s", key[1:] or "x", key.upper(), key.replace("e", "") + "x", "navn"])
    return text[: found.start(1)] + other + text[found.end(1) :]


def _removed(text: str, chance: random.Random) -> str:
    found = _line(text, chance)
    return text[: found.start()] + text[found.end() :]


def _twice(text: str, chance: random.Random) -> str:
    found = _line(text, chance)
    return text[: found.end()] + "\n" + found[0] + text[found.end() :]


def _without_one(mark: str) -> Change:
    """Leave out one of the marks that hold the file together."""

    def change(text: str, chance: random.Random) -> str:
        bare = [found.start() for line in KEY.finditer(text) for found in re.finditer(re.escape(mark), line[0])]
        starts = [line.start() for line in KEY.finditer(text) for _ in re.finditer(re.escape(mark), line[0])]
        place = chance.choice([start + offset for start, offset in zip(starts, bare, strict=True)])
        return text[:place] + text[place + 1 :]

    return change


def _added(lines: str) -> Change:
    return lambda text, _: text.rstrip() + "\n" + lines


def _replaced(old: str, new: str) -> Change:
    def change(text: str, _: random.Random) -> str:
        assert re.search(old, text)
        return re.sub(old, new, text, count=1)

    return change


TEXTS = "family|publisher|licence|polarity|frequency"
WORDS = "label|short|definition|unit|numerator"
ANYWHERE: dict[str, Change] = {
    "a key nobody knows": _renamed,
    "a key of another file": _added("[colour]\nink = 1\n"),
    "a key twice": _twice,
    "a quotation mark too few": _without_one('"'),
    "an equals sign too few": _without_one("="),
    "a number for a value": _value("12345", r"(?!grey_below|legend|threshold)\w+"),  # where no number may stand
    "nan": _value("nan"),
    "a date for a value": _value("2026-01-31"),
    "a table for a value": _value("{ x = 1 }"),
    "nothing for a value": _value(""),
    "a value without quotation marks": _value("Kristiansand"),
    "a comma for a point": _value("1,5"),
}
SETTINGS: dict[str, Change] = {
    "a home that does not exist": _value('"9999"', "home_municipality"),
    "a home of earlier borders": _value('"1001"', "home_municipality"),
    "a county for a home": _value('"42"', "home_municipality"),
    "a number for a home": _value("4204", "home_municipality"),
    "no home": _value('""', "home_municipality"),
    "a peer that does not exist": _replaced('"1103"', '"1199"'),
    "a peer twice": _replaced('"1108"', '"1103"'),
    "a text for the peers": _value('"1103"', "peers"),
    "numbers for peers": _value("[1103, 1108]", "peers"),
    "a place that does not exist": _value('["0999"]', "also_shown"),
    "another language": _value('"no"', "language"),
    "an indicator that does not exist": _value('"neet_registre"', "id"),
    "an age in words": _value('"unge"', "age_group"),
    "a sex in Norwegian": _value('"kvinner"', "sex"),
    "no threshold where there must be one": _replaced("threshold = 5", "threshold = 0"),
    "a threshold that hides nothing": _replaced("threshold = 5", "threshold = 1"),
    "a threshold below nought": _value("-1", "threshold"),
    "a threshold with a point": _value("4.0", "threshold"),
    "a text for a threshold": _value('"5"', "threshold"),
    "yes in words": _value('"ja"', "zeros_published"),
    "one for yes": _value("1", "zeros_published"),
    "a rule for a source nobody knows": _added("[disclosure.nva]\nthreshold = 4\nlegend = 3\nzeros_published = true\n"),
    "a rule that is a number": _added("[disclosure]\nnav = 4\n"),
    "a limit below nought": _value("-30", "grey_below"),
}
INDICATOR: dict[str, Change] = {
    "a text left out": _replaced(r', en = "[^"]*" \}', " }"),
    "a text in one language": _value('"Utenfor"', WORDS),
    "an empty text": _replaced(r'nb = "[^"]+"', 'nb = ""'),
    "a text in a third language": _replaced(r"\{ nb =", '{ nn = "x", nb ='),
    "a list for a text": _value('["a", "b"]', f"{TEXTS}|{WORDS}"),
    "another family": _value('"registre"', "family"),
    "another polarity": _value('"good"', "polarity"),
    "another frequency": _value('"yearly"', "frequency"),
    "no measures": _value("[]", "measures"),
    "a text for the measures": _value('"neet"', "measures"),
    "a measure that another has": _value('["neet_register", "job_seekers"]', "measures"),
    "another id": _value('"outside"', "id"),
    "a break that is a number": _added('[[breaks]]\nat = 2015\nreason = { nb = "a", en = "b" }\n'),
    "a break in words": _added('[[breaks]]\nat = "i fjor"\nreason = { nb = "a", en = "b" }\n'),
    "a break in a month that is none": _added('[[breaks]]\nat = "2099-13"\nreason = { nb = "a", en = "b" }\n'),
    "breaks out of order": _added('[[breaks]]\nat = "1990"\nreason = { nb = "a", en = "b" }\n' * 2),
    "a break without a reason": _added('[[breaks]]\nat = "2099"\n'),
    "yes in words": _added('[x]\nsampled = "ja"\n'),
}
REQUIRED_AWAY: dict[str, Change] = {"a key left out": _removed}
BYTES: dict[str, Callable[[bytes], bytes]] = {
    "Latin-1": lambda content: (
        content.decode().replace("#", "# æ", 1).replace('"', '"å', 1).encode("latin-1", "replace")
    ),
    "UTF-16": lambda content: content.decode().encode("utf-16"),
    "half a file": lambda content: content[: len(content) // 2].rsplit(b'"', 1)[0],
    "a null": lambda content: content[:20] + b"\0" + content[20:],
    "a workbook": lambda content: b"PK\x03\x04" + content,
}


def slips(seed: int, rounds: int) -> Iterator[Slip]:
    """Yield every kind of slip, `rounds` times, in settings and in indicators drawn by the seed."""
    chance = random.Random(seed)
    indicators = sorted(paths.shipped("indicators").glob("*.toml"))
    settings = paths.shipped("settings.toml")
    for _ in range(rounds):
        for file, own in ((settings, SETTINGS), (chance.choice(indicators), INDICATOR | REQUIRED_AWAY)):
            yield from _changed(file, ANYWHERE | own, chance)
            for what, spoil in BYTES.items():
                yield Slip(what, _place(file), spoil(file.read_bytes()))


def _changed(file: Path, changes: dict[str, Change], chance: random.Random) -> Iterator[Slip]:
    text = file.read_text(encoding="utf-8")
    for what, change in changes.items():
        yield Slip(what, _place(file), change(text, chance).encode())


def _place(file: Path) -> str:
    return file.relative_to(paths.DATA).as_posix()
